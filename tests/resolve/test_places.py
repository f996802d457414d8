import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import make_extractor
from kg.gazetteer import load_gazetteer
from kg.nlp import parse
from kg.records import Document, Extraction, Finding, Mention, Quotation, TextSpan
from kg.resolve.places import make_places
from kg.resolve.ranking import softmax


@pytest.fixture(scope="module")
def reader(schema, nlp):
    extract = make_extractor(schema, rules_only=True)
    places = make_places(schema, load_gazetteer(schema.regions))

    def read(text, **about):
        document = Document("d", text, published=dt.date(2024, 5, 2), **about)
        parsed = next(parse([document], nlp))
        return document, places(document, extract("d", [parsed.text]))

    return read


@pytest.fixture(scope="module")
def where(schema):
    """Places of a text whose names are given: no parser, the resolver alone."""
    places = make_places(schema, load_gazetteer(schema.regions))

    def resolve(text, *names, label="Place", **about):
        document = Document("d", text, **about)
        spans = [TextSpan("d", at, at + len(name)) for name in names for at in starts(text, name)]
        sentence = TextSpan("d", 0, len(text))
        mentions = [Mention(span, label, span, "name", sentence) for span in sorted(spans)]
        found = places(document, Extraction("d", tuple(Finding(each, "test") for each in mentions)))
        return {document.words(span): each for each in found.entities for span in each.mentions}

    return resolve


def starts(text, name):
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


@pytest.mark.parametrize(
    ("text", "names", "name", "within"),
    [
        ("A fire in Paris, Texas, was put out.", ["Paris", "Texas"], "Paris", "Texas"),
        ("A fire in Paris, Ontario, was put out.", ["Paris", "Ontario"], "Paris", "Ontario"),
        ("A fire in Paris was put out.", ["Paris"], "Paris", "France"),
        ("Trains from Lyon to Paris were late.", ["Lyon", "Paris"], "Paris", "France"),
        ("Police in Springfield, Mo., and Joplin.", ["Springfield", "Mo.", "Joplin"], "Springfield", "Missouri"),
        (
            "From Chicago to Springfield, Peoria and Decatur.",
            ["Chicago", "Springfield", "Peoria", "Decatur"],
            "Decatur",
            "Illinois",
        ),
        (
            "Between Huntsville, Athens and Decatur in Alabama.",
            ["Huntsville", "Athens", "Decatur", "Alabama"],
            "Athens",
            "Alabama",
        ),
        ("Athens and Piraeus.", ["Athens", "Piraeus"], "Athens", "Greece"),
        ("London, Ont., and Windsor.", ["London", "Ont.", "Windsor"], "London", "Ontario"),
        ("Floods in Tripoli, Sidon and Tyre.", ["Tripoli", "Sidon", "Tyre"], "Tripoli", "Lebanon"),
        ("Fighting in Tripoli, Misrata and Sirte.", ["Tripoli", "Misrata", "Sirte"], "Tripoli", "Libya"),
        ("Valencia and Maracay in Venezuela.", ["Valencia", "Maracay", "Venezuela"], "Valencia", "Venezuela"),
        ("Hyderabad, Karachi and Sukkur.", ["Hyderabad", "Karachi", "Sukkur"], "Hyderabad", "Pakistan"),
        ("Hyderabad, Warangal and Vijayawada.", ["Hyderabad", "Warangal", "Vijayawada"], "Hyderabad", "India"),
        ("Santiago, Valparaíso and Concepción.", ["Santiago", "Valparaíso", "Concepción"], "Concepción", "Chile"),
        ("Atlanta, Savannah and the rest of Georgia.", ["Atlanta", "Savannah", "Georgia"], "Georgia", "United States"),
        ("Al-Bab, Manbij and Jarabulus.", ["Al-Bab", "Manbij", "Jarabulus"], "Al-Bab", "Aleppo"),
    ],
)
def test_a_name_means_what_its_company_says(where, text, names, name, within):
    assert within in where(text, *names)[name].location.within


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("They met in Georgia, Armenia and Turkey.", "Georgia", "place/614540"),
        ("They met in Jordan.", "Jordan", "place/248816"),
        ("They met in Manchester.", "Manchester", "place/2643123"),
        ("They met in Washington.", "Washington", "place/4140963"),
        ("They met in Chad.", "Chad", "place/2434508"),
        ("They met in Moscow.", "Moscow", "place/524901"),
        ("They met in Aleppo.", "Aleppo", "place/170063"),
        ("They met in Aleppo province.", "Aleppo", "place/SY.09"),
        ("They met in the province of Aleppo.", "Aleppo", "place/SY.09"),
        ("They met in Anbar.", "Anbar", "place/IQ.01"),
        ("They met in Kandahar.", "Kandahar", "place/1138336"),
        ("They met in the Middle East.", "Middle East", "place/middle-east"),
        ("They met on the Red Sea.", "Red Sea", "place/red-sea"),
        ("They met in the Gaza Strip.", "Gaza Strip", "place/281132"),
    ],
)
def test_a_name_alone_means_the_best_known(where, text, name, key):
    names = [name, *(each for each in ("Armenia", "Turkey") if each in text)]
    assert where(text, *names)[name].id == key


def test_spellings_of_one_place_are_one_entity(where):
    found = where("Kandahar and Qandahar, Kabul.", "Kandahar", "Qandahar", "Kabul")
    assert found["Kandahar"] == found["Qandahar"]
    assert found["Kandahar"].names == ("Kandahar", "Qandahar")


def test_one_name_may_mean_two_places_where_the_words_say_so(where):
    found = where("Paris, Texas, is not Paris, France.", "Paris", "Texas", "France")
    assert len({each.id for each in found.values()}) == 3 or {e.label for e in found.values()} >= {"Texas", "France"}


def test_one_sense_for_a_name_that_has_been_placed(where):
    text = "A barn burned in Lebanon, Ohio. Lebanon has two fire engines."
    found = where(text, "Lebanon", "Ohio")
    assert found["Lebanon"].location.within[-2:] == ("Ohio", "United States")
    assert len(found["Lebanon"].mentions) == 2


def test_a_place_that_no_table_knows_stays_one_without_a_point(where):
    velmara = where("They met in Velmara.", "Velmara")["Velmara"]
    assert velmara.id == "article/d/place/velmara"
    assert (velmara.location.lat, velmara.location.lon, velmara.location.precision) == (None, None, "unknown")


def test_the_publisher_speaks_for_its_town(where):
    here = where("A fire in Jackson was put out.", "Jackson", publisher="Wyoming Tribune")
    assert "Wyoming" in here["Jackson"].location.within


@pytest.mark.parametrize(
    ("url", "country"),
    [("https://www.example.co.uk/news/1", "GB"), ("http://example.com.au", "AU"), ("https://example.com/uk", "US")],
)
def test_the_domain_of_the_publisher_speaks_for_its_country(where, url, country):
    assert where("A fire in Stratford was put out.", "Stratford", url=url)["Stratford"].location.country == country


def test_candidates_are_the_places_that_may_be_meant_too(where):
    springfield = where("A fire in Springfield was put out.", "Springfield")["Springfield"]
    assert len(springfield.location.candidates) > 1
    assert springfield.id not in springfield.location.candidates


def test_precision_says_what_the_point_stands_for(where):
    found = where("From Kenya to Kisumu and Ohio.", "Kenya", "Kisumu", "Ohio")
    assert [found[name].location.precision for name in ("Kenya", "Kisumu", "Ohio")] == [
        "country",
        "settlement",
        "region",
    ]


def test_an_unknown_place_lies_where_its_sentence_plays(where):
    velmara = where("Shells fell on Velmara and on Kisumu, which is in Kenya.", "Velmara", "Kisumu", "Kenya")["Velmara"]
    assert velmara.location.within[0] == "Kisumu"
    assert (velmara.location.lat, velmara.location.country) == (None, "KE")


def test_a_country_in_the_sentence_says_too_little(where):
    assert where("Shells fell on Velmara in Kenya.", "Velmara", "Kenya")["Velmara"].location.within == ()


# -------------------------------------------------------------------------------- states and their lands


def territories(schema, text, name, quotation=None):
    places = make_places(schema, load_gazetteer(schema.regions))
    span = TextSpan("d", text.index(name), text.index(name) + len(name))
    mention = Mention(span, "State", span, "name", TextSpan("d", 0, len(text)))
    findings = [Finding(mention, "test"), *([Finding(quotation(span), "test")] if quotation else [])]
    return places(Document("d", text), Extraction("d", tuple(findings))).territories


def test_a_state_that_does_something_may_be_read_as_its_land(schema):
    ((span, key),) = territories(schema, "Kenya reported five cases.", "Kenya")
    assert (span.start, span.end, key) == (0, 5, "place/192950")


@pytest.mark.parametrize("role", ["source", "accused"])
def test_a_state_that_speaks_or_is_accused_is_no_place(schema, role):
    def quotation(span):
        content = (TextSpan("d", 20, 30),)
        source, accused = ((span,), None) if role == "source" else ((), span)
        return Quotation(content, (), source, "indirect", accused=accused)

    assert territories(schema, "Kenya denies that it did so.", "Kenya", quotation) == ()


@pytest.mark.parametrize("name", ["Nairobi", "Kenyan"])
def test_capitals_and_demonyms_for_states_are_no_places(schema, name):
    assert territories(schema, f"The {name} government met.", name) == ()


# -------------------------------------------------------------------------------- nearness


@pytest.mark.parametrize(
    ("text", "area", "anchor", "kilometres", "bearing", "precision"),
    [
        ("A mine went off 20 km north of Kisumu.", "20-km-north-of-kisumu", "Kisumu", 20.0, "N", "point"),
        ("A mine went off 10 miles east of Kisumu.", "10-miles-east-of-kisumu", "Kisumu", 16.093, "E", "point"),
        ("A mine went off south-west of Kisumu.", "south-west-of-kisumu", "Kisumu", None, "SW", "area"),
        ("A bus left a southern suburb of Kisumu.", "southern-suburb-of-kisumu", "Kisumu", None, "S", "area"),
        ("Shots were heard on the outskirts of Kisumu.", "outskirts-of-kisumu", "Kisumu", None, None, "area"),
        ("A mine went off half a mile from Kisumu.", "half-a-mile-from-kisumu", "Kisumu", 0.805, None, "area"),
    ],
)
def test_words_of_nearness_become_proximities(reader, text, area, *, anchor, kilometres, bearing, precision):
    document, found = reader(text)
    (near,) = found.proximities
    entities = {each.id: each for each in found.entities}
    assert near.subject == f"article/d/place/{area}"
    assert entities[near.anchor].names == (anchor,)
    assert (near.distance_km, near.bearing) == (kilometres, bearing)
    assert entities[near.subject].location.precision == precision
    assert document.words(near.evidence).endswith(anchor)


def test_a_point_lies_where_distance_and_bearing_say(reader):
    _, found = reader("A mine went off 111 km north of Kisumu.")
    here = {each.id: each.location for each in found.entities}
    point, anchor = here[found.proximities[0].subject], here[found.proximities[0].anchor]
    assert point.lat - anchor.lat == pytest.approx(1, abs=0.01)
    assert point.lon == pytest.approx(anchor.lon, abs=0.001)


def test_between_two_places_is_halfway(reader):
    _, found = reader("A bomb hit the road between Lille and Calais.")
    here = {each.names[0]: each.location for each in found.entities}
    area = {each.id: each.location for each in found.entities}[found.proximities[0].subject]
    assert len(found.proximities) == 2
    assert area.lat == pytest.approx((here["Lille"].lat + here["Calais"].lat) / 2, abs=0.05)


def test_an_unknown_place_is_put_where_the_words_put_it(reader):
    _, found = reader("They shelled the town of Velmara, 20 km east of Kisumu.")
    velmara = next(each for each in found.entities if each.label == "Velmara")
    assert velmara.location.lat is not None
    assert velmara.location.country == "KE"


def test_an_unknown_place_lies_within_what_the_words_say(reader):
    _, found = reader("Clashes broke out in the village of Velmara in Kenya.")
    velmara = next(each for each in found.entities if each.label == "Velmara")
    assert velmara.location.within == ("Kenya",)
    assert velmara.location.lat is None


@pytest.mark.parametrize(
    ("text", "words", "city"),
    [
        ("Shells hit a house in the Libyan capital on Monday.", "the Libyan capital", "Tripoli"),
        ("Shells hit a house in the capital of Yemen.", "the capital", "Sanaa"),
        ("Rockets hit Kenya's capital on Monday.", "Kenya's capital", "Nairobi"),
        ("Buses from Mombasa and Kisumu stopped. A bridge in the capital was closed.", "the capital", "Nairobi"),
        ("Buses from Mombasa stopped. A bridge in the provincial capital was closed.", "the provincial capital", None),
    ],
)
def test_a_capital_that_is_not_named(reader, text, words, city):
    document, found = reader(text)
    labels = {each.id: each.label for each in found.entities}
    cities = [labels[place] for span, place in found.denotes if document.words(span).startswith(words)]
    assert cities == ([city] if city else [])


def test_what_a_name_only_sounds_like_is_not_meant_in_another_country(where):
    """The gazetteer knows a town of Serbia that sounds like al-Midan."""
    assert where("They shelled al-Midan.", "al-Midan")["al-Midan"].location.country == "RS"
    found = where("Fighting reached Aleppo. They shelled al-Midan.", "al-Midan", "Aleppo")
    assert found["al-Midan"].location.lat is None


# -------------------------------------------------------------------------------- invariants


@given(st.lists(st.floats(-500, 500), max_size=20))
def test_belief_is_shared_out_whole(scores):
    shares = softmax(scores)
    assert len(shares) == len(scores)
    assert not scores or sum(shares) == pytest.approx(1)


def test_every_span_denotes_one_entity_of_the_article(reader):
    _, found = reader("Trains from Lagos to Kano stopped 5 km outside Kaduna; a bus left Abuja for Jos, Plateau.")
    ids = {each.id for each in found.entities}
    assert len(dict(found.denotes)) == len(found.denotes)
    assert {key for _, key in found.denotes} <= ids


def test_reading_twice_gives_the_same(reader):
    text = "A mine went off 20 km north of Kisumu, between Busia and Bungoma, near Springfield."
    assert reader(text) == reader(text)
