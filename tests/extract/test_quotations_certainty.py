"""How sure a quotation is: the numbers that the last model weighs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quotations.certainty import SCALE, chance, features
from kg.extract.quotations.choices import Choice, Read
from kg.extract.quotations.weights import MODELS, load_weights, open_model

CHANCES = st.floats(0, 1)
WEIGHTS = load_weights()


@pytest.fixture(scope="module")
def model():
    return open_model(WEIGHTS.models[MODELS.index("certainty")])


def _read(cue, *chances):
    choices = tuple(Choice(frozenset({at}), "tagger", each) for at, each in enumerate(chances))
    return Read(0, cue, (), (), choices)


def _features(cue, right, *chances):
    read = _read(cue, *chances)
    return features(read, read.choices[0], right, ["k=plain|after"])


def test_an_even_chance_weighs_nothing():
    told = _features(0.5, 0.5, 1.0)
    assert told == {"k=plain|after": 1.0, "cue": 0.0, "verdict": 0.0, "path": pytest.approx(0), "beside": 0.0}


def test_a_content_is_measured_beside_the_likeliest():
    assert _features(0.5, 0.5, 0.1, 0.8)["beside"] == pytest.approx(SCALE * -2.0794, abs=1e-3)


@given(CHANCES, CHANCES, CHANCES)
def test_all_weights_are_finite_and_of_one_size(cue, right, path):
    assert all(abs(each) < 10 for each in _features(cue, right, path).values())


@given(CHANCES, CHANCES, CHANCES)
def test_a_likelier_cue_and_content_make_surer(model, cue, right, path):
    assert chance(model, _features(cue, right, path)) <= chance(model, _features(1.0, right, path)) + 1e-9
    assert chance(model, _features(cue, right, path)) <= chance(model, _features(cue, 1.0, path)) + 1e-9
