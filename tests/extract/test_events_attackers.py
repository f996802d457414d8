"""Who can have done it: victims, places, agencies and headlines are taken for attackers by the parse, and are none."""

from __future__ import annotations

import pytest

from kg.extract.events import make_events

#: Sentence, trigger, its attackers, its victims (None: as they come).
ATTACKERS = [
    # a bare participle of harm behind people who bear no arms
    ("Child killed 9 civilians injured in Larnow", "killed", [], ["Child"]),
    ("Ten people killed six wounded in Larnow market blast", "killed", [], ["Ten people"]),
    ("Six children killed in Larnow", "killed", [], ["Six children"]),
    ("A woman killed three soldiers at a checkpoint on Monday.", "killed", ["A woman"], ["three soldiers"]),
    ("Rebels killed nine people on Monday.", "killed", ["Rebels"], ["nine people"]),
    # what the parser takes for the subject of the next verb of harm
    ("Rebel rockets kill ten civilians injure six", "injure", ["Rebel"], ["six"]),
    # participles below a place or a victim
    ("The army shelled a suburb in Mosul killing six villagers.", "killing", ["The army"], ["six villagers"]),
    (
        "Rebels fired six rockets on two markets claiming the lives of a nurse and a guard injuring eight others.",
        "injuring",
        ["Rebels"],
        ["eight others"],
    ),
    # gerunds that are nouns of their own
    ("A boy looked at a house after shelling in Orrel on Monday.", "shelling", [], None),
    ("Two children were killed in shelling by the army in Orrel.", "shelling", ["the army"], None),
    ("At least six villagers were killed by air strikes and shelling since Monday.", "shelling", [], None),
    # victims of one thing are no attackers of the next
    ("Women and a boy were among the dead and injured in Orrel.", "injured", [], None),
    # agencies, courts and charities bear no arms; armies do
    ("Reuters Syrian warplanes bombed a clinic in Orrel on Monday.", "bombed", ["Syrian"], None),
    ("The U.N. says that shelling went on in Orrel on Monday.", "shelling", [], None),
    ("The Iraqi Army shelled a village near Orrel.", "shelled", ["The Iraqi Army"], None),
    # a name that is a place's elsewhere in the text
    ("A bus burned in Larnow. The Larnow raids killed nine people on Monday.", "raids", [], None),
    # who accuses, foils or passes on did not do it
    ("The governor accused the rebels of executing 23 prisoners; they denied it.", "executing", ["the rebels"], None),
    ("Police foiled a plot to blow up the embassy in Orrel.", "blow up", [], None),
    ("Rebels made a plan to attack the port of Orrel.", "attack", ["Rebels"], None),
    ("A raid on a clinic has left eight others injured the Larnow Relief Society has announced.", "injured", [], None),
    ("6 children among 19 dead in Norland regime bombing Civil defence", "bombing", [], None),
    # participles that trail behind the place, and who only holds it
    (
        "Nine people were killed in a bomb attack on a market in Orrel claimed by rebels.",
        "bomb attack",
        ["rebels"],
        None,
    ),
    (
        "Ten died in airstrikes on the town of Velm in Tarsk province purportedly carried out by Sudan or Chad jets.",
        "airstrikes",
        ["Sudan", "Chad"],
        None,
    ),
    ("Nine people were killed in raids on Orrel which is held by the rebels a witness said.", "raids", [], None),
    ("The army hit six posts in three airstrikes destroying a house used by rebels.", "airstrikes", ["The army"], None),
    # the object behind the means
    ("Two men were hurt as terrorists targeted with rocket shells the town of Larnow.", "targeted", ["terrorists"], []),
    # strikes of a coalition are its own
    ("An airstrike of the U.S.-led coalition hit a market in Orrel.", "airstrike", ["the U.S.-led coalition"], None),
    # whose aircraft
    (
        "The depot in Orrel was hit by airstrikes from Norland and Sudan aircraft.",
        "airstrikes",
        ["Norland", "Sudan"],
        None,
    ),
    ("The Sudanese army said its jets bombed a convoy near Orrel.", "bombed", ["its"], None),
    # headlines
    ("Nine hurt in new rocket attack in Larnow", "rocket attack", [], None),
]


@pytest.fixture(scope="module")
def events(schema, read):
    extract = make_events(schema)
    return lambda text: [each.record for each in extract(read(text))]


@pytest.mark.parametrize(("text", "trigger", "attackers", "victims"), ATTACKERS)
def test_only_who_can_act_is_an_attacker(events, text, trigger, attackers, victims):
    found = next(each for each in events(text) if text[each.trigger.start : each.trigger.end] == trigger)
    roles = {role: [text[a.span.start : a.span.end] for a in found.arguments if a.role == role] for role in ROLES}
    assert roles["attacker"] == attackers
    assert victims is None or roles["victim"] == victims


ROLES = ("attacker", "victim")


#: Sentence, trigger, role, its fillers.
OTHERS = [
    (
        "An air strike by the Saudi-led coalition killed at least nine farmers at a grain market on Monday.",
        "killed",
        "victim",
        ["at least nine farmers"],
    ),
    ("Soldiers killed by rebels on Monday were buried.", "killed", "victim", ["Soldiers"]),
    ("A guided bomb killed a 62-year-old man in Larnow.", "killed", "victim", ["a 62-year-old man"]),
    ("Orrel, RANA- Army units destroyed three vehicles.", "destroyed", "attacker", ["Army units"]),
    ("Rebels fired a salvo of rockets at the town of Larnow.", "salvo", "instrument", ["rockets"]),
    (
        "The clashes pitted the River Brigade against the army, an official said.",
        "clashes",
        "attacker",
        ["the River Brigade", "the army"],
    ),
    ("Gunmen abducted nine women in a raid on Larnow village on Sunday.", "raid", "target", ["Larnow village"]),
    (
        "In Larnow, the army foiled an attempt to move from Orrel towards the old posts, leaving nine rebels dead.",
        "leaving nine rebels dead",
        "place",
        ["Larnow"],
    ),
    (
        "Gunmen ambushed a convoy of government troops about 30 km north of Kismayo.",
        "ambushed",
        "place",
        ["about 30 km north of Kismayo"],
    ),
    ("Two women were killed by shells fired by rebels on al-Orrel district.", "fired", "target", ["al-Orrel district"]),
    (
        "Turkish jets bombed two grain barges near Mosul at dusk when the talks broke down.",
        "bombed",
        "place",
        ["Mosul"],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "role", "fillers"), OTHERS)
def test_what_stands_behind_the_attacker_or_a_preposition_of_place(events, text, trigger, role, fillers):
    found = next(each for each in events(text) if text[each.trigger.start : each.trigger.end] == trigger)
    assert [text[a.span.start : a.span.end] for a in found.arguments if a.role == role] == fillers


@pytest.mark.parametrize(
    ("text", "trigger", "killed"),
    [
        ("The strikes hit three villages and left 25 dead and dozens wounded.", "left 25 dead", 25),
        ("The toll rose to 10 killed and 59 others injured.", "killed", 10),
        ("The governor put the toll higher: 12 dead, he said.", "dead", 12),
    ],
)
def test_a_number_beside_the_word_of_harm_is_the_event_s(events, text, trigger, killed):
    found = next(each for each in events(text) if text[each.trigger.start : each.trigger.end] == trigger)
    assert [(figure.measure, figure.best) for figure in found.figures] == [("killed", killed)]


def test_a_time_within_a_trigger_is_the_event_s(events):
    text = "A suicide bomber drove a truck packed with explosives into a checkpoint in Larnow on Tuesday morning."
    (found,) = (each for each in events(text) if each.type == "SuicideBombing")
    assert text[found.time.start : found.time.end] == "Tuesday morning"


def test_who_was_hurt_and_died_is_counted_once(events):
    found = {each.type: [figure.best for figure in each.figures] for each in events("Four of the wounded died.")}
    assert found == {"Injury": [], "Killing": [4]}


def test_the_wounds_that_somebody_dies_of_are_no_event(events):
    found = events("Rebels shelled a base near Larnow on Monday. A soldier died of his wounds on Tuesday.")
    assert "Injury" not in {each.type for each in found}
    assert "Killing" in {each.type for each in found}


def test_a_depot_does_not_fight(events):
    (found,) = events("Government troops hit a depot near Larnow.")
    assert found.type == "Attack"
