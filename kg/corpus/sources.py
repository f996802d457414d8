"""Where bytes come from: files, folders, zip archives, compressed files, standard input."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from kg.errors import InputError
from kg.records import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STDIN = "-"

#: Suffix of a compressed file -> what unpacks it as a stream.
COMPRESSED: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    ".gz": lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream)),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}

#: Suffixes of files that are packed piece by piece, so that one which is damaged does not take the others along: they
#: are given to their reader as they are.
PACKED_WITHIN = frozenset({".warc", ".wet"})

#: What the libraries raise when a file breaks off, is not what its name says, is locked, or may not be read.
DAMAGED = (
    *(OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile),
    *(RuntimeError, NotImplementedError, UnicodeDecodeError),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file's bytes, unpacked. `name` is the path as the user gave it, `archive/member` inside a zip.

    `suffix` is that of the unpacked file, in lower case. `asked_for`: the user named the file; it was not met in a
    folder or an archive.
    """

    name: str
    suffix: str
    stream: io.BufferedReader
    asked_for: bool = True

    def peek(self, size: int) -> bytes:
        """The first bytes, at most `size`; the stream stays where it is."""
        return self.stream.peek(size)[:size]


@dataclass(slots=True)
class Tally:
    """How far the reading has come: bytes of the files themselves, packed as they are. `total` 0: nobody knows."""

    total: int = 0
    done: int = 0

    @classmethod
    def of(cls, paths: Iterable[str | os.PathLike[str]]) -> Tally:
        """Sum up the sizes of files and folders; standard input has none."""
        return cls(sum(_size(os.fspath(path)) for path in paths))


def _size(path: str) -> int:
    if not os.path.isdir(path):  # noqa: PTH112 - as below
        return os.path.getsize(path) if os.path.isfile(path) else 0  # noqa: PTH113, PTH202 - as below
    return sum(os.path.getsize(os.path.join(top, name)) for top, _, names in os.walk(path) for name in names)  # noqa: PTH118, PTH202 - as walk gives them


class _Counted(io.FileIO):
    """A file that tells the tally what was read of it."""

    def __init__(self, path: str, tally: Tally) -> None:
        super().__init__(path)
        self.tally = tally

    def readinto(self, buffer: Any, /) -> int | None:
        """As every file; counted."""
        count = super().readinto(buffer)
        self.tally.done += count or 0
        return count


def check(path: str) -> None:
    """See that a path exists.

    Raises:
        InputError: It does not.
    """
    if path != STDIN and not os.path.exists(path):  # noqa: PTH110 - a path from the command line may be odd
        raise InputError(f"{path}: no such file or folder; check the path")


def sources(paths: Iterable[str], tally: Tally) -> Iterator[Source | Failure]:
    """Open what the paths hold, one stream at a time, in the order of the paths and of names below them."""
    for path in paths:
        if path == STDIN:
            yield Source(STDIN, ".jsonl", _buffered(sys.stdin.buffer))
        elif os.path.isdir(path):  # noqa: PTH112 - as above
            yield from _folder(path, tally)
        else:
            yield from _file(path, tally, asked_for=True)


def _folder(top: str, tally: Tally) -> Iterator[Source | Failure]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted(files):
            if not _is_hidden(name):
                yield from _file(os.path.join(folder, name), tally, asked_for=False)  # noqa: PTH118 - as walk gives them


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "__MACOSX"))


def _file(path: str, tally: Tally, *, asked_for: bool) -> Iterator[Source | Failure]:
    try:
        if path.lower().endswith(".zip"):
            yield from _archive(path, tally)
        else:
            yield _unpacked(path, io.BufferedReader(_Counted(path, tally)), asked_for=asked_for)
    except DAMAGED as error:
        yield Failure(path, "corpus", f"cannot be opened ({error}); mend or remove it")


def _archive(path: str, tally: Tally) -> Iterator[Source | Failure]:
    with zipfile.ZipFile(io.BufferedReader(_Counted(path, tally))) as archive:
        for member in sorted(archive.infolist(), key=lambda each: each.filename):
            if member.is_dir() or any(map(_is_hidden, member.filename.split("/"))):
                continue
            name = f"{path}/{member.filename}"
            try:
                yield _unpacked(name, archive.open(member), asked_for=False)
            except DAMAGED as error:
                yield Failure(name, "corpus", f"cannot be unpacked ({error}); pack it without a password")


def _unpacked(name: str, stream: IO[bytes], *, asked_for: bool) -> Source:
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122 - members of archives are no paths
    if unpack := COMPRESSED.get(suffix):
        inner = os.path.splitext(stem)[1]  # noqa: PTH122 - as above
        within = suffix == ".gz" and inner in PACKED_WITHIN
        return Source(name, inner, _buffered(stream if within else unpack(stream)), asked_for)
    return Source(name, suffix, _buffered(stream), asked_for)


def _buffered(stream: IO[bytes] | BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream))
