"""Comparing what a learner typed with the answer."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

PLAIN_SIGNS = str.maketrans("、。‘’“”‐–−", ",.''\"\"---")
"""Signs that mean the same in Chinese, printed and typed punctuation, beyond their width."""

PAIRS = dict(zip("\"'「『([【«《", "\"'」』)]】»》", strict=True))
"""Quotes and brackets that may stand around a whole answer."""

_ENDS = re.compile(r"^\s+|[\s.,;:!?…]+$")
"""White space before a text, punctuation behind it: ``lima.``"""

_SEVERAL = re.compile(r"[;；]|\s/\s|\s*\|\s*")
"""What parts several answers in one: ``the cat; a cat``."""

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Han characters and kana, between whose words no spaces stand: 注."""

MOST_PAIRS = 100_000
"""Up to so many pairs of equal characters, one of each text, are aligned: about 1,100 characters of English prose."""

HALF = 0.5
"""From this likeness on, graphemes are aligned; less alike, two words are shown as two words."""

JOINER = "\u200d"
"""What makes one emoji of several: 👩‍🚀."""

Piece = tuple[bool, str, str]
"""Whether two pieces are equal, what was typed, and what was asked for."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, and whether it is as it should be."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was typed and what was asked for, each cut into stretches, and how much alike they are (0 to 1).

    `right` forgives what `folded_answer` does: a capital letter or an accent is shown as a difference, and is no error.
    `one_of_several` tells that it is a part of an answer like ``the cat; a cat`` or ``colour / color``.
    """

    given: tuple[Stretch, ...]
    expected: tuple[Stretch, ...]
    likeness: float
    right: bool
    one_of_several: bool = False


def compare_answer(given: str, expected: str, also: Sequence[str] = (), *, exact: bool = False) -> Comparison:
    """What was typed beside the answer, or beside the one of the others, `also`, that it is or is more like.

    Both texts are normalised (NFC, white space folded). Words are aligned with words, and within words that are much
    alike graphemes (Han characters are words of their own). What is too long to be aligned is wrong from the first
    difference to the last. With `exact` nothing is forgiven but white space.
    """
    return max(
        (_beside(given, answer, exact) for answer in (expected, *also)),
        key=lambda side: (side.right, side.likeness),
    )


def _beside(given: str, expected: str, exact: bool) -> Comparison:
    typed, asked = _normal(given), _normal(expected)
    here, there = (typed, asked) if exact else (folded_answer(typed), folded_answer(asked))
    pieces = [piece for piece in _differences(typed, asked) if piece[1] or piece[2]]
    left = _stretches((mine, same) for same, mine, _due in pieces)
    right = _stretches((due, same) for same, _mine, due in pieces)
    likeness, several = _likeness([*_aligned(here, there)]), here != there and _is_one_of_several(here, asked)
    return Comparison(left, right, likeness, here == there, several)


def _is_one_of_several(folded: str, asked: str) -> bool:
    parts = [folded_answer(part) for part in _SEVERAL.split(asked) if part.strip()]
    return len(parts) > 1 and folded in parts


def _stretches(pieces: Iterable[tuple[str, bool]]) -> tuple[Stretch, ...]:
    """The pieces of one text, those beside each other that are alike put together."""
    runs = (("".join(text for text, _same in run), same) for same, run in groupby(pieces, itemgetter(1)))
    return tuple(Stretch(text, same) for text, same in runs if text)


def folded_answer(text: str) -> str:
    """What counts of an answer: neither width, case, accents of Latin letters, nor white space and what is around it.

    ``“Ｎａïｖｅ　Bayes。”`` and ``naive bayes`` are one answer; within it, punctuation counts, as in 3.5, and white
    space where it parts two words: ``用 CSR 存`` and ``用CSR存`` are one answer.
    """
    plain = unicodedata.normalize("NFKC", text).translate(PLAIN_SIGNS)
    letters = [_base(character) for character in unicodedata.normalize("NFC", plain)]
    folded = _without_loose_spaces(" ".join("".join(letters).casefold().split()))
    inner = _ENDS.sub("", folded)
    while len(inner) > 1 and PAIRS.get(inner[0]) == inner[-1]:
        inner = _ENDS.sub("", inner[1:-1])
    return inner or folded


def _without_loose_spaces(text: str) -> str:
    """The text without the spaces beside Han characters and signs, which part no words: ``甲, 乙``."""
    words = _words(text)
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return "".join(
        word for before, word, after in around if word != " " or (_is_in_word(before) and _is_in_word(after))
    )


def _base(character: str) -> str:
    """A Latin letter without its accents; any other character as it is, for が is another one than か."""
    first = unicodedata.normalize("NFD", character)[0]
    return first if unicodedata.name(first, "").startswith("LATIN") else character


def _differences(typed: str, asked: str) -> Iterator[Piece]:
    """The pieces of both texts, cut where words differ, and where graphemes do within words that are half alike."""
    for piece in _aligned(_words(typed), _words(asked)):
        _same, mine, due = piece
        finer = [*_aligned(_graphemes(mine), _graphemes(due))]
        yield from finer if _likeness(finer) >= HALF else [piece]


def _likeness(pieces: Sequence[Piece]) -> float:
    """The share of characters that are the same in both texts, 0 to 1."""
    alike = sum(2 * len(mine) for same, mine, _due in pieces if same)
    either = sum(len(mine) + len(due) for _same, mine, due in pieces)
    return alike / either if either else 1.0


def _words(text: str) -> list[str]:
    """The text cut into words; Han characters, white space and signs are one each."""
    words: list[str] = []
    for grapheme in _graphemes(text):
        if words and _is_in_word(grapheme) and _is_in_word(words[-1]):
            words[-1] += grapheme
        else:
            words.append(grapheme)
    return words


def _is_in_word(grapheme: str) -> bool:
    return grapheme[0].isalnum() and not _HAN.match(grapheme)


def _graphemes(text: str) -> list[str]:
    """The text cut into what a reader takes for one character: a letter with its marks, an emoji made of several."""
    graphemes: list[str] = []
    for character in text:
        if graphemes and (unicodedata.category(character)[0] == "M" or JOINER in (character, graphemes[-1][-1])):
            graphemes[-1] += character
        else:
            graphemes.append(character)
    return graphemes


def _aligned(typed: Sequence[str], asked: Sequence[str]) -> Iterator[Piece]:
    """The pieces of both texts that belong together, in their order, and whether they are equal."""
    start = _alike(typed, asked)
    end = _alike(typed[start:][::-1], asked[start:][::-1])
    yield True, "".join(typed[:start]), "".join(asked[:start])
    mine, due = typed[start : len(typed) - end], asked[start : len(asked) - end]
    here, there = Counter(mine), Counter(due)
    if sum(number * there[unit] for unit, number in here.items()) > MOST_PAIRS:
        yield False, "".join(mine), "".join(due)
    else:
        for operation, a, b, c, d in SequenceMatcher(None, mine, due, autojunk=False).get_opcodes():
            yield operation == "equal", "".join(mine[a:b]), "".join(due[c:d])
    yield True, "".join(typed[len(typed) - end :]), "".join(asked[len(asked) - end :])


def _alike(own: Sequence[str], other: Sequence[str]) -> int:
    """How many words or graphemes two texts have in common at their beginning."""
    pairs = enumerate(zip(own, other, strict=False))
    return next((at for at, (mine, due) in pairs if mine != due), min(len(own), len(other)))


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
