"""``duly export``: writes decks as a package for Anki."""

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.ask_rewording import ANSWERS, settle_rewordings
from duly.cli.problems import first_of_each, print_some_problems
from duly.cli.progress_bar import progress_bar
from duly.cli.safe_text import json_text, visible
from duly.cli.shared_options import database_option, deck_paths, now, paths_argument, prompt_line, settings
from duly.errors import DulyError
from duly.i18n import _, counted, translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duly.anki.progress.to_anki import ReviewHistories
    from duly.exchange.export import ExportSource
    from duly.message import Message


@click.command("export")
@paths_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.apkg", help=_("Where to write it."))
@click.option("--progress", is_flag=True, help=_("Carry what was learned here: due days, ease and every answer."))
@click.option(
    "--force", is_flag=True, help=_("Give every note a new date: Anki takes all of them, over what you changed there.")
)
@click.option("--dry-run", is_flag=True, help=_("Show what would be exported; write nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("With --dry-run: print JSON."))
@click.option(
    "--gone", is_flag=True, help=_("Ship removed notes once more, tagged duly::deleted, to be deleted in Anki.")
)
@click.option("--yes", is_flag=True, help=_("Do not ask whether to date notes that have no known export."))
@database_option
def command(
    *, paths: tuple[Path, ...], output: Path | None, progress: bool, force: bool, dry_run: bool, as_json: bool,
    gone: bool, yes: bool, db: Path | None,
) -> None:  # fmt: skip
    from duly.exchange import export
    from duly.text import export_report as report

    checked_paths = deck_paths(paths)
    target = output or export.package_name(checked_paths)
    if target.suffix.lower() != export.SUFFIX:
        raise click.UsageError(_("{file}: the name of a package for Anki ends in .apkg").format(file=target))
    if as_json and not dry_run:
        raise click.UsageError(_("--json goes with --dry-run"))
    source = _ask_about_rewordings(export.read_source(checked_paths, target), asks=not dry_run)
    _warn_of_learned_rewordings(source, db)
    if not source.notes and not gone:
        click.echo(_("there is no card to export; nothing was written"), err=True)
        click.get_current_context().exit(1)
    if not yes:
        _ask_about_dates(export.count_undated(source), asks=not dry_run)
    histories = _progress(db) if progress else None
    carried_lines = report.progress_lines(histories, source.notes) if histories else []
    if dry_run:
        plan = export.plan(source, now(), force=force, with_removed=gone, watch=progress_bar)
        _show(plan.summary.messages)
        if as_json:
            click.echo(json_text(report.plan_as_json(plan, target), indent=2))
        else:
            _print([*carried_lines, *report.plan_lines(plan, target, gone)])
    else:
        summary = export.write(
            source, now(), review_histories=histories, force=force, with_removed=gone, watch=progress_bar
        )
        _show(summary.messages)
        _print([
            *report.content_lines(summary, target), *report.import_lines(summary, force),
            *carried_lines, *report.remaining_steps(summary, gone),
        ])  # fmt: skip
    if source.has_errors:
        click.echo(_("Cards with errors were left out; correct them and export again."), err=True)
    if source.has_errors or source.undecided_rewordings:
        click.get_current_context().exit(1)


def _ask_about_rewordings(source: "ExportSource", *, asks: bool) -> "ExportSource":
    """The decks to export, without questions of which the author did not decide whether they are old ones reworded."""
    from duly.exchange.export import read_source
    from duly.text.export_report import reworded_line

    print_some_problems(source.problems, err=True)
    rewordings = source.rewordings()
    undecided = settle_rewordings(rewordings, asks=asks)
    if undecided:
        click.echo(reworded_line(len(undecided)), err=True)
    current_source = read_source(source.paths, source.target) if len(undecided) < len(rewordings) else source
    return current_source.without_rewordings(undecided)


def _warn_of_learned_rewordings(source: "ExportSource", db: Path | None) -> None:
    """Warns, like a check, of questions that were learned in other words and never exported."""
    from duly.deckfile.yaml.source import with_excerpts
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.study.decks import decks_of
    from duly.study.rewording import rewording_problem, rewordings

    undecided = {rewording.note.id for rewording in source.undecided_rewordings}
    try:
        with Journal.open(db or journal_file(), create=False) as journal:
            all_rewordings = rewordings(decks_of(source.paths, source.decks), journal)
            learned_rewordings = [rewording for rewording in all_rewordings if rewording.note.id not in undecided]
    except DulyError as error:  # an export needs no journal
        click.echo(visible(translate(error.message)), err=True)
        return
    print_some_problems(with_excerpts(map(rewording_problem, learned_rewordings)), err=True)


def _ask_about_dates(number: int, *, asks: bool) -> None:
    """Says that earlier exports are unknown; at a terminal asks whether to go on. Exits with 1 after a no."""
    if not number:
        return
    click.echo(
        counted(
            "Nothing is known of an earlier export of {n} note. It is dated now: if Anki has it already, importing"
            " overwrites what was changed about it there.",
            "Nothing is known of an earlier export of {n} notes. They are dated now: if Anki has them already,"
            " importing overwrites what was changed about them there.",
            number,
        ),
        err=True,
    )
    if asks and sys.stdin.isatty():
        answer = prompt_line(_("Export? (y yes, n no): ")) or ""
        if not ANSWERS.get(unicodedata.normalize("NFKC", answer).casefold()):
            click.get_current_context().exit(1)


def _progress(db: Path | None) -> "ReviewHistories":
    from duly.exchange.export import journal_progress
    from duly.locations import journal_file
    from duly.scheduling.day import study_day

    return journal_progress(db or journal_file(), study_day(now(), settings().rollover))


def _show(messages: "Iterable[Message]") -> None:
    """Prints messages, at most ten with the same template, and how many more there are."""
    shown_messages, hidden_counts = first_of_each(messages, lambda message: message.template)
    for message in shown_messages:
        click.echo(visible(translate(message)), err=True)
    for number in hidden_counts.values():
        click.echo(counted("… and {n} more like these", "… and {n} more like these", number), err=True)


def _print(lines: "Iterable[str]") -> None:
    for line in lines:
        click.echo(visible(line))
