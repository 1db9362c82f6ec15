"""Comparing what a learner typed with the answer."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

COMMAS = str.maketrans({"、": ",", "，": ",", "。": "."})
"""Signs that mean the same in Chinese and Western punctuation, beyond their width."""

PAIRS = dict(zip("\"'“‘「『([【«《", "\"'”’」』)]】»》", strict=True))
"""Quotes and brackets that may stand around a whole answer."""

_ENDS = re.compile(r"^\s+|[\s.,;:!?…]+$")
"""White space before a text, punctuation behind it: ``lima.``"""

MOST_PAIRS = 100_000
"""Up to so many pairs of equal characters, one of each text, are aligned: about 1,100 characters of English prose."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, and whether it is as it should be."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was typed and what was asked for, each cut into stretches, and how much alike they are (0 to 1).

    `right` forgives what `folded_answer` does: a capital letter or an accent is shown as a difference, and is no error.
    """

    given: tuple[Stretch, ...]
    expected: tuple[Stretch, ...]
    likeness: float
    right: bool


def compare_answer(given: str, expected: str) -> Comparison:
    """Both texts, normalised (NFC, white space folded) and aligned character by character.

    What is too long to be aligned is wrong from the first difference to the last.
    """
    typed, asked = _normal(given), _normal(expected)
    here, there = folded_answer(typed), folded_answer(asked)
    left: list[Stretch] = []
    right: list[Stretch] = []
    for same, mine, due in _aligned(typed, asked):
        if mine:
            left.append(Stretch(mine, same))
        if due:
            right.append(Stretch(due, same))
    alike = sum(len(mine) for same, mine, _due in _aligned(here, there) if same)
    either = len(here) + len(there)
    return Comparison(tuple(left), tuple(right), 2 * alike / either if either else 1.0, here == there)


def folded_answer(text: str) -> str:
    """What counts of an answer: neither width, case, accents of Latin letters, nor white space and what is around it.

    ``“Ｎａïｖｅ　Bayes。”`` and ``naive bayes`` are one answer; within it, punctuation counts, as in 3.5.
    """
    wide = unicodedata.normalize("NFKC", text).translate(COMMAS)
    letters = [_base(character) for character in unicodedata.normalize("NFC", wide)]
    folded = " ".join("".join(letters).casefold().split())
    inner = _ENDS.sub("", folded)
    while len(inner) > 1 and PAIRS.get(inner[0]) == inner[-1]:
        inner = _ENDS.sub("", inner[1:-1])
    return inner or folded


def _base(character: str) -> str:
    """A Latin letter without its accents; any other character as it is, for が is another one than か."""
    first = unicodedata.normalize("NFD", character)[0]
    return first if unicodedata.name(first, "").startswith("LATIN") else character


def _aligned(typed: str, asked: str) -> Iterator[tuple[bool, str, str]]:
    """The pieces of both texts that belong together, in their order, and whether they are equal."""
    start = _alike(typed, asked)
    end = _alike(typed[start:][::-1], asked[start:][::-1])
    yield True, typed[:start], asked[:start]
    mine, due = typed[start : len(typed) - end], asked[start : len(asked) - end]
    here, there = Counter(mine), Counter(due)
    if sum(number * there[character] for character, number in here.items()) > MOST_PAIRS:
        yield False, mine, due
    else:
        for operation, a, b, c, d in SequenceMatcher(None, mine, due, autojunk=False).get_opcodes():
            yield operation == "equal", mine[a:b], due[c:d]
    yield True, typed[len(typed) - end :], asked[len(asked) - end :]


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, due) in pairs if mine != due), min(len(one), len(other)))


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
