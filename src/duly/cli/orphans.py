"""``duly orphans``: lists progress without a card, and moves it to one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cards import NoteId
from duly.cli.safe_text import json_text
from duly.cli.shared_options import database_option, deck_paths, paths_argument
from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.study.orphans import Orphan


@click.command("orphans")
@paths_argument
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@click.option(
    "--relink", nargs=2, metavar="OLD NEW",
    help=_("Move the progress of OLD, which is gone, to the note with the id NEW: its id becomes OLD."),
)  # fmt: skip
def command(paths: tuple[Path, ...], db: Path | None, as_json: bool, relink: tuple[str, str] | None) -> None:
    from duly.cli.ask_rewording import progress_kept_line
    from duly.cli.problems import print_problems
    from duly.locations import journal_file
    from duly.study.decks import open_decks
    from duly.study.orphans import adopt, orphans

    with open_decks(deck_paths(paths), db or journal_file(), create=False) as (decks, journal):
        orphaned_notes = orphans(decks, journal)
    if relink:
        note = adopt(decks, orphaned_notes, NoteId(relink[0]), NoteId(relink[1]))
        click.echo(progress_kept_line(note))
        return
    print_problems(decks.errors, err=True)
    if as_json:
        click.echo("[" + ",\n ".join(json_text(_row(orphan)) for orphan in orphaned_notes) + "]")
        return
    for orphan in orphaned_notes:
        _print_orphan(orphan)
    click.echo(
        counted("{n} note is gone and has progress", "{n} notes are gone and have progress", len(orphaned_notes))
    )


def _row(orphan: "Orphan") -> dict[str, object]:
    from duly.text.as_json import schedule_as_json

    snapshot = orphan.snapshot
    return {
        "id": orphan.id,
        "deck": snapshot and snapshot.deck,
        "file": snapshot and snapshot.file,
        "question": snapshot and snapshot.question,
        "answer": snapshot and snapshot.answer,
        "cards": {card.face: schedule_as_json(schedule) for card, schedule in orphan.schedules.items()},
    }


def _print_orphan(orphan: "Orphan") -> None:
    from duly.cli.safe_text import one_line

    snapshot = orphan.snapshot
    repetitions = max(schedule.repetitions or 0 for schedule in orphan.schedules.values())
    repetitions_text = counted("{n} repetition", "{n} repetitions", repetitions)
    click.echo(
        "  ".join(filter(None, (one_line(orphan.id), one_line(snapshot.deck) if snapshot else "", repetitions_text)))
    )
    text = one_line(snapshot.question) if snapshot else _("(its text was never seen)")
    click.echo(f"    {text}")
