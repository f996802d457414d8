"""Entities of many articles that may be one: proposals with their evidence, for a person to judge.

Nothing is merged here. A known id, or the same class and full name, are one key and one entity already; what is
proposed rests on less: spellings, initials, surnames, acronyms. Candidates share a key (the skeleton of the surname,
of all words, or the initials), so that the cost is that of the groups, never of all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kg.records import MergeProposal
from kg.resolve.names import (
    fold,
    is_surname_of,
    name_words,
    organization_key,
    same_organization,
    same_person,
    skeleton,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.records import Known, MergeDecision

#: A key that more entities share says nothing ("Smith").
COMMON = 12
BODIES = frozenset(["Organization", "ArmedGroup", "Coalition"])
#: What the several kinds of evidence weigh; chosen, not fitted.
WEIGHTS = {"spelling": 0.75, "initial": 0.6, "surname": 0.4, "acronym": 0.5, "first words": 0.35}
COMPANY, TOGETHER = 0.2, -0.25


def propose(entities: Iterable[Known], decided: Collection[frozenset[str]] = ()) -> tuple[MergeProposal, ...]:
    """Pairs that may be one entity, the best founded first.

    Args:
        entities: What all articles together know; unnamed sources are never candidates.
        decided: Pairs of ids that somebody has judged already.
    """
    groups: dict[str, list[Known]] = defaultdict(list)
    for each in sorted(filter(_has_a_name, set(entities)), key=lambda one: one.id):
        for key in dict.fromkeys(_keys(each)):
            groups[key].append(each)
    found: dict[frozenset[str], MergeProposal] = {}
    for group in groups.values():
        for one, other in combinations(group, 2) if len(group) <= COMMON else ():
            pair = frozenset((one.id, other.id))
            proposal = None if pair in decided else _proposal(one, other)
            if proposal and proposal.score > found.get(pair, proposal).score - 1e-9:
                found[pair] = proposal
    return tuple(sorted(found.values(), key=lambda each: (-each.score, each.kept, each.other)))


def _has_a_name(entity: Known) -> bool:
    """Whether an entity that one article alone knows has a proper name: a surname, an acronym."""
    if not entity.id.startswith("article/"):
        return True
    return any(name[0].isupper() if entity.type == "Person" else name.isupper() for name in entity.names)


def _keys(entity: Known) -> Iterator[str]:
    for name in entity.names:
        words = name_words(name) if entity.type == "Person" else tuple(organization_key(name).split())
        if entity.type == "Person" and words:
            yield f"person {skeleton(words[-1])}"
        elif entity.type in BODIES and words:
            yield f"body {' '.join(map(skeleton, words))}"
            yield f"body {''.join(word[0] for word in words) if len(words) > 2 else words[0]}"


def _proposal(one: Known, other: Known) -> MergeProposal | None:
    """What speaks for two entities being one; None where nothing does, or both are listed as different."""
    kept, gone = sorted((one, other), key=_rank)
    if _is_listed(kept) and _is_listed(gone):
        return None
    reason = _persons(kept, gone) if kept.type == "Person" else _bodies(kept, gone)
    if reason is None or (kept.type == "Person") != (gone.type == "Person"):
        return None
    kind, words = reason
    shared = sorted(set(kept.company) & set(gone.company))
    together = sorted(set(kept.articles) & set(gone.articles))
    score = WEIGHTS[kind] + (COMPANY if shared else 0) + (TOGETHER if together else 0)
    evidence = (words, *(f"both belong to {each}" for each in shared[:3]), *_apart(together))
    return MergeProposal(kept.id, gone.id, round(min(max(score, 0.0), 1.0), 2), evidence)


def _apart(together: list[str]) -> Iterator[str]:
    if together:
        yield f"against it: {together[0]} names both and keeps them apart"


def _is_listed(entity: Known) -> bool:
    """Whether the ontology lists the actor: its id has no class in it."""
    return entity.id.startswith("actor/") and entity.id.count("/") == 1


def _rank(entity: Known) -> tuple[bool, bool, int, int, str]:
    """Which id is kept: the listed, the shared, the fuller name, the one in more articles."""
    longest = max((len(name.split()) for name in entity.names), default=0)
    return (not _is_listed(entity), entity.id.startswith("article/"), -longest, -len(entity.articles), entity.id)


def _persons(one: Known, other: Known) -> tuple[str, str] | None:
    for a in one.names:
        for b in other.names:
            if fold(a) == fold(b) or (len(name_words(a)) > 1 < len(name_words(b)) and same_person(a, b)):
                kind = "initial" if any(len(word) == 1 for word in (*name_words(a), *name_words(b))) else "spelling"
                return kind, f"{a!r} and {b!r} may be one name"
    for a in one.names:
        for b in other.names:
            if is_surname_of(b, a):
                return "surname", f"{b!r} is the surname of {a!r}"
    return None


def _bodies(one: Known, other: Known) -> tuple[str, str] | None:
    pairs = [(a, b) for a in one.names for b in other.names]
    for a, b in pairs:
        if same_organization(a, b):
            return "spelling", f"{a!r} and {b!r} may be one name"
    for a, b in pairs:
        short, long = sorted((a, b), key=len)
        words = organization_key(long).split()
        if short.isupper() and len(words) > 2 and short.casefold() == "".join(word[0] for word in words):
            return "acronym", f"{short!r} are the initials of {long!r}"
        if len(organization_key(short)) > 3 and organization_key(long).startswith(organization_key(short) + " "):
            return "first words", f"{long!r} begins with {short!r}"
    return None


# -------------------------------------------------------------------------------- what was decided


def clusters(decisions: Iterable[MergeDecision]) -> dict[str, str]:
    """Every entity that is one with another, to the one that is kept; who is kept is not among the keys.

    What reviewers call the same is taken together, however long the chain. Kept is whom nobody said to be known as
    another: the listed, then the one that more than one article knows, then the first by its id.
    """
    members: dict[str, frozenset[str]] = {}
    others = set()
    for each in decisions:
        if each.verdict == "same":
            others.add(each.other)
            joined = members.get(each.kept, frozenset([each.kept])) | members.get(each.other, frozenset([each.other]))
            members.update(dict.fromkeys(joined, joined))
    kept = {group: min(group, key=lambda one: (one in others, *_standing(one))) for group in set(members.values())}
    return {one: kept[group] for one, group in members.items() if one != kept[group]}


def _standing(entity: str) -> tuple[bool, bool, str]:
    listed = entity.startswith("actor/") and entity.count("/") == 1
    return (not listed, entity.startswith("article/"), entity)


def contradiction(decisions: Sequence[MergeDecision]) -> MergeDecision | None:
    """The first verdict "different" on two that other verdicts make one."""
    kept = clusters(decisions)
    different = (each for each in decisions if each.verdict == "different")
    return next(
        (each for each in different if kept.get(each.kept, each.kept) == kept.get(each.other, each.other)), None
    )
