"""The report on an export: what is in the package, how to import it, and what is left to do in Anki."""

from collections.abc import Iterable, Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING

from duly.cards import Note, cards_of
from duly.i18n import _, counted, translate

if TYPE_CHECKING:
    from duly.anki.export_plan import ExportPlan, ExportSummary
    from duly.anki.history.removed_notes import RemovedNote
    from duly.anki.progress.to_anki import ReviewHistories
    from duly.exchange.export import ExportSource

SHOWN = 10
"""How many notes that are gone, or pairs of decks between which notes moved, are listed."""


def reworded_line(number: int) -> str:
    """The sentence on questions that were left out because they were exported in other words."""
    return counted(
        "{n} note that seems to be an old one in other words was left out, or Anki might have it twice; settle it with"
        " duly stamp, and export again.",
        "{n} notes that seem to be old ones in other words were left out, or Anki might have them twice; settle them"
        " with duly stamp, and export again.",
        number,
    )


def content_lines(exported: "ExportSummary", target: Path) -> list[str]:
    """What is in the package, and what changed since the last one."""
    return [
        _("{file}: {notes}, {cards} in {decks}; {media}").format(
            file=target,
            notes=counted("{n} note", "{n} notes", exported.notes),
            cards=counted("{n} card", "{n} cards", exported.cards),
            decks=counted("{n} deck", "{n} decks", exported.decks),
            media=counted("{n} image or sound", "{n} images and sounds", exported.media),
        ),
        _("Since the last export: {added} new, {changed} changed, {unchanged} as they were.").format(
            added=exported.added, changed=exported.changed, unchanged=exported.unchanged
        ),
    ]


def short_report(summary: "ExportSummary", source: "ExportSource") -> list[str]:
    """The report for a screen: what is in the package, what was left out, and what is left to do in Anki."""
    content = content_lines(summary, source.target)[0]
    if source.has_errors:
        content = _("{report} Cards with errors were left out.").format(report=content)
    undecided = [reworded_line(len(source.undecided))] if source.undecided else []
    return [content, *undecided, *left_to_do(summary)]


def import_lines(exported: "ExportSummary", force: bool) -> list[str]:
    """How the package is imported, and what that does."""
    lines = []
    if force:
        lines.append(_("Every note gets a new date: importing it overwrites what you changed about it in Anki."))
    lines.append(_("In Anki: File > Import, and leave “Update notes” at “If newer”."))
    if exported.added == exported.notes:  # later it is said where it matters
        lines.append(_("That never deletes a note, moves a card to another deck or changes when a card comes back."))
    return lines


def left_to_do(exported: "ExportSummary", gone: bool = False) -> list[str]:
    """What an import does not do: move cards to another deck, delete notes, remove empty cards.

    `gone`: the package was asked to hold removed notes once more, to be deleted.
    """
    lines = [*_moved(exported), *_removed(exported, gone)]
    if exported.emptied:
        lines.append(
            counted(
                "{n} card asks nothing any more; Tools > Empty Cards in Anki removes it.",
                "{n} cards ask nothing any more; Tools > Empty Cards in Anki removes them.",
                exported.emptied,
            )
        )
    return lines


def _moved(exported: "ExportSummary") -> list[str]:
    if not exported.moved:
        return []
    number = sum(move.notes for move in exported.moved)
    lines = [
        counted(
            "{n} note is in another deck now. An import moves no card; in Anki search for this, then Cards > Change"
            " Deck:",
            "{n} notes are in another deck now. An import moves no card; in Anki search for these, then Cards > Change"
            " Deck:",
            number,
        )
    ]
    for move in exported.moved[:SHOWN]:
        lines += [f"  {search}  → {move.new}" for search in move.searches]
    return lines + _more(exported.moved)


def _more(things: Sized) -> list[str]:
    return [_("  … and {n} more").format(n=len(things) - SHOWN)] if len(things) > SHOWN else []


def _shown(note: "RemovedNote") -> str:
    """What finds the note in Anki, and its question; its id where neither is known."""
    return "  ".join(filter(None, (note.search, " ".join(note.question.split())))) or note.id


def _removed(exported: "ExportSummary", gone: bool) -> list[str]:
    lines = []
    if exported.gone and not gone:
        lines.append(
            counted(
                "{n} note is here no more. A package cannot delete it; in Anki search for this and delete it, or export"
                " with --gone:",
                "{n} notes are here no more. A package cannot delete them; in Anki search for these and delete them, or"
                " export with --gone:",
                len(exported.gone),
            )
        )
        lines += [f"  {_shown(note)}" for note in exported.gone[:SHOWN]]
        lines += _more(exported.gone)
    if exported.shipped:
        lines.append(
            counted(
                "{n} removed note is in it once more. After importing, search Anki for tag:duly::deleted and delete"
                " it.",
                "{n} removed notes are in it once more. After importing, search Anki for tag:duly::deleted and delete"
                " them.",
                len(exported.shipped),
            )
        )
    if exported.shipped_before:
        lines.append(
            counted(
                "{n} removed note was already exported to be deleted and was skipped; --gone --force exports it again.",
                "{n} removed notes were already exported to be deleted and were skipped; --gone --force exports them"
                " again.",
                len(exported.shipped_before),
            )
        )
    if gone and not exported.shipped and not exported.shipped_before:
        lines.append(_("There is no removed note to bring once more."))
    return lines


def progress_lines(learned: "ReviewHistories", notes: Sequence[Note]) -> list[str]:
    """How much progress goes along with these notes, and what to know before the first import."""
    histories = [
        learned.histories[card.id] for note in notes for card in cards_of(note) if card.id in learned.histories
    ]
    if not histories:
        return [_("None of these cards has been answered yet, so there is no progress to export.")]
    begun_elsewhere = sum(history.memory_beyond_answers is not None for history in histories)
    begun_lines = [
        counted(
            "{n} card was learned elsewhere before its first answer here. What FSRS remembers of it goes along, for"
            " Anki would work out something else from the answers.",
            "{n} cards were learned elsewhere before their first answers here. What FSRS remembers of them goes along,"
            " for Anki would work out something else from the answers.",
            begun_elsewhere,
        )
    ]
    return [
        _("With the progress of {cards}: {answers}.").format(
            cards=counted("{n} card", "{n} cards", len(histories)),
            answers=counted("{n} answer", "{n} answers", sum(len(history.answers) for history in histories)),
        ),
        *(begun_lines if begun_elsewhere else []),
        _("Anki takes progress only for cards it does not have yet: tick “Import any learning progress”."),
        _("Cards that were imported without it keep what Anki knows of them; no package changes that later."),
    ]


def plan_lines(plan: "ExportPlan", target: Path, gone: bool = False) -> list[str]:
    """What an export would write, which notes are new or changed, and what an import would not do."""
    summary = plan.summary
    lines = [
        *content_lines(summary, target),
        *_notes_of(_("New:"), (row.guid for row in plan.rows if row.guid in plan.added)),
        *_notes_of(_("Changed:"), (row.guid for row in plan.rows if row.guid in plan.changed)),
        *left_to_do(summary, gone),
    ]
    return [*lines, _("Nothing was written: this is what an export would do.")]


def _notes_of(heading: str, guids: Iterable[str]) -> list[str]:
    every = list(guids)
    return [heading, *(f"  {guid}" for guid in every[:SHOWN]), *_more(every)] if every else []


def plan_as_json(plan: "ExportPlan", target: Path) -> dict[str, object]:
    """The plan for programs: every note that is new, changed, moved or gone, and how many are as they were."""
    from duly.anki.export_plan import NoteState

    summary = plan.summary
    notes = [
        {
            "id": row.note.guid,
            "deck": row.note.deck,
            "state": row.state.value,
            "moved_from": row.moved_from,
        }
        for row in plan.notes()
        if row.state is not NoteState.UNCHANGED or row.moved_from is not None
    ]
    return {
        "file": str(target),
        "notes": summary.notes,
        "cards": summary.cards,
        "decks": summary.decks,
        "media": summary.media,
        "unchanged": summary.unchanged,
        "changes": notes,
        "gone": [{"id": note.id, "search": note.search, "question": note.question} for note in summary.gone],
        "messages": [translate(sentence) for sentence in summary.messages],
    }
