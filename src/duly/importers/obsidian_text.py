"""The syntax of Obsidian notes: tags, schedules, and text hidden in a cloze."""

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

By default, only the first one is on in the plugin.
"""

HINT_OR_NUMBER = re.compile(r"(?:\^\[(?P<hint>[^\[\]\n]*)\])?(?:\[\^(?P<number>\w+)\])?")
"""The optional suffix of hidden text: ``^[a city]`` is its hint, ``[^2]`` the number of its card."""

CLOZE_NUMBER = re.compile(r"c?(?P<number>\d{1,3})(?:;;|::)")  # the ``c2::`` or ``2;;`` of ``==c2::Quito==``
HINT_SIGN = re.compile(r";;")  # in ``==Quito;;a city==``
HINT_SIGN_IN_BRACES = re.compile(r";;|::")  # in ``{{Quito;;a city}}`` and ``{{Quito::a city}}``


@cache
def deck_tag(names: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of the tags of notes with cards: ``#flashcards``, ``#flashcards/biology``."""
    choice = "|".join(re.escape(name.removeprefix("#").strip("/")) for name in names)
    return re.compile(rf"(?<!\S)#(?:{choice})(?P<below>/[^\s#]*)?(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Hidden text with its signs from `start` to `end`; the number of its card, 0 if it has none, and its hint."""

    start: int
    end: int
    text: str
    number: int
    hint: str
    is_overlapping: bool


def find_hidden(mask: str, text: str, signs: Sequence[str]) -> list[HiddenText]:
    """The hidden texts in order, without overlaps."""
    stretches = [
        _hidden_text(match, mask, text, sign)
        for sign in signs
        for match in CLOZES[sign].finditer(mask)
        if text[match.start("inner") : match.end("inner")].strip()
    ]
    separate_texts: list[HiddenText] = []
    for stretch in sorted(stretches, key=lambda stretch: (stretch.start, -stretch.end)):
        if not separate_texts or stretch.start >= separate_texts[-1].end:
            separate_texts.append(stretch)
    return separate_texts


def _hidden_text(match: re.Match[str], mask: str, text: str, sign: str) -> HiddenText:
    start, end = match.span("inner")
    number = hint = ""
    if number_match := CLOZE_NUMBER.match(mask, start, end):
        number = number_match["number"]
        start = number_match.end()
    if hint_match := (HINT_SIGN_IN_BRACES if sign == "curly" else HINT_SIGN).search(mask, start, end):
        hint = text[hint_match.end() : end]
        end = hint_match.start()
    suffix = HINT_OR_NUMBER.match(mask, match.end())
    suffix_end = match.end()
    if suffix and suffix[0] and sign != "curly":
        suffix_end = suffix.end()
        hint = text[suffix.start("hint") : suffix.end("hint")] if suffix["hint"] else hint
        number = suffix["number"] or number
    card_number = int(number) if number.isdecimal() and number.isascii() and len(number) <= 3 else 0
    return HiddenText(match.start(), suffix_end, text[start:end], card_number, hint, bool(number) and not card_number)


def number_hidden(stretches: Sequence[HiddenText]) -> list[HiddenText]:
    """The hidden texts, each with a number: those without one get the numbers after the highest."""
    next_number = max((stretch.number for stretch in stretches), default=0)
    result: list[HiddenText] = []
    for stretch in stretches:
        if stretch.number:
            result.append(stretch)
        else:
            next_number += 1
            result.append(replace(stretch, number=next_number))
    return result


def lines_as_cloze(lines: Sequence[Line], signs: Sequence[str]) -> tuple[str | None, list[HiddenText]]:
    """The lines as the text of a cloze, None if it cannot be written; and the hidden texts."""
    text = "\n".join(line.text for line in lines)
    stretches = number_hidden(find_hidden(mask_markup(text, code_spans(lines)), text, signs))
    parts: list[str | HiddenPart] = []
    at = 0
    for stretch in stretches:
        parts += (text[at : stretch.start], HiddenPart(links_as_markdown(stretch.text), stretch.number, stretch.hint))
        at = stretch.end
    parts.append(text[at:])
    # Links are converted part by part, so that hidden text inside a link does not break it; code is left alone.
    has_code = any(line.is_code for line in lines)
    markdown_parts = [part if has_code or not isinstance(part, str) else links_as_markdown(part) for part in parts]
    return cloze_text(markdown_parts), stretches
