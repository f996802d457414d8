"""What is English, by its words: paragraphs of our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import read_documents
from kg.corpus.language import is_english
from kg.records import Failure

ENGLISH = (
    "The council of Larnö said on Monday that it would rebuild the bridge, which was swept away in the "
    "spring. Nobody was hurt when it fell, but farmers have had to drive forty miles to reach their "
    "fields. “It has been a long year,” said the mayor, who hopes that the work will begin before winter "
    "and that the state will pay."
)
TERSE = 3 * (
    "Man, 34, hit by car. LARNÖ - A Larnö man was badly hurt Friday night when a car hit him on Mill "
    "Street, police said. "
)
OTHERS = {
    "de": (
        "Der Rat von Larnö erklärte am Montag, dass die Brücke wieder aufgebaut werde, die im Frühjahr "
        "fortgespült worden war. Niemand war verletzt worden, aber die Bauern müssen seither vierzig "
        "Kilometer fahren, um ihre Felder zu erreichen. Es war ein langes Jahr, sagte die Bürgermeisterin, "
        "die hofft, dass die Arbeiten vor dem Winter beginnen."
    ),
    "nl": (
        "De raad van Larnö zei maandag dat de brug die in het voorjaar werd weggespoeld, weer wordt "
        "opgebouwd. Niemand raakte gewond toen hij viel, maar boeren moeten nu veertig kilometer rijden om "
        "hun akkers te bereiken. Het was een lang jaar, zei de burgemeester, die hoopt dat het werk voor de "
        "winter begint."
    ),
    "da": (
        "Rådet i Larnö sagde mandag, at broen, som blev skyllet væk i foråret, vil blive genopbygget. Ingen "
        "kom til skade, da den faldt, men bønderne må køre fyrre kilometer for at nå deres marker. Det har "
        "været et langt år, sagde borgmesteren, som håber, at arbejdet begynder før vinteren."
    ),
    "fr": (
        "Le conseil de Larnö a annoncé lundi que le pont emporté au printemps serait reconstruit. Personne "
        "n'a été blessé lors de sa chute, mais les paysans doivent faire quarante kilomètres pour atteindre "
        "leurs champs. L'année a été longue, a dit la mairesse, qui espère que les travaux commenceront avant "
        "l'hiver."
    ),
    "es": (
        "El consejo de Larnö dijo el lunes que el puente que se llevó el agua en primavera será reconstruido. "
        "Nadie resultó herido cuando cayó, pero los campesinos tienen que conducir cuarenta kilómetros para "
        "llegar a sus campos. Ha sido un año largo, dijo la alcaldesa, que espera que las obras empiecen "
        "antes del invierno."
    ),
    "ru": ("Совет города сообщил в понедельник, что мост, снесенный весной, будет восстановлен. Никто не пострадал."),
}


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), TERSE, "Bridge falls in Larnö", "", "1 2 3"])
def test_english(text):
    assert is_english(text)


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language):
    assert not is_english(OTHERS[language])


def test_quoting_a_foreign_sentence_makes_no_foreign_text():
    assert is_english(ENGLISH + " " + OTHERS["de"])


def test_an_article_in_another_language_is_told_and_not_read(tmp_path):
    (tmp_path / "a.txt").write_text(OTHERS["de"])
    (tmp_path / "b.txt").write_text(ENGLISH)
    one, two = read_documents([tmp_path])
    assert isinstance(one, Failure)
    assert "is not in English by its words" in one.error
    assert two.text == ENGLISH


@given(st.text())
def test_any_text_gets_an_answer(text):
    assert is_english(text) in {True, False}
