"""``duly add``: writes a new card with its id into a deck file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.safe_text import visible
from duly.cli.shared_options import deck_paths, paths_argument, prompt_line
from duly.errors import DulyError
from duly.i18n import _, translate

if TYPE_CHECKING:
    from duly.study.authoring import Draft
    from duly.study.decks import Decks


@click.command("add")
@paths_argument
@click.option("--q", "question", metavar="TEXT", help=_("The question, or a text with {{c1::a gap}}."))
@click.option("--a", "answer", default="", metavar="TEXT", help=_("The answer."))
@click.option("--deck", default="", metavar="NAME", help=_("The deck; inbox if not given."))
@click.option(
    "--to", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help=_("The deck file, instead of the one for the deck."),
)  # fmt: skip
@click.option("--tag", "tags", multiple=True, metavar="TAG", help=_("A tag; may be given several times."))
@click.option(
    "--wrong", multiple=True, metavar="TEXT", help=_("A wrong answer to choose from; may be given several times.")
)
@click.option(
    "--image", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help=_("A picture with covered regions."),
)  # fmt: skip
@click.option(
    "--region", "regions", multiple=True, metavar="TEXT",
    help=_('A covered region of the picture: "1 rect .1 .2 .3 .15 = its label"; may be given several times.'),
)  # fmt: skip
@click.option("--hint", default="", metavar="TEXT", help=_("A hint."))
@click.option("--extra", default="", metavar="TEXT", help=_("Extra text, shown below the answer."))
@click.option("--source", default="", metavar="TEXT", help=_("Where it comes from."))
@click.option("--reverse", is_flag=True, help=_("Ask it the other way round as well."))
@click.option("--typed", is_flag=True, help=_("The learner types the answer."))
def command(
    *, paths: tuple[Path, ...], question: str | None, answer: str, deck: str, file: Path | None, tags: tuple[str, ...],
    wrong: tuple[str, ...], image: Path | None, regions: tuple[str, ...], hint: str, extra: str, source: str,
    reverse: bool, typed: bool,
) -> None:  # fmt: skip
    from duly.study.authoring import Draft
    from duly.study.decks import read_decks

    reads_decks = paths or file is None or Path("cards").is_dir()
    checked_paths = deck_paths(paths) if reads_decks else (file.parent,) if file else ()
    decks = read_decks([path for path in checked_paths if path.exists()])
    if question is not None or image is not None:
        draft = Draft(question or "", answer, tags, hint, extra, source, wrong, reverse, typed, regions=regions)
        _write(draft, decks, deck, file, image)
        return
    if not sys.stdin.isatty():
        raise click.UsageError(_("give the question with --q and the answer with --a"))
    click.echo(_("An empty line ends each text; an empty question ends the session."))
    while question_text := _prompt_text(_("Question: ")):
        draft = Draft(question_text, _prompt_text(_("Answer: ")), tags, reverse=reverse, typed=typed)
        try:
            _write(draft, decks, deck, file)
        except DulyError as error:
            click.echo(visible(translate(error.message)), err=True)
        decks = read_decks([path for path in checked_paths if path.exists()])


def _write(draft: "Draft", decks: "Decks", deck: str, file: Path | None, image: Path | None = None) -> None:
    from duly.cards import DeckName
    from duly.study.authoring import write_card

    note, target = write_card(draft, decks, DeckName(deck) if deck else None, file, image)
    click.echo(
        _("Added to {file}: {question}").format(
            file=visible(str(target)), question=visible(" ".join(note.question.split()))
        )
    )


def _prompt_text(prompt: str) -> str:
    """The lines that the user enters, up to an empty one."""
    lines: list[str] = []
    while line := prompt_line(prompt if not lines else " " * len(prompt)):
        lines.append(line)
    return "\n".join(lines)
