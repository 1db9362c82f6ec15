"""Breaks lines of mixed Chinese and Latin text.

A line may end between Han characters or kana, and between these and Latin; a Latin word is not broken if it fits on a
line. No line begins with closing punctuation or ends with opening punctuation, and combining characters stay with
their base. Widths are in terminal cells.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from rich.cells import cell_len

Span = tuple[int, int]
"""The start and the end of a line as indexes in the text."""

OPENING = "（「『《〈【〔〖〘［｛｟｢“‘￥＄￡"
CLOSING = (
    "，。、；：！？）」』》〉】〕〗〙］｝｠｣”’…—·・％‰℃／～．､｡"
    "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ゛゜"
)
LATIN_OPENING = "([{"
LATIN_CLOSING = ",.:;!?)]}%"

_WIDE_CHARACTERS = (  # ``汉``, ``か``, ``한``, ``😀``
    "\u1100-\u115f\u2e80-\u2fff\u3000\u3004-\u3007\u3012\u3013\u3020-\u30ff\u3100-\ua4cf\ua960-\ua97f\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_EXTENDING_CHARACTERS = (  # an accent (U+0301), a skin tone (U+1F3FB)
    "\u0300-\u036f\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
)
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"  # ``🇨🇳``
_HAN_ALONE = f"(?![{OPENING}{CLOSING}])[{_WIDE_CHARACTERS}]"  # ``汉``, not ``（``
_HAN = f"(?:{_FLAG}|{_HAN_ALONE})(?:\u200d.|[{_EXTENDING_CHARACTERS}])*"  # ``汉``, ``👍🏽``, ``👩‍💻``
_LETTER = f"(?:[^ \n{OPENING}{CLOSING}{_WIDE_CHARACTERS}]|’(?=[A-Za-z]))"  # each character of ``it’s``
_WORD = rf"{_LETTER}*(?![\(\[{{]){_LETTER}"  # ``it’s``, ``f(x)``, not ``f(``
_LATIN_END = rf"[{re.escape(LATIN_CLOSING)}](?![A-Za-z0-9])"  # the ``,`` of ``yes, no``, not of ``1,000``
_COMBINING_CHARACTER = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1160-\u11ff\u135d-\u135f\u1700-\u1cff\u1dc0-\u1dff\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff"
    "\ud7b0-\ud7ff\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U00010000-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U0010ffff]"
)
"""All characters that may combine with the one before, such as U+0301, and others: a cheap first check."""


@cache
def _atom() -> re.Pattern[str]:
    """A run of spaces, or an unbreakable unit: a character or word with its punctuation.

    In ``用 BERT（双向）``, for instance: ``用``, a space, ``BERT``, ``（双``, ``向）``. Compiled at the first use,
    because it takes 10 ms.
    """
    return re.compile(
        rf" +|(?:(?:[{OPENING}] *|[\(\[{{\"'](?=[{_WIDE_CHARACTERS}{OPENING}]))*"  # spaces; the ``（`` of ``（双``
        rf"(?:{_HAN}|{_WORD})(?:[\"'](?=[{_WIDE_CHARACTERS}]){_HAN})*"  # ``双``, ``BERT``, ``说"好``
        rf"|[{OPENING}{re.escape(LATIN_OPENING)}]+(?: *[{OPENING}])*|.)"  # ``（`` at the end; any other character
        rf"(?: *[{CLOSING}]|{_LATIN_END}"  # the ``）`` of ``向）``, the ``,`` of ``BERT,``
        rf"|[\"'](?![A-Za-z0-9]|{_HAN_ALONE})| +[!?:;%)](?= |\n|$))*",  # ``"``; the `` ?`` of ``Pourquoi ?``
        re.DOTALL,
    )


def wrap(text: str, width: int) -> list[Span]:
    r"""The lines of a text, none wider than `width` cells (2 or more).

    Each ``\n`` ends a line. Spaces at a line break belong to no line.
    """
    lines: list[Span] = []
    start = 0
    for hard_line in text.split("\n"):
        end = start + len(hard_line)
        if cell_len(hard_line) <= width:
            lines.append((start, end))
        else:
            _fill(text, start, end, width, lines)
        start = end + 1
    return lines


def cut_text(text: str, start: int, end: int, width: int) -> list[Span]:
    """The text from `start` to `end` in pieces of at most `width` cells; combining characters are not separated."""
    if text[start:end].isascii():
        return [(at, min(at + width, end)) for at in range(start, end, width)] or [(start, end)]
    clusters = list(_clusters(text, start, end))
    pieces: list[Span] = []
    first = 0
    while first < len(clusters):
        used_cells = 0
        last = first
        while last < len(clusters) and (used_cells + clusters[last][2] <= width or last == first):
            used_cells += clusters[last][2]
            last += 1
        if last < len(clusters):
            last = _best_cut(text, clusters, first, last)
        pieces.append((clusters[first][0], clusters[last - 1][1]))
        first = last
    return pieces or [(start, end)]


def _fill(text: str, start: int, end: int, width: int, lines: list[Span]) -> None:
    line_start = line_end = start
    used_cells = gap_cells = 0
    for first, last in _atoms(text, start, end):
        if text[first] == " ":
            gap_cells += last - first
            continue
        cells = cell_len(text[first:last])
        if used_cells + gap_cells + cells <= width:
            used_cells += gap_cells + cells
        else:
            if line_end > line_start:
                lines.append((line_start, line_end))
            *full_lines, (line_start, _) = cut_text(text, first, last, width) if cells > width else [(first, last)]
            lines += full_lines
            used_cells = cell_len(text[line_start:last])
        gap_cells = 0
        line_end = last
    lines.append((line_start, line_end))


def _atoms(text: str, start: int, end: int) -> Iterator[Span]:
    atoms = (atom.span() for atom in _atom().finditer(text, start, end))
    return _combine_atoms(text, atoms) if _COMBINING_CHARACTER.search(text, start, end) else atoms


def _combine_atoms(text: str, atoms: Iterator[Span]) -> Iterator[Span]:
    """The atoms, with those merged that a combining character or a joiner connects."""
    start, end = next(atoms)
    for first, last in atoms:
        if text[start] != " " and (_combines(text[first]) or text[first - 1] == "\u200d"):
            end = last
        else:
            yield start, end
            start, end = first, last
    yield start, end


def _combines(character: str) -> bool:
    return not cell_len(character) or unicodedata.category(character) in ("Mn", "Mc", "Me")


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and width of each character with its combining characters."""
    first = start
    for at in range(start + 1, end):
        if text[at - 1] != "\u200d" and not _combines(text[at]):
            yield first, at, cell_len(text[first:at])
            first = at
    if first < end:
        yield first, end, cell_len(text[first:end])


def _best_cut(text: str, clusters: list[tuple[int, int, int]], first: int, last: int) -> int:
    """The best index to cut, at most four characters before `last`: punctuation stays with its text if possible."""
    for place in range(last, max(first, last - 4), -1):
        if text[clusters[place][0]] not in CLOSING + LATIN_CLOSING and text[clusters[place - 1][0]] not in OPENING:
            return place
    return last
