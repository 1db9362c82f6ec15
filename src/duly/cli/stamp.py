"""``duly stamp``: writes the id of each note beside it, so that rewording a question keeps its progress."""

from pathlib import Path

import click

from duly.cards import NoteId
from duly.cli.problems import print_problems
from duly.cli.safe_text import visible
from duly.cli.shared_options import database_option, deck_paths, paths_argument
from duly.i18n import _, counted
from duly.problem import Severity


@click.command("stamp")
@paths_argument
@database_option
@click.option("--check", "check_only", is_flag=True, help=_("Write nothing; exit with 1 if a note has no id yet."))
@click.option(
    "--relink/--no-relink", default=None,
    help=_("Questions that seem reworded keep their progress, or count as new. Asks if not given."),
)  # fmt: skip
def command(paths: tuple[Path, ...], db: Path | None, check_only: bool, relink: bool | None) -> None:
    from duly.deckfile.find import deck_files
    from duly.deckfile.write.stamp import plan_stamp, stamp
    from duly.locations import journal_file

    checked_paths = deck_paths(paths)
    undecided = frozenset() if check_only else _undecided_notes(checked_paths, db or journal_file(), relink)
    total, has_failed = 0, bool(undecided)
    for deck_file in deck_files(checked_paths):
        result = (plan_stamp if check_only else stamp)(
            deck_file.file, lambda note: None if note.id in undecided else note.id
        )
        print_problems(result.problems, err=True)
        has_failed |= any(problem.severity is Severity.ERROR for problem in result.problems)
        total += result.count
        if result.count:
            notes = counted("{n} note", "{n} notes", result.count)
            sentence = _("{file}: {notes} without an id") if check_only else _("{file}: {notes} stamped")
            click.echo(sentence.format(file=visible(str(deck_file.file)), notes=notes))
    if not total and not has_failed:
        click.echo(_("nothing to stamp"))
    if has_failed or (check_only and total):
        click.get_current_context().exit(1)


def _undecided_notes(paths: tuple[Path, ...], database: Path, relink: bool | None) -> frozenset[NoteId]:
    """Asks which new questions are old ones reworded. Returns the ids of the undecided notes, which get no stamp."""
    from duly.cli.ask_rewording import settle_rewordings
    from duly.exchange.exported_rewordings import unlearned_rewordings
    from duly.study.decks import open_decks
    from duly.study.rewording import Rewording, keep_apart, update_seen_notes

    learned_rewordings: tuple[Rewording, ...] = ()
    undecided: list[Rewording] = []
    with open_decks(paths, database, create=False) as (decks, journal):
        if database.exists():
            learned_rewordings = update_seen_notes(decks, journal)
            undecided += settle_rewordings(learned_rewordings, relink, lambda rewording: keep_apart(rewording, journal))
    undecided += settle_rewordings(unlearned_rewordings(decks, paths, learned_rewordings), relink)
    return frozenset(rewording.note.id for rewording in undecided)
