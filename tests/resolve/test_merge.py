"""What is proposed for merging, on what evidence; nothing is merged by itself."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kg.records import Known, MergeDecision
from kg.resolve.merge import clusters, contradiction, propose

LONG = Known("actor/person/hamed-al-mansour", "Person", ("Hamed al-Mansour",), ("a",), ("actor/nato",))
SPELT = Known("actor/person/hamid-al-mansour", "Person", ("Hamid al-Mansour",), ("b",), ("actor/nato",))
INITIAL = Known("actor/person/h-al-mansour", "Person", ("H. al-Mansour",), ("c",))
SURNAME = Known("article/d/actor/1", "Person", ("Mansour",), ("d",))
OTHER = Known("actor/person/omar-al-mansour", "Person", ("Omar al-Mansour",), ("e",))
BODY = Known("actor/organization/bureau-of-river-bridges", "Organization", ("Bureau of River Bridges",), ("a",))
ACRONYM = Known("article/b/actor/2", "Organization", ("BORB",), ("b",))
UNNAMED = Known("article/b/actor/3", "Organization", ("health ministry",), ("b",))
ALL = (LONG, SPELT, INITIAL, SURNAME, OTHER, BODY, ACRONYM, UNNAMED)


def pairs(found):
    return {(each.kept, each.other) for each in found}


def test_spellings_initials_and_surnames_are_proposed_with_their_evidence():
    found = propose((LONG, SPELT))
    assert pairs(found) == {(LONG.id, SPELT.id)}
    assert found[0].evidence == (
        "'Hamed al-Mansour' and 'Hamid al-Mansour' may be one name",
        "both belong to actor/nato",
    )
    assert propose((LONG, INITIAL))[0].score < found[0].score
    assert pairs(propose((LONG, SURNAME))) == {(LONG.id, SURNAME.id)}


def test_two_given_names_are_not_proposed():
    assert propose((LONG, OTHER)) == ()


def test_acronyms_are_proposed_and_descriptions_are_not():
    assert pairs(propose((BODY, ACRONYM, UNNAMED))) == {(BODY.id, ACRONYM.id)}


def test_two_listed_actors_are_two():
    one = Known("actor/one-front", "ArmedGroup", ("Marsh Front",))
    other = Known("actor/other-front", "ArmedGroup", ("Marsh  Front",))
    assert propose((one, other)) == ()


def test_an_article_that_names_both_speaks_against_it():
    together = Known(SPELT.id, "Person", SPELT.names, ("a",), SPELT.company)
    proposal = propose((LONG, together))[0]
    assert proposal.score < propose((LONG, SPELT))[0].score
    assert proposal.evidence[-1].startswith("against it: a ")


def test_what_was_judged_is_not_proposed_again():
    assert propose((LONG, SPELT), {frozenset((LONG.id, SPELT.id))}) == ()


def test_a_name_that_many_bear_says_nothing():
    many = [Known(f"article/{at}/actor/1", "Person", ("Smith",), (str(at),)) for at in range(40)]
    assert propose(many) == ()


def test_the_order_does_not_matter():
    expected = propose(ALL)
    assert all(propose(order) == expected for order in list(permutations(ALL))[::997])


names = st.sampled_from(
    ["Ada Lund", "Ada M. Lund", "Lund", "A. Lund", "Omar Lund", "River Fund", "RFX", "The River Fund Inc."]
)
known = st.builds(
    Known,
    id=st.integers(0, 9).map(lambda at: f"actor/person/x{at}"),
    type=st.sampled_from(["Person", "Organization"]),
    names=st.tuples(names),
)


@given(st.lists(known, max_size=8, unique_by=lambda each: each.id))
def test_proposals_are_of_two_different_entities_and_ordered(entities):
    found = propose(entities)
    assert all(each.kept != each.other and 0 <= each.score <= 1 and each.evidence for each in found)
    assert len(pairs(found)) == len(found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


# -------------------------------------------------------------------------------- clusters

ids = st.sampled_from(
    ["actor/nato", "actor/person/ada-lund", "actor/person/a-lund", "article/d/actor/1", "article/e/actor/2"]
)
verdicts = st.lists(
    st.builds(MergeDecision, ids, ids, st.sampled_from(["same", "different"]), st.just("Ann Bos")).filter(
        lambda each: each.kept != each.other
    ),
    max_size=8,
)


@given(verdicts)
def test_clusters_are_a_partition(decisions):
    kept = clusters(decisions)
    assert not set(kept) & set(kept.values())  # one step leads to who is kept
    for each in decisions:
        if each.verdict == "same":
            assert kept.get(each.kept, each.kept) == kept.get(each.other, each.other)


@given(verdicts, st.randoms())
def test_the_order_of_verdicts_does_not_matter(decisions, random):
    shuffled = list(decisions)
    random.shuffle(shuffled)
    assert clusters(shuffled) == clusters(decisions)


@given(verdicts)
def test_clusters_are_no_larger_than_the_verdicts_make_them(decisions):
    """Without the verdicts on its members, nobody is in a cluster."""
    same = {each for one in decisions if one.verdict == "same" for each in (one.kept, one.other)}
    assert set(clusters(decisions)) <= same


@given(verdicts)
def test_a_contradiction_is_a_verdict_on_two_of_one_cluster(decisions):
    kept, wrong = clusters(decisions), contradiction(decisions)
    same = {frozenset((one, kept[one])) for one in kept}
    different = [each for each in decisions if each.verdict == "different"]
    assert (wrong is None) == all(
        kept.get(each.kept, each.kept) != kept.get(each.other, each.other) for each in different
    )
    assert wrong is None or same


def test_kept_is_whom_nobody_said_to_be_known_as_another_else_the_listed():
    chain = [MergeDecision("actor/b", "actor/c", "same", "A"), MergeDecision("actor/person/x", "actor/b", "same", "A")]
    assert set(clusters(chain).values()) == {"actor/person/x"}
    ring = [*chain, MergeDecision("actor/c", "actor/person/x", "same", "A")]
    assert set(clusters(ring).values()) == {"actor/b"}
