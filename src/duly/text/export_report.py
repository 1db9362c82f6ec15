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

MOST_LISTED = 10
"""The most removed notes, or moves between two decks, that are listed."""


def reworded_line(number: int) -> str:
    """The sentence on notes that were left out because they may be exported notes reworded."""
    return counted(
        "{n} note that seems to be an old one in other words was left out, or Anki might have it twice; settle it with"
        " duly stamp, and export again.",
        "{n} notes that seem to be old ones in other words were left out, or Anki might have them twice; settle them"
        " with duly stamp, and export again.",
        number,
    )


def content_lines(summary: "ExportSummary", target: Path) -> list[str]:
    """What is in the package, and what changed since the last one."""
    return [
        _("{file}: {notes}, {cards} in {decks}; {media}").format(
            file=target,
            notes=counted("{n} note", "{n} notes", summary.notes),
            cards=counted("{n} card", "{n} cards", summary.cards),
            decks=counted("{n} deck", "{n} decks", summary.decks),
            media=counted("{n} image or sound", "{n} images and sounds", summary.media),
        ),
        _("Since the last export: {added} new, {changed} changed, {unchanged} as they were.").format(
            added=summary.added, changed=summary.changed, unchanged=summary.unchanged
        ),
    ]


def short_report(summary: "ExportSummary", source: "ExportSource") -> list[str]:
    """The report for a screen: what is in the package, what was left out, and what is left to do in Anki."""
    content = content_lines(summary, source.target)[0]
    if source.has_errors:
        content = _("{report} Cards with errors were left out.").format(report=content)
    undecided = [reworded_line(len(source.undecided_rewordings))] if source.undecided_rewordings else []
    return [content, *undecided, *remaining_steps(summary)]


def import_lines(summary: "ExportSummary", force: bool) -> list[str]:
    """How to import the package, and the effect of that."""
    lines = []
    if force:
        lines.append(_("Every note gets a new date: importing it overwrites what you changed about it in Anki."))
    lines.append(_("In Anki: File > Import, and leave “Update notes” at “If newer”."))
    if summary.added == summary.notes:  # the first export; later reports say it only of the notes it concerns
        lines.append(_("That never deletes a note, moves a card to another deck or changes when a card comes back."))
    return lines


def remaining_steps(summary: "ExportSummary", includes_removed: bool = False) -> list[str]:
    """The steps that an import does not do: move cards to another deck, delete notes, remove empty cards.

    `includes_removed`: the package has removed notes once more, tagged to be deleted.
    """
    lines = [*_moved_lines(summary), *_removed_lines(summary, includes_removed)]
    if summary.empty_cards:
        lines.append(
            counted(
                "{n} card asks nothing any more; Tools > Empty Cards in Anki removes it.",
                "{n} cards ask nothing any more; Tools > Empty Cards in Anki removes them.",
                summary.empty_cards,
            )
        )
    return lines


def _moved_lines(summary: "ExportSummary") -> list[str]:
    if not summary.moves:
        return []
    number = sum(move.notes for move in summary.moves)
    lines = [
        counted(
            "{n} note is in another deck now. An import moves no card; in Anki search for this, then Cards > Change"
            " Deck:",
            "{n} notes are in another deck now. An import moves no card; in Anki search for these, then Cards > Change"
            " Deck:",
            number,
        )
    ]
    for move in summary.moves[:MOST_LISTED]:
        lines += [f"  {search}  → {move.new_deck}" for search in move.searches]
    return lines + _more_line(summary.moves)


def _more_line(items: Sized) -> list[str]:
    return [_("  … and {n} more").format(n=len(items) - MOST_LISTED)] if len(items) > MOST_LISTED else []


def _removed_note_line(note: "RemovedNote") -> str:
    """The search that finds the note in Anki, and its question; its id where neither is known."""
    return "  ".join(filter(None, (note.search, " ".join(note.question.split())))) or note.id


def _removed_lines(summary: "ExportSummary", includes_removed: bool) -> list[str]:
    lines = []
    if summary.removed_notes and not includes_removed:
        lines.append(
            counted(
                "{n} note is here no more. A package cannot delete it; in Anki search for this and delete it, or export"
                " with --gone:",
                "{n} notes are here no more. A package cannot delete them; in Anki search for these and delete them, or"
                " export with --gone:",
                len(summary.removed_notes),
            )
        )
        lines += [f"  {_removed_note_line(note)}" for note in summary.removed_notes[:MOST_LISTED]]
        lines += _more_line(summary.removed_notes)
    if summary.shipped_ids:
        lines.append(
            counted(
                "{n} removed note is in it once more. After importing, search Anki for tag:duly::deleted and delete"
                " it.",
                "{n} removed notes are in it once more. After importing, search Anki for tag:duly::deleted and delete"
                " them.",
                len(summary.shipped_ids),
            )
        )
    if summary.previously_shipped_ids:
        lines.append(
            counted(
                "{n} removed note was already exported to be deleted and was skipped; --gone --force exports it again.",
                "{n} removed notes were already exported to be deleted and were skipped; --gone --force exports them"
                " again.",
                len(summary.previously_shipped_ids),
            )
        )
    if includes_removed and not summary.shipped_ids and not summary.previously_shipped_ids:
        lines.append(_("There is no removed note to bring once more."))
    return lines


def progress_lines(histories: "ReviewHistories", notes: Sequence[Note]) -> list[str]:
    """How much progress is exported with these notes, and what to know before the first import."""
    note_histories = [
        histories.by_card[card.id] for note in notes for card in cards_of(note) if card.id in histories.by_card
    ]
    if not note_histories:
        return [_("None of these cards has been answered yet, so there is no progress to export.")]
    begun_elsewhere = sum(history.memory_beyond_answers is not None for history in note_histories)
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
            cards=counted("{n} card", "{n} cards", len(note_histories)),
            answers=counted("{n} answer", "{n} answers", sum(len(history.answers) for history in note_histories)),
        ),
        *(begun_lines if begun_elsewhere else []),
        _("Anki takes progress only for cards it does not have yet: tick “Import any learning progress”."),
        _("Cards that were imported without it keep what Anki knows of them; no package changes that later."),
    ]


def plan_lines(plan: "ExportPlan", target: Path, includes_removed: bool = False) -> list[str]:
    """What an export would write, which notes are new or changed, and what an import would not do."""
    summary = plan.summary
    lines = [
        *content_lines(summary, target),
        *_notes_of(_("New:"), (row.guid for row in plan.rows if row.guid in plan.added_guids)),
        *_notes_of(_("Changed:"), (row.guid for row in plan.rows if row.guid in plan.changed_guids)),
        *remaining_steps(summary, includes_removed),
    ]
    return [*lines, _("Nothing was written: this is what an export would do.")]


def _notes_of(heading: str, guids: Iterable[str]) -> list[str]:
    listed = list(guids)
    return [heading, *(f"  {guid}" for guid in listed[:MOST_LISTED]), *_more_line(listed)] if listed else []


def plan_as_json(plan: "ExportPlan", target: Path) -> dict[str, object]:
    """The plan for programs: all new, changed, moved and removed notes, and the number of unchanged ones."""
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
        "gone": [{"id": note.id, "search": note.search, "question": note.question} for note in summary.removed_notes],
        "messages": [translate(sentence) for sentence in summary.messages],
    }
