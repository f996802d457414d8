"""All nodes at once over the service: the spots of a file, made once, remembered, asked for as people filter."""

import gzip
import json
import sqlite3
import time

import newsroom
import pytest
from browsing import AXE, PATIENCE, SERIOUS, running
from starlette.testclient import TestClient

from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.serve.lookup import Filters, Lookup, NotReadyError
from kg.serve.overview import fill, fill_rest
from kg.serve.overview_file import beside, remembered
from kg.store import open_store
from kg.view.views import make_scene

PATIENT = Limits(seconds=60, patience=60)
TOWNS = 210  # with as many incidents: more than 400 nodes


def county():
    """A guard that shells a town a day; every tenth article denies it."""
    room = newsroom.Newsroom()
    room.add("actor/guard", "ArmedGroup", rdfs_label="Stone Guard")
    for n in range(TOWNS):
        where = {"wgs84_lat": 40 + n % 15, "wgs84_long": 10 + n / 15, "precision": "town"}
        room.add(f"place/{n}", "Place", rdfs_label=f"Market {n}", **where)
        article = room.article(f"wire-{n}", [f"Guns fired at market {n}."], dcterms_title=f"Day {n}")
        room.add(f"incident/{n}", "Incident", eventType="ev:Shelling" if n % 2 else "ev:Raid", place=f"<place/{n}>")
        parts = {"attacker": "<actor/guard>", "place": f"<place/{n}>", "trigger": room.mention(article, "fired")}
        event = room.note(f"{article}/event/1", "Event", article, incident=f"<incident/{n}>", **parts)
        evidence = room.mention(article, "Guns fired")
        stance = f"stance:{'denies' if n % 10 == 0 else 'asserts'}"
        room.note(f"{article}/claim/1", "Claim", article, about=event, stance=stance, evidence=evidence)
    return room


@pytest.fixture(scope="module")
def room():
    return county()


@pytest.fixture(scope="module")
def folder(room, tmp_path_factory):
    path = tmp_path_factory.mktemp("county") / "store"
    with open_store(path) as store:
        store.database.extend([*room.store, *newsroom.sentences(room)])
    return path


@pytest.fixture(scope="module")
def overviews(folder, tmp_path_factory):
    """Two overviews of one store; the second lacks what takes longer."""
    paths = [tmp_path_factory.mktemp("overview") / name for name in ("whole", "first")]
    with open_store(folder, read_only=True) as store:
        for path in paths:
            with sqlite3.connect(path) as table:
                fill(table, store)
                if path.name == "whole":
                    fill_rest(table, store)
    return [Lookup(path) for path in paths]


@pytest.fixture
def client(folder):
    with TestClient(make_app(folder, limits=PATIENT)) as client:
        client.get("/api/opening")
        client.portal.call(client.app.state.atlas.settled)
        yield client


def picture(lookup):
    return json.loads(gzip.decompress(lookup.panorama()))


def spots(found):
    xs, ys = found["spots"][::2], found["spots"][1::2]
    return dict(zip(found["ids"], zip(xs, ys, strict=True), strict=True))


def test_every_node_stands_somewhere_and_no_two_on_one_spot(overviews, room):
    found = picture(overviews[0])
    assert set(found["ids"]) == {node.id for node in make_scene(room.ask).nodes if node.far}
    assert len(set(spots(found).values())) == len(found["ids"]) == found["of"]
    assert [found["classes"][at] for at in found["cls"]].count("Place") == TOWNS


def test_lines_are_those_of_the_file(overviews, room):
    found, scene = picture(overviews[0]), make_scene(room.ask)
    ends = [found["ids"][at] for at in found["lines"]]
    joined = {frozenset(pair) for pair in zip(ends[::2], ends[1::2], strict=True)}
    far = {node.id for node in scene.nodes if node.far}
    drawn = (edge for edge in scene.edges if edge.mode != "direct" and {edge.source, edge.target} <= far)
    assert joined == {frozenset((edge.source, edge.target)) for edge in drawn}
    assert len(joined) >= 2 * TOWNS


def test_the_same_store_gives_the_same_picture(overviews, folder, tmp_path):
    with sqlite3.connect(tmp_path / "again") as table, open_store(folder, read_only=True) as store:
        fill(table, store)
        fill_rest(table, store)
    assert Lookup(tmp_path / "again").panorama() == overviews[0].panorama()


@pytest.mark.parametrize(
    ("filters", "towns"),
    [
        (Filters(stance="denies"), set(range(0, TOWNS, 10))),
        (Filters(words="market 7"), {7, *range(70, 80)}),
        (Filters(article="article/wire-3"), {3}),
        (Filters(stance="doubts"), set()),
    ],
)
def test_filters_leave_what_they_let_through(overviews, filters, towns):
    ids = picture(overviews[0])["ids"]
    found = {ids[number] for number in overviews[0].passing(filters)}
    assert {each for each in found if each.startswith("place/")} == {f"place/{n}" for n in towns}


def test_what_is_not_there_yet_says_so(overviews):
    first, words = overviews[1], Filters(words="a")
    assert first.opening()
    for look in (first.panorama, lambda: first.passing(Filters()), lambda: first.statements("x", 1, 0, words)):
        with pytest.raises(NotReadyError):
            look()


# -------------------------------------------------------------------------------- over HTTP


def test_the_panorama_over_http_with_and_without_gzip(client):
    zipped = client.get("/api/panorama")
    plain = client.get("/api/panorama", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.json() == plain.json()
    assert client.get("/api/opening").json()["facets"]["far"] == 1


def test_a_small_graph_has_none(stored):
    with TestClient(make_app(stored()[0], limits=PATIENT)) as small:
        assert small.get("/api/opening").json()["facets"]["far"] == 0
        small.portal.call(small.app.state.atlas.settled)
        assert small.get("/api/panorama").status_code == 204


def test_the_next_start_builds_nothing(client, folder):
    assert remembered(folder)
    with TestClient(make_app(folder, limits=PATIENT)) as again:
        start = time.monotonic()
        assert again.get("/api/panorama").json() == client.get("/api/panorama").json()
        assert again.app.state.atlas._built is None
        assert time.monotonic() - start < 5


@pytest.mark.usefixtures("client")
def test_what_other_code_has_made_or_what_is_damaged_is_made_again(folder, tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    beside(store).write_bytes(beside(folder).read_bytes())
    assert remembered(store)
    with sqlite3.connect(beside(store)) as table:
        table.execute("UPDATE meta SET code = 'other'")
    assert remembered(store) is None
    beside(store).write_bytes(b"not a database, but of some length" * 300)
    assert remembered(store) is None


def test_a_folder_that_cannot_be_written_to_is_no_harm(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.serve.overview_file.beside", lambda _: tmp_path / "nowhere" / "file")
    with TestClient(make_app(folder, limits=PATIENT)) as other:
        other.get("/api/opening")
        other.portal.call(other.app.state.atlas.settled)
        assert other.get("/api/panorama").status_code == 200


# -------------------------------------------------------------------------------- in the page

#: A drawing by the processor is taken for a graphics card.
CARD = """const get = HTMLCanvasElement.prototype.getContext, ask = WebGL2RenderingContext.prototype.getParameter;
HTMLCanvasElement.prototype.getContext = function(kind, options) {
  return get.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false }); };
WebGL2RenderingContext.prototype.getParameter = function(name) {
  return [7937, 37446].includes(name) ? 'a card' : ask.call(this, name); };"""
SHOWN = "count => document.getElementById('overview').dataset.shown === String(count)"
FLAGS = {"sigma": ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"], "canvas": ["--disable-3d-apis"]}


@pytest.fixture(scope="module")
def root(folder):
    with running(make_app(folder, limits=PATIENT)) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("engine", ["sigma", "canvas"])
def test_the_page_draws_filters_and_selects_all_nodes(root, playwright_chromium, overviews, out, engine):
    page = playwright_chromium(FLAGS[engine]).new_page(viewport={"width": 1400, "height": 900}, color_scheme="dark")
    page.set_default_timeout(PATIENCE)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.add_init_script(CARD)
    page.goto(root)
    page.get_by_role("button", name="Overview").click()
    page.wait_for_function(SHOWN, arg=picture(overviews[0])["of"])
    assert page.locator("#overview").get_attribute("data-engine") == engine
    page.get_by_label("Stance").select_option("denies")
    page.wait_for_function(SHOWN, arg=len(overviews[0].passing(Filters(stance="denies"))))
    page.locator('[data-class="Incident"]').uncheck()
    page.wait_for_function(SHOWN, arg=TOWNS // 10 + 1)
    page.get_by_role("button", name="Reset").click()
    page.goto(f"{root}/#whole=1&sel=actor%2Fguard")
    page.locator("#panel h2", has_text="Stone Guard").wait_for()
    page.screenshot(path=out / f"service-overview-{engine}.png")
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.skipif(not AXE.exists(), reason="run npm ci in web/ to check accessibility")
def test_axe_finds_nothing_serious_in_the_overview(root, browse, scheme):
    with browse(f"{root}/#whole=1", allowed=(root,), color_scheme=scheme, bypass_csp=True) as page:
        page.locator("#overview canvas").first.wait_for()
        page.add_script_tag(path=AXE)
        assert page.evaluate(SERIOUS) == []


@pytest.mark.browser
def test_the_page_says_that_the_overview_is_in_preparation(folder, browse):
    app = make_app(folder, limits=PATIENT)
    with running(app) as address, browse(address, allowed=(address,)) as page:
        page.locator("#status", has_text="nodes drawn").wait_for(timeout=PATIENCE)
        lookups = app.state.atlas._lookups
        for each in lookups:
            each.complete = False
        page.get_by_role("button", name="Overview").click()
        page.locator("#overview", has_text="in preparation").wait_for(timeout=PATIENCE)
        page.get_by_role("combobox", name="Search").fill("stone")  # all else goes on
        page.locator("#suggestions li").first.wait_for(timeout=PATIENCE)
        for each in lookups:
            each.complete = True
        page.locator("#overview canvas").first.wait_for(timeout=PATIENCE)
        assert "in preparation" not in page.locator("#overview").inner_text()
