"""The report on an imported text: what each line became, what was left out, and the formats it may be of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from duly.exchange.import_events import Candidates, TextAccount
from duly.i18n import _, counted, translate
from duly.problem import Problem

if TYPE_CHECKING:
    from duly.cards import NoteId
    from duly.importers.line_account import Reason, Use

MOST_LISTED = 10
"""How many passages that were left out are named, and how many lines of one reason."""

LONGEST_TEXT = 60
"""How many characters of a text are shown in one line."""


def candidate_lines(event: Candidates) -> Iterator[str]:
    """The formats a text may have: the option that chooses one, the lines that show it, and the first card."""
    yield _("{file} may be read as").format(file=event.file)
    for candidate in event.formats:
        lines = ", ".join(map(str, candidate.lines[:5])) + (" …" if len(candidate.lines) > 5 else "")
        card = " → ".join(map(_short, candidate.card)) or _("no card")
        yield _("  --format {name}: {format}, by lines {lines}: {card}").format(
            name=candidate.name, format=translate(candidate.format), lines=lines, card=card
        )


def account_lines(event: TextAccount) -> Iterator[str]:
    """Each line of a text with the card it belongs to, or the reason why it belongs to none."""
    imported = event.imported
    numbers = {note.id: number for number, note in enumerate(imported.notes, 1)}
    for line, text, use in imported.account.rows():
        label, why = _label(use, numbers)
        yield f"{line.number:6}  {label:10}  {_short(text)}{why}"
    yield _("{notes}, {left}; nothing was written").format(
        notes=counted("{n} note", "{n} notes", len(imported.notes)),
        left=counted("{n} passage left out", "{n} passages left out", len(imported.left_out)),
    )


def left_out_by_reason(problems: Sequence[Problem]) -> Iterator[tuple[Problem, str]]:
    """The first passage of each reason why something was left out, and a line about the others; at most ten reasons."""
    reasons: dict[str, list[Problem]] = {}
    for problem in problems:
        reasons.setdefault(_reason(problem), []).append(problem)
    for first_problem, *later_problems in list(reasons.values())[:MOST_LISTED]:
        lines = ", ".join(str(passage.place.line) for passage in later_problems[:MOST_LISTED]) + (
            " …" if len(later_problems) > MOST_LISTED else ""
        )
        more = counted("so was {n} more passage, in line", "so were {n} more passages, in lines", len(later_problems))
        yield first_problem, f"  {more} {lines}" if later_problems else ""


def left_out_sentence(number: int) -> str:
    """How much was left out, and how to see all of it."""
    return counted(
        "{n} passage was left out; --verbose shows it with its place",
        "{n} passages were left out; --verbose shows each with its place",
        number,
    )


def account_as_json(event: TextAccount) -> dict[str, object]:
    """The notes of a text and all that was left out of it, for programs."""
    left_out = [
        {
            "line": passage.place.line,
            "last": passage.message.values.get("last", passage.place.line),
            "column": passage.place.column,
            "kind": passage.kind,
            "message": _reason(passage),
        }
        for passage in event.imported.left_out
    ]
    notes = [{"id": note.id, "line": note.place.line if note.place else 0} for note in event.imported.notes]
    return {"file": str(event.file), "format": event.name, "notes": notes, "left_out": left_out}


def _label(use: "Use | Reason", numbers: "Mapping[NoteId, int]") -> tuple[str, str]:
    from duly.importers.line_account import STRUCTURE, Use

    if not isinstance(use, Use):
        return _("left out"), f"  [{translate(use.message)}]"
    if use.key == STRUCTURE or use.note is None:
        return "-", ""
    return f"{numbers[use.note]} {use.key}", ""


def _reason(problem: Problem) -> str:
    """The reason why a passage was left out, without its last line."""
    return translate(problem.message.values.get("problem", problem.message))  # type: ignore[arg-type]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"
