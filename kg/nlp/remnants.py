"""What web pages leave in the text of an article: labels, links to other articles, lines run together.

Whoever takes the text out of a page often keeps the list behind "Tags", the headlines behind "Related", the buttons;
writes headline, dateline and story as one line; or loses every apostrophe. The model would read all of it as
sentences, and name actors after it. So it sees blanks and line ends there, character for character.
"""

from __future__ import annotations

import re

#: What stands under a story, behind the mark that ends it; other articles' headlines, with no full stop, follow it.
_LINKS = re.compile(
    r"(?<=[.!?”\"'’)\d])[ \n]+(?:Source [A-Z][\w ]{1,30} )?"
    r"(?:(?:Read (?:[Aa]lso|[Mm]ore|[Nn]ext)|Also [Rr]ead|Most [Rr]ead|You [Mm]ay [Aa]lso [Ll]ike"
    r"|Related(?: (?:News|Articles|Stories|Posts|Topics))?)(?=:|\s*$|\s[A-Z\d“\"])|Last [Uu]pdate:|See [Aa]lso:)"
    r"(?![^\n]*[a-z]{2}[.!?][”\"]? [A-Z])[^\n]*",
    re.MULTILINE,
)
_BUTTONS = re.compile(
    r"\bTopic [A-Z][^\n.()]{3,60} \(\d+\)(?: \d+){0,3}|(?<=[.!?”\"] )Source:? [A-Z][\w ]{1,30} and [Aa]gencies"
    r"|\b(?:Print Tweet|Get short URL|Share on Facebook|Comment via Facebook)\b(?: Views \d+)?"
)
#: One of them stands in whatever the patterns find; most texts have none.
_LINK_WORDS = ("Read ", "Also ", "Most ", "You ", "Related", "Last ", "See ")
_BUTTON_WORDS = ("Topic ", "Source", "Tweet", "Get short", "Facebook")
_LABELS = re.compile(
    r"(?:(?<=[.!?”\"])|(?<=\w)|^)[ \n]?\bTags(?::(?= \w)|(?= [A-Z\d])) (?P<rest>[^\n]{1,400})", re.MULTILINE
)
#: What a sentence opens with, written with a capital where none is due; and words that no list of labels holds.
_FIRST = re.compile(
    r"\b(?:The|An?|At|In|On|For|As|It|This|More|Dozens|Several|Almost|Nearly|Over|Two|Three|Four|Five|Six|Seven|Eight"
    r"|Nine|Ten|Eleven|Twelve|(?:Thir|Four|Fif|Six|Seven|Eigh|Nine)teen|(?:Twen|Thir|For|Fif|Six)ty) [a-z]"
    r"|\b(?:The|At least) "
)
_RUNNING = re.compile(
    r"\b(?:has|have|had|was|were|is|are|said|say|on|in|of|from|by|to|that|with|after|near|when|the|an?)\b"
)
_LAST = re.compile(r"[A-Z\d]\S*(?: [a-z][\w-]*)* $")
_DAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)? )?"
    r"(?:\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d|[A-Z][a-z]{2,8} \d{1,2},? (?:19|20)\d\d"
    r"|[A-Z][a-z]{2} \d{1,2}(?:19|20)\d\d|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d\)?)"
    r"(?: \d{1,2}:\d\d)?"
)
_LABEL = r"(?:Date of publication|Published|(?:Last )?[Uu]pdated|Posted)(?: on| at)?:? "
_HEADER = re.compile(rf"\s*(?:{_LABEL}|(?:[A-Z][\w.]* ){{0,4}})?{_DAY}(?= [A-Z\d“\"])")
#: Below so many characters a text may have no apostrophe by chance.
_LONG = 400
_NAMED = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|[Oo]n|[Oo]f|President|Minister) ([A-Z][a-z]{3,})\b|\b[Aa]l-([A-Z][a-z]{3,})\b"
)
_GENITIVE = re.compile(r"\w(?:['’´`]|&#39;)s?\b")
_CAPITAL = re.compile(r"\b([A-Z][a-z]{3,})(s)(?= [\w\"“])")
_NO_PLURAL = re.compile(r"\b([a-z]{2,}[cdfghklmnprtvz]y)(s)\b")
_MANY = re.compile(r"(?:State|Force|Hama|an|ish|ese|ist|er|or|[^aeiou]day)$")


def without_remnants(text: str) -> str:
    """The text with blanks for what is no part of the story; of the same length, so that offsets hold."""
    for pattern, words in ((_LINKS, _LINK_WORDS), (_BUTTONS, _BUTTON_WORDS)):
        if any(word in text for word in words):
            text = pattern.sub(lambda found: _blank(found[0]), text)
    if "Tags" not in text:
        return text
    return _LABELS.sub(lambda found: _blank(found[0][: _end(found)]) + found[0][_end(found) :], text)


def _blank(words: str) -> str:
    """A line end and blanks in the place of words."""
    return "\n" + " " * (len(words) - 1) if words else ""


def _end(found: re.Match[str]) -> int:
    """Where the list of labels ends and a sentence begins, counted from the start of the match."""
    start, rest = found.start("rest") - found.start(), found["rest"]
    stop = rest.find(". ")
    running = _RUNNING.search(rest, 1)
    if stop >= 0 and (running is None or stop < running.start()):
        return start + stop + 1
    if running is None:
        return len(found[0])
    first = _FIRST.search(rest)
    if first is not None and first.start() <= running.end():
        return start + first.start()
    last = _LAST.search(rest[: running.start()])
    return start + (last.start() if last is not None else 0)


def with_seams(text: str, title: str | None) -> str:
    """The text with a line end for the blank behind a dateline and a headline that the story runs on from."""
    at = _header(text, 0)
    text = _broken(text, at)
    head = title.strip() if title else ""
    if head and text[at:].lstrip().startswith(head):
        behind = text.index(head, at) + len(head)
        text = _broken(text, behind)
        text = _broken(text, _header(text, behind + (text[behind : behind + 1] == ".")))
    return text


def _header(text: str, at: int) -> int:
    """The end of a dateline that stands there; 0 if there is none."""
    found = _HEADER.match(text, at)
    return found.end() if found else 0


def _broken(text: str, at: int) -> str:
    return f"{text[:at]}\n{text[at + 1 :]}" if 0 < at < len(text) and text[at] == " " else text


def lost_apostrophes(text: str, states: frozenset[str]) -> re.Pattern[str] | None:
    """Finds each "s" that lost its apostrophe ("Dravias capital"); None if the text has not lost all of them.

    Names are told by where they stand without it: "in Dravia", "President Oduya".

    Args:
        text: The whole article.
        states: Names of states, of one word.
    """
    if len(text) < _LONG or _GENITIVE.search(text):
        return None
    names = states.union(one or other for one, other in _NAMED.findall(text))
    stems = {each[1] for each in _CAPITAL.finditer(text) if each[1] in names and not _MANY.search(each[1])}
    stems |= {each[1] for each in _NO_PLURAL.finditer(text)}
    return re.compile("|".join(rf"(?<=\b{stem})s(?= )" for stem in sorted(stems))) if stems else None
