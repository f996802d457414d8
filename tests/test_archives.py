"""Archives as they come: web archives, PDF, feeds, NewsML-G2. A broken record is counted, those around it are read."""

import datetime as dt
import gzip
import io
import sys
import tracemalloc
import zlib

import pytest

from kg.corpus import read_documents
from kg.records import Document, Failure

warcio = pytest.importorskip("warcio", reason="kg[archives] is not installed")
pytest.importorskip("pypdf", reason="kg[archives] is not installed")
pytest.importorskip("feedparser", reason="kg[archives] is not installed")

from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402


def read(path):
    return list(read_documents([path]))


def only(path):
    (found,) = read(path)
    return found


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def kinds(found):
    return [type(each) for each in found]


# -------------------------------------------------------------------------------- web archives


def page(number, language="en"):
    return f"""<!doctype html><html lang="{language}"><head><title>Ferry {number} runs aground</title>
<meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2027-05-{number % 27 + 1:02}T08:00:00Z"></head><body><article>
<p>The harbour master of Larnö said on Tuesday that ferry number {number} ran aground near the old pier.</p>
<p>Nobody was hurt, and the {number + 20} passengers were brought ashore by two boats of the coast guard.</p>
</article></body></html>"""


def response(writer, number, html=None, status="200 OK", kind="text/html; charset=UTF-8", **headers):
    fields = [("Content-Type", kind), *headers.items()]
    body = page(number).encode() if html is None else html
    http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
    address = f"https://gazette.example/{number}"
    record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=http)
    writer.write_record(record)


def archive(numbers, *, packed=True, **options):
    """Bytes of an archive, and where its records begin."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    starts = []
    for number in numbers:
        starts.append(out.tell())
        response(writer, number, **options)
    return out.getvalue(), starts


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False), ("a", False)])
def test_pages_of_a_web_archive(tmp_path, name, packed):
    one, two = read(write(tmp_path / name, archive([1, 2], packed=packed)[0]))
    assert (one.title, one.publisher, one.published) == ("Ferry 1 runs aground", "Harbour Gazette", dt.date(2027, 5, 2))
    assert one.url == "https://gazette.example/1"
    assert one.text.startswith("The harbour master of Larnö said")
    assert two.title == "Ferry 2 runs aground"


def test_what_is_no_page_is_passed_over_in_silence(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    response(writer, 1)
    response(writer, 2, html=b"\x89PNG", kind="image/png")
    response(writer, 3, status="404 Not Found")
    response(writer, 4, html=b"", status="301 Moved", Location="https://gazette.example/5")
    writer.write_record(writer.create_warc_record("https://gazette.example/1", "request", payload=io.BytesIO(b"GET /")))
    assert only(write(tmp_path / "a.warc.gz", out.getvalue())).url == "https://gazette.example/1"


def test_converted_texts_of_common_crawl(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    text = "The ferry ran aground.\nNobody was hurt."
    writer.write_record(
        writer.create_warc_record(
            "https://a.example/x", "conversion", payload=io.BytesIO(text.encode()), warc_content_type="text/plain"
        )
    )
    found = only(write(tmp_path / "a.warc.wet.gz", out.getvalue()))
    assert (found.text, found.url) == (text, "https://a.example/x")


def test_bodies_that_the_server_packed_or_sent_in_chunks(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    body = page(1).encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    response(writer, 1, html=gzip.compress(body), **{"Content-Encoding": "gzip"})
    response(writer, 1, html=chunked, **{"Transfer-Encoding": "chunked"})
    one, two = read(write(tmp_path / "a.warc.gz", out.getvalue()))
    assert one == two, "the same page has the same id"


def test_the_encoding_that_the_server_names_goes_before_the_page_s_own(tmp_path):
    data, _ = archive([1], html=page(1).encode("cp1252"), kind="text/html; charset=windows-1252")
    assert "Larnö" in only(write(tmp_path / "a.warc.gz", data)).text


def test_pages_in_other_languages_are_counted_not_read(tmp_path):
    data, _ = archive([1], html=page(1, "de-CH").encode())
    assert "is in 'de-CH', and kg reads English" in only(write(tmp_path / "a.warc.gz", data)).error


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
@pytest.mark.parametrize("damage", ["lost", "overwritten", "header"])
def test_a_damaged_record_does_not_take_the_next_along(tmp_path, packed, damage):
    data, starts = archive(range(6), packed=packed)
    at = starts[2]
    middle = (starts[2] + starts[3]) // 2
    broken = {
        "lost": data[:middle] + data[starts[3] :],
        "overwritten": data[: middle - 40] + bytes(80) + data[middle + 40 :]
        if packed
        else data[:at] + b"x" * 300 + data[at + 300 :],
        "header": data[:at] + b"\0\0\0" + data[at + 3 :],
    }[damage]
    found = read(path := write(tmp_path / f"a.warc{'.gz' if packed else ''}", broken))
    read_titles = [each.title for each in found if isinstance(each, Document)]
    assert read_titles == [f"Ferry {n} runs aground" for n in (0, 1, 3, 4, 5)]
    failures = [each for each in found if isinstance(each, Failure)]
    if packed or damage == "lost":  # plain, without its first line, nothing tells that it was a record
        (failure,) = failures
        assert failure.document == f"{path}: record 4"
        assert "is damaged" in failure.error


@pytest.mark.parametrize("cut", [1, 5, 30, 200])
@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_an_archive_that_breaks_off(tmp_path, cut, packed):
    data, _ = archive(range(3), packed=packed)
    found = read(write(tmp_path / f"a.warc{'.gz' if packed else ''}", data[:-cut]))
    assert [each.title for each in found[:2]] == ["Ferry 0 runs aground", "Ferry 1 runs aground"]
    assert isinstance(found[-1], Failure), "told even where only the check sum is missing"


@pytest.mark.parametrize("wrong", [b"Content-Length: 7", b"Content-Length: 100000", b"Content-Length: many"])
def test_a_record_with_a_wrong_length(tmp_path, wrong):
    data, starts = archive(range(4), packed=False)
    record = data[starts[1] : starts[2]]
    length = next(line for line in record.split(b"\r\n") if line.startswith(b"Content-Length"))
    found = read(write(tmp_path / "a.warc", data[: starts[1]] + record.replace(length, wrong, 1) + data[starts[2] :]))
    assert kinds(found) == [Document, Failure, Document, Document]


def test_every_byte_that_can_be_wrong_leaves_the_others_readable(tmp_path):
    data, starts = archive(range(3))
    for at in range(starts[1], starts[2], 7):
        damaged = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        titles = [each.title for each in read(write(tmp_path / "a.warc.gz", damaged)) if isinstance(each, Document)]
        assert titles[0] == "Ferry 0 runs aground"
        assert titles[-1] == "Ferry 2 runs aground"


def test_packed_as_a_whole_it_is_read_as_well(tmp_path):
    data, _ = archive(range(3), packed=False)
    assert len(read(write(tmp_path / "a.warc.gz", gzip.compress(data)))) == 3


def test_a_record_longer_than_memory_should_hold_is_never_held(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.corpus.warc.MAX_BYTES", 3000)
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, html in enumerate((None, b"<p>" + bytes(200_000), None)):
        response(writer, number, html=html)
    response(writer, 9, html=bytes(100_000), kind="video/mp4")
    response(writer, 10)
    found = read(write(tmp_path / "a.warc.gz", out.getvalue()))
    assert kinds(found) == [Document, Failure, Document, Document]
    assert "is longer than" in found[1].error


def test_a_page_that_unpacks_to_more_than_memory_should_hold(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.corpus.warc.MAX_BYTES", 50_000)
    data, _ = archive([1], html=gzip.compress(b"<p>" + bytes(5_000_000)), **{"Content-Encoding": "gzip"})
    assert "is longer than" in only(write(tmp_path / "a.warc.gz", data)).error


def test_memory_does_not_grow_with_the_archive(tmp_path):
    picture = zlib.compress(b"x") + bytes(range(256)) * 400
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number in range(600):
        response(writer, number, html=picture, kind="image/png")
    path = write(tmp_path / "a.warc.gz", out.getvalue())
    read(path)  # what is imported and remembered is not counted
    tracemalloc.start()
    assert read(path) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000, "60 MB were unpacked"


# -------------------------------------------------------------------------------- PDF


def pdf(pages, info=""):
    """A PDF as text processors write it, by hand: Helvetica, a line of the page each."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", f"<<{info}>>"]
    children = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T* " for line in lines)
        content = f"BT /F1 10 Tf 12 TL 50 780 Td {shown}ET"
        children.append(f"{len(objects) + 1} 0 R")
        font, mine = "/Resources<</Font<</F1 3 0 R>>>>", f"/Contents {len(objects) + 2} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{font}{mine}>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(children)}]/Count {len(children)}>>"
    out, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer<</Size {size}/Root 1 0 R/Info 4 0 R>>"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(out)}\n%%EOF".encode("latin-1")


PAGES = (
    (
        "Harbour Gazette 1",
        "The harbour master said on Tuesday that a fer-",
        "ry ran aground near the old pier of Larnow, and",
        "that nobody was hurt.",
        "Two boats of the coast guard brought the passen-",
        "gers ashore before noon, an officer said, while the",
        "1",
    ),
    ("Harbour Gazette 2", "pilot was asked to explain it.", "2"),
    ("Harbour Gazette 3", "The pier stays closed.", "3"),
)


def test_a_pdf_is_one_article_in_paragraphs(tmp_path):
    found = only(write(tmp_path / "a.pdf", pdf(PAGES, "/Title(Ferry aground)/CreationDate(D:20270504101500Z)")))
    assert (found.title, found.published) == ("Ferry aground", dt.date(2027, 5, 4))
    assert found.text.splitlines() == [
        (
            "The harbour master said on Tuesday that a ferry ran aground near the old pier of Larnow, and "
            "that nobody was hurt."
        ),
        (
            "Two boats of the coast guard brought the passengers ashore before noon, an officer said, while the "
            "pilot was asked to explain it."
        ),
        "The pier stays closed.",
    ]


def test_the_dateline_of_a_pdf_goes_before_the_day_on_which_the_file_was_made(tmp_path):
    pages = [["LARNOW, March 3, 2019 (Wire) - The mayor resigned."]]
    found = only(write(tmp_path / "a.pdf", pdf(pages, "/CreationDate(D:20270504101500Z)")))
    assert found.published == dt.date(2019, 3, 3)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.4 and no more", "is a PDF that cannot be read"),
        (b"no PDF at all", "is a PDF that cannot be read"),
        (pdf([[]]), "has no text but pictures"),
        (pdf([["x" * 60_000] * 9]), "more than 500,000 characters"),
    ],
)
def test_a_bad_pdf_is_one_failure(tmp_path, content, what):
    assert what in only(write(tmp_path / "a.pdf", content)).error


def test_a_pdf_that_breaks_off_spoils_no_other_file(tmp_path):
    write(tmp_path / "a.pdf", pdf(PAGES)[:500])
    write(tmp_path / "b.pdf", pdf([["The mayor resigned."]]))
    found = read(tmp_path)
    assert found[-1].text == "The mayor resigned."
    assert isinstance(found[0], Failure)


def test_a_locked_pdf(tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(pdf(PAGES)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "is locked with a password" in only(write(tmp_path / "a.pdf", out.getvalue())).error


# -------------------------------------------------------------------------------- feeds

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Gazette</title><link>https://gazette.example/</link><language>en-gb</language>
<item><title>Ferry &amp; pier</title><link>https://gazette.example/1</link><guid isPermaLink="false">g-1</guid>
<pubDate>Tue, 04 May 2027 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The ferry ran <b>aground</b>, the master said.</p><script>evil()</script>
<p>Nobody was hurt.</p>]]></content:encoded></item>
<item><title>Only a title</title><guid>g-2</guid></item>
<item><title>Third</title><link>https://gazette.example/3</link><description>The pier stays closed.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Gazette</title>
<entry><id>tag:gazette.example,2027:1</id><title type="html">Pier &lt;i&gt;closed&lt;/i&gt;</title>
<link href="https://gazette.example/1"/><published>2027-05-04T10:00:00Z</published><updated>2027-06-01T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The pier is closed.</p><ul><li>One</li><li>Two</li></ul></div></content>
</entry></feed>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a"])
def test_entries_of_an_rss_file(tmp_path, name):
    one, two, three = read(write(tmp_path / name, RSS))
    assert (one.id, one.title, one.publisher) == ("g-1", "Ferry & pier", "Harbour Gazette")
    assert (one.url, one.published, one.language) == ("https://gazette.example/1", dt.date(2027, 5, 5), "en-gb")
    assert one.text == "The ferry ran aground, the master said.\nNobody was hurt."
    assert (two.document, three.text) == ("g-2", "The pier stays closed.")
    assert "the article is empty" in two.error


@pytest.mark.parametrize("name", ["a.atom", "a.xml"])
def test_entries_of_an_atom_file(tmp_path, name):
    found = only(write(tmp_path / name, ATOM))
    assert (found.id, found.title, found.published) == (
        "tag:gazette.example,2027:1",
        "Pier closed",
        dt.date(2027, 5, 4),
    )
    assert found.text == "The pier is closed.\nOne\nTwo"


def test_a_feed_that_breaks_off_is_told_and_read_as_far_as_it_goes(tmp_path):
    found = read(write(tmp_path / "a.rss", RSS[: RSS.index("<item><title>Third")]))
    assert [each.id for each in found if isinstance(each, Document)] == ["g-1"]
    assert "is no well-formed XML" in found[-1].error


def test_rss_with_the_document_type_of_its_first_version(tmp_path):
    old = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.example/rss-0.91.dtd">'
    found = read(write(tmp_path / "a.xml", RSS.replace("<rss", old + "<rss", 1)))
    assert kinds(found) == [Document, Failure, Document]


# -------------------------------------------------------------------------------- NewsML-G2


def item(guid, body="<p>The ferry ran aground.</p><p>Nobody was hurt.</p>", kind="text", status="usable", meta=""):
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1" standard="NewsML-G2"
 standardversion="2.34" conformance="power" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:{kind}"/>
<provider qcode="nprov:HG"><name>Harbour Wire</name></provider><versionCreated>2027-05-04T10:00:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta>{meta}<language tag="en-GB"/>
<headline>Ferry aground</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>{body}</body></html></inlineXML>
</contentSet></newsItem>"""


def message(*items):
    inside = "\n".join(("", *items, ""))
    return (
        '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>'
        f"<sent>2027-05-04T10:00:00Z</sent></header><itemSet>{inside}</itemSet></newsMessage>"
    )


@pytest.mark.parametrize("name", ["a.newsml", "a.xml", "a"])
def test_one_news_item(tmp_path, name):
    found = only(write(tmp_path / name, item("urn:newsml:hg:1")))
    assert (found.id, found.title, found.publisher) == ("urn:newsml:hg:1", "Ferry aground", "Harbour Wire")
    assert (found.published, found.language) == (dt.date(2027, 5, 4), "en-GB")
    assert found.text == "The ferry ran aground.\nNobody was hurt."


def test_a_message_of_items(tmp_path):
    items = (item("a"), item("b", kind="picture"), item("c", status="canceled"), item("d", body=""), item("e"))
    found = read(write(tmp_path / "a.xml", message(*items)))
    assert [getattr(each, "id", None) or each.document for each in found] == ["a", "c", "d", "e"]
    assert "is canceled by its provider" in found[1].error
    assert "is empty" in found[2].error


def test_dateline_source_and_date_that_are_given_apart(tmp_path):
    meta = (
        "<contentCreated>2027-05-03T22:00:00+02:00</contentCreated><dateline>LARNOW, May 3 (HW) -</dateline>"
        '<infoSource literal="Coast Radio"/>'
    )
    found = only(write(tmp_path / "a.xml", item("a", meta=meta)))
    assert found.text.splitlines()[0] == "LARNOW, May 3 (HW) -"
    assert (found.published, found.publisher) == (dt.date(2027, 5, 3), "Harbour Wire")


def test_nitf_and_plain_text_inside(tmp_path):
    nitf = (
        "<nitf xmlns=''><head/><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content>"
        "<p>The ferry <em>ran</em>\n aground.</p><media><caption>no</caption></media>"
        "<p>Nobody was hurt.</p></body.content></body></nitf>"
    )
    start, end = (item("a").index(mark) for mark in ("<html", "</inlineXML>"))
    of_nitf = item("a")[:start] + nitf + item("a")[end:]
    plain = item("b").replace(
        '<inlineXML contenttype="application/xhtml+xml">', '<inlineData contenttype="text/plain">'
    )
    start, end = (plain.index(mark) for mark in ("<html", "</inlineXML>"))
    of_plain = (
        plain[:start] + "The ferry ran aground.\nNobody was hurt." + plain[end:].replace("inlineXML", "inlineData")
    )
    one, two = read(write(tmp_path / "a.xml", message(of_nitf, of_plain)))
    assert one.text == two.text == "The ferry ran aground.\nNobody was hurt."


def test_a_broken_item_does_not_take_the_next_along(tmp_path):
    found = read(path := write(tmp_path / "a.xml", message(item("a"), item("b", body="<p>x & y <b></p>"), item("c"))))
    assert [each.id for each in found if isinstance(each, Document)] == ["a", "c"]
    told = {each.document: each.error for each in found if isinstance(each, Failure)}
    assert told["b"].startswith(f"{path}:")
    assert all("is no XML" in error for error in told.values())


def test_a_message_that_breaks_off(tmp_path):
    whole = message(item("a"), item("b"), item("c"))
    found = read(write(tmp_path / "a.xml", whole[: whole.index('guid="c"') + 300]))
    assert [each.id for each in found if isinstance(each, Document)] == ["a", "b"]
    assert isinstance(found[-1], Failure)


def test_memory_does_not_grow_with_the_message(tmp_path):
    path = write(tmp_path / "a.newsml", message(*(item(f"i{n}", body=f"<p>{'word ' * 800}</p>") for n in range(2000))))
    read(write(tmp_path / "small.newsml", item("a")))
    tracemalloc.start()
    assert sum(1 for _ in read_documents([path])) == 2000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000, "8 MB were read"


# -------------------------------------------------------------------------------- hostile and missing

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '">]>'
THIEF = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("attack", [BOMB, THIEF, f"<!--{' ' * 9000}-->{THIEF}"], ids=["bomb", "thief", "hidden thief"])
@pytest.mark.parametrize(("name", "whole"), [("a.rss", RSS), ("a.atom", ATOM), ("a.newsml", item("a"))])
def test_what_defines_entities_is_refused(tmp_path, attack, name, whole):
    body = (
        whole.replace('<?xml version="1.0" encoding="UTF-8"?>\n', "")
        .replace("pier", "&c;&f;")
        .replace("ferry", "&c;&f;")
    )
    found = only(write(tmp_path / name, attack + body))
    assert isinstance(found, Failure)
    assert "can be an attack" in found.error


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_what_defines_entities_is_refused_in_any_encoding(tmp_path, encoding):
    body = RSS.replace('<?xml version="1.0" encoding="UTF-8"?>\n', "")
    assert "can be an attack" in only(write(tmp_path / "a.rss", (BOMB + body).encode(encoding))).error


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xml", "<svg xmlns='x'/>"), ("a.xml", ""), ("a.warc", "no"), ("a.rss", "no"), ("a.newsml", "<a/>")],
)
def test_a_file_that_is_not_what_its_name_says(tmp_path, name, content):
    error = only(write(tmp_path / name, content)).error
    assert ";" in error, "says what to do"


@pytest.mark.parametrize(
    ("name", "module"), [("a.warc", "warcio.archiveiterator"), ("a.pdf", "pypdf"), ("a.rss", "feedparser")]
)
def test_without_the_extra_the_error_says_what_to_install(tmp_path, monkeypatch, name, module):
    monkeypatch.setitem(sys.modules, module, None)
    write(tmp_path / name, b"WARC/1.0\r\n")
    write(tmp_path / "b.txt", "The mayor resigned.")
    failure, article = read(tmp_path)
    assert failure.error.endswith("pip install 'newskg[archives]'")
    assert article.text == "The mayor resigned."
