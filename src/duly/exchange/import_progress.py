"""The part of ``duly import`` that takes over what was learned in Anki."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duly.cli.common import chosen, database_option, now, settings, zone
from duly.cli.excerpt import visible
from duly.cli.json_text import json_text
from duly.cli.problems import show
from duly.cli.progress_bar import progress_bar
from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.anki.progress_in import Read
    from duly.scheduling.entries import Moment
    from duly.study.taking import Taken


@dataclass(frozen=True, slots=True)
class Progress:
    """Which cards progress is wanted for, in which database, and whether Anki's due days are kept."""

    paths: tuple[Path, ...]
    db: Path | None
    keep_due: bool


def progress_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--progress`` and what belongs to it, given to the command as one `Progress`, or None where it is not asked."""

    @click.option(
        "--progress", is_flag=True,
        help=_("Take over what was learned, once: answers in Anki, schedules in notes of Obsidian and GoCard."),
    )  # fmt: skip
    @click.option(
        "--in", "paths", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
        help=_("Deck files whose cards progress is taken over for; ./cards if none is given."),
    )  # fmt: skip
    @database_option
    @click.option("--keep-due", is_flag=True, help=_("Let cards come back on the days that Anki has planned."))
    @wraps(command)
    def with_progress(progress: bool, paths: tuple[Path, ...], db: Path | None, keep_due: bool, **others: Any) -> Any:
        if not progress and (paths or db or keep_due):
            raise click.UsageError(_("--in, --db and --keep-due go with --progress"))
        return command(progress=Progress(paths, db, keep_due) if progress else None, **others)

    return with_progress


def check_progress(files: Sequence[Path], wish: Progress, folder: Path | None) -> None:
    """Finds out before anything is written what would keep progress from being taken over.

    `folder` is where the notes go first, if they do. Raises click's usage error, or `DulyError` where the journal or
    the clock cannot be read.
    """
    from duly.anki.incoming.reader import is_from_anki
    from duly.journal import Journal
    from duly.locations import journal_file

    if others := tuple(path for path in wish.paths if path != folder):
        chosen(others)
    elif folder is None:
        chosen(())
    for file in files:
        if not is_from_anki(file) and (folder is None or wish.paths):
            said = _("{file} is no file of Anki; --progress goes with a text if --to is given, and --in is not")
            raise click.UsageError(said.format(file=visible(str(file))))
    now()
    with Journal.open(wish.db or journal_file(), create=False):
        pass


def import_progress(file: Path, wish: Progress, folder: Path | None, *, as_json: bool = False) -> None:
    """Takes over the progress in one package or collection and says what it did. Raises `DulyError`.

    Where no paths are given, the cards are those in `folder`, into which the notes were imported.
    """
    from duly.anki.homes import in_anki
    from duly.anki.incoming.reader import opened
    from duly.anki.progress_in import read_progress
    from duly.anki.progress_time import Calendar
    from duly.locations import journal_file
    from duly.scheduling.day import milliseconds
    from duly.study.collection import open_collection
    from duly.study.taking import take

    paths = chosen(wish.paths or ((folder,) if folder is not None else ()))
    moment = moments()
    today = moment(milliseconds(now()))
    with opened(file) as anki, open_collection(paths, wish.db or journal_file()) as collection:
        show(collection.decks.errors, err=True)
        cards = [card.id for card in collection.decks.cards]
        there = in_anki(collection.decks.cards)
        read = read_progress(anki, cards, Calendar(moment, today), settings().scheduler, there)
        taken = take(collection.journal, read.cards, today, keep_due=wish.keep_due, watch=progress_bar)
    click.echo(_as_json(file, taken, read) if as_json else "\n".join((*_taken(file, taken), *_left_out(read))))


def moments() -> "Callable[[int], Moment]":
    """Tells what a millisecond since 1970 is on the learner's clock and calendar."""
    from duly.scheduling.day import offset_minutes, study_day
    from duly.scheduling.entries import Moment

    place, rollover, epoch = zone(), settings().rollover, datetime(1970, 1, 1, tzinfo=UTC)

    def moment(instant: int) -> Moment:
        wall = (epoch + timedelta(milliseconds=instant)).astimezone(place)
        return Moment(instant, study_day(wall, rollover), offset_minutes(wall))

    return moment


def _as_json(file: Path, taken: "Taken", read: "Read") -> str:
    """One object, in ASCII, so that no terminal acts on the file's name."""
    left_out = {why.value: number for why, number in read.left_out.items()}
    return json_text({"file": str(file), "progress": asdict(taken), "left_out": left_out})


def _taken(file: Path, taken: "Taken") -> list[str]:
    found = [
        _("{file}: {answers} taken over, {known} already there; {cards} changed").format(
            file=visible(str(file)),
            answers=counted("{n} answer", "{n} answers", taken.answers),
            known=taken.known,
            cards=counted("{n} card", "{n} cards", taken.cards),
        )
    ]
    said = (
        (
            taken.adopted,
            counted(
                "{n} card as it stands, for no answer is known",
                "{n} cards as they stand, for no answer is known",
                taken.adopted,
            ),
        ),
        (taken.suspended, counted("{n} card suspended", "{n} cards suspended", taken.suspended)),
        (taken.resumed, counted("{n} card taken up again", "{n} cards taken up again", taken.resumed)),
        (
            taken.moved,
            counted(
                "{n} card due on the day that Anki has planned",
                "{n} cards due on the days that Anki has planned",
                taken.moved,
            ),
        ),
    )
    found += [f"  {line}" for number, line in said if number]
    if taken.earlier or taken.later:
        found.append(
            _(
                "Due days are worked out anew from the grades: earlier than in Anki for {earlier}, later for {later}."
                " With --keep-due they stay Anki's."
            ).format(earlier=counted("{n} card", "{n} cards", taken.earlier), later=taken.later)
        )
    return found


def _left_out(read: "Read") -> list[str]:
    from duly.anki.progress_log import LeftOut

    strange, forgotten, buried, changes, previews, impossible = (read.left_out.get(why, 0) for why in LeftOut)
    said = (
        (
            strange,
            counted("{n} card that no deck file has", "{n} cards that no deck file has", strange),
        ),
        (forgotten, counted("{n} card that is new again in Anki", "{n} cards that are new again in Anki", forgotten)),
        (buried, counted("{n} card that is buried for a day", "{n} cards that are buried for a day", buried)),
        (changes, counted("{n} change of a due day or an interval", "{n} changes of due days or intervals", changes)),
        (previews, counted("{n} preview in a filtered deck", "{n} previews in filtered decks", previews)),
        (
            impossible,
            counted(
                "{n} answer from the future, or with no button that Anki has",
                "{n} answers from the future, or with no button that Anki has",
                impossible,
            ),
        ),
    )
    lines = [f"  {line}" for number, line in said if number]
    return [_("Left out:"), *lines] if lines else []
