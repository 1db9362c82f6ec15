"""Compares the text that a learner typed with the answer."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

PLAIN_SIGNS = str.maketrans("、。‘’“”‐–−", ",.''\"\"---")
"""Maps Chinese and typographic punctuation to ASCII; full-width forms are normalised elsewhere."""

CLOSING_SIGNS = dict(zip("\"'「『([【«《", "\"'」』)]】»》", strict=True))
"""Quotes and brackets that may enclose a whole answer."""

_OUTER_SIGNS = re.compile(r"^\s+|[\s.,;:!?…]+$")
"""White space before a text, and punctuation or white space after it: the full stop of ``lima.``"""

_ANSWER_SEPARATOR = re.compile(r"[;；]|\s/\s|\s*\|\s*")
"""The separator of several answers in one text: ``the cat; a cat``."""

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Han characters and kana, whose words are not separated by spaces: 注."""

MOST_PAIRS = 100_000
"""The maximum number of pairs of equal units, one of each text, that are aligned: about 1,100 characters of English."""

LEAST_LIKENESS = 0.5
"""The least likeness of two words whose graphemes are aligned; less similar words are shown as different words."""

JOINER = "\u200d"
"""The zero-width joiner, which combines several emoji into one: 👩‍🚀."""

Piece = tuple[bool, str, str]
"""Whether two pieces are equal; the typed piece; the piece of the answer."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, and whether it is right."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The typed text and the expected answer, each cut into stretches, and their likeness (0 to 1).

    `is_right` ignores what `folded_answer` ignores: a capital letter or an accent is shown as a difference, but is no
    error. `is_one_of_several`: the typed text is one part of an answer such as ``the cat; a cat``.
    """

    typed_stretches: tuple[Stretch, ...]
    expected_stretches: tuple[Stretch, ...]
    likeness: float
    is_right: bool
    is_one_of_several: bool = False


def compare_answer(typed: str, answer: str, also: Sequence[str] = (), *, exact: bool = False) -> Comparison:
    """Compares the typed text with the answer, or with the most similar of the other right answers `also`.

    Both texts are normalised (NFC, white space collapsed). Words are aligned with words, and the graphemes within
    similar words (a Han character is a word by itself). Texts that are too long to be aligned are wrong from the first
    difference to the last. With `exact`, only white space is ignored.
    """
    return max(
        (_comparison(typed, right_answer, exact) for right_answer in (answer, *also)),
        key=lambda side: (side.is_right, side.likeness),
    )


def _comparison(typed_text: str, answer_text: str, exact: bool) -> Comparison:
    typed, answer = _normalise(typed_text), _normalise(answer_text)
    folded_typed, folded_expected = (typed, answer) if exact else (folded_answer(typed), folded_answer(answer))
    pieces = [piece for piece in _differences(typed, answer) if piece[1] or piece[2]]
    typed_stretches = _stretches((typed_part, same) for same, typed_part, _answer_part in pieces)
    expected_stretches = _stretches((answer_part, same) for same, _typed_part, answer_part in pieces)
    likeness = _likeness([*_align(folded_typed, folded_expected)])
    is_right = folded_typed == folded_expected
    is_part = not is_right and _is_one_of_several(folded_typed, answer)
    return Comparison(typed_stretches, expected_stretches, likeness, is_right, is_part)


def _is_one_of_several(folded: str, answer: str) -> bool:
    parts = [folded_answer(part) for part in _ANSWER_SEPARATOR.split(answer) if part.strip()]
    return len(parts) > 1 and folded in parts


def _stretches(pieces: Iterable[tuple[str, bool]]) -> tuple[Stretch, ...]:
    """The pieces of one text, with adjacent right or wrong ones joined."""
    runs = (("".join(text for text, _same in run), same) for same, run in groupby(pieces, itemgetter(1)))
    return tuple(Stretch(text, same) for text, same in runs if text)


def folded_answer(text: str) -> str:
    """Normalises an answer: ignores width, case, Latin accents, enclosing signs, and spaces that separate no words.

    ``“Ｎａïｖｅ　Bayes。”`` and ``naive bayes`` give the same result, and so do ``用 CSR 存`` and ``用CSR存``.
    Punctuation within the answer is kept, as in 3.5.
    """
    plain_text = unicodedata.normalize("NFKC", text).translate(PLAIN_SIGNS)
    letters = [_without_accents(character) for character in unicodedata.normalize("NFC", plain_text)]
    folded = _without_loose_spaces(" ".join("".join(letters).casefold().split()))
    inner = _OUTER_SIGNS.sub("", folded)
    while len(inner) > 1 and CLOSING_SIGNS.get(inner[0]) == inner[-1]:
        inner = _OUTER_SIGNS.sub("", inner[1:-1])
    return inner or folded


def _without_loose_spaces(text: str) -> str:
    """The text without the spaces beside Han characters and signs, which separate no words: ``甲, 乙``."""
    words = _words(text)
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return "".join(
        word for before, word, after in around if word != " " or (_is_in_word(before) and _is_in_word(after))
    )


def _without_accents(character: str) -> str:
    """A Latin letter without its accents; any other character unchanged, because が and か are different."""
    first = unicodedata.normalize("NFD", character)[0]
    return first if unicodedata.name(first, "").startswith("LATIN") else character


def _differences(typed: str, answer: str) -> Iterator[Piece]:
    """The pieces of both texts, cut where words differ, and within similar words where graphemes differ."""
    for piece in _align(_words(typed), _words(answer)):
        _same, typed_part, answer_part = piece
        finer = [*_align(_graphemes(typed_part), _graphemes(answer_part))]
        yield from finer if _likeness(finer) >= LEAST_LIKENESS else [piece]


def _likeness(pieces: Sequence[Piece]) -> float:
    """The share of equal characters in both texts, 0 to 1."""
    common_length = sum(2 * len(typed_part) for same, typed_part, _answer_part in pieces if same)
    total_length = sum(len(typed_part) + len(answer_part) for _same, typed_part, answer_part in pieces)
    return common_length / total_length if total_length else 1.0


def _words(text: str) -> list[str]:
    """The words of a text; each Han character, white space and sign is a word."""
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
    """The characters of a text as readers see them: a letter with its marks, a combined emoji."""
    graphemes: list[str] = []
    for character in text:
        if graphemes and (unicodedata.category(character)[0] == "M" or JOINER in (character, graphemes[-1][-1])):
            graphemes[-1] += character
        else:
            graphemes.append(character)
    return graphemes


def _align(typed: Sequence[str], answer: Sequence[str]) -> Iterator[Piece]:
    """The matching pieces of both texts, in order, and whether they are equal."""
    start = _common_prefix(typed, answer)
    end = _common_prefix(typed[start:][::-1], answer[start:][::-1])
    yield True, "".join(typed[:start]), "".join(answer[:start])
    typed_middle, answer_middle = typed[start : len(typed) - end], answer[start : len(answer) - end]
    typed_counts, answer_counts = Counter(typed_middle), Counter(answer_middle)
    if sum(number * answer_counts[unit] for unit, number in typed_counts.items()) > MOST_PAIRS:
        yield False, "".join(typed_middle), "".join(answer_middle)
    else:
        for operation, a, b, c, d in SequenceMatcher(None, typed_middle, answer_middle, autojunk=False).get_opcodes():
            yield operation == "equal", "".join(typed_middle[a:b]), "".join(answer_middle[c:d])
    yield True, "".join(typed[len(typed) - end :]), "".join(answer[len(answer) - end :])


def _common_prefix(first: Sequence[str], second: Sequence[str]) -> int:
    """The number of equal words or graphemes at the beginning of two texts."""
    pairs = enumerate(zip(first, second, strict=False))
    return next(
        (index for index, (first_unit, second_unit) in pairs if first_unit != second_unit), min(len(first), len(second))
    )


def _normalise(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
