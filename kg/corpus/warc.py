"""Web archives (ISO 28500) as crawlers write them: Common Crawl's news (`.warc.gz`) and its texts (`.warc.wet.gz`).

A page is an article, and so is a converted text; what else an archive holds (requests, redirects, pictures, pages that
were not found) is none, and nothing is said of it. Records are cut out here, one in memory at a time, since one that is
damaged, packed or not, must not take those after it along; what is in a record is read by warcio.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Any

from kg.corpus.article import MAX_BYTES, document
from kg.corpus.encodings import decode
from kg.corpus.extras import library
from kg.corpus.plain import lines_unified
from kg.corpus.web import article_of_page, decoded
from kg.errors import InputError
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.sources import Source

GZIP = b"\x1f\x8b\x08"
CHUNK = 2**16
#: The longest header of a record; crawlers write a few hundred bytes.
MAX_HEADER = 2**16
#: What ends every record.
END = b"\r\n\r\n"
LONGEST_START = len(b"WARC/1.999\r\n")
#: Packed bytes of a record that are searched for the next one when it turns out to be damaged: what is damaged may be
#: unpacked to noise for a while before it is noticed.
MOST_HELD = 2**22
#: Packed bytes that unpack to a start at the least.
ENOUGH = 512
PAGES = ("text/html", "application/xhtml+xml")

_START = re.compile(rb"WARC/1\.\d+\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)

DAMAGED = "is damaged; the records around it were read, get the file anew for this one"
TOO_LONG = f"is longer than {MAX_BYTES:,} bytes; leave it out"


def read_warc(source: Source) -> Iterator[Document | Failure]:
    """Read the pages of a web archive, each under what the page says of itself.

    Raises:
        InputError: It is no web archive, or warcio is not installed.
    """
    archive = library("warcio.archiveiterator", "a web archive")
    for number, record in enumerate(_records(source), 1):
        where = f"{source.name}: record {number}"
        if isinstance(record, str):
            yield Failure(where, "corpus", record)
            continue
        try:
            yield from _article(archive, record)
        except InputError as error:
            yield Failure(f"{where} ({_address(record)})", "corpus", str(error))
        except Exception as error:  # noqa: BLE001  # whatever a record provokes in a library must not stop the others
            reason = " ".join(str(error).split())[:80]
            yield Failure(f"{where} ({_address(record)})", "corpus", f"cannot be read ({reason}); leave it out")


# -------------------------------------------------------------------------------- one record


def _article(archive: Any, data: bytes) -> Iterator[Document]:
    record = next(iter(archive.ArchiveIterator(io.BytesIO(data))))
    address = record.rec_headers.get_header("WARC-Target-URI")
    if record.rec_type == "conversion":
        text = lines_unified(decode(_content(record)))
        yield document(text=text, url=address, language=_language(record.rec_headers))
    elif (charset := _page_charset(record)) is not None:
        html = decoded(_content(record), charset)
        yield article_of_page(html, url=address, language=_language(record.http_headers))


def _page_charset(record: Any) -> str | None:
    """The encoding that the server named, "" if none; None where the record is no page that was found."""
    if record.rec_type == "response" and record.http_headers:
        if record.http_headers.get_statuscode() != "200":
            return None
        kind = record.http_headers.get_header("Content-Type", "")
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    charset = _CHARSET.search(kind)
    return (charset[1] if charset else "") if kind.lower().startswith(PAGES) else None


def _content(record: Any) -> bytes:
    """The body, unpacked."""
    data: bytes = record.content_stream().read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(TOO_LONG)
    return data


def _language(headers: Any) -> str | None:
    if headers is None:
        return None
    named: str | None = headers.get_header("Content-Language")
    return named.split(",")[0].strip() if named else None


def _address(record: bytes) -> str:
    found = re.search(rb"^warc-target-uri:[ \t]*<?([^\s>]+)", record[:MAX_HEADER], re.IGNORECASE | re.MULTILINE)
    return found[1].decode("utf-8", "replace")[:200] if found else "no address"


# -------------------------------------------------------------------------------- a stream to its records


def _records(source: Source) -> Iterator[bytes | str]:
    """Whole records, and in the place of each that is damaged or too long, what is wrong with it."""
    if not source.peek(8).startswith((GZIP, b"WARC/1.")):
        raise InputError("is no web archive (WARC); name the file as what it is")
    stream = _Stream(source.stream)
    while header := stream.header():
        length = _LENGTH.search(header)
        if length is None:
            stream.mend()
            yield DAMAGED
        elif int(length[1]) > MAX_BYTES:
            beginning = stream.take(MAX_HEADER)
            if not stream.skip(int(length[1]) - len(beginning)):
                yield DAMAGED
            elif any(kind.encode() in beginning for kind in PAGES):
                yield TOO_LONG
        else:
            yield _whole(stream, header, int(length[1]))


def _whole(stream: _Stream, header: bytes, length: int) -> bytes | str:
    """The record, if its length is as it says and nothing of it was lost."""
    body = stream.take(length + len(END))
    if len(body) == length + len(END) and body.endswith(END):
        return header + body
    stream.mend(body)
    return DAMAGED


class _Stream:
    """The unpacked bytes of an archive. It stops at a break, where bytes were lost, until it is told to go on."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self.chunks = _unpacked(packed)
        self.buffer = bytearray()
        self.broken = False

    def header(self) -> bytes:
        """Go to the next record, and read up to its empty line; nothing at the end, without a length if damaged."""
        while not (start := _START.search(self.buffer)):
            del self.buffer[:-LONGEST_START]  # what stands between records is nobody's
            if not self._more():
                return b"?" if self.broken else b""
        del self.buffer[: start.start()]
        while not (end := _HEADER_END.search(self.buffer)):
            if len(self.buffer) > MAX_HEADER or not self._more():
                return self._cut(LONGEST_START)
        return self._cut(end.end())

    def take(self, size: int) -> bytes:
        """That many bytes; fewer before a break or the end."""
        while len(self.buffer) < size and self._more():
            pass
        return self._cut(size)

    def skip(self, size: int) -> bool:
        """Pass over that many bytes without holding them; False if there were fewer."""
        while size > len(self.buffer):
            size -= len(self.buffer)
            self.buffer.clear()
            if not self._more():
                return False
        self._cut(size)
        return True

    def mend(self, taken: bytes = b"") -> None:
        """Go on after a break; where there was none, a length was wrong, and a record may begin in what was taken."""
        if self.broken:
            self.buffer.clear()
        else:
            self.buffer[:0] = taken
        self.broken = False

    def _cut(self, size: int) -> bytes:
        piece = bytes(self.buffer[:size])
        del self.buffer[:size]
        return piece

    def _more(self) -> bool:
        """Get another chunk, unless bytes are missing before it."""
        if self.broken:
            return False
        chunk = next((each for each in self.chunks if each != b""), b"")
        self.broken = chunk is None
        self.buffer += chunk or b""
        return bool(chunk)


def _unpacked(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """Chunks of the bytes; None where some are lost. Each record is packed by itself: after damage, the next one is."""
    if not stream.peek(len(GZIP)).startswith(GZIP):
        while data := stream.read(CHUNK):
            yield data
        return
    held, rest, unpack = b"", b"", _gunzip()  # held: of the record that is being unpacked
    while (data := rest or stream.read(CHUNK)) or (held and not unpack.eof):
        if unpack.eof:
            held, unpack = b"", _gunzip()
        try:
            yield _unpack(unpack, data)
            rest = unpack.unconsumed_tail or unpack.unused_data
            held = held + data[: len(data) - len(rest)] if len(held) < MOST_HELD else b""
        except zlib.error:
            yield None
            held, rest, unpack = b"", _next_member(held + data, stream), _gunzip()


def _unpack(unpack: Any, data: bytes) -> bytes:
    if not data:
        raise zlib.error("breaks off")
    out: bytes = unpack.decompress(data, CHUNK)
    return out


def _gunzip() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _next_member(data: bytes, stream: io.BufferedReader) -> bytes:
    """The bytes from where another record begins that can be unpacked; empty if there is none."""
    data = data[1:]
    while True:
        at = data.find(GZIP)
        if (at < 0 or len(data) - at < ENOUGH) and (more := stream.read(CHUNK)):
            data = (data[at:] if at >= 0 else data[1 - len(GZIP) :]) + more
        elif at < 0:
            return b""
        elif _begins(data[at:]):
            return data[at:]
        else:
            data = data[at + 1 :]


def _begins(data: bytes) -> bool:
    """Whether this is a record's beginning rather than three bytes by chance."""
    try:
        return bool(_START.match(_gunzip().decompress(data, LONGEST_START)))
    except zlib.error:
        return False
