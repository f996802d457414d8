"""Numbers in words, as every part of kg reads them; what hedges them stands in `ontology/hedges.ttl`."""

from __future__ import annotations

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMERALS = {word: value for value, word in enumerate(UNITS)} | {
    word: 20 + 10 * place for place, word in enumerate(TENS)
}
MULTIPLIERS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
MULTIPLIERS |= {"dozen": 12, "score": 20, "m": 1_000_000, "bn": 10**9, "mn": 1_000_000, "k": 1_000}
