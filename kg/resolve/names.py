"""Names as strings: which two spellings may be one name, and what a name is called in an IRI.

Transliterated names differ in articles (al-, el-), doubled letters and vowels: Falluja, Fallujah; Hamed, Hamid. A
skeleton folds those differences and no others: consonants stay, vowels become one of two classes, so that Niger and
Nigeria, Iran and Iraq, Mario and Maria, Jean and Joan keep apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[’'ʼʻ`´‘.]")
_ARTICLE = re.compile(r"\b(?:al|el|an|ar|as|ash|at|ad|az|ul|ud)-\s?(?=\w)", re.IGNORECASE)
_PARTICLE = re.compile(r"(?<=\w )(?:al|el|ul) (?=\w)")
_NICKNAME = re.compile(r"[\"“‘(][^\"”’)]*[\"”’)]")
_SUFFIX = re.compile(r"(?:,? (?:jr|sr|ii|iii|iv|phd|md|mp))+$")
#: What a company's legal form adds to its name.
_LEGAL = re.compile(r"(?:,? (?:inc|corp|corporation|co|company|ltd|limited|llc|plc|ag|sa|nv|gmbh|se|spa|group))+$")

#: Spellings of one sound in Arabic, Persian, Slavic and South Asian names, and what they fold to; order counts.
_SOUNDS = (
    (re.compile(r"\babd(?:u|e|a|o)?l(?=[a-z]|\b)"), "abdal"),
    (re.compile(r"q|ck"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"kh"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"(?<=[aeiouy])h\b"), ""),
    (re.compile(r"[aeiy]+"), "a"),
    (re.compile(r"[ouw]+"), "o"),
    (re.compile(r"(?:a*o+a*)+(?=[^ao]|\b)"), "o"),
    (re.compile(r"(\w)\1+"), r"\1"),
)
#: A word that is shorter says too little: only its own spelling is the same.
LEAST = 4


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case, without accents, apostrophes, dots, the Arabic article and double blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", _MARKS.sub("", name)) if not unicodedata.combining(c))
    spread = _ARTICLE.sub("", bare).replace("-", " ").casefold()
    return " ".join(_PARTICLE.sub("", " ".join(spread.split())).split())


def _spread(name: str) -> str:
    """Lower case with one blank between words, nothing left out."""
    return " ".join(name.replace("-", " ").casefold().split())


def slug(name: str) -> str:
    """The last part of an entity's id: letters and digits of any script, joined by hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", _MARKS.sub("", name)) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", bare.casefold()).strip("-")


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, without a nickname in it and what stands behind it (Jr., II)."""
    return tuple(_SUFFIX.sub("", fold(without_nickname(name))).split())


def without_nickname(name: str) -> str:
    """A name without what stands in it in quotation marks or brackets."""
    return " ".join(_NICKNAME.sub(" ", name).split()) or name


def organization_key(name: str) -> str:
    """The folded name of an organization, without an article and its legal form."""
    key = fold(name).removeprefix("the ")
    return _LEGAL.sub("", key.replace("&", "and")) or key


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """What all transliterations of a folded word share; a short word is its own skeleton."""
    if len(word) < LEAST:
        return word
    for sound, letter in _SOUNDS:
        word = sound.sub(letter, word)
    return word


def same_word(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one: equal, or equal in skeleton."""
    return one == other or skeleton(one) == skeleton(other)


def same_person(one: str, other: str) -> bool:
    """Whether two full names may be one person's: surnames agree, and given names, initials or the missing of one.

    A surname alone is nobody's full name: see `is_surname_of`.
    """
    a, b = name_words(one), name_words(other)
    if len(a) < 2 or len(b) < 2:
        return a == b
    if len(a) == len(b) and all(same_word(x, y) for x, y in zip(a, b, strict=True)):
        return True
    return same_word(a[-1], b[-1]) and _given(a[:-1], b[:-1])


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Given names agree where those of the shorter name stand in the longer, in order; an initial stands for a name."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return _agree(short[0], long[0]) and all(any(_agree(word, each) for each in rest) for word in short)


def _agree(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return same_word(one, other)


def is_surname_of(short: str, full: str) -> bool:
    """Whether a short name is the end of a full one: "Garver", "bin Laden", "al-Abadi"."""
    if _spread(full).endswith(" " + _spread(short)):
        return True
    a, b = name_words(short), name_words(full)
    return 0 < len(a) < len(b) and all(same_word(x, y) for x, y in zip(a, b[-len(a) :], strict=True))


def is_given_name_of(short: str, full: str) -> bool:
    """Whether a single word is the first of a full name: "Saddam"."""
    a, b = name_words(short), name_words(full)
    return len(a) == 1 < len(b) and a[0] == b[0]


def same_organization(one: str, other: str) -> bool:
    """Whether two names are one organization's, by their words: legal forms, articles and spelling aside."""
    a, b = organization_key(one).split(), organization_key(other).split()
    return len(a) == len(b) and all(same_word(x, y) for x, y in zip(a, b, strict=True))
