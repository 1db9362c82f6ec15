"""What Obsidian writes within a text: tags, links between notes, embedded files, and what is hidden in a cloze."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duly.cards.media import SOUNDS
from duly.importers.clozes import Hidden, cloze_text
from duly.importers.lines import Line
from duly.importers.spans import code_spans, masked, spans

SCHEDULE = re.compile(r"<!--SR:[^<>]*+>")
CALLOUT = "> [!sr|card-metadata]"
TAG = r"#(?!\d+(?!\S))[^\s#,;.!?'\"()\[\]{}<>`~@$%^&*+=|\\]+"
FLASHCARDS = re.compile(r"(?<!\S)#flashcards(?:/[^\s#]*)?(?!\S)", re.IGNORECASE)
TAG_LINE = re.compile(rf"\s*{TAG}(?:\s+{TAG})*\s*")
LEADING_TAGS = re.compile(rf"\s*(?:{TAG}\s+)+")
OPENING = re.compile(r"\A\s*(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".avif")
SIZE = re.compile(r"\d+(?:x\d+)?")

CLOZES = {
    "highlight": re.compile(r"==(?=[^\s=])(?P<inner>[^=\n]++(?:=[^=\n]++)*+)=="),
    "bold": re.compile(r"\*\*(?=[^\s*])(?P<inner>[^*\n]++(?:\*[^*\n]++)*+)\*\*"),
    "curly": re.compile(r"\{\{(?P<inner>[^{}\n]++)\}\}"),
}
"""The signs around hidden text. Only the first is on in the plugin until a person says otherwise."""

AFTER = re.compile(r"(?:\^\[(?P<hint>[^\[\]\n]*)\])?(?:\[\^(?P<number>\w+)\])?")
NUMBERED = re.compile(r"c?(?P<number>\d{1,3})(?:;;|::)")
HINTED = re.compile(r";;")
HINTED_CURLY = re.compile(r";;|::")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch with signs around it: from where to where, what is hidden, its card (0 if none is named), its hint."""

    start: int
    end: int
    text: str
    number: int
    hint: str
    is_overlapping: bool


def markdown(text: str, lines: Sequence[Line] = ()) -> str:
    """The text with links between notes as what they show, and embedded files as images. `lines`: those it is of."""
    parts: list[str] = []
    at = 0
    for span in spans(text, code_spans(lines)):
        if span.what == "wiki":
            parts += (text[at : span.start], _linked(text[span.start : span.end]))
            at = span.end
    return "".join([*parts, text[at:]])


def embeds(text: str) -> Iterator[str]:
    """The names of notes, and of files that are no image or sound, which a text embeds."""
    for span in spans(text):
        if span.what == "wiki" and text[span.start] == "!" and not _is_media(_target(text[span.start : span.end])[0]):
            yield _target(text[span.start : span.end])[0]


def _target(link: str) -> tuple[str, str]:
    """What a link leads to, and what it says instead, if anything."""
    target, _, alias = link.strip("![]").partition("|")
    return target.strip(), alias.strip()


def _is_media(name: str) -> bool:
    return name.lower().endswith((*IMAGES, *SOUNDS))


def _linked(link: str) -> str:
    target, alias = _target(link)
    if link.startswith("!") and _is_media(target):
        alt = "" if SIZE.fullmatch(alias) else alias
        return f"![{alt}](<{target}>)" if re.search(r"[\s()]", target) else f"![{alt}]({target})"
    return alias or target.strip("#").replace("#^", "#").replace("#", " › ")


def hidden(mask: str, text: str, signs: Sequence[str]) -> list[Found]:
    """What is hidden in a text, in its order, each stretch by one pair of signs only."""
    found = [
        _found(match, mask, text, sign)
        for sign in signs
        for match in CLOZES[sign].finditer(mask)
        if text[match.start("inner") : match.end("inner")].strip()
    ]
    apart: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _found(match: re.Match[str], mask: str, text: str, sign: str) -> Found:
    start, end = match.span("inner")
    number = hint = ""
    if numbered := NUMBERED.match(mask, start, end):
        number = numbered["number"]
        start = numbered.end()
    if hinted := (HINTED_CURLY if sign == "curly" else HINTED).search(mask, start, end):
        hint = text[hinted.end() : end]
        end = hinted.start()
    after = AFTER.match(mask, match.end())
    stop = match.end()
    if after and after[0] and sign != "curly":
        stop = after.end()
        hint = text[after.start("hint") : after.end("hint")] if after["hint"] else hint
        number = after["number"] or number
    own = int(number) if number.isdecimal() and number.isascii() and len(number) <= 3 else 0
    return Found(match.start(), stop, text[start:end], own, hint, bool(number) and not own)


def numbered(found: Sequence[Found]) -> list[Found]:
    """The stretches with a card for each that names none: those that follow upon the ones that are named."""
    following = max((one.number for one in found), default=0)
    result: list[Found] = []
    for one in found:
        if one.number:
            result.append(one)
        else:
            following += 1
            result.append(replace(one, number=following))
    return result


def cloze(lines: Sequence[Line], signs: Sequence[str]) -> tuple[str | None, list[Found]]:
    """The lines as the text of a cloze, or None if it cannot be written; and what is hidden in it."""
    text = "\n".join(line.text for line in lines)
    found = numbered(hidden(masked(text, code_spans(lines)), text, signs))
    parts: list[str | Hidden] = []
    at = 0
    for one in found:
        parts += (text[at : one.start], Hidden(markdown(one.text), one.number, one.hint))
        at = one.end
    parts.append(text[at:])
    # Links are put into Markdown piece by piece, so that none is torn apart by what is hidden; code is left alone.
    has_code = any(line.code for line in lines)
    shown = [part if has_code or not isinstance(part, str) else markdown(part) for part in parts]
    return cloze_text(shown), found
