"""A note described by keys and values, as tables and JSON have it."""

from dataclasses import dataclass, field

from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Reversed, Typed
from duly.cards.cloze import OPENING
from duly.importers.harvest import Harvest
from duly.importers.lines import LINE_END, Line


@dataclass(frozen=True, slots=True)
class Record:
    """What was said of one note. `texts` holds every key that takes a text, unless it is empty."""

    texts: dict[str, str]
    tags: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)


def take(harvest: Harvest, line: Line, record: Record, deck: DeckName, *, last: int = 0) -> None:
    """Adds the note that a record describes; a question with deletions in it is a cloze, its answer an extra."""
    kind, extra = _kind(record)
    harvest.add(
        line,
        kind,
        deck,
        last=last,
        given=record.texts.get("id", ""),
        tags=record.tags,
        hint=record.texts.get("hint", ""),
        extra=extra,
        source=record.texts.get("source", ""),
    )


def _kind(record: Record) -> tuple[Kind, str]:
    question, answer, cloze, extra = (record.texts.get(key, "") for key in ("q", "a", "cloze", "extra"))
    if not cloze and OPENING.search(question):
        question, cloze = "", question
    if cloze:
        return Cloze(cloze), "\n\n".join(text for text in (question, answer, extra) if text)
    if record.wrong:
        return Choice(question, answer, record.wrong), extra
    if "typed" in record.flags:
        return Typed(question, answer), extra
    if "reverse" in record.flags:
        return Reversed(question, answer), extra
    return Basic(question, answer), extra


def cleaned(text: str) -> str:
    """A value without white space at its ends, its line ends made the usual ones."""
    return LINE_END.sub("\n", text).strip()
