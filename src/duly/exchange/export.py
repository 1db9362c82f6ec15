"""What ``duly export --progress`` carries, and what it says of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from duly.cards import Note, cards_of
from duly.cli.common import now, settings
from duly.collector import held_off
from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.anki.progress_out import Learned


@held_off()
def learned(db: Path | None) -> "Learned":
    """All that the journal tells, as of today."""
    from duly.anki.progress_out import Learned
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.scheduling.day import study_day
    from duly.scheduling.history import histories
    from duly.scheduling.schedulers import named

    with Journal.open(db or journal_file(), create=False) as journal:
        told = histories(journal.entries(), named)
    return Learned(told, study_day(now(), settings().rollover))


def closing(learned: "Learned", notes: Sequence[Note]) -> list[str]:
    """How much goes along, and what the learner must know before the first import."""
    found = [learned.histories[card.id] for note in notes for card in cards_of(note) if card.id in learned.histories]
    if not found:
        return [_("Nothing was learned of these cards yet, so there is no progress to carry.")]
    return [
        _("With the progress of {cards}: {answers}.").format(
            cards=counted("{n} card", "{n} cards", len(found)),
            answers=counted("{n} answer", "{n} answers", sum(len(history.answers) for history in found)),
        ),
        _("Anki takes progress only for cards it does not have yet: tick “Import any learning progress”."),
        _("Cards that were imported without it keep what Anki knows of them; no package changes that later."),
    ]
