"""The explorer and SPARQL in a real Chromium, over the service and in a file: the same page, the same answers."""

import httpx
import pytest
from browsing import AXE, SERIOUS

from kg.view.views import write_view

HOSTILE = ' <img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script> <a href="javascript:0">h</a>'
RAID, ADA = "incident/herald-1-1", "actor/person/ada-brook"
WAIT = 60_000  # milliseconds: a loaded machine may start a worker slowly

pytestmark = pytest.mark.browser


EACH = pytest.mark.parametrize("where", ["service", "file"])


def opened(page):
    """Wait until the page has its data."""
    page.locator("#status", has_text="nodes drawn").wait_for(timeout=WAIT)
    return page


# -------------------------------------------------------------------------------- the explorer over the service


def test_search_select_and_read_the_statement(served, browse, out):
    root = served()[0]
    with browse(f"{root}/", allowed=(root,)) as page:
        opened(page).get_by_role("combobox", name="Search").fill("ada b")
        page.locator("#suggestions li").first.wait_for(timeout=WAIT)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("#panel blockquote mark", has_text="said").first.wait_for(timeout=WAIT)
        assert page.locator("#panel h2").inner_text().startswith("Ada Brook")
        assert page.evaluate("location.hash") == "#sel=actor%2Fperson%2Fada-brook"
        page.screenshot(path=out / "service-selected.png")


def test_a_link_restores_the_view(served, browse):
    root = served()[0]
    with browse(f"{root}/#sel=actor%2Fministry&hide=Place&disputed=1", allowed=(root,)) as page:
        page.locator("#panel .card").first.wait_for(timeout=WAIT)
        assert page.locator("#panel h2").inner_text().startswith("Ministry of Stone")
        assert page.get_by_label("disputed only").is_checked()
        assert not page.locator('[data-class="Place"]').is_checked()


def test_a_link_to_nothing_breaks_nothing(served, browse):
    root = served()[0]
    with browse(f"{root}/#sel=actor%2Fnobody", allowed=(root,), complaints_allowed=True) as page:
        opened(page)
        assert page.locator("#map circle").count() >= 2


def test_claims_that_contradict_each_other_stand_side_by_side(served, browse):
    root = served()[0]
    with browse(f"{root}/#sel={RAID}", allowed=(root,)) as page:
        page.locator(".versus").first.wait_for(timeout=WAIT)
        texts = " / ".join(page.locator(".versus").first.locator(".card").all_inner_texts())
        assert "Ada Brook" in texts
        assert "Ministry of Stone" in texts


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with policy", "policy off"])
def test_nothing_in_the_data_runs(served, browse, bypass_csp):
    root = served(HOSTILE, f"Raid{HOSTILE}")[0]
    with browse(f"{root}/#sel={RAID}", allowed=(root,), bypass_csp=bypass_csp) as page:
        page.locator("#panel .card").first.wait_for(timeout=WAIT)
        ask(page, "SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?l")
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0
        assert page.locator('a[href^="javascript"]').count() == 0


def test_the_policy_of_the_service(served):
    policy = httpx.get(f"{served()[0]}/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


# -------------------------------------------------------------------------------- SPARQL


def ask(page, query):
    """Open the panel, type a query, run it by keyboard, wait for the answer."""
    if page.locator("#sparql").is_hidden():
        page.get_by_role("button", name="SPARQL").click()
    editor = page.locator("#sparql .cm-content")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")
    page.locator("#sparql [role=status]", has_text=" ms").wait_for(timeout=WAIT)


def cells(page):
    return [row.locator("td").all_inner_texts() for row in page.locator("#sparql tbody tr").all()]


NAMES = "SELECT ?actor ?label { ?actor a kg:Coalition ; rdfs:label ?label }"


@EACH
def test_a_query_of_ones_own(both, browse, where):
    with browse(both(where), allowed=(both(where),)) as page:
        ask(opened(page), NAMES)
        assert cells(page) == [["alliance", "River Alliance"]]
        page.get_by_role("button", name="alliance").click()
        page.locator("#panel h2", has_text="River Alliance").wait_for(timeout=WAIT)


@EACH
def test_a_shipped_query_with_a_parameter(both, browse, out, where):
    with browse(both(where), allowed=(both(where),)) as page:
        opened(page).get_by_role("button", name="SPARQL").click()
        page.locator("#sparql select").select_option("actor")
        page.locator("#sparql input[name=name]").fill('alli")} UNION {?x ?y ?z')
        page.get_by_role("button", name="Run").click()
        page.locator("#sparql [role=status]", has_text="0 rows").wait_for(timeout=WAIT)
        page.locator("#sparql input[name=name]").fill("the alli")
        page.keyboard.press("Enter")
        page.locator("#sparql [role=status]", has_text="1 rows").wait_for(timeout=WAIT)
        assert "River Alliance" in cells(page)[0]
        page.screenshot(path=out / f"sparql-{where}.png")


#: How many marks begin within the part of the answer that is scrolled to or can be scrolled to.
SEEN = """part => {
  const picture = document.querySelector('#sparql .answer svg').getBoundingClientRect();
  return [...document.querySelectorAll(`#sparql .answer ${part}`)].map(mark => mark.getBoundingClientRect())
    .filter(({ left }) => left >= picture.left && left < picture.right)
    .filter(({ top }) => top >= picture.top && top < picture.bottom).length;
}"""


@EACH
@pytest.mark.parametrize(
    ("query", "name", "part", "number"),
    [
        ("SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class", "Chart", "rect.bar", 8),
        ("SELECT ?label ?lat ?long { ?p wgs84:lat ?lat ; wgs84:long ?long ; rdfs:label ?label }", "Map", "circle", 2),
        ("CONSTRUCT { ?c kg:about ?e } WHERE { ?c kg:about ?e }", "Graph", "line.edge", 3),
    ],
)
def test_answers_as_pictures(both, browse, out, where, query, name, part, number):
    with browse(both(where), allowed=(both(where),)) as page:
        ask(opened(page), query)
        page.get_by_role("tab", name=name).click()
        assert page.evaluate(SEEN, part) >= number
        page.screenshot(path=out / f"sparql-{where}-{name.lower()}.png")


@EACH
@pytest.mark.parametrize(("query", "found"), [("ASK { ?s a kg:Person }", "Yes"), ("ASK { ?s a kg:State }", "No")])
def test_yes_or_no(both, browse, where, query, found):
    with browse(both(where), allowed=(both(where),)) as page:
        ask(opened(page), query)
        assert page.locator("#sparql .truth").inner_text() == found


@EACH
def test_a_mistake_is_said_in_words(both, browse, where):
    with browse(both(where), allowed=(both(where),), complaints_allowed=True) as page:
        opened(page).get_by_role("button", name="SPARQL").click()
        page.locator("#sparql .cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("SELECT * {")
        page.keyboard.press("Control+Enter")
        page.locator("#sparql [role=status]", has_text="expected").wait_for(timeout=WAIT)


@EACH
def test_by_keyboard_alone(both, browse, where):
    with browse(both(where), allowed=(both(where),)) as page:
        opened(page).get_by_role("button", name="SPARQL").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")  # from the list of queries to the button that runs, there is no parameter
        assert page.evaluate("document.activeElement.textContent") == "Run"
        page.keyboard.press("Tab")
        page.keyboard.press("Control+Enter")
        page.locator("#sparql [role=status]", has_text=" ms").wait_for(timeout=WAIT)
        for _ in range(3):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('role')") == "tab":
                break
        page.keyboard.press("ArrowRight")
        assert page.get_by_role("tab", name="Chart").get_attribute("aria-selected") == "true"


@pytest.mark.parametrize("payload", ["", HOSTILE])
def test_the_file_and_the_service_answer_alike(served, file, browse, payload):
    root, _ = served(payload, f"Raid{payload}")
    query = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(isLiteral(?o)) } ORDER BY ?s ?p ?o LIMIT 60"
    found = []
    for address in (f"{root}/", file(payload).as_uri()):
        with browse(address, allowed=(root,)) as page:
            ask(opened(page), query)
            found.append(cells(page))
    assert len(found[0]) == 60
    assert found[0] == found[1]


def test_a_plain_file_carries_no_engine(stored, tmp_path):
    path = tmp_path / "plain.html"
    write_view(stored()[1].ask, path)
    text = path.read_text()
    assert "wasm-unsafe-eval" not in text
    assert 'id="quads"' not in text


# -------------------------------------------------------------------------------- for everybody


@EACH
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.skipif(not AXE.exists(), reason="run npm ci in web/ to check accessibility")
def test_axe_finds_nothing_serious(both, browse, where, scheme):
    address = f"{both(where)}#sel={RAID}"
    with browse(address, allowed=(both(where),), color_scheme=scheme, bypass_csp=True) as page:
        opened(page).locator("#panel .card").first.wait_for(timeout=WAIT)
        ask(page, "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class")
        page.locator("summary", has_text="Everything shown").click()
        page.get_by_role("combobox", name="Search").fill("al")
        page.locator("#suggestions li").first.wait_for(timeout=WAIT)
        page.add_script_tag(path=AXE)
        assert page.evaluate(SERIOUS) == []
