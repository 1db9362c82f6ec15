"""The part of ``duly import`` that takes over when cards come back, as texts say it; or tells that they do."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.common import now
from duly.cli.excerpt import visible
from duly.exchange.import_progress import Progress, moments
from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.cards import CardId
    from duly.scheduling.elsewhere import Planned


def tell_of_schedules(file: Path, planned: "Mapping[CardId, Planned]") -> None:
    """Says that there are schedules, if there are, and how to take them over."""
    if planned:
        found = counted("{n} schedule", "{n} schedules", len(planned))
        said = _(
            "{file}: {schedules} not taken over; import again with --progress, and cards come back as planned there"
        )
        click.echo(said.format(file=visible(str(file)), schedules=found))


def take_schedules(file: Path, planned: "Mapping[CardId, Planned]", wish: Progress) -> None:
    """Takes over the schedules of cards that have been neither answered nor taken over before, and says how many.

    Raises `DulyError` where the journal cannot be written.
    """
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.scheduling.day import milliseconds
    from duly.scheduling.elsewhere import Elsewhere
    from duly.study.taking import take

    today = moments()(milliseconds(now()))
    cards = [Elsewhere(card, stands=plan.schedule(today.day), origin=plan.origin) for card, plan in planned.items()]
    if not cards:
        click.echo(_("{file}: no schedule was found").format(file=visible(str(file))))
        return
    with Journal.open(wish.db or journal_file()) as journal:
        taken = take(journal, cards, today).adopted
    said = (
        _("{file}: {schedules} taken over")
        if taken == len(cards)
        else _("{file}: {schedules} taken over; for {known} the cards were answered or taken over before")
    )
    found = counted("{n} schedule", "{n} schedules", taken)
    click.echo(said.format(file=visible(str(file)), schedules=found, known=len(cards) - taken))
