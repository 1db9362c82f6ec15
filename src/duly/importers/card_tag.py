"""Cards marked with ``#card``: of the plugin flashcards-obsidian, and on pages of Logseq.

A heading or a line with ``#card`` (or ``[[card]]``) is a question; the text under it, down to the next heading after a
blank line or an anchor ``^160…``, is the answer. ``#card/reverse`` asks both ways; ``front::back`` and
``front:::back`` are cards on one line; ``{1:…}`` and ``{{cloze …}}`` are hidden. In Logseq the children of a block are
its answer, and its properties hold its schedule. The schedules of flashcards-obsidian are only in Anki.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import dedent

from duly.cards import Basic, CardId, Cloze, DeckName, Note, Reversed
from duly.cards.note import Kind
from duly.importers.cloze_text import cloze_text
from duly.importers.collector import Collector, text_of
from duly.importers.foreign_schedules import LOGSEQ_PROPERTIES, logseq_schedules
from duly.importers.frontmatter import front_matter
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.markdown_spans import mask_markup
from duly.importers.obsidian_to_anki import cloze_parts
from duly.importers.tags_and_decks import deck_name, tag_names
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message
from duly.scheduling.foreign_progress import ForeignSchedule

# Only the start of a run of spaces can match: otherwise a long run would take quadratic time.
CARD = re.compile(r"(?:^|(?<![ \t])[ \t]+)(?:#card(?P<both>[/-]reverse)?(?![\w/-])|#?\[\[card\]\])")
"""The sign of a card, with the space before it: ``#card``, ``#card/reverse``, ``[[card]]``; not ``#cards``."""

READ_ONLY_CARD = re.compile(r"(?:^|(?<![ \t])[ \t]+)#card[/-]spaced(?![\w/-])")  # ``#card-spaced``, ``#card/spaced``
TAG = re.compile(r"(?<![ \t])[ \t]+#(?P<name>[^\s#]+)")  # the `` #algebra`` of ``What is a ring? #algebra``
ANCHOR = re.compile(r"\^[\w-]{6,}[ \t]*")  # ``^1700000000000``
PROPERTY = re.compile(r"\s*(?:[-*][ \t]+)?(?P<key>[\w-]+)::(?:[ \t\u00a0]+(?P<value>.*))?")
"""``card-repeats:: 4``, ``- type:: note``: key and value."""

BLOCK = re.compile(r"(?P<indent>[ \t]*)[-*][ \t]+(?P<text>\S.*)")  # ``  - What is a ring?``: indentation and text
INLINE = re.compile(r"(?P<front>\S.*?)(?P<sign>:::?)(?P<back>\S.*)")  # ``front::back``, ``front:::back``
NUMBERED_HIDDEN = re.compile(r"\{(?P<number>\d{1,3}):(?P<text>[^{}\n]+)\}")  # ``{2:Quito}``
LOGSEQ_CLOZE = re.compile(r"\{\{c(?:loze|(?P<number>\d{1,3})):?[ \t]+(?P<text>[^{}\n]+)\}\}")
"""``{{cloze hidden}}``, ``{{cloze: hidden}}``, ``{{c2 hidden}}``."""

PLAIN_HIDDEN = re.compile(r"(?P<number>)(?:==|(?<!\{)\{)(?P<text>[^={}\n]+)(?:==|\}(?!\}))")
"""``==hidden==`` and ``{hidden}``, only on a card without text under it."""
PROPERTY_LEFT_OUT = message("this property is not a card and was left out")
SPACED_LEFT_OUT = message("this card is only to be read again and asks nothing, so it was left out")


def recognise(_path: Path, text: str) -> Recognition:
    """Certain if a line has the tag ``#card``."""
    numbers = tuple(line.number for line in read_lines(text) if not line.is_code and CARD.search(line.text))
    return Recognition(Confidence.CERTAIN, numbers) if numbers else Recognition()


def read(path: Path, text: str) -> ImportedText:
    """The notes of a text. Blocks without the tag, and properties, are left out."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    front = front_matter(lines)
    used_lines, other_lines = front.split(("tags", "cards-deck"))
    collector.claim_structure(used_lines)
    collector.leave_out(other_lines, message("of the front matter only the tags and the deck were taken"))
    body = lines[len(front.lines) :]
    deck = DeckName(deck_name(front.first("cards-deck")) or path.stem)
    text_tags = front.tags
    schedules: dict[CardId, ForeignSchedule] = {}
    collector.leave_out(
        (line for line in body if not line.is_code and PROPERTY.fullmatch(line.text)), PROPERTY_LEFT_OUT
    )
    for block in _blocks(body):
        if note := block.add(collector, deck, text_tags):
            schedules |= block.schedule(collector, note)
    return replace(collector.result(), schedules=schedules)


@dataclass(slots=True)
class _Block:
    """A line that may be a card, and the lines under it."""

    head: Line
    body: list[Line] = field(default_factory=list)

    def add(self, collector: Collector, deck: DeckName, text_tags: tuple[str, ...]) -> Note | None:
        """Adds the note of this block, if it is a card."""
        card, inline = CARD.search(self.head.text), INLINE.fullmatch(self.head.text)
        collector.claim_structure(line for line in self.body if ANCHOR.fullmatch(line.text))
        body = [line for line in self.body if not ANCHOR.fullmatch(line.text)]
        body = [line for line in body if line.is_code or not PROPERTY.fullmatch(line.text)]
        if card is None and inline and not PROPERTY.fullmatch(self.head.text):
            is_two_way = inline["sign"] == ":::"
            kind: Kind = (Reversed if is_two_way else Basic)(inline["front"].strip(), inline["back"].strip())
            return collector.add(self.head, kind, deck, {"q": [self.head]}, tags=text_tags)
        if card is None and READ_ONLY_CARD.search(self.head.text):
            collector.leave_out([self.head, *body], SPACED_LEFT_OUT)
            return None
        if card is None:
            collector.claim_structure([self.head] if self.head.mark is Mark.HEADING else [])
            return None
        text = CARD.sub("", self.head.text)
        tags = [tag for match in TAG.finditer(text) for tag in tag_names(match["name"])]
        text = TAG.sub("", text)
        text = re.sub(r"^\s*(?:[-*][ \t]+)?(?:#{1,6}[ \t]+)?", "", text).strip()  # "- ## Why? #card" in Logseq
        answer = dedent(text_of(body).expandtabs(4))
        signs = (NUMBERED_HIDDEN, LOGSEQ_CLOZE) if answer else (NUMBERED_HIDDEN, LOGSEQ_CLOZE, PLAIN_HIDDEN)
        parts = cloze_parts(
            text, mask_markup(text), next((sign for sign in signs if sign.search(text)), NUMBERED_HIDDEN)
        )
        cloze = cloze_text(parts) if len(parts) > 1 else None
        field_lines = {"cloze" if cloze else "q": [self.head], "extra" if cloze else "a": body}
        kind = Cloze(cloze) if cloze else (Reversed if card["both"] else Basic)(text, answer)
        extra = answer if cloze else ""
        return collector.add(self.head, kind, deck, field_lines, tags=(*text_tags, *tags), extra=extra)

    def schedule(self, collector: Collector, note: Note) -> dict[CardId, ForeignSchedule]:
        """The schedule of each card of `note`, from the properties of a Logseq block, which are claimed."""
        properties = [
            (line, match) for line in self.body if not line.is_code and (match := PROPERTY.fullmatch(line.text))
        ]
        properties_by_key = {match["key"]: (line, match["value"] or "") for line, match in reversed(properties)}
        schedules = logseq_schedules(note, {key: value for key, (_, value) in properties_by_key.items()})
        if schedules:
            collector.claim_structure(line for key, (line, _) in properties_by_key.items() if key in LOGSEQ_PROPERTIES)
        return schedules


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    """The headings, list members and paragraphs that may be cards, each with the lines below that lie deeper."""
    blocks: list[_Block] = []
    for index, line in enumerate(lines):
        last_block = blocks[-1] if blocks else None
        is_list_member = None if line.is_code else BLOCK.fullmatch(line.text)
        begins_paragraph = not line.is_blank and not line.is_code and (index == 0 or lines[index - 1].is_blank)
        is_card = not line.is_code and bool(CARD.search(line.text))
        if last_block is None or line.mark is Mark.HEADING or is_card:
            blocks += [] if line.is_blank else [_Block(line)]
        elif (list_sign := BLOCK.fullmatch(last_block.head.text)) and not line.is_blank:
            is_deeper = len(line.text) - len(line.text.lstrip()) > len(list_sign["indent"])
            if is_deeper:
                last_block.body.append(line)
            else:
                blocks.append(_Block(line))
        elif (
            begins_paragraph
            and not is_list_member
            and not ANCHOR.fullmatch(line.text)
            and last_block.head.mark is not Mark.HEADING
        ) or (begins_paragraph and INLINE.fullmatch(line.text) and not PROPERTY.fullmatch(line.text)):
            blocks.append(_Block(line))
        else:
            last_block.body.append(line)
    return blocks
