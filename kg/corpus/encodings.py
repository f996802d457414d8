"""Bytes to characters: byte order mark, then UTF-8, then what charset-normalizer holds to be most likely."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

#: Byte order mark -> encoding; UTF-32 first, since its little-endian mark starts with UTF-16's.
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

#: What English text is in when it is not in Unicode; Latin-1 is a part of it.
WESTERN = "cp1252"

_UTF8_SEQUENCE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf](?![\x80-\xbf])|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def decode(data: bytes) -> str:
    """Decode text whose encoding nobody states.

    Raises:
        InputError: The bytes are no text, or UTF-8 that is broken in places.
    """
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte, at = error.object[error.start], error.start
        raise InputError(f"byte {at:,} (0x{byte:02x}) is no valid {encoding}; save the text as UTF-8") from error


def encoding_of(data: bytes) -> str:
    """Name the encoding that the bytes are in, by Python's name for it.

    Bytes that are not UTF-8 although they hold sequences which hardly anything else has are UTF-8 that was damaged:
    to read them as a code page would turn every accent of the article into noise.

    Raises:
        InputError: The bytes are no text.
    """
    mark = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), None)
    if mark:
        return mark
    if b"\0" in data:
        raise InputError("is no text but binary; convert it to text")
    if _is_utf8(data) or _UTF8_SEQUENCE.search(data):
        return "utf-8"
    return _guessed(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> str:
    """Of the encodings that make equal sense of the bytes, the one that English text is most often in."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few inputs need it

    matches = from_bytes(data)
    if not matches:
        raise InputError("is no text in any known encoding; save it as UTF-8")
    likely = matches[0]
    possible = {name for each in matches if each.chaos <= likely.chaos for name in each.could_be_from_charset}
    return WESTERN if WESTERN in possible else likely.encoding
