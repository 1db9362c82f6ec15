"""``duly quiz``: asks the cards of today, on a terminal screen or line by line."""

import codecs
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.completion import complete_decks, complete_tags
from duly.cli.safe_text import visible
from duly.cli.shared_options import database_option, deck_paths, now, paths_argument, settings, zone
from duly.errors import DulyError
from duly.i18n import _, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duly.cards import Card
    from duly.journal import Journal
    from duly.study.collection import Collection
    from duly.study.scope import Scope
    from duly.study.session import Session
    from duly.work_progress import Watch


class Days(click.IntRange):
    """A number of days from today, up to a hundred years."""

    name = _("whole number")


@click.command("quiz")
@paths_argument
@database_option
@click.option("--plain", is_flag=True, help=_("Line by line, without a screen; also used if input is not a terminal."))
@click.option(
    "--deck", default="", metavar="NAME", shell_complete=complete_decks, help=_("Only this deck and those within it.")
)
@click.option("--tag", multiple=True, metavar="TAG", shell_complete=complete_tags, help=_("Only cards with this tag."))
@click.option("--query", default="", help=_("Only cards that match: words, deck:, tag:, is:, prop:, -not."))
@click.option("--ahead", type=Days(0, 36_500), default=0, metavar="DAYS", help=_(
    "Reviews that come due within DAYS days, instead of what is due today."
))  # fmt: skip
@click.option("--cram", is_flag=True, help=_("Practise all these cards; nothing is written down."))
def command(
    *, paths: tuple[Path, ...], db: Path | None, plain: bool, deck: str, tag: tuple[str, ...], query: str, ahead: int,
    cram: bool,
) -> None:  # fmt: skip
    from duly.locations import journal_file
    from duly.study.collection import Collection
    from duly.study.decks import open_decks

    has_screen = not plain and _can_draw()
    paths = paths or _nearest_paths()
    with open_decks(_paths_or_default(paths) if has_screen else deck_paths(paths), db or journal_file()) as (
        decks,
        journal,
    ):
        gc.freeze()  # the notes live to the end, so garbage collections need not visit them
        _sync_with_folder(journal)
        collection = Collection(decks, journal, settings(), now)
        _back_up(collection)
        scope = _scope(deck, tag, query, ahead, collection.decks.cards)
        collection.cards(scope)  # reports an invalid query before anything else

        def sync(watch: "Watch") -> str:
            return _sync(collection, watch)

        def begin() -> "Session":
            return collection.practice(scope) if cram else collection.session(scope)

        if not has_screen:
            from duly.cli.line_quiz import quiz

            _sync_automatically(collection)
            quiz(collection, begin)
            _sync_with_folder(journal)
            _sync_automatically(collection)
            return
        # In some terminals, the key protocol that Textual enables by default loses Chinese input.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
        from duly.study.scope import EVERYTHING
        from duly.text.day_notices import day_summary
        from duly.tui.app import DulyApp

        is_scoped = cram or scope != EVERYTHING
        app = DulyApp(collection, sync=sync, begin=begin if is_scoped else None, colour=not os.environ.get("NO_COLOR"))
        app.run()
        if not app.return_code and collection.decks.cards:
            click.echo(day_summary(collection.session().progress, collection.home_forecast()))
        _sync_with_folder(journal)
        _sync_automatically(collection)
        sys.exit(app.return_code)


def _nearest_paths() -> tuple[Path, ...]:
    """The nearest decks in or above the working folder, if any; as relative paths if they are within it."""
    from duly.deckfile.find import nearest_decks

    working_folder = Path.cwd()
    try:
        decks = nearest_decks(working_folder, Path.home().resolve())
    except (OSError, RuntimeError):  # no home folder, or a folder that cannot be listed
        return ()
    return tuple(path.relative_to(working_folder) if path.is_relative_to(working_folder) else path for path in decks)


def _paths_or_default(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths of the command line, or ``./cards``, which need not exist: the screen shows how to begin."""
    return deck_paths(paths) if paths else (Path("cards"),)


def _sync_with_folder(journal: "Journal") -> None:
    """Syncs the journal with the shared folder in the settings, if any. An error does not stop the quiz."""
    if not (folder := settings().sync.folder):
        return
    from duly.locations import expand_home
    from duly.sync.shared_folder import sync_folder

    try:
        sync_folder(journal, expand_home(folder))
    except DulyError as error:
        click.echo(visible(_("not synced: {problem}").format(problem=translate(error.message))), err=True)


def _sync(collection: "Collection", watch: "Watch") -> str:
    """Syncs with all targets in the settings, in any thread, and returns a summary. Raises `DulyError`."""
    from duly.journal import Journal
    from duly.sync.sync_all_targets import SyncTask, sync_without_asking
    from duly.text.sync_report import sync_summary

    with Journal.open(collection.journal.file) as journal:
        task = SyncTask(tuple(collection.decks.paths), journal, collection.settings, now(), zone(), watch=watch)
        return sync_summary(sync_without_asking(task))


def _sync_automatically(collection: "Collection") -> None:
    """Syncs if the settings ask for it. An error does not stop the quiz."""
    if not collection.settings.sync.automatic:
        return
    from duly.cli.progress_bar import progress_bar

    try:
        click.echo(visible(_sync(collection, progress_bar)))
    except DulyError as error:
        click.echo(visible(_("not synced: {problem}").format(problem=translate(error.message))), err=True)


def _back_up(collection: "Collection") -> None:
    """Makes the daily backup. An error does not stop the quiz."""
    from duly.scheduling.day import calendar_date, study_day

    today = study_day(now(), collection.settings.rollover)
    try:
        collection.journal.back_up_daily(calendar_date(today))
    except (DulyError, OSError) as error:
        problem = translate(error.message) if isinstance(error, DulyError) else str(error)
        click.echo(visible(_("no backup was made today: {problem}").format(problem=problem)), err=True)


def _scope(deck: str, tags: tuple[str, ...], query: str, ahead: int, cards: "Sequence[Card]") -> "Scope":
    """The scope of the session. Raises `DulyError` if there is no such deck or tag."""
    from duly.study.scope import Scope, find_deck, find_tag

    terms = [*(f'tag:"{find_tag(tag, cards)}"' for tag in tags), *([query] if query else [])]
    return Scope(find_deck(deck, cards) if deck else None, " ".join(terms), ahead)


def _can_draw() -> bool:
    """Whether the terminal can show a screen; prints a message if only its encoding prevents that.

    Textual reads from standard input, measures standard output and draws on standard error.
    """
    is_terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if not is_terminal or os.environ.get("TERM") == "dumb":
        return False
    encoding = codecs.lookup(sys.stdout.encoding or "ascii").name
    if encoding != "utf-8":
        words = _("This terminal takes {encoding}, not UTF-8, so duly asks line by line. LANG=C.UTF-8 may help.")
        click.echo(words.format(encoding=encoding), err=True)
        return False
    return True
