"""Notes for the plugin Obsidian_to_Anki: ``START``/``END`` around a card, ``STARTI [Basic] … ENDI`` on a line.

The first line names the note type, ``Back:`` begins the second field, ``Tags:`` has the tags, ``{c1:…}`` or ``{…}`` is
hidden in a cloze. ``TARGET DECK`` names the deck.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from duly.cards import Basic, Cloze, DeckName, Note, Reversed
from duly.cards.note import Kind
from duly.importers.cloze_text import HiddenPart, cloze_text
from duly.importers.collector import Collector, text_of
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.markdown_spans import Span, code_spans, mask_markup
from duly.importers.tags_and_decks import deck_name, tag_names
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message

INLINE = re.compile(r"STARTI[ \t]+\[(?P<kind>[^\]]+)\](?P<front>.*?)(?:Back:(?P<back>.*?))?(?:Tags:(?P<tags>.*?))?ENDI")
"""A card on one line: ``STARTI [Basic] Capital of Ecuador? Back: Quito Tags: geography ENDI``."""

DECK = re.compile(r"TARGET DECK(?:[ \t]*:[ \t]*(?P<name>.+))?[ \t]*")  # ``TARGET DECK: Geography``
FIELD = re.compile(r"(?P<name>Front|Back|Text|Extra|Back Extra|Tags):[ \t]*(?P<text>.*)")  # ``Back: Quito``
ID = re.compile(r"(?:<!--)?ID: ?\d+(?:-->)?\s*")  # ``ID: 1700000000000``, ``<!--ID: 1700000000000-->``
GAP = re.compile(r"\{(?:c?(?P<number>\d{1,3})[:|])?(?P<text>[^{}\n]+)\}")  # ``{Quito}``, ``{2:Quito}``, ``{c2|Quito}``


def recognise(_path: Path, text: str) -> Recognition:
    """Certain with a line ``START`` or a card between ``STARTI`` and ``ENDI``."""
    lines = [line for line in read_lines(text) if not line.is_code]
    numbers = [line.number for line in lines if line.text.strip() == "START" or INLINE.search(line.text)]
    return Recognition(Confidence.CERTAIN, tuple(numbers)) if numbers else Recognition()


def read(path: Path, text: str) -> ImportedText:
    """The notes of a text. Text outside of cards is left out."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    named_deck, deck_lines = _deck(lines)
    deck = named_deck or path.stem
    block: list[Line] | None = None
    for line in lines:
        sign = "" if line.is_code else line.text.strip()
        if sign == "START":
            block = []
            collector.claim_structure([line])
        elif block is not None and sign == "END":
            collector.claim_structure([line])
            _add_block(collector, block, DeckName(deck))
            block = None
        elif block is not None:
            block.append(line)
        elif match := None if line.is_code else INLINE.search(line.text):
            _add_inline(collector, line, match, DeckName(deck))
        elif line.mark is Mark.HEADING or ID.fullmatch(sign):
            collector.claim_structure([line])
    if block is not None:
        collector.leave_out(block, message("this card has no END and was left out"))
    collector.claim_structure(deck_lines if collector.notes else ())
    return collector.result()


def _deck(lines: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    """The deck named by ``TARGET DECK``, on its line or on the next one, and these lines; "" and none without it."""
    for line, next_line in zip(lines, (*lines[1:], None), strict=True):
        if match := DECK.fullmatch(line.text):
            deck_lines = [line] if match["name"] or next_line is None else [line, next_line]
            return deck_name(match["name"] or deck_lines[-1].text), deck_lines
    return "", ()


def _add_block(collector: Collector, block: Sequence[Line], deck: DeckName) -> None:
    if not block:
        return
    kind, *body = block
    field_lines: dict[str, list[Line]] = {"q": []}
    text_lines: dict[str, list[Line]] = {"q": []}
    key, ids = "q", []
    for line in body:
        match = None if line.is_code else FIELD.match(line.text)
        if ID.fullmatch(line.text.strip()):
            ids.append(line)
            continue
        if match:
            key = {"front": "q", "text": "q", "back": "a", "tags": "tags"}.get(match["name"].lower(), "extra")
            content_line = Line(line.number, match["text"], Mark.TEXT, match["text"])
        field_lines.setdefault(key, []).append(line)
        text_lines.setdefault(key, []).append(content_line if match else line)
    texts = {name: text_of(lines) for name, lines in text_lines.items()}
    if _add_note(
        collector, block[0], kind.text.strip(), texts, field_lines, deck=deck, spans=code_spans(text_lines["q"])
    ):
        collector.claim_structure([kind, *ids])


def _add_inline(collector: Collector, line: Line, match: re.Match[str], deck: DeckName) -> None:
    texts = {"q": match["front"], "a": match["back"] or "", "tags": match["tags"] or ""}
    stretch = Line(line.number, match[0], Mark.TEXT, match[0], start=match.start(), end=match.end())
    texts = {key: text.strip() for key, text in texts.items()}
    _add_note(collector, line, match["kind"].strip(), texts, {"q": [stretch]}, deck=deck, spans=())


def _add_note(
    collector: Collector, line: Line, name: str, texts: dict[str, str], field_lines: dict[str, list[Line]], *,
    deck: DeckName, spans: Sequence[Span],
) -> Note | None:  # fmt: skip
    question, answer, extra = texts["q"], texts.get("a", ""), texts.get("extra", "")
    kind: Kind = Reversed(question, answer) if "revers" in name.lower() else Basic(question, answer)
    if "cloze" in name.lower():
        cloze = cloze_text(cloze_parts(question, mask_markup(question, spans)))
        kind, extra = Cloze(cloze or question), "\n\n".join(filter(None, (answer, extra)))
        field_lines = {{"q": "cloze", "a": "extra"}.get(key, key): lines for key, lines in field_lines.items()}
    return collector.add(line, kind, deck, field_lines, tags=tuple(tag_names(texts.get("tags", ""))), extra=extra)


def cloze_parts(text: str, mask: str, pattern: re.Pattern[str] = GAP) -> list[str | HiddenPart]:
    """A text with the parts in braces hidden; parts without a number get a card each."""
    parts: list[str | HiddenPart] = []
    at = last = 0
    for match in pattern.finditer(mask):
        number = int(match["number"] or last + 1)
        last = max(last, number)
        parts += (text[at : match.start()], HiddenPart(text[match.start("text") : match.end("text")], number))
        at = match.end()
    return [*parts, text[at:]]
