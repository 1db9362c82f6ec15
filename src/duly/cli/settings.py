"""``duly settings``: shows the settings, or switches the scheduler, after a preview if wanted."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.safe_text import json_text
from duly.cli.shared_options import database_option, deck_paths, now, paths_option, settings, terminal_width
from duly.i18n import _
from duly.locations import settings_file
from duly.settings import RANGES, SCHEDULERS, Settings, as_toml, change_setting

if TYPE_CHECKING:
    from duly.study.scheduler_switch import SwitchPreview


@click.command("settings")
@paths_option
@database_option
@click.option("--scheduler", type=click.Choice(SCHEDULERS), help=_("Have this scheduler plan your cards."))
@click.option(
    "--retention", type=click.FloatRange(*RANGES["retention"]), metavar="SHARE",
    help=_("The share of answers that FSRS is to make right, 0.70 to 0.99."),
)  # fmt: skip
@click.option("--reschedule", is_flag=True, help=_("Move the cards to the days that come of it, at once."))
@click.option("--dry-run", is_flag=True, help=_("Show how many cards would come due when, and change nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(
    *,
    paths: tuple[Path, ...],
    db: Path | None,
    scheduler: str | None,
    retention: float | None,
    reschedule: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    if scheduler is None and retention is None:
        if dry_run or reschedule or as_json:
            raise click.UsageError(_("--reschedule, --dry-run and --json go with --scheduler or --retention"))
        click.echo(f"# {settings_file()}\n{as_toml(settings())}", nl=False)
        return
    new_settings = replace(
        settings(), scheduler=scheduler or settings().scheduler, retention=retention or settings().retention
    )
    preview, moved_cards = _switch(paths, db, new_settings, reschedule=reschedule, dry_run=dry_run)
    if as_json:
        from duly.text.switch_report import switch_as_json

        click.echo(json_text(switch_as_json(preview, is_written=not dry_run, moved_cards=moved_cards), indent=2))
        return
    _print(preview, dry_run=dry_run, moved_cards=moved_cards)


def _switch(
    paths: tuple[Path, ...], db: Path | None, new_settings: Settings, *, reschedule: bool, dry_run: bool
) -> "tuple[SwitchPreview, int]":
    """Switches the scheduler unless this is a dry run. Returns the effect, and how many cards were moved."""
    from duly.locations import journal_file
    from duly.study.collection import Collection
    from duly.study.decks import open_decks
    from duly.study.scheduler_switch import move_cards, preview_switch

    is_moving = reschedule and not dry_run
    with open_decks(deck_paths(paths), db or journal_file(), create=is_moving) as (decks, journal):
        collection = Collection(decks, journal, settings(), now)
        preview = preview_switch(collection, new_settings)
        if not dry_run:
            for name in ("scheduler", "retention"):
                if (value := getattr(new_settings, name)) != getattr(preview.before, name):
                    change_setting(settings_file(), name, value)
        move_result = move_cards(collection, preview) if is_moving else None
    return preview, len(move_result.entries) if move_result else 0


def _print(preview: "SwitchPreview", *, dry_run: bool, moved_cards: int) -> None:
    from duly.i18n import counted
    from duly.markup.terminal.styled_lines import line_text
    from duly.text.switch_report import switch_lines

    for line in switch_lines(preview, terminal_width()):
        click.echo(line_text(line))
    if dry_run:
        click.echo(_("Nothing was changed."))
    elif moved_cards:
        sentence = counted(
            "{n} card was moved; u in the quiz undoes it.",
            "{n} cards were moved; u in the quiz undoes it.",
            moved_cards,
        )
        click.echo(sentence)
    else:
        click.echo(_("It holds from now on. A card keeps its day until you answer it; --reschedule moves all at once."))
