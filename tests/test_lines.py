"""What `kg extract` writes: every record in its place, every index into its own list, every line as the schema says."""

import datetime as dt
import json
from importlib.resources import files

import jsonschema
import pytest

from kg.line_schema import json_schema
from kg.lines import dumps, line
from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Figure,
    Finding,
    Incident,
    Link,
    Location,
    Membership,
    Mention,
    Note,
    Proximity,
    Quotation,
    Resolution,
    TextSpan,
    Timing,
)

TEXT = "Shelling killed 12 people near Tarvik on Monday, Col. Ana Reyes said."
TITLE = "12 killed near Tarvik"


def span(words, text=TEXT, part="text"):
    start = text.index(words)
    return TextSpan("d", start, start + len(words), part)


SENTENCE = TextSpan("d", 0, len(TEXT))
REYES = Mention(span("Col. Ana Reyes"), "Person", span("Reyes"), "name", SENTENCE)
TARVIK = Mention(span("Tarvik"), "Place", span("Tarvik"), "name", SENTENCE)
HEADLINE = TextSpan("d", 0, len(TITLE), "title")
TITLE_PLACE = Mention(span("Tarvik", TITLE, "title"), "Place", span("Tarvik", TITLE, "title"), "name", HEADLINE)
TWELVE = Figure(span("12 people"), "killed", "person", None, 12, 12, 12, "exactly")
KILLING = Event(
    "Killing",
    span("killed"),
    (Argument("victim", span("12 people")), Argument("place", span("Tarvik"))),
    time=span("Monday"),
    figures=(TWELVE,),
    caused_by=span("Shelling"),
)
SHELLING = Event("Shelling", span("Shelling"), (Argument("place", span("Tarvik")),))
SAID = Quotation((span(TEXT[:47]),), (span("said"),), (span("Col. Ana Reyes"),), "indirect")
RECORDS = (TITLE_PLACE, TARVIK, REYES, TWELVE, SHELLING, KILLING, SAID)


@pytest.fixture
def resolution():
    tarvik = Entity("place/77", "Place", "Tarvik", ("Tarvik",), location=Location(1.5, 2.5, "settlement", "77"))
    reyes = Entity("actor/person/ana-reyes", "Person", "Ana Reyes", ("Ana Reyes", "Reyes"))
    army = Entity("actor/army", "Organization", "Army", ("Army",))
    moments = dt.datetime(2026, 3, 2, tzinfo=dt.UTC), dt.datetime(2026, 3, 2, 23, 59, 59, tzinfo=dt.UTC)
    return Resolution(
        Document("d", TEXT, TITLE),
        Extraction("d", tuple(Finding(each, "test", 0.5) for each in RECORDS), (Note("nlp", "cut"),)),
        entities=(tarvik, reyes, army),
        denotes=(
            (TARVIK.span, tarvik.id),
            (TITLE_PLACE.span, tarvik.id),
            (REYES.span, reyes.id),
        ),
        memberships=(Membership(reyes.id, army.id, None, "colonel", REYES.span),),
        timings=(Timing(span("Monday"), *moments, "day"),),
        proximities=(Proximity("article/d/place/near", tarvik.id, span("near"), None, None),),
        claims=(Claim(reyes.id, "asserts", "certain", "positive", "nonFuture", SENTENCE, KILLING, (TWELVE,), SAID),),
        incidents=(Incident("incident/d-1", "Shelling", ("article/d/event/1", "article/d/event/2")),),
        links=(
            Link("spokespersonSaid", reyes.id, "article/d/quotation/1", span("said")),
            Link("locatedNear", "article/d/place/near", tarvik.id, span("near")),
        ),
    )


def test_indices_point_into_the_lists_of_their_part(resolution):
    found = line(resolution)
    claim = found["claims"][0]
    assert found["events"][claim["event"]]["type"] == "Killing"
    assert found["quotations"][claim["quotation"]]["speaker"] == "actor/person/ana-reyes"
    assert [found["figures"][n]["best"] for n in found["events"][1]["figures"]] == [12]


def test_both_events_belong_to_one_incident(resolution):
    assert {event["incident"] for event in line(resolution)["events"]} == {"incident/d-1"}


def test_an_event_has_its_resolved_time(resolution):
    time = line(resolution)["events"][1]["time"]
    assert (time["earliest"], time["latest"]) == ("2026-03-02T00:00:00Z", "2026-03-02T23:59:59Z")
    assert TEXT[time["start"] : time["end"]] == "Monday"


def test_a_place_has_its_point_and_bare_id(resolution):
    (place,) = line(resolution)["places"]
    assert (TEXT[place["start"] : place["end"]], place["lat"], place["geonames"]) == ("Tarvik", 1.5, "77")


def test_the_title_stands_apart_with_its_own_offsets(resolution):
    (place,) = line(resolution)["title"]["places"]
    assert TITLE[place["start"] : place["end"]] == "Tarvik"
    assert not line(resolution)["title"]["events"]


def test_a_relation_is_told_in_the_words_of_the_text(resolution):
    assert [each["text"] for each in line(resolution)["relations"]] == ["said", "near"]


def test_notes_say_what_was_skipped(resolution):
    assert line(resolution)["notes"] == [{"stage": "nlp", "text": "cut"}]


def test_a_line_is_one_line_and_as_the_schema_says(resolution, schema):
    written = dumps(resolution)
    assert "\n" not in written
    jsonschema.validate(json.loads(written), json_schema(schema))


@pytest.mark.parametrize(
    ("path", "value"),
    [(("events", 0, "type"), "Earthquake?"), (("figures", 0, "bound"), "roughly"), (("places", 0, "lat"), 91)],
)
def test_the_schema_refuses_what_is_in_no_list(resolution, schema, path, value):
    found = line(resolution)
    key, index, name = path
    found[key][index][name] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, json_schema(schema))


def test_the_shipped_schema_is_the_ontologys(schema):
    shipped = json.loads(files("kg").joinpath("extract.schema.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(schema), "run: kg extract --schema > kg/extract.schema.json"
