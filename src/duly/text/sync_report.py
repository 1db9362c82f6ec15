"""The report on a sync: what was received and sent, and what waits for a decision."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from duly.i18n import _, counted, translate

if TYPE_CHECKING:
    from duly.sync.merge_journal_files import MergeReport
    from duly.sync.shared_folder import FolderReport
    from duly.sync.sync_all_targets import SyncResult
    from duly.sync.sync_with_anki import SyncReport


def merge_lines(report: "MergeReport") -> list[str]:
    """The entries taken over from other journals, and those left out."""
    lines = [counted("{n} entry taken over.", "{n} entries taken over.", report.added)]
    lines += [
        _("{file}: its last line is not complete; it is read at the next sync.").format(file=file)
        for file in report.unfinished_files
    ]
    if report.waiting:
        lines.append(
            counted(
                "{n} entry takes back one that is not here yet; it waits.",
                "{n} entries take back ones that are not here yet; they wait.",
                report.waiting,
            )
        )
    return lines + left_out_lines(report.unreadable, report.unknown)


def left_out_lines(unreadable_entries: int, unknown_entries: Sequence[str]) -> list[str]:
    """How many entries of a journal could not be read, and those that this version does not understand."""
    lines = []
    if unreadable_entries:
        lines.append(counted("{n} entry cannot be read.", "{n} entries cannot be read.", unreadable_entries))
    if unknown_entries:
        lines.append(
            counted(
                "{n} entry says what duly does not know, and was left out:",
                "{n} entries say what duly does not know, and were left out:",
                len(unknown_entries),
            )
        )
    return lines + [f"  {row}" for row in unknown_entries]


def folder_lines(report: "FolderReport") -> list[str]:
    """What was written to the shared folder, and taken over from it."""
    written_sentence = counted("{n} entry written.", "{n} entries written.", report.written_entries)
    first, *other_lines = merge_lines(report.merge_report)
    return [f"{report.folder}: {first} {written_sentence}", *other_lines]


def sync_summary(result: "SyncResult") -> str:
    """The result of a sync, in one line."""
    if result.anki is None:
        return folder_lines(result.folder)[0] if result.folder else ""
    notes = result.anki.notes
    summary = _("Synced: {came} in, {notes} and {went} out.").format(
        came=counted("{n} answer", "{n} answers", result.anki.import_report.answers),
        notes=counted("{n} note", "{n} notes", len(notes.added_notes) + len(notes.changes)),
        went=counted("{n} answer", "{n} answers", len(result.anki.cards.answers)),
    )
    return summary + " " + _("Something waits for you; duly sync shows it.") if result.anki.waits else summary


def anki_lines(report: "SyncReport", *, is_done: bool) -> list[str]:
    """What was received from Anki and sent to it, and what waits; without `is_done`, what a sync would do."""
    notes, import_report = report.notes, report.import_report
    lines = [
        _("From Anki: {answers}, {cards} changed.").format(
            answers=counted("{n} answer", "{n} answers", import_report.answers),
            cards=counted("{n} card", "{n} cards", import_report.cards),
        ),
        _("To Anki: {notes} new, {changed} changed, {answers}, {cards} set.").format(
            notes=counted("{n} note", "{n} notes", len(notes.added_notes)),
            changed=len(notes.changes),
            answers=counted("{n} answer", "{n} answers", len(report.cards.answers)),
            cards=counted("{n} card", "{n} cards", len(report.cards.cards)),
        ),
    ]
    if notes.designs:
        lines.append(
            counted(
                "{n} note type looks as in this version of duly.",
                "{n} note types look as in this version of duly.",
                len(notes.designs),
            )
        )
    if not is_done:
        lines.append(_("Nothing was changed yet."))
    lines += [translate(sentence) for sentence in report.messages]
    waiting_notes = (
        (
            _("Edited in Anki; --update writes it into the deck files:"),
            [_fields_line(guid, fields) for guid, fields in notes.edited_fields.items()],
        ),
        (
            _("Different here and in Anki, and left as they are on both sides:"),
            [_fields_line(guid, fields) for guid, fields in notes.undecided_fields.items()],
        ),
        (_("Deleted in Anki, and not added again; --restore adds them:"), notes.deleted_guids),
        (_("No longer in the deck files; --delete deletes them in Anki:"), notes.removed_guids),
    )
    for heading, guids in waiting_notes:
        if guids:
            lines += [heading, *(f"  {guid}" for guid in guids)]
    if notes.empty_cards:
        lines.append(
            counted(
                "{n} card in Anki asks for what its note has no more; --delete deletes it.",
                "{n} cards in Anki ask for what their notes have no more; --delete deletes them.",
                len(notes.empty_cards),
            )
        )
    return lines


def update_lines(result: "SyncResult") -> list[str]:
    """The notes whose edits in Anki were written into the deck files, and why others were not."""
    lines = [_("Written into the deck files as it is in Anki:")] if result.updated_notes else []
    lines += [f"  {note}" for note in result.updated_notes]
    return lines + [f"{problem.place}: {translate(problem.message)}" for problem in result.problems]


def anki_as_json(report: "SyncReport", updated_notes: Sequence[str] = ()) -> dict[str, Any]:
    """The same for programs: how much was received and sent, and the guids of notes that wait.

    `updated_notes` are the ids of notes whose edits in Anki were written into the deck files.
    """
    notes, import_report = report.notes, report.import_report
    return {
        "taken": {
            "answers": import_report.answers,
            "cards": import_report.cards,
            "suspended": import_report.suspended,
            "resumed": import_report.resumed,
            "buried": import_report.buried,
            "stars": import_report.stars,
            "updated": list(updated_notes),
        },
        "given": {
            "added": [row.guid for row in notes.added_notes],
            "changed": len(notes.changes),
            "note_types": len(notes.designs),
            "moved": sum(map(len, notes.moves.values())),
            "answers": len(report.cards.answers),
            "cards": len(report.cards.cards),
            "flags": len(report.cards.flags),
        },
        "waiting": {
            "edited": {guid: list(fields) for guid, fields in notes.edited_fields.items()},
            "undecided": {guid: list(fields) for guid, fields in notes.undecided_fields.items()},
            "deleted": notes.deleted_guids,
            "gone": notes.removed_guids,
            "empty_cards": len(notes.empty_cards),
            "messages": [str(sentence) for sentence in report.messages],
        },
    }


def _fields_line(guid: str, fields: Sequence[str]) -> str:
    return f"{guid}: {', '.join(fields)}"
