"""Notes of Obsidian, as its spaced repetition plugin reads cards in them.

``front::back`` on a line, ``:::`` for both ways; lines, a line ``?`` (``??`` for both ways), lines; a paragraph with
something ``==hidden==``. A blank line ends a card, or a line ``+++`` in a file that has one. ``#flashcards/deck`` says
which deck the cards below it (or on its line) go to; the nearest heading becomes a tag. The settings of a vault may
name other signs and other tags (see `obsidian_vault`).
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
from duly.importers.importer import ImportedText, ImportOptions, Recognition, Sureness
from duly.importers.markdown_spans import mask_markup
from duly.importers.obsidian_signs import FIELD, Pair, Signs
from duly.importers.obsidian_text import (
    CALLOUT,
    LEADING_TAGS,
    LINE_SIGNS,
    SCHEDULE,
    TAG_LINE,
    cloze,
    deck_tag,
    hidden,
)
from duly.importers.tags_and_decks import deck_name, heading_tags, tag_names
from duly.importers.text_lines import Line, Mark, read_line, read_lines
from duly.message import message
from duly.scheduling.foreign_progress import ForeignSchedule

ENDINGS = (".md", ".markdown")
MULTILINE = ("?", "??")
END = "+++"
GAP = 3
"""How many lines below a card its schedule stands at most, a callout and the end of the card between them."""
BETWEEN_TAGS = re.compile(r"[,\s]+")  # the ``, `` of ``algebra, proofs``


def recognise(path: Path, text: str) -> Recognition:
    """Certain by the plugin's tag or a schedule; likely, in Markdown that asks nothing, by one of its separators."""
    lines = read_lines(text)
    tag_pattern = deck_tag(ImportOptions().tags)
    if numbers := tuple(
        line.number
        for line in lines
        if not line.is_code and (tag_pattern.search(line.text) or SCHEDULE.search(line.text))
    ):
        return Recognition(Sureness.CERTAIN, numbers)
    if has_tag(lines, tag_pattern):
        return Recognition(Sureness.CERTAIN, (1,))
    if path.suffix.lower() not in ENDINGS or any(
        line.mark is Mark.QUESTION or line.is_question_heading for line in lines
    ):
        return Recognition()
    signs = Signs(ImportOptions())
    parting = {
        here.number
        for before, here, after in zip(lines, lines[1:], lines[2:], strict=False)
        if not here.is_code and here.text.strip() in MULTILINE and not (before.is_blank or after.is_blank)
    } | {line.number for line in lines if not line.is_code and signs.pair(line.text)}
    return Recognition(Sureness.LIKELY, tuple(sorted(parting))) if parting else Recognition()


def has_tag(lines: Sequence[Line], pattern: re.Pattern[str]) -> bool:
    """Whether a note has one of the tags, in its text or its front matter."""
    in_front = front_matter(lines).values.get("tags", ())
    return any(pattern.search(line.text) for line in lines if not line.is_code) or any(
        pattern.fullmatch(f"#{name.removeprefix('#')}") for value in in_front for name in BETWEEN_TAGS.split(value)
    )


def read(path: Path, text: str, options: ImportOptions = ImportOptions()) -> ImportedText:  # noqa: B008 - frozen
    """The notes of a text, and the schedules of their cards. What is in no card is left out."""
    lines = read_lines(text)
    front = front_matter(lines)
    end = options.end_marker or END
    has_end = any(line.text.strip() == end and not line.is_code for line in lines)
    reading = _Reading(Collector(path, lines), Signs(options), end, has_end, DeckName(path.stem))
    reading.front(front)
    for line in reading.plain(lines[len(front.lines) :]):
        reading.take(line)
    reading.flush()
    schedules = reading.schedules(lines)
    return replace(reading.collector.result(), schedules=schedules)


@dataclass(frozen=True, slots=True)
class _Own:
    """The deck and the tags of one card."""

    deck: DeckName
    tags: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """The lines of the card that is being read, and what holds for it: deck, tags, and the headings above."""

    collector: Collector
    signs: Signs
    end: str
    has_end: bool
    deck: DeckName
    all_tags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    headings: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    block: list[Line] = field(default_factory=list)
    separator: str = ""
    parted: int = 0
    """How many lines of the card stand above its separator."""
    scheduled: list[tuple[Line, str]] = field(default_factory=list)
    """The comments that are schedules, each with its line."""
    card_spans: list[tuple[int, int, Note | None]] = field(default_factory=list)
    """Where each card begins and ends, and its note: None if that was left out, or its cards are others than there."""

    @property
    def tag(self) -> re.Pattern[str]:
        return deck_tag(self.signs.options.tags)

    @property
    def multiline(self) -> tuple[str, str]:
        return self.signs.options.multiline

    def front(self, front: FrontMatter) -> None:
        """Takes deck and tags from the front matter and says what else it holds."""
        self._tagged(
            [
                f"#{name.removeprefix('#')}"
                for value in front.values.get("tags", ())
                for name in BETWEEN_TAGS.split(value)
            ]
        )
        self.all_tags, self.tags = self.tags, ()
        used_lines, other_lines = front.split(("tags",))
        self.collector.claim_structure(used_lines)
        self.collector.leave_out(other_lines, message("of the front matter only the tags were taken"))

    def plain(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The lines without comments, which are reported, and schedules, which are kept."""
        comment: list[Line] = []
        for line in lines:
            if comment or (not line.is_code and line.text.startswith("<!--") and not SCHEDULE.match(line.text)):
                comment.append(line)
                if "-->" in line.text:
                    self.collector.leave_out(comment, message("this comment was left out"))
                    comment = []
            elif not line.is_code and (schedule := SCHEDULE.search(line.text)) and not _behind(schedule):
                self.scheduled.append((line, schedule[0]))
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

    def schedules(self, lines: Sequence[Line]) -> dict[CardId, ForeignSchedule]:
        """The schedule of each card that has one. Those that cannot be read, or belong to no card, are reported."""
        schedules: dict[CardId, ForeignSchedule] = {}
        left: list[Line] = []
        starts = [start for start, _, _ in self.card_spans]
        for line, comment in self.scheduled:
            at = bisect_right(starts, line.number) - 1
            _, end, note = self.card_spans[at] if at >= 0 else (0, 0, None)
            between = lines[end : line.number - 1] if line.number <= end + GAP else (line,)
            belongs = all(
                other.text.strip() in (CALLOUT, END) or (other.is_blank and self.has_end) for other in between
            )
            known = obsidian_schedules(note, comment) if note is not None and belongs else None
            if known is None:
                left.append(line)
            else:
                schedules.update(known)
                self.collector.claim_structure([line])
        sentence = message("schedules ({count}) were left out; their cards begin as new ones", count=len(left))
        self.collector.leave_out(left, sentence, "schedule", is_scattered=True)
        return schedules

    def take(self, line: Line) -> None:
        """Takes the next line: into the card that is being read, as the start of another, or for those below."""
        text = line.text.strip()
        if line.is_code or (not text and self.has_end and self.separator):
            self.block.append(line)
        elif not text or (self.has_end and text == self.end):
            self.collector.claim_structure([line])
            self.flush()
        elif self.separator in self.multiline:
            self.block.append(line)
        elif pair := self.signs.pair(line.text):
            self.flush()
            self._inline(line, pair)
        elif text in self.multiline and self.block:
            self.collector.claim_structure([line])
            self.separator, self.parted = text, len(self.block)
        elif TAG_LINE.fullmatch(line.text):
            self.collector.claim_structure([line])
            self._tagged(line.text.split())
        elif FIELD.match(line.text):
            sentence = message("this is a property of the note and no card; without the space after :: it would be one")
            self.collector.leave_out([line], sentence)
        else:
            if line.mark is Mark.HEADING:
                self.flush()
                self.headings = [(level, names) for level, names in self.headings if level < line.level]
                self.headings.append((line.level, heading_tags(self.tag.sub("", line.content))))
            if match := self.tag.search(line.text):
                self._tagged([match[0]])
            self.block.append(line)
            if not self.separator and hidden(mask_markup(line.text), line.text, self.signs.hiding):
                self.separator = "cloze"

    def flush(self) -> None:
        """Ends the card that is being read; lines that are none are left out, save the heading above them."""
        block, separator = self.block, self.separator
        self.block, self.separator = [], ""
        if separator in self.multiline:
            self._lines(block[: self.parted], block[self.parted :], separator)
        elif separator:
            self._cloze(block)
        else:
            self.collector.claim_structure(line for line in block if line.mark is Mark.HEADING)

    def _inline(self, line: Line, pair: Pair) -> None:
        front, own = self._own(LINE_SIGNS.sub("", line.text[: pair.start].strip(), count=1))
        asks, answers = replace(line, end=pair.end), replace(line, start=pair.end)
        texts = front, line.text[pair.end :].strip()
        kind: Kind = Reversed(*texts) if pair.both else Basic(*texts)
        self._add(line, kind, own, {"q": [asks], "a": [answers]}, line.number)

    def _lines(self, front: list[Line], back: list[Line], separator: str) -> None:
        field_lines = {"q": front, "a": back}
        if front[0].mark is Mark.HEADING:
            if len(front) == 1:
                self.headings = self.headings[:-1]
                front = [replace(front[0], text=front[0].content)]
            else:
                self.collector.claim_structure(front[:1])
                front = front[1:]
        text, own = self._own(text_of(front))
        last = next((line.number for line in reversed(back) if not line.is_blank), front[-1].number + 1)
        texts = text, text_of(back)
        kind: Kind = Reversed(*texts) if separator == self.multiline[-1] else Basic(*texts)
        self._add(front[0], kind, own, field_lines, last)

    def _add(
        self, line: Line, kind: Kind, own: _Own, field_lines: dict[str, list[Line]], last: int, *, is_whole: bool = True
    ) -> None:
        note = self.collector.add(line, kind, own.deck, field_lines, tags=own.tags)
        self.card_spans.append((line.number, last, note if is_whole else None))

    def _cloze(self, block: list[Line]) -> None:
        if block[0].mark is Mark.HEADING:
            is_hidden = hidden(mask_markup(block[0].text), block[0].text, self.signs.hiding)
            self.collector.claim_structure([] if is_hidden else block[:1])
            block = [replace(block[0], text=block[0].content), *block[1:]] if is_hidden else block[1:]
        while block[-1].is_blank:
            block.pop()
        first, own = self._own(LINE_SIGNS.sub("", block[0].text, count=1) if len(block) == 1 else block[0].text)
        block = [replace(block[0], text=first), *block[1:]]
        text, stretches = cloze(block, self.signs.hiding)
        is_whole = not any(stretch.is_overlapping for stretch in stretches)
        if not is_whole:
            sentence = message("which parts are hidden together was left out; each is asked for on a card of its own")
            self.collector.warn(block[0], "overlapping", sentence)
        if text is None:
            sentence = message("what is hidden here cannot be written as a cloze, so it was left out; add it by hand")
            self.collector.leave_out(block, sentence, "unwritable-cloze")
            self.card_spans.append((block[0].number, block[-1].number, None))
            return
        self._add(block[0], Cloze(text), own, {"cloze": block}, block[-1].number, is_whole=is_whole)

    def _own(self, text: str) -> tuple[str, _Own]:
        """The text without the tags that it begins with, and its deck and tags: those, and what holds for all here."""
        match = LEADING_TAGS.match(text)
        names = match[0].split() if match else []
        deck = next((self._deck(name) for name in names if self.tag.fullmatch(name)), self.deck)
        before = [tag for name in names if not self.tag.fullmatch(name) for tag in tag_names(name)]
        context = next((names for _, names in reversed(self.headings) if names), ())
        return text[match.end() if match else 0 :], _Own(deck, (*self.all_tags, *self.tags, *context, *before))

    def _tagged(self, names: Sequence[str]) -> None:
        """Takes tags that hold for what follows; the first that names a deck does so."""
        decks = [name for name in names if self.tag.fullmatch(name)]
        if decks:
            self.deck = self._deck(decks[0])
        rest = [name for name in names if name not in decks[:1]]
        self.tags = tuple(tag for name in rest for tag in tag_names(name))

    def _deck(self, name: str) -> DeckName:
        """``#flashcards/a/b`` is the deck ``a::b``, ``#flashcards`` alone that of the note."""
        match = self.tag.fullmatch(name)
        below = (match["below"] or "").removeprefix("/") if match else ""
        return DeckName(deck_name("::".join(below.split("/"))) or self.collector.path.stem)


def _behind(schedule: re.Match[str]) -> str:
    """The text behind a schedule, which the plugin writes at the end of a line: with text there, it is a comment."""
    return SCHEDULE.sub("", schedule.string[schedule.end() :]).strip()
