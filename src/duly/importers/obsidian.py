"""Notes of Obsidian, as its spaced repetition plugin reads cards in them.

``front::back`` on a line, ``:::`` for both ways; lines, a line ``?`` (``??`` for both ways), lines; a paragraph with
something ``==hidden==``. A blank line ends a card, or a line ``+++`` in a file that has one. ``#flashcards/deck`` says
which deck the cards below it (or on its line) go to; the nearest heading becomes a tag.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from duly.cards import Basic, CardId, Cloze, DeckName, Kind, Note, Reversed
from duly.importers.frontmatter import FrontMatter, front_matter
from duly.importers.harvest import Harvest, text_of
from duly.importers.importer import Imported, Wishes
from duly.importers.lines import Line, Mark, read_line, read_lines
from duly.importers.names import deck as deck_name
from duly.importers.names import tag, tags
from duly.importers.obsidian_text import (
    CALLOUT,
    CLOZES,
    FLASHCARDS,
    LEADING_TAGS,
    OPENING,
    SCHEDULE,
    TAG_LINE,
    cloze,
    embeds,
    hidden,
    markdown,
)
from duly.importers.schedules import commented
from duly.importers.spans import FILLER, masked
from duly.message import message
from duly.scheduling.elsewhere import Planned

ENDINGS = (".md", ".markdown")
MULTILINE = ("?", "??")
END = "+++"
GAP = 3
"""How many lines below a card its schedule stands at most, a callout and the end of the card between them."""
TAG_GAP = re.compile(r"[,\s]+")
INLINE = re.compile(r":::?(?!:)")
SIGNS = ("highlight",)
CURLY = CLOZES["curly"]


def accepts(path: Path, text: str) -> bool:
    """Whether the plugin's tag or a schedule is there; or, in Markdown that asks nothing, one of its separators."""
    lines = read_lines(text)
    if any(FLASHCARDS.search(line.text) or SCHEDULE.search(line.text) for line in lines if not line.code):
        return True
    if any(FLASHCARDS.fullmatch(f"#{one.removeprefix('#')}") for one in front_matter(lines).values.get("tags", ())):
        return True
    if path.suffix.lower() not in ENDINGS or any(line.mark is Mark.QUESTION or line.asks for line in lines):
        return False
    return any(
        not here.code and (_pair(here.text) or (here.text.strip() in MULTILINE and not (before.blank or after.blank)))
        for before, here, after in zip(lines, lines[1:], lines[2:], strict=False)
    ) or any(not line.code and _pair(line.text) for line in lines)


def read(path: Path, text: str, wishes: Wishes = Wishes()) -> Imported:  # noqa: B008 - frozen
    """The notes of a text, and the schedules of their cards. What is in no card is reported."""
    lines = read_lines(text)
    front = front_matter(lines)
    has_end = any(line.text.strip() == END and not line.code for line in lines)
    reading = _Reading(Harvest(path), (*SIGNS, *wishes.clozes), has_end, DeckName(path.stem))
    reading.front(front)
    for line in reading.plain(lines[len(front.lines) :]):
        reading.take(line)
    reading.flush()
    planned = reading.planned(lines)
    return replace(reading.harvest.imported(), planned=planned)


def _pair(text: str) -> tuple[str, str, str] | None:
    """What stands before the first separator of a line, the separator, and what stands after it."""
    if "::" not in text:
        return None
    lead = len(text) - len(text.lstrip())
    found = [match for match in INLINE.finditer(CURLY.sub(_filled, masked(text))) if match.start() > lead]
    first = next((match for match in found if match[0] == ":::"), next(iter(found), None))
    if first is None or not text[first.end() :].strip():
        return None
    return text[: first.start()].strip(), first[0], text[first.end() :].strip()


@dataclass(frozen=True, slots=True)
class _Own:
    """The deck and the tags of one card."""

    deck: DeckName
    tags: tuple[str, ...]


def _filled(found: re.Match[str]) -> str:
    return FILLER * len(found[0])


@dataclass(slots=True)
class _Reading:
    """The lines of the card that is being read, and what holds for it: deck, tags, and the headings above."""

    harvest: Harvest
    signs: Sequence[str]
    has_end: bool
    deck: DeckName
    all_tags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    headings: list[tuple[int, str]] = field(default_factory=list)
    block: list[Line] = field(default_factory=list)
    separator: str = ""
    parted: int = 0
    scheduled: list[tuple[Line, str]] = field(default_factory=list)
    """The comments that are schedules, each with its line."""
    taken: list[tuple[int, int, Note | None]] = field(default_factory=list)
    """Where each card begins and ends, and its note: None if that was left out, or its cards are others than there."""

    def front(self, front: FrontMatter) -> None:
        """Takes deck and tags from the front matter and says what else it holds."""
        self._tagged(
            [f"#{one.removeprefix('#')}" for value in front.values.get("tags", ()) for one in TAG_GAP.split(value)]
        )
        self.all_tags, self.tags = self.tags, ()
        if front.values.keys() - {"tags"}:
            self.harvest.leave_out(front.lines, message("of the front matter only the tags were taken"))

    def plain(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The lines without comments, which are reported, and schedules, which are kept."""
        comment: list[Line] = []
        for line in lines:
            if comment or (not line.code and line.text.startswith("<!--") and not SCHEDULE.match(line.text)):
                comment.append(line)
                if "-->" in line.text:
                    self.harvest.leave_out(comment, message("this comment was left out"))
                    comment = []
            elif not line.code and (found := SCHEDULE.search(line.text)):
                self.scheduled.append((line, found[0]))
                text = SCHEDULE.sub("", line.text).rstrip()
                if text.strip("> "):
                    yield read_line(line.number, text)
            elif line.text.strip() != CALLOUT:
                yield line
        if comment:
            self.harvest.leave_out(comment, message("this comment is never closed and was left out"))

    def planned(self, lines: Sequence[Line]) -> dict[CardId, Planned]:
        """The schedule of each card that has one. Those that cannot be read, or belong to no card, are reported."""
        planned: dict[CardId, Planned] = {}
        left: list[Line] = []
        starts = [start for start, _, _ in self.taken]
        for line, comment in self.scheduled:
            at = bisect_right(starts, line.number) - 1
            _, end, note = self.taken[at] if at >= 0 else (0, 0, None)
            between = lines[end : line.number - 1] if line.number <= end + GAP else (line,)
            belongs = all(one.text.strip() in (CALLOUT, END) or (one.blank and self.has_end) for one in between)
            known = commented(note, comment) if note is not None and belongs else None
            if known is None:
                left.append(line)
            else:
                planned.update(known)
        if left:
            said = message("schedules ({count}) were left out; their cards begin as new ones", count=len(left))
            self.harvest.warn(left[0], "schedule", said)
        return planned

    def take(self, line: Line) -> None:
        """Takes the next line: into the card that is being read, as the start of another, or for those below."""
        text = line.text.strip()
        if line.code or (not text and self.has_end and self.separator):
            self.block.append(line)
        elif not text or (self.has_end and text == END):
            self.flush()
        elif self.separator in MULTILINE:
            self.block.append(line)
        elif pair := _pair(line.text):
            self.flush()
            self._inline(line, *pair)
        elif text in MULTILINE and self.block:
            self.separator, self.parted = text, len(self.block)
        elif TAG_LINE.fullmatch(line.text):
            self._tagged(line.text.split())
        else:
            if line.mark is Mark.HEADING:
                self.flush()
                self.headings = [(level, name) for level, name in self.headings if level < line.level]
                self.headings.append((line.level, tag(line.content)))
            if found := FLASHCARDS.search(line.text):
                self._tagged([found[0]])
            self.block.append(line)
            if not self.separator and hidden(masked(line.text), line.text, self.signs):
                self.separator = "cloze"

    def flush(self) -> None:
        """Ends the card that is being read; lines that are none are reported, save the heading above them."""
        block, separator = self.block, self.separator
        self.block, self.separator = [], ""
        if separator in MULTILINE:
            self._lines(block[: self.parted], block[self.parted :], separator)
        elif separator:
            self._cloze(block)
        else:
            self.harvest.leave_out([line for line in block if line.mark is not Mark.HEADING])

    def _inline(self, line: Line, front: str, separator: str, back: str) -> None:
        front, own = self._own(OPENING.sub("", front, count=1))
        self._two_sided(line, (front, back), separator == ":::", own, line.number)

    def _lines(self, front: list[Line], back: list[Line], separator: str) -> None:
        if front[0].mark is Mark.HEADING:
            if len(front) == 1:
                self.headings = self.headings[:-1]
                front = [replace(front[0], text=front[0].content)]
            else:
                front = front[1:]
        text, own = self._own(text_of(front))
        last = next((line.number for line in reversed(back) if not line.blank), front[-1].number + 1)
        self._two_sided(front[0], (text, text_of(back)), separator == "??", own, last)

    def _two_sided(self, line: Line, texts: tuple[str, str], both: bool, own: _Own, last: int) -> None:
        self._warn_of_embeds(line, *texts)
        front, back = map(markdown, texts)
        kind: Kind = Reversed(front, back) if both else Basic(front, back)
        self._add(line, kind, own, last)

    def _add(self, line: Line, kind: Kind, own: _Own, last: int, *, is_whole: bool = True) -> None:
        note = self.harvest.add(line, kind, own.deck, last=last, tags=own.tags)
        self.taken.append((line.number, last, note if is_whole else None))

    def _cloze(self, block: list[Line]) -> None:
        if block[0].mark is Mark.HEADING:
            is_hidden = hidden(masked(block[0].text), block[0].text, self.signs)
            block = [replace(block[0], text=block[0].content), *block[1:]] if is_hidden else block[1:]
        while block[-1].blank:
            block.pop()
        first, own = self._own(OPENING.sub("", block[0].text, count=1) if len(block) == 1 else block[0].text)
        block = [replace(block[0], text=first), *block[1:]]
        text, found = cloze(block, self.signs)
        is_whole = not any(one.is_overlapping for one in found)
        if not is_whole:
            said = message("which parts are hidden together was left out; each is asked for on a card of its own")
            self.harvest.warn(block[0], "overlapping", said)
        if text is None:
            said = message("what is hidden here cannot be written as a cloze, so it was left out; add it by hand")
            self.harvest.warn(block[0], "unwritable-cloze", said, last=block[-1].number)
            self.taken.append((block[0].number, block[-1].number, None))
            return
        self._warn_of_embeds(block[0], *(line.text for line in block))
        self._add(block[0], Cloze(text), own, block[-1].number, is_whole=is_whole)

    def _own(self, text: str) -> tuple[str, _Own]:
        """The text without the tags that it begins with, and its deck and tags: those, and what holds for all here."""
        found = LEADING_TAGS.match(text)
        names = found[0].split() if found else []
        deck = next((self._deck(name) for name in names if FLASHCARDS.fullmatch(name)), self.deck)
        before = [one for name in names if not FLASHCARDS.fullmatch(name) for one in tags(name)]
        section = next((name for _, name in reversed(self.headings) if name), "")
        context = (section,) if section else ()
        return text[found.end() if found else 0 :], _Own(deck, (*self.all_tags, *self.tags, *context, *before))

    def _tagged(self, names: Sequence[str]) -> None:
        """Takes tags that hold for what follows; the first that names a deck does so."""
        decks = [name for name in names if FLASHCARDS.fullmatch(name)]
        if decks:
            self.deck = self._deck(decks[0])
        rest = [name for name in names if name not in decks[:1]]
        self.tags = tuple(one for name in rest for one in tags(name))

    def _deck(self, name: str) -> DeckName:
        """``#flashcards/a/b`` is the deck ``a::b``, ``#flashcards`` alone that of the note."""
        return DeckName(deck_name("::".join(name.split("/")[1:])) or self.harvest.path.stem)

    def _warn_of_embeds(self, line: Line, *texts: str) -> None:
        for name in dict.fromkeys(name for text in texts for name in embeds(text)):
            said = message("{name} is embedded here; only its name was taken", name=name)
            self.harvest.warn(line, "embed", said)
