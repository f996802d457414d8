"""Every input format, and every way in which an input can be bad."""

import bz2
import datetime as dt
import gzip
import io
import json
import sys
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import FORMATS, Tally, read_date, read_documents, sample_path
from kg.corpus.article import MAX_CHARACTERS
from kg.corpus.dates import dateline
from kg.errors import InputError
from kg.records import Document, Failure

PAGE = """<!doctype html><html><head><title>Two bridges closed after flood</title>
<meta property="og:site_name" content="Harbour Gazette"><link rel="canonical" href="https://gazette.example/a/1">
<meta property="article:published_time" content="2019-05-07T08:00:00+02:00"><script>alert('head')</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Two bridges closed after flood</h1>
<p>The mayor of Larnö said on Tuesday that two bridges were closed after the river rose by three metres.</p>
<script>document.write("evil")</script><p onclick="evil()">“We will not open them before Friday,” Ann Torvik said, and
that nobody had been hurt in the village.</p></article><footer>Copyright 2019. Cookies.</footer></body></html>"""


def read(*paths, **options):
    return list(read_documents(paths, **options))


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def only(path, **options):
    (found,) = read(path, **options)
    return found


def failure(path):
    found = only(path)
    assert isinstance(found, Failure), found
    assert found.stage == "corpus"
    assert "\n" not in found.error
    assert path in f"{found.document}: {found.error}", "says where"
    assert ";" in found.error, "says what to do"
    return found.error


# -------------------------------------------------------------------------------- formats


def test_text_is_kept_as_it_is_but_for_line_ends(tmp_path):
    path = write(tmp_path / "a.txt", "A Headline\r\n  Two  blanks,\tand Da’esh.\rLast\n")
    assert only(path).text == "A Headline\n  Two  blanks,\tand Da’esh.\nLast\n"


def test_page_gives_main_text_and_what_it_says_of_itself(tmp_path):
    page = only(write(tmp_path / "a.html", PAGE))
    assert (page.title, page.publisher) == ("Two bridges closed after flood", "Harbour Gazette")
    assert (page.url, page.published) == ("https://gazette.example/a/1", dt.date(2019, 5, 7))
    assert page.text.startswith("The mayor of Larnö said"), "the title is given apart and not read twice"
    assert not any(word in page.text for word in ("evil", "alert", "Cookies", "Sport", "<"))


def test_page_in_its_declared_encoding(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252")
    assert "Larnö" in only(write(tmp_path / "a.html", page)).text


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a"])
def test_json_lines_by_any_name(tmp_path, name):
    lines = ['{"id": "x", "text": "One\\r\\ntwo."}', "", '{"doc_id": 7, "text": "Three.", "outlet": "Gazette"}']
    first, second = read(write(tmp_path / name, "\n".join(lines)))
    assert (first.id, first.text) == ("x", "One\r\ntwo."), "the text of a JSON line is untouched"
    assert (second.id, second.publisher) == ("7", "Gazette")


def test_all_input_keys(tmp_path):
    record = {"doc_id": "n1", "text": "T.", "title": "H", "date": "2018-02-03T10:00:00Z", "source": "S", "url": "u:1"}
    expected = Document("n1", "T.", "H", "S", "u:1", dt.date(2018, 2, 3))
    assert only(write(tmp_path / "a.jsonl", json.dumps(record))) == expected
    fields = ",".join(record), ",".join(record.values())
    assert only(write(tmp_path / "a.csv", "\n".join(fields))) == expected


@pytest.mark.parametrize("content", ['[{"text": "A."}, {"text": "B."}]', ' [\n{"text": "A."},\n{"text": "B."}\n]\n'])
def test_json_array(tmp_path, content):
    assert [each.text for each in read(write(tmp_path / "a.json", content))] == ["A.", "B."]


def test_one_json_object_over_many_lines(tmp_path):
    assert only(write(tmp_path / "a.json", '{\n  "id": "p",\n  "text": "A."\n}\n')).id == "p"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter(tmp_path, mark):
    rows = [["id", "Title", "text"], ["1", "H", '"One,\r\ntwo; ""three""\t|"']]
    found = only(write(tmp_path / "a.csv", "\r\n".join(mark.join(row) for row in rows)))
    assert (found.id, found.title, found.text) == ("1", "H", 'One,\r\ntwo; "three"\t|')


def test_folder_is_read_in_order_and_hidden_files_are_not(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "a/b/y.txt"):
        write(tmp_path / name, f"text of {name}")
    found = [each.text for each in read(tmp_path)]
    assert found == ["text of b.txt", "text of a/z.txt", "text of a/b/y.txt"]
    assert read(tmp_path) == read(tmp_path)


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_compressed_files(tmp_path, suffix, pack):
    path = write(tmp_path / f"a.jsonl{suffix}", pack(b'{"text": "A."}\n{"text": "B."}\n'))
    assert [each.text for each in read(path)] == ["A.", "B."]


def test_zip_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b/two.txt", "Two.")
        archive.writestr("a.jsonl.gz", gzip.compress(b'{"text": "One."}'))
        archive.writestr("__MACOSX/b/._two.txt", b"\0")
        archive.writestr("page.html", PAGE)
    texts = [each.text for each in read(tmp_path / "a.zip")]
    assert texts[:2] == ["One.", "Two."]
    assert texts[2].startswith("The mayor")


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": "s", "text": "A."}\n')))
    assert only("-").id == "s"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Dörte — “hier”"),
        ("utf-8-sig", "Dörte — “hier”"),
        ("utf-16", "Dörte — “hier”"),
        ("cp1252", "A café."),
        ("cp1252", "He said “no” to the café’s owner – twice."),
        ("cp1250", "Řekl, že příliš žluťoučký kůň úpěl ďábelské ódy."),
        (
            "cp1252",
            "The café’s owner, Zoë Müller, said that the façade in Málaga was “très” old and that señor Peña knew.",
        ),
    ],
)
def test_encodings_are_detected(tmp_path, encoding, text):
    assert only(write(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_the_bundled_sample_is_read_without_a_failure():
    found = read(sample_path())
    assert len(found) >= 5
    assert all(isinstance(each, Document) for each in found)


# -------------------------------------------------------------------------------- ids


def test_ids_are_stable_and_follow_the_content(tmp_path):
    one = only(write(tmp_path / "one.txt", "Same text."))
    assert one.id == only(write(tmp_path / "b/other.txt", "Same text.\n".strip())).id
    assert one.id == only(str(tmp_path / "one.txt"), published=dt.date(2020, 1, 1)).id
    assert one.id != only(write(tmp_path / "two.txt", "Same text!")).id


# -------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-07-01", "2016-07-01"),
        ("2009-03-20 12:24:52.002364-05", "2009-03-20"),
        ("2009-03-20T12:24:52Z", "2009-03-20"),
        ("20090320", "2009-03-20"),
        ("2009/3/20", "2009-03-20"),
        ("Fri, 20 Mar 2009 12:24:52 +0000", "2009-03-20"),
        ("March 20, 2009", "2009-03-20"),
        ("20 march 2009", "2009-03-20"),
        ("27-02-2009", "2009-02-27"),
        ("2/27/2009", "2009-02-27"),
    ],
)
def test_dates(text, expected):
    assert read_date(text).isoformat() == expected


@pytest.mark.parametrize("text", ["", "soon", "2016-02-30", "03-02-2009", "31 June 2011", "2016", "March 2009", "١٢"])
def test_what_is_no_date(text):
    with pytest.raises(InputError, match="is no date; write it as YYYY-MM-DD"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LARNOW, March 3, 2019 (Wire) — The mayor resigned.", "2019-03-03"),
        ("Larnow, 23 Aug 88 (Larnow Domestic Service) -- [Text] The mayor resigned.", "1988-08-23"),
        ("LARNOW, Ostmark, Sunday, 3 March 2019 - The mayor resigned.", "2019-03-03"),
        ("Mayor quits\nBy Ann Torvik\nMarch 03 , 2019\nThe mayor resigned.", "2019-03-03"),
        ("Mayor quits\n\nPublished: 3 March 2019 10:20\n\nThe mayor resigned.", "2019-03-03"),
        ("Last updated on Mar. 3, 2019 | The mayor resigned.", "2019-03-03"),
        ("Sun 3 Mar 2019 12 mayors resigned.", "2019-03-03"),
        ("Mayor quits Wire Sunday 3 Mar 2019 The mayor resigned.", "2019-03-03"),
        ("24.03.2019(updated 1457 24.03.2019) The mayor resigned.", "2019-03-24"),
        ("03.04.2019 The mayor resigned.", "2019-04-03"),
        ("24-03-2019 The mayor resigned.", "2019-03-24"),
        ("03-04-2019 The mayor resigned.", None),
        ("24.03.2019 was the day on which the mayor resigned.", None),
        ("On March 3, 2019 in Larnow, the mayor resigned.", None),
        ("3 March 2019 was the day on which the mayor resigned.", None),
        ("The mayor resigned on Sunday 3 March 2019 Larnow time.", None),
        ("The mayor resigned.\nA report of March 3, 2019 — his last — was found.", None),
        ("LARNOW, March 3 (Wire) — The mayor resigned.", None),
        ("LARNOW, March 33, 2019 (Wire) — The mayor resigned.", None),
        ("LARNOW (Wire) — The mayor resigned.", None),
        ("", None),
        ("Last updated at Apr 232017 LARNOW The mayor resigned.", "2017-04-23"),
        ("30.04.2017) Get short URL The mayor resigned.", "2017-04-30"),
        ("Apr 232017 people voted.", None),
    ],
)
def test_datelines(text, expected):
    found = dateline(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("2019-04-01", "2019-03-03"), ("2019-03-02", "2019-03-03"), ("2019-03-01", "2018-03-03")],
)
def test_a_dateline_without_a_year_takes_it_from_the_reference(reference, expected):
    found = dateline("LARNOW, March 3 (Wire) — The mayor resigned.", dt.date.fromisoformat(reference))
    assert found.isoformat() == expected


def test_own_date_goes_before_dateline_before_the_date_for_all(tmp_path):
    line = "LARNOW, March 3, 2019 (Wire) — The mayor resigned."
    records = [{"text": line, "date": "2019-03-05"}, {"text": line}, {"text": "The mayor resigned."}]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, records)))
    found = [each.published.isoformat() for each in read(path, published=dt.date(2020, 1, 1))]
    assert found == ["2019-03-05", "2019-03-03", "2020-01-01"]


@given(st.text(max_size=200))
def test_any_text_has_a_dateline_or_none(text):
    found = dateline(text, dt.date(2020, 2, 29))
    assert found is None or 1900 <= found.year < 2100


# -------------------------------------------------------------------------------- bad input


def test_a_path_that_is_not_there_is_told_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.txt: no such file or folder; check the path"):
        read_documents([write(tmp_path / "a.txt", "A."), tmp_path / "nowhere.txt"])


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("a", b"\x7fELF\x02\x01\x01\0\0\0", "binary"),
        ("a.txt", "Dörte said “yes”.".encode()[:-3] + b" and more", "(0xe2) is no valid utf-8"),
        ("a.txt", b"x" * (MAX_CHARACTERS + 1), "500,001 characters"),
        ("a.html", b"", "no article"),
        ("a.html", b"<html><script>alert(1)</script></html>", "no article"),
        ("a.jsonl", b'{"text": "A."', "no JSON"),
        ("a.jsonl", b'["A."]', "is list"),
        ("a.jsonl", b'{"title": "H"}', 'no "text"'),
        ("a.jsonl", b'{"text": {"a": 1}}', "no string but dict"),
        ("a.jsonl", b'{"text": "A.", "date": "soon"}', "'soon' is no date"),
        ("a.jsonl", rb'{"text": "A \ud83d b"}', "surrogates"),
        ("a.jsonl", b'{"text": "A \xff"}', "no valid utf-8"),
        ("a.jsonl", b"[" * 100_000, "nested too deeply"),
        ("a.json", b'[{"text": ', "no JSON"),
        ("a.csv", b"id,words\n1,A.\n", "no column 'text'"),
        ("a.csv", b"id,text\n1,A,B,C\n", "4 fields for 2 columns"),
        ("a.csv", b"id,text\n1,\n", 'no "text"'),
        ("a.csv", b"id,text,date\n1,A.,soon\n", "'soon' is no date"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "A."}' * 99)[:-20], "cannot be read to its end"),
        ("a.zip", b"PK no archive", "cannot be opened"),
    ],
)
def test_bad_input_is_one_line_that_says_what_where_and_what_to_do(tmp_path, name, content, what):
    assert what in failure(write(tmp_path / name, content))


def test_a_file_of_another_kind_in_a_folder_is_told_and_passed_over(tmp_path):
    write(tmp_path / "a.docx", b"PK")
    write(tmp_path / "b.txt", "B.")
    bad, good = read(tmp_path)
    assert "in no format that kg reads (.txt" in bad.error
    assert good.text == "B."


def test_one_bad_line_spoils_no_other(tmp_path):
    lines = [b'{"text": "A."}', b"{", b'{"text": "B\xff."}', b'{"text": "C.", "date": "x"}', b'{"text": "D."}']
    found = read(path := write(tmp_path / "a.jsonl", b"\n".join(lines)))
    assert [type(each) for each in found] == [Document, Failure, Failure, Failure, Document]
    assert [each.document for each in found[1:4]] == [f"{path}:{n}" for n in (2, 3, 4)]


def test_one_bad_row_spoils_no_other(tmp_path):
    rows = [b"id,text", b"1,A.", b"2,B\xff.", '3,"C—\nC."'.encode(), b"4,", b"5,E."]
    found = read(path := write(tmp_path / "a.csv", b"\n".join(rows)))
    assert [type(each) for each in found] == [Document, Failure, Document, Failure, Document]
    assert (found[3].document, found[3].error[: len(path) + 3]) == ("4", f"{path}:6:")


def test_a_line_of_twenty_megabytes_is_passed_over(tmp_path):
    long = json.dumps({"id": "long", "text": "x" * 20_000_000})
    found = read(write(tmp_path / "a.jsonl", f'{long}\n{{"text": "B."}}'))
    assert isinstance(found[0], Failure)
    assert found[0].document == "long"
    assert found[1].text == "B."


def test_a_line_longer_than_memory_should_hold_is_never_held(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.corpus.lines.MAX_BYTES", 1000)
    bad, good = read(write(tmp_path / "a.jsonl", b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "B."}\n'))
    assert "longer than 1,000 bytes" in bad.error
    assert good.text == "B."


def test_memory_does_not_grow_with_the_input(tmp_path):
    path = write(tmp_path / "a.jsonl", "\n".join(json.dumps({"text": f"{n} " + "x" * 2000}) for n in range(3000)))
    tracemalloc.start()
    assert sum(1 for _ in read_documents([path])) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000, "6 MB were read"


def test_the_tally_knows_how_far_the_reading_has_come(tmp_path):
    write(tmp_path / "a" / "a.jsonl.gz", gzip.compress(b'{"text": "A."}\n' * 500))
    write(tmp_path / "a" / "b.txt", "B." * 5000)
    tally = Tally.of([tmp_path / "a", "-"])
    reading = read_documents([tmp_path / "a"], tally=tally)
    next(reading)
    assert 0 < tally.done < tally.total
    assert len(list(reading)) == 500
    assert tally.done == tally.total == sum(file.stat().st_size for file in (tmp_path / "a").iterdir())


@given(st.binary(max_size=300), st.sampled_from(sorted(FORMATS)))
def test_no_bytes_at_all_raise(tmp_path_factory, content, suffix):
    path = write(tmp_path_factory.mktemp("fuzz") / f"a{suffix}", content)
    assert all(isinstance(each, Document | Failure) for each in read(path))


def test_a_table_that_is_cut_within_a_letter_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x80\n\x00")
    (failure,) = read(path)
    assert isinstance(failure, Failure)
