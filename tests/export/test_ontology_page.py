"""The ontology as a page: everything is on it, under its own name, and nothing comes from elsewhere."""

import re
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.export.diagram import kinds, relations
from kg.export.ontology_page import ontology_page
from kg.vocab import KG, PREFIXES, ontology_files, ontology_folder

KINDS = {f"{PREFIXES['owl']}{name}" for name in ("Class", "ObjectProperty", "DatatypeProperty")}


def terms():
    """Names and comments of all classes and properties, read by another way than the page's."""
    quads = list(ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE))
    named = {each.subject for each in quads if each.predicate.value.endswith("#type") and each.object.value in KINDS}
    comments = {each.subject: each.object.value for each in quads if each.predicate.value.endswith("#comment")}
    return {each.value.removeprefix(KG): comments[each] for each in named}


def concepts():
    for path in ontology_files():
        for each in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if each.predicate.value == f"{PREFIXES['skos']}inScheme" and "newskg" in each.subject.value:
                yield each.subject.value


class Page(HTMLParser):
    """What a browser would load, where links lead, what has a name."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.anchors, self.targets, self.words = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.targets.append(found["id"])
        if tag in {"img", "script", "iframe", "link", "source", "embed", "object"}:
            self.loaded += [found[name] for name in ("src", "href", "data") if name in found]
        if tag == "a" and found.get("href", "").startswith("#"):
            self.anchors.append(found["href"][1:])

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def page():
    return ontology_page()


@pytest.fixture(scope="module")
def read(page):
    return Page(page)


def test_every_class_and_property_is_there_under_its_own_name_with_its_meaning(read):
    said = " ".join(" ".join(read.words).split())
    assert len(terms()) > 150
    assert sorted(set(terms()) - set(read.targets)) == []
    plain = {name: " ".join(re.sub(r"[*_`<>]", "", text).split()) for name, text in terms().items()}
    assert [name for name, text in plain.items() if text[:25] not in said] == []


def test_every_concept_is_there(read):
    wanted = set(concepts())
    assert len(wanted) > 60
    assert sorted(wanted - set(read.targets)) == []


def test_links_inside_the_page_lead_somewhere(read):
    assert set(read.anchors) <= {*read.targets, ""}


def test_nothing_is_loaded_from_elsewhere(page, read):
    assert [each for each in read.loaded if not each.startswith("data:")] == []
    assert not re.search(r"@import|url\(\s*['\"]?(?!data:|#)", page)


def test_each_class_is_a_box_in_the_diagram_and_no_two_boxes_touch():
    drawing = kinds()
    boxes = re.findall(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"', drawing)
    names = re.findall(r'<a href="#(\w+)">', drawing)
    assert {"Claim", "Incident", "ArmedGroup", "Run"} <= set(names)
    areas = [tuple(map(float, box)) for box in boxes]
    for at, (x, y, width, height) in enumerate(areas):
        for left, top, wide, high in areas[at + 1 :]:
            assert x + width < left or left + wide < x or y + height < top or top + high < y


def test_the_second_diagram_names_the_properties_between_classes():
    words = " ".join(re.findall(r'class="label"[^>]*>([^<]+)<', relations()))
    assert {"about", "claimant", "contradicts,", "inQuotation", "causedBy"} <= set(words.split())


def test_the_page_is_the_same_each_time(page):
    assert ontology_page() == page


def test_the_command_writes_it(tmp_path):
    done = CliRunner().invoke(main, ["ontology", "--html", str(tmp_path / "page.html")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    done = CliRunner().invoke(main, ["ontology", "--html", str(tmp_path / "no" / "page.html")])
    assert done.exit_code == 9
