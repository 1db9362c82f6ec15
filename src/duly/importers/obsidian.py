"""Notes of Obsidian with cards of its spaced repetition plugin.

A card is ``front::back`` on a line (``:::`` for both ways), lines separated by a line ``?`` (``??`` for both ways), or
a paragraph with ``==hidden==`` text. A blank line ends a card, or a line ``+++`` in a file that has one.
``#flashcards/deck`` names the deck of the cards on its line or below; the nearest heading becomes a tag. The settings
of a vault may name other signs and other tags (see `obsidian_vault`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from duly.cards import Basic, CardId, Cloze, DeckName, Kind, Note, Reversed
from duly.importers.collector import Collector, text_of
from duly.importers.foreign_schedules import obsidian_schedules
from duly.importers.frontmatter import FrontMatter, front_matter
from duly.importers.importer import Confidence, ImportedText, ImportOptions, Recognition
from duly.importers.markdown_spans import mask_markup
from duly.importers.obsidian_signs import PROPERTY, Pair, Signs
from duly.importers.obsidian_text import (
    CALLOUT,
    LEADING_TAGS,
    LINE_SIGNS,
    SCHEDULE,
    TAG_LINE,
    deck_tag,
    find_hidden,
    lines_as_cloze,
)
from duly.importers.tags_and_decks import deck_name, heading_tags, tag_names
from duly.importers.text_lines import Line, Mark, read_line, read_lines
from duly.message import message
from duly.scheduling.foreign_progress import ForeignSchedule

ENDINGS = (".md", ".markdown")
MULTILINE = ("?", "??")
DEFAULT_END_MARKER = "+++"
MAX_SCHEDULE_DISTANCE = 3
"""The maximum number of lines between a card and its schedule: a callout and the end of the card."""
BETWEEN_TAGS = re.compile(r"[,\s]+")  # the ``, `` of ``algebra, proofs``


def recognise(path: Path, text: str) -> Recognition:
    """Certain with the plugin's tag or a schedule; likely with a separator, in Markdown without other questions."""
    lines = read_lines(text)
    tag_pattern = deck_tag(ImportOptions().tags)
    if numbers := tuple(
        line.number
        for line in lines
        if not line.is_code and (tag_pattern.search(line.text) or SCHEDULE.search(line.text))
    ):
        return Recognition(Confidence.CERTAIN, numbers)
    if has_tag(lines, tag_pattern):
        return Recognition(Confidence.CERTAIN, (1,))
    if path.suffix.lower() not in ENDINGS or any(
        line.mark is Mark.QUESTION or line.is_question_heading for line in lines
    ):
        return Recognition()
    signs = Signs(ImportOptions())
    separator_lines = {
        line.number
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if not line.is_code and line.text.strip() in MULTILINE and not (before.is_blank or after.is_blank)
    } | {line.number for line in lines if not line.is_code and signs.pair(line.text)}
    return Recognition(Confidence.LIKELY, tuple(sorted(separator_lines))) if separator_lines else Recognition()


def has_tag(lines: Sequence[Line], pattern: re.Pattern[str]) -> bool:
    """Whether a note has one of the tags, in its text or its front matter."""
    return any(pattern.search(line.text) for line in lines if not line.is_code) or any(
        map(pattern.fullmatch, _front_tags(front_matter(lines)))
    )


def _front_tags(front: FrontMatter) -> list[str]:
    """The tags in the front matter, each with ``#``."""
    values = front.values.get("tags", ())
    return [f"#{name.removeprefix('#')}" for value in values for name in BETWEEN_TAGS.split(value)]


def read(path: Path, text: str, options: ImportOptions = ImportOptions()) -> ImportedText:  # noqa: B008 - frozen
    """The notes of a text, and the schedules of their cards. Text outside of cards is left out."""
    lines = read_lines(text)
    front = front_matter(lines)
    end_marker = options.end_marker or DEFAULT_END_MARKER
    has_end_marker = any(line.text.strip() == end_marker and not line.is_code for line in lines)
    reader = _NoteReader(Collector(path, lines), Signs(options), end_marker, has_end_marker, DeckName(path.stem))
    reader.take_front_matter(front)
    for line in reader.without_comments(lines[len(front.lines) :]):
        reader.take(line)
    reader.flush()
    schedules = reader.assign_schedules(lines)
    return replace(reader.collector.result(), schedules=schedules)


@dataclass(frozen=True, slots=True)
class _Placement:
    """The deck and the tags of one card."""

    deck: DeckName
    tags: tuple[str, ...]


@dataclass(slots=True)
class _NoteReader:
    """Reads a note line by line: collects the lines of a card, with the current deck, tags and headings."""

    collector: Collector
    signs: Signs
    end_marker: str
    has_end_marker: bool
    deck: DeckName
    text_tags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    headings: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    block: list[Line] = field(default_factory=list)
    separator: str = ""
    front_length: int = 0
    """The number of lines of the card above its separator."""
    schedule_comments: list[tuple[Line, str]] = field(default_factory=list)
    """The comments with schedules, and their lines."""
    card_spans: list[tuple[int, int, Note | None]] = field(default_factory=list)
    """The first and the last line of each card, and its note: None if it was left out or has other cards here."""

    @property
    def tag(self) -> re.Pattern[str]:
        return deck_tag(self.signs.options.tags)

    @property
    def multiline(self) -> tuple[str, str]:
        return self.signs.options.multiline

    def take_front_matter(self, front: FrontMatter) -> None:
        """Takes deck and tags from the front matter and reports its other keys."""
        self._apply_tags(_front_tags(front))
        self.text_tags, self.tags = self.tags, ()
        used_lines, other_lines = front.split(("tags",))
        self.collector.claim_structure(used_lines)
        self.collector.leave_out(other_lines, message("of the front matter only the tags were taken"))

    def without_comments(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The lines without comments; these are reported, but schedules are collected."""
        comment: list[Line] = []
        for line in lines:
            if comment or (not line.is_code and line.text.startswith("<!--") and not SCHEDULE.match(line.text)):
                comment.append(line)
                if "-->" in line.text:
                    self.collector.leave_out(comment, message("this comment was left out"))
                    comment = []
            elif not line.is_code and (schedule := SCHEDULE.search(line.text)) and not _text_after(schedule):
                self.schedule_comments.append((line, schedule[0]))
                text = line.text[: schedule.start()].rstrip()
                if text.strip("> "):
                    yield replace(read_line(line.number, text), end=len(text))
                if self.separator:  # the plugin writes a schedule at the end of its card
                    self.flush()
            elif line.text.strip() == CALLOUT:
                self.collector.claim_structure([line])
            else:
                yield line
        if comment:
            self.collector.leave_out(comment, message("this comment is never closed and was left out"))

    def assign_schedules(self, lines: Sequence[Line]) -> dict[CardId, ForeignSchedule]:
        """The schedule of each card that has one. Schedules that cannot be read or have no card are reported."""
        schedules: dict[CardId, ForeignSchedule] = {}
        unused_lines: list[Line] = []
        starts = [start for start, _, _ in self.card_spans]
        for line, comment in self.schedule_comments:
            at = bisect_right(starts, line.number) - 1
            _, end, note = self.card_spans[at] if at >= 0 else (0, 0, None)
            lines_between = lines[end : line.number - 1] if line.number <= end + MAX_SCHEDULE_DISTANCE else (line,)
            is_below_card = all(
                line_between.text.strip() in (CALLOUT, self.end_marker)
                or (line_between.is_blank and self.has_end_marker)
                for line_between in lines_between
            )
            card_schedules = obsidian_schedules(note, comment) if note is not None and is_below_card else None
            if card_schedules is None:
                unused_lines.append(line)
            else:
                schedules.update(card_schedules)
                self.collector.claim_structure([line])
        sentence = message("schedules ({count}) were left out; their cards begin as new ones", count=len(unused_lines))
        self.collector.leave_out(unused_lines, sentence, "schedule", is_scattered=True)
        return schedules

    def take(self, line: Line) -> None:
        """Takes the next line: part of the current card, start of another card, or tags for the cards below."""
        text = line.text.strip()
        if line.is_code or (not text and self.has_end_marker and self.separator):
            self.block.append(line)
        elif not text or (self.has_end_marker and text == self.end_marker):
            self.collector.claim_structure([line])
            self.flush()
        elif self.separator in self.multiline:
            self.block.append(line)
        elif pair := self.signs.pair(line.text):
            self.flush()
            self._add_inline(line, pair)
        elif text in self.multiline and self.block:
            self.collector.claim_structure([line])
            self.separator, self.front_length = text, len(self.block)
        elif TAG_LINE.fullmatch(line.text):
            self.collector.claim_structure([line])
            self._apply_tags(line.text.split())
        elif PROPERTY.match(line.text):
            sentence = message("this is a property of the note and no card; without the space after :: it would be one")
            self.collector.leave_out([line], sentence)
        else:
            if line.mark is Mark.HEADING:
                self.flush()
                self.headings = [(level, names) for level, names in self.headings if level < line.level]
                self.headings.append((line.level, heading_tags(self.tag.sub("", line.content))))
            if match := self.tag.search(line.text):
                self._apply_tags([match[0]])
            self.block.append(line)
            if not self.separator and find_hidden(mask_markup(line.text), line.text, self.signs.cloze_signs):
                self.separator = "cloze"

    def flush(self) -> None:
        """Ends the current card. Lines without a separator are no card and left out, except a heading."""
        block, separator = self.block, self.separator
        self.block, self.separator = [], ""
        if separator in self.multiline:
            self._add_multiline(block[: self.front_length], block[self.front_length :], separator)
        elif separator:
            self._add_cloze(block)
        else:
            self.collector.claim_structure(line for line in block if line.mark is Mark.HEADING)

    def _add_inline(self, line: Line, pair: Pair) -> None:
        front, placement = self._split_tags(LINE_SIGNS.sub("", line.text[: pair.start].strip(), count=1))
        question_line, answer_line = replace(line, end=pair.end), replace(line, start=pair.end)
        texts = front, line.text[pair.end :].strip()
        kind: Kind = Reversed(*texts) if pair.is_two_way else Basic(*texts)
        self._add_note(line, kind, placement, {"q": [question_line], "a": [answer_line]}, line.number)

    def _add_multiline(self, front: list[Line], back: list[Line], separator: str) -> None:
        field_lines = {"q": front, "a": back}
        if front[0].mark is Mark.HEADING:
            if len(front) == 1:
                self.headings = self.headings[:-1]
                front = [replace(front[0], text=front[0].content)]
            else:
                self.collector.claim_structure(front[:1])
                front = front[1:]
        text, placement = self._split_tags(text_of(front))
        last_line = next((line.number for line in reversed(back) if not line.is_blank), front[-1].number + 1)
        texts = text, text_of(back)
        kind: Kind = Reversed(*texts) if separator == self.multiline[-1] else Basic(*texts)
        self._add_note(front[0], kind, placement, field_lines, last_line)

    def _add_note(
        self,
        line: Line,
        kind: Kind,
        placement: _Placement,
        field_lines: dict[str, list[Line]],
        last_line: int,
        *,
        has_all_cards: bool = True,
    ) -> None:
        note = self.collector.add(line, kind, placement.deck, field_lines, tags=placement.tags)
        self.card_spans.append((line.number, last_line, note if has_all_cards else None))

    def _add_cloze(self, block: list[Line]) -> None:
        if block[0].mark is Mark.HEADING:
            is_hidden = find_hidden(mask_markup(block[0].text), block[0].text, self.signs.cloze_signs)
            self.collector.claim_structure([] if is_hidden else block[:1])
            block = [replace(block[0], text=block[0].content), *block[1:]] if is_hidden else block[1:]
        while block[-1].is_blank:
            block.pop()
        first_text, placement = self._split_tags(
            LINE_SIGNS.sub("", block[0].text, count=1) if len(block) == 1 else block[0].text
        )
        block = [replace(block[0], text=first_text), *block[1:]]
        text, stretches = lines_as_cloze(block, self.signs.cloze_signs)
        has_all_cards = not any(stretch.is_overlapping for stretch in stretches)
        if not has_all_cards:
            sentence = message("which parts are hidden together was left out; each is asked for on a card of its own")
            self.collector.warn(block[0], "overlapping", sentence)
        if text is None:
            sentence = message("what is hidden here cannot be written as a cloze, so it was left out; add it by hand")
            self.collector.leave_out(block, sentence, "unwritable-cloze")
            self.card_spans.append((block[0].number, block[-1].number, None))
            return
        self._add_note(
            block[0], Cloze(text), placement, {"cloze": block}, block[-1].number, has_all_cards=has_all_cards
        )

    def _split_tags(self, text: str) -> tuple[str, _Placement]:
        """The text without its leading tags, and the deck and tags of its card: leading ones and those above."""
        match = LEADING_TAGS.match(text)
        names = match[0].split() if match else []
        deck = next((self._deck_of(name) for name in names if self.tag.fullmatch(name)), self.deck)
        leading_tags = [tag for name in names if not self.tag.fullmatch(name) for tag in tag_names(name)]
        section_tags = next((names for _, names in reversed(self.headings) if names), ())
        return text[match.end() if match else 0 :], _Placement(
            deck, (*self.text_tags, *self.tags, *section_tags, *leading_tags)
        )

    def _apply_tags(self, names: Sequence[str]) -> None:
        """Sets the tags of the cards below, and their deck if one of the tags names a deck."""
        decks = [name for name in names if self.tag.fullmatch(name)]
        if decks:
            self.deck = self._deck_of(decks[0])
        other_names = [name for name in names if name not in decks[:1]]
        self.tags = tuple(tag for name in other_names for tag in tag_names(name))

    def _deck_of(self, name: str) -> DeckName:
        """The deck of a tag: ``a::b`` for ``#flashcards/a/b``, the name of the note for ``#flashcards``."""
        match = self.tag.fullmatch(name)
        below = (match["below"] or "").removeprefix("/") if match else ""
        return DeckName(deck_name("::".join(below.split("/"))) or self.collector.path.stem)


def _text_after(schedule: re.Match[str]) -> str:
    """The text behind a schedule. The plugin writes them at line ends: with text behind, it is a comment."""
    return SCHEDULE.sub("", schedule.string[schedule.end() :]).strip()
