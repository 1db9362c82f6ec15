"""``duly due``: counts the cards of today."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duly.cli.shared_options import database_option, deck_paths, now, paths_argument, settings, warn_of_future_entries
from duly.i18n import _

if TYPE_CHECKING:
    from duly.deckfile.walk import Stat


@click.command("due")
@paths_argument
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@click.pass_obj
def command(words: Sequence[str] | None, paths: tuple[Path, ...], db: Path | None, as_json: bool) -> None:
    from duly.cli.due_cache import store
    from duly.locations import journal_file, settings_file
    from duly.scheduling.day import bounds, study_day
    from duly.study.clock import Clock
    from duly.study.collection import due_counts
    from duly.study.decks import open_decks

    checked_paths, database, rollover = deck_paths(paths), db or journal_file(), settings().rollover
    sources = (*map(str, checked_paths), str(database), f"{database}-wal", str(settings_file()))
    source_stats, day = _stats_or_none(sources), bounds(study_day(now(), rollover), rollover)
    with open_decks(checked_paths, database, create=False) as (decks, journal):
        counts, media_files = due_counts(decks, journal, settings(), now), decks.media
        is_warned = warn_of_future_entries(Clock(journal, now, rollover))
    answer = _sentence(counts, as_json)
    click.echo(answer)
    if words is not None and media_files is not None and not is_warned:
        media = [path for path, _ in media_files]
        media_stats = _stats_or_none(media)
        if all(size for *_, size, _ in media_stats):
            store(words, answer, day, (*sources, *media), [*source_stats, *media_stats])


def _stats_or_none(files: Sequence[str]) -> "list[Stat]":
    """The stats of files; an empty list, with which no answer is stored, if they cannot be read."""
    from duly.deckfile.walk import file_stats

    try:
        return file_stats(files)
    except OSError:
        return []


def _sentence(counts: Mapping[str, Any], as_json: bool) -> str:
    if as_json:
        from duly.cli.safe_text import json_text

        return json_text(counts)
    return _("due {due}, drill {drills}, new {new}, done today {done}").format(
        due=counts["due"], drills=counts["drill"], new=counts["new"], done=counts["done"]
    )
