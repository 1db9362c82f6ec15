"""``duly check``: shows all problems of a collection."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.problems import print_problems, problem_for_github, problems_as_json
from duly.cli.safe_text import visible
from duly.cli.shared_options import database_option, deck_paths, paths_argument
from duly.errors import DulyError
from duly.i18n import _, counted, translate
from duly.problem import Severity

if TYPE_CHECKING:
    from duly.study.decks import Decks
    from duly.study.rewording import Rewording

FORMATS = ("text", "json", "github")


@click.command("check")
@paths_argument
@database_option
@click.option(
    "--format", "output_format", type=click.Choice(FORMATS), default="text", help=_("How problems are shown.")
)
@click.option("--advice", is_flag=True, help=_("Also suggest how to make cards easier to learn, with sources."))
@click.option("--json", "output_format", flag_value="json", help=_("The same as --format json."))
def command(paths: tuple[Path, ...], db: Path | None, output_format: str, advice: bool) -> None:
    from duly.deckfile.yaml.source import with_excerpts
    from duly.locations import journal_file
    from duly.study.collection_advice import advice_as_problem, advice_on
    from duly.study.decks import open_decks
    from duly.study.rewording import rewording_problem, rewordings

    with open_decks(deck_paths(paths), db or journal_file(), create=False) as (decks, journal):
        learned_rewordings = rewordings(decks, journal)
        rewording_problems = map(
            rewording_problem, (*learned_rewordings, *_exported_rewordings(decks, learned_rewordings))
        )
        all_advice = tuple(advice_on(decks, journal)) if advice else ()
        problems = sorted(
            (*decks.problems, *rewording_problems, *map(advice_as_problem, all_advice)),
            key=lambda problem: problem.place,
        )
    cards = len(decks.cards)
    match output_format:
        case "json":
            click.echo(problems_as_json(problems, len(decks.notes), cards))
        case "github":
            for problem in problems:
                click.echo(problem_for_github(problem))
        case _:
            print_problems(with_excerpts(problems))
            click.echo(_summary([problem.severity for problem in problems], len(decks.notes), cards, len(decks.files)))
            for work in dict.fromkeys(str(advice.work) for advice in all_advice):
                click.echo(f"  {work}")
    if any(problem.severity is Severity.ERROR for problem in problems):
        click.get_current_context().exit(1)


def _exported_rewordings(decks: "Decks", learned_rewordings: "Sequence[Rewording]") -> "list[Rewording]":
    """The reworded questions that were exported but never learned; if they cannot be found, prints why."""
    from duly.exchange.exported_rewordings import unlearned_rewordings

    try:
        return unlearned_rewordings(decks, decks.paths, learned_rewordings)
    except DulyError as error:
        click.echo(visible(translate(error.message)), err=True)
        return []


def _summary(severities: list[Severity], notes: int, cards: int, files: int) -> str:
    return _("{notes}, {cards} in {files}: {errors}, {warnings}").format(
        notes=counted("{n} note", "{n} notes", notes),
        cards=counted("{n} card", "{n} cards", cards),
        files=counted("{n} file", "{n} files", files),
        errors=counted("{n} error", "{n} errors", severities.count(Severity.ERROR)),
        warnings=counted("{n} warning", "{n} warnings", severities.count(Severity.WARNING)),
    )
