"""The report on an import: what was read, added, brought up to date and left out, line by line, and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import assert_never

from duly.exchange.import_events import (
    AnkiFilesSkipped,
    AnkiImported,
    Candidates,
    Failure,
    FolderRead,
    FsrsImported,
    ImportEvent,
    NotesDiffer,
    NotesFiled,
    NotesUpdated,
    PassagesLeftOut,
    ProgressImported,
    SchedulesFound,
    SchedulesImported,
    TextAccount,
    TextRead,
)
from duly.i18n import _, counted, translate
from duly.problem import Problem
from duly.text.import_fsrs_report import fsrs_lines
from duly.text.import_progress_report import left_out_lines, progress_lines
from duly.text.import_text_report import account_lines, candidate_lines, left_out_by_reason
from duly.text.import_update_report import difference_text, differing_line, outcome_sentence, updated_lines

MOST_CASES = 5
"""The most cases listed of one thing that was not carried over."""


def event_lines(event: ImportEvent) -> Iterator[str]:
    """What an event says; a problem in one line with its place."""
    match event:
        case Failure(problem) | (Problem() as problem):
            yield f"{problem.place}: {translate(problem.message)}"
        case TextRead() | Candidates() | PassagesLeftOut() | TextAccount():
            yield from _reading_lines(event)
        case NotesFiled():
            yield _("{file}: {added} added, {known} already there").format(
                file=event.file, added=counted("{n} note", "{n} notes", event.added_count), known=event.known_count
            )
        case NotesDiffer():
            yield differing_line(event)
        case NotesUpdated():
            yield from updated_lines(event)
        case FolderRead() | AnkiFilesSkipped():
            yield from _folder_lines(event)
        case AnkiImported():
            yield from _anki_lines(event)
        case FsrsImported():
            yield from fsrs_lines(event)
        case ProgressImported():
            yield from progress_lines(event.file, event.progress)
            yield from left_out_lines(event.left_out_counts)
        case SchedulesFound() | SchedulesImported():
            yield _schedules_line(event)
        case unknown:
            assert_never(unknown)


def _reading_lines(event: TextRead | Candidates | PassagesLeftOut | TextAccount) -> Iterator[str]:
    match event:
        case TextRead():
            names = event.name if event.encoding == "utf-8" else _(", ").join((event.name, event.encoding.upper()))
            yield _("{file}: read as {format} ({names})").format(
                file=event.file, format=translate(event.format), names=names
            )
        case Candidates():
            yield from candidate_lines(event)
        case PassagesLeftOut(problems):
            for first_problem, others_line in left_out_by_reason(problems):
                yield f"{first_problem.place}: {translate(first_problem.message)}"
                yield from filter(None, [others_line])
        case TextAccount():
            yield from () if event.is_written else account_lines(event)


def _folder_lines(event: FolderRead | AnkiFilesSkipped) -> Iterator[str]:
    if isinstance(event, AnkiFilesSkipped):
        sentence = counted(
            "{n} package or collection of Anki was left out; import it by its own name",
            "{n} packages or collections of Anki were left out; import each by its own name",
            event.files,
        )
        yield f"  {sentence}"
        return
    yield _("{folder}: {files} with cards, {others} without").format(
        folder=event.folder,
        files=counted("{n} file", "{n} files", event.files_with_cards),
        others=counted("{n} file", "{n} files", event.files_without_cards),
    )
    if event.left_out_passages:
        sentence = counted(
            "{n} passage beside the cards was left out; it is shown when its file is imported by name",
            "{n} passages beside the cards were left out; they are shown when their file is imported by name",
            event.left_out_passages,
        )
        yield f"  {sentence}"
    if event.untagged_notes:
        sentence = counted(
            "{n} note that has no such tag was left alone; --tag names another one",
            "{n} notes that have no such tag were left alone; --tag names another one",
            event.untagged_notes,
        )
        yield f"  {sentence}"
    if event.unread_files:
        endings = ", ".join(f"{ending} ({number})" for ending, number in Counter(event.unread_files).most_common(8))
        number = sum(event.unread_files.values())
        sentence = counted("{n} file was not looked at", "{n} files were not looked at", number)
        yield f"  {sentence}: {endings}"


def _anki_lines(event: AnkiImported) -> Iterator[str]:
    for file, number in event.added_by_file.items():
        yield _("{file}: {added} added").format(file=file, added=counted("{n} note", "{n} notes", number))
    yield _("{file}: {added} taken over, {known} already there").format(
        file=event.file,
        added=counted("{n} note", "{n} notes", sum(event.added_by_file.values())),
        known=event.known_count,
    )
    for group in event.groups:
        yield f"  {outcome_sentence(group.outcome, len(group.differences))}:"
        yield from _first_cases(list(map(difference_text, group.differences)))
    if event.losses:
        yield _("Not carried over, or different from Anki:")
    for _kind, sentence, cases in event.losses:
        yield f"  {translate(sentence)}"
        yield from _first_cases(cases)
    if event.has_origins:
        yield _("What leads these notes back to Anki is kept in {file}; keep it in git with the decks.").format(
            file=".duly/anki"
        )


def _first_cases(cases: Sequence[str]) -> Iterator[str]:
    yield from (f"    {case}" for case in cases[:MOST_CASES])
    if len(cases) > MOST_CASES:
        yield _("    … and {n} more; --json names them all").format(n=len(cases) - MOST_CASES)


def _schedules_line(event: SchedulesFound | SchedulesImported) -> str:
    if isinstance(event, SchedulesFound):
        return _(
            "{file}: {schedules} not taken over; import again with --progress, and cards come back as planned there"
        ).format(file=event.file, schedules=counted("{n} schedule", "{n} schedules", event.number))
    if not event.number:
        return _("{file}: no schedule was found").format(file=event.file)
    line = (
        _("{file}: {schedules} taken over")
        if event.imported_count == event.number
        else _("{file}: {schedules} taken over; for {known} the cards were answered or taken over before")
    )
    schedules = counted("{n} schedule", "{n} schedules", event.imported_count)
    return line.format(file=event.file, schedules=schedules, known=event.number - event.imported_count)


def anki_as_json(event: AnkiImported) -> dict[str, object]:
    """What an import from Anki did, for programs."""
    return {
        "file": str(event.file),
        "added": {str(file): number for file, number in event.added_by_file.items()},
        "known": event.known_count,
        "edited": [
            {**difference.as_json(), "what": group.outcome.value}
            for group in event.groups
            for difference in group.differences
        ],
        "not_carried": [
            {"kind": kind, "message": translate(sentence), "cases": list(cases)}
            for kind, sentence, cases in event.losses
        ],
    }


def progress_as_json(event: ProgressImported) -> dict[str, object]:
    """What an import of progress did, for programs."""
    left_out = {why.value: number for why, number in event.left_out_counts.items()}
    return {"file": str(event.file), "progress": asdict(event.progress), "left_out": left_out}
