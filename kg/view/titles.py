"""What an incident is called: what happened, where, when, as far as it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.view.reading import Resource

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: The closer a place is known, the better it names an incident.
CLOSENESS = ("settlement", "point", "area", "region", "country")


def words(name: str) -> str:
    """A local name as words: AirStrike -> Air strike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return spaced[:1].upper() + spaced[1:]


def title(kind: str, places: Iterable[Resource], earliest: str | None, latest: str | None) -> str:
    """Air strike, Aleppo, 3 Jul 2016."""
    return ", ".join(part for part in (words(kind), _where(places), when(earliest, latest)) if part)


def when(earliest: str | None, latest: str | None) -> str:
    """The day, else the month, else the year that both moments (ISO 8601) fall in; empty where they do not."""
    if not earliest or earliest[:4] != (latest or earliest)[:4]:
        return ""
    year, month, day = earliest[:4], earliest[5:7], earliest[8:10]
    end = latest or earliest
    if end[5:7] != month:
        return year
    shown = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {shown}" if end[8:10] == day else shown


def _where(places: Iterable[Resource]) -> str:
    """The label of the place that is known best: one with a name and coordinates before "the area"."""
    ranked = sorted(places, key=_rank)
    return ranked[0].get("label", ("",))[0] if ranked else ""


def _rank(place: Mapping[str, tuple[str, ...]]) -> tuple[bool, bool, int, str]:
    label = place.get("label", ("",))[0]
    precision = place.get("precision", ("",))[0]
    close = CLOSENESS.index(precision) if precision in CLOSENESS else len(CLOSENESS)
    return not label[:1].isupper(), not place.get("lat"), close, label
