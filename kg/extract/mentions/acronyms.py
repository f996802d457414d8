"""Whether a short form stands for a long name."""

from __future__ import annotations


def is_acronym(short: str, long: str) -> bool:
    """Whether the letters of one are the initials of the other: "EADS", "Bureau of Roads and Bridges (BRB)".

    Small words may be left out or counted; the first letters must agree.
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    words = [word for word in long.replace("-", " ").split() if word[0].isalnum()]
    if not 2 <= len(letters) <= 10 or short.lower() == long.lower() or len(words) < 2 or " " in short.strip():
        return False
    initials = [word[0].lower() for word in words]
    if sum(letter.isupper() for letter in short) < 2 or letters[0] not in initials[:2]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters) or _in_order(letters, " ".join(words).lower(), len(words))


def _in_order(letters: list[str], long: str, words: int) -> bool:
    """Whether most initials are there and the other letters stand in order: "NAVCENT"."""
    rest = iter(long)
    return words <= len(letters) and all(letter in rest for letter in letters)
