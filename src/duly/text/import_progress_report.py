"""The report on an import of progress."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.anki.progress.from_revlog import LeftOutReason
    from duly.study.import_into_journal import ImportReport


def progress_lines(file: Path, report: "ImportReport") -> list[str]:
    """How much progress was imported from a file."""
    lines = [
        _("{file}: {answers} taken over, {known} already there; {cards} changed").format(
            file=file,
            answers=counted("{n} answer", "{n} answers", report.answers),
            known=report.known,
            cards=counted("{n} card", "{n} cards", report.cards),
        )
    ]
    sentences = (
        (
            report.adopted,
            counted(
                "{n} card as it stands, for no answer is known",
                "{n} cards as they stand, for no answer is known",
                report.adopted,
            ),
        ),
        (report.suspended, counted("{n} card suspended", "{n} cards suspended", report.suspended)),
        (report.resumed, counted("{n} card taken up again", "{n} cards taken up again", report.resumed)),
        (
            report.moved,
            counted(
                "{n} card due on the day that Anki has planned",
                "{n} cards due on the days that Anki has planned",
                report.moved,
            ),
        ),
    )
    lines += [f"  {line}" for number, line in sentences if number]
    if report.earlier or report.later:
        lines.append(
            _(
                "Due days are computed again from the grades: earlier than in Anki for {earlier}, later for {later}."
                " With --keep-due they stay Anki's."
            ).format(earlier=counted("{n} card", "{n} cards", report.earlier), later=report.later)
        )
    return lines


def left_out_lines(left_out: "Mapping[LeftOutReason, int]") -> list[str]:
    """What was left out of the progress, and why."""
    from duly.anki.progress.from_revlog import LeftOutReason

    unknown_cards, reset_cards, buried_cards, changes, previews, impossible = (
        left_out.get(why, 0) for why in LeftOutReason
    )
    sentences = (
        (
            unknown_cards,
            counted("{n} card that no deck file has", "{n} cards that no deck file has", unknown_cards),
        ),
        (
            reset_cards,
            counted("{n} card that is new again in Anki", "{n} cards that are new again in Anki", reset_cards),
        ),
        (
            buried_cards,
            counted("{n} card that is buried for a day", "{n} cards that are buried for a day", buried_cards),
        ),
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
    lines = [f"  {line}" for number, line in sentences if number]
    return [_("Left out:"), *lines] if lines else []
