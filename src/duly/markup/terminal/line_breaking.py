"""Where lines of mixed Chinese and Latin text may end.

Between Han characters or kana, and between these and Latin, a line may end; a Latin word is kept whole where it fits.
No closing punctuation begins a line, no opening one ends it, and what combines with a character stays with it.
Widths are terminal cells.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from rich.cells import cell_len

Span = tuple[int, int]
"""From the first character of a line to behind its last one, as offsets into the text."""

OPENING = "（「『《〈【〔〖〘［｛｟｢“‘￥＄￡"
CLOSING = (
    "，。、；：！？）」』》〉】〕〗〙］｝｠｣”’…—·・％‰℃／～．､｡"
    "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ゛゜"
)
LATIN_OPENING = "([{"
LATIN_CLOSING = ",.:;!?)]}%"

_WIDE = (  # ``汉``, ``か``, ``한``, ``😀``
    "\u1100-\u115f\u2e80-\u2fff\u3000\u3004-\u3007\u3012\u3013\u3020-\u30ff\u3100-\ua4cf\ua960-\ua97f\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_EXTENDING = (  # an accent (U+0301), a skin tone (U+1F3FB)
    "\u0300-\u036f\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
)
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"  # ``🇨🇳``
_HAN_ALONE = f"(?![{OPENING}{CLOSING}])[{_WIDE}]"  # ``汉``, not ``（``
_HAN = f"(?:{_FLAG}|{_HAN_ALONE})(?:\u200d.|[{_EXTENDING}])*"  # ``汉``, ``👍🏽``, ``👩‍💻``
_LETTER = f"(?:[^ \n{OPENING}{CLOSING}{_WIDE}]|’(?=[A-Za-z]))"  # each character of ``it’s``
_WORD = rf"{_LETTER}*(?![\(\[{{]){_LETTER}"  # ``it’s``, ``f(x)``, not ``f(``
_LATIN_END = rf"[{re.escape(LATIN_CLOSING)}](?![A-Za-z0-9])"  # the ``,`` of ``yes, no``, not of ``1,000``
_COMBINING = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1160-\u11ff\u135d-\u135f\u1700-\u1cff\u1dc0-\u1dff\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff"
    "\ud7b0-\ud7ff\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U00010000-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U0010ffff]"
)
"""Every character that may combine with the one before it (and many that do not), such as U+0301."""


@cache
def _atom() -> re.Pattern[str]:
    """A run of spaces, or what no line may end in: a character or word with the punctuation that belongs to it.

    In ``用 BERT（双向）``, for instance: ``用``, a space, ``BERT``, ``（双``, ``向）``. Compiled for the first line
    that is broken, because it takes 10 ms.
    """
    return re.compile(
        rf" +|(?:(?:[{OPENING}] *|[\(\[{{\"'](?=[{_WIDE}{OPENING}]))*"  # spaces; the ``（`` of ``（双``
        rf"(?:{_HAN}|{_WORD})(?:[\"'](?=[{_WIDE}]){_HAN})*"  # ``双``, ``BERT``, ``说"好``
        rf"|[{OPENING}{re.escape(LATIN_OPENING)}]+(?: *[{OPENING}])*|.)"  # ``（`` at the end; any other character
        rf"(?: *[{CLOSING}]|{_LATIN_END}"  # the ``）`` of ``向）``, the ``,`` of ``BERT,``
        rf"|[\"'](?![A-Za-z0-9]|{_HAN_ALONE})| +[!?:;%)](?= |\n|$))*",  # ``"``; the `` ?`` of ``Pourquoi ?``
        re.DOTALL,
    )


def wrap(text: str, width: int) -> list[Span]:
    r"""The lines of a text, none wider than `width` cells (2 or more).

    Each ``\n`` ends a line. The spaces where a line is broken are in none.
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
    """A stretch of text in pieces of at most `width` cells, cut between any two characters that do not combine."""
    if text[start:end].isascii():
        return [(at, min(at + width, end)) for at in range(start, end, width)] or [(start, end)]
    clusters = list(_clusters(text, start, end))
    pieces: list[Span] = []
    first = 0
    while first < len(clusters):
        used = 0
        last = first
        while last < len(clusters) and (used + clusters[last][2] <= width or last == first):
            used += clusters[last][2]
            last += 1
        if last < len(clusters):
            last = _best_cut(text, clusters, first, last)
        pieces.append((clusters[first][0], clusters[last - 1][1]))
        first = last
    return pieces or [(start, end)]


def _fill(text: str, start: int, end: int, width: int, lines: list[Span]) -> None:
    line_start = line_end = start
    used = gap = 0
    for first, last in _atoms(text, start, end):
        if text[first] == " ":
            gap += last - first
            continue
        cells = cell_len(text[first:last])
        if used + gap + cells <= width:
            used += gap + cells
        else:
            if line_end > line_start:
                lines.append((line_start, line_end))
            *whole, (line_start, _) = cut_text(text, first, last, width) if cells > width else [(first, last)]
            lines += whole
            used = cell_len(text[line_start:last])
        gap = 0
        line_end = last
    lines.append((line_start, line_end))


def _atoms(text: str, start: int, end: int) -> Iterator[Span]:
    atoms = (atom.span() for atom in _atom().finditer(text, start, end))
    return _combined(text, atoms) if _COMBINING.search(text, start, end) else atoms


def _combined(text: str, atoms: Iterator[Span]) -> Iterator[Span]:
    """The atoms, those made one that a combining character or a joiner ties together."""
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
    """Start, end and width of each character with all that combines with it."""
    first = start
    for at in range(start + 1, end):
        if text[at - 1] != "\u200d" and not _combines(text[at]):
            yield first, at, cell_len(text[first:at])
            first = at
    if first < end:
        yield first, end, cell_len(text[first:end])


def _best_cut(text: str, clusters: list[tuple[int, int, int]], first: int, last: int) -> int:
    """At most four characters before `last`, a place that parts no punctuation from its text; else `last`."""
    for place in range(last, max(first, last - 4), -1):
        if text[clusters[place][0]] not in CLOSING + LATIN_CLOSING and text[clusters[place - 1][0]] not in OPENING:
            return place
    return last
