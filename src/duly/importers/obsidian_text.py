"""What Obsidian writes within a text: tags, links between notes, embedded files, and what is hidden in a cloze."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from duly.importers.cloze_text import HiddenPart, cloze_text
from duly.importers.markdown_spans import code_spans, mask_markup
from duly.importers.text_lines import Line
from duly.importers.wiki_links import links_as_markdown

SCHEDULE = re.compile(r"<!--SR:[^<>]*+>")  # ``<!--SR:!2026-03-01,12,250-->``
CALLOUT = "> [!sr|card-metadata]"
TAG = r"#(?!\d+(?!\S))[^\s#,;.!?'\"()\[\]{}<>`~@$%^&*+=|\\]+"
"""``#algebra/rings``; not ``#5``, which is a number."""

TAG_LINE = re.compile(rf"\s*{TAG}(?:\s+{TAG})*\s*")  # ``#algebra #proofs``, and nothing else on the line
LEADING_TAGS = re.compile(rf"\s*(?:{TAG}\s+)+")  # the ``#algebra `` of ``#algebra What is a ring?``
LINE_SIGNS = re.compile(r"\A\s*(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
"""The signs before the text of a line: ``## ``, ``- ``, ``2. ``, ``- [x] ``."""

CLOZES = {
    "highlight": re.compile(r"==(?=[^\s=])(?P<inner>[^=\n]++(?:=[^=\n]++)*+)=="),
    "bold": re.compile(r"\*\*(?=[^\s*])(?P<inner>[^*\n]++(?:\*[^*\n]++)*+)\*\*"),
    "curly": re.compile(r"\{\{(?P<inner>[^{}\n]++)\}\}"),
}
"""The signs around hidden text: ``==Quito==``, ``**Quito**``, ``{{Quito}}``.

Only the first is on in the plugin until a person says otherwise.
"""

HINT_OR_NUMBER = re.compile(r"(?:\^\[(?P<hint>[^\[\]\n]*)\])?(?:\[\^(?P<number>\w+)\])?")
"""What may stand behind hidden text: ``^[a city]`` is its hint, ``[^2]`` the number of its card."""

NUMBERED = re.compile(r"c?(?P<number>\d{1,3})(?:;;|::)")  # the ``c2::`` or ``2;;`` of ``==c2::Quito==``
HINTED = re.compile(r";;")  # in ``==Quito;;a city==``
HINTED_CURLY = re.compile(r";;|::")  # in ``{{Quito;;a city}}`` and ``{{Quito::a city}}``


@cache
def deck_tag(names: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of the tags that say which notes have cards: ``#flashcards``, ``#flashcards/biology``."""
    choice = "|".join(re.escape(name.removeprefix("#").strip("/")) for name in names)
    return re.compile(rf"(?<!\S)#(?:{choice})(?P<below>/[^\s#]*)?(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A stretch with signs around it: from where to where, what is hidden, its card (0 if none is named), its hint."""

    start: int
    end: int
    text: str
    number: int
    hint: str
    is_overlapping: bool


def hidden(mask: str, text: str, signs: Sequence[str]) -> list[HiddenText]:
    """What is hidden in a text, in its order, each stretch by one pair of signs only."""
    stretches = [
        _hidden_text(match, mask, text, sign)
        for sign in signs
        for match in CLOZES[sign].finditer(mask)
        if text[match.start("inner") : match.end("inner")].strip()
    ]
    apart: list[HiddenText] = []
    for stretch in sorted(stretches, key=lambda stretch: (stretch.start, -stretch.end)):
        if not apart or stretch.start >= apart[-1].end:
            apart.append(stretch)
    return apart


def _hidden_text(match: re.Match[str], mask: str, text: str, sign: str) -> HiddenText:
    start, end = match.span("inner")
    number = hint = ""
    if numbered := NUMBERED.match(mask, start, end):
        number = numbered["number"]
        start = numbered.end()
    if hinted := (HINTED_CURLY if sign == "curly" else HINTED).search(mask, start, end):
        hint = text[hinted.end() : end]
        end = hinted.start()
    after = HINT_OR_NUMBER.match(mask, match.end())
    stop = match.end()
    if after and after[0] and sign != "curly":
        stop = after.end()
        hint = text[after.start("hint") : after.end("hint")] if after["hint"] else hint
        number = after["number"] or number
    own = int(number) if number.isdecimal() and number.isascii() and len(number) <= 3 else 0
    return HiddenText(match.start(), stop, text[start:end], own, hint, bool(number) and not own)


def numbered(stretches: Sequence[HiddenText]) -> list[HiddenText]:
    """The stretches with a card for each that names none: those that follow upon the ones that are named."""
    following = max((stretch.number for stretch in stretches), default=0)
    result: list[HiddenText] = []
    for stretch in stretches:
        if stretch.number:
            result.append(stretch)
        else:
            following += 1
            result.append(replace(stretch, number=following))
    return result


def cloze(lines: Sequence[Line], signs: Sequence[str]) -> tuple[str | None, list[HiddenText]]:
    """The lines as the text of a cloze, or None if it cannot be written; and what is hidden in it."""
    text = "\n".join(line.text for line in lines)
    stretches = numbered(hidden(mask_markup(text, code_spans(lines)), text, signs))
    parts: list[str | HiddenPart] = []
    at = 0
    for stretch in stretches:
        parts += (text[at : stretch.start], HiddenPart(links_as_markdown(stretch.text), stretch.number, stretch.hint))
        at = stretch.end
    parts.append(text[at:])
    # Links are put into Markdown piece by piece, so that none is torn apart by what is hidden; code is left alone.
    has_code = any(line.is_code for line in lines)
    shown = [part if has_code or not isinstance(part, str) else links_as_markdown(part) for part in parts]
    return cloze_text(shown), stretches
