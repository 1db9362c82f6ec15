"""The report on a switch of schedulers: how many cards are due when, before and after it, and as JSON."""

from typing import TYPE_CHECKING

from duly.i18n import _, counted
from duly.markup.terminal.styled_lines import Line
from duly.scheduling.fsrs import NAME as FSRS
from duly.text.charts.text_table import table
from duly.text.paragraphs import paragraph

if TYPE_CHECKING:
    from duly.settings import Settings
    from duly.study.scheduler_switch import SwitchPreview


def switch_lines(preview: "SwitchPreview", width: int) -> list[Line]:
    """A row for each period with its cards before and after, and how many cards come sooner or later."""
    heads = ("", _name(preview.before), _name(preview.after))
    rows = [
        (name, *map("{:,}".format, numbers)) for name, numbers in zip(_period_names(), preview.counts(), strict=True)
    ]
    sentence = _("Of {cards}, {earlier} would come sooner and {later} later.").format(
        cards=counted("{n} card", "{n} cards", len(preview.old_days)), earlier=preview.earlier, later=preview.later
    )
    return [*table(heads, rows, width), (), *paragraph(sentence, width)]


def _name(settings: "Settings") -> str:
    return f"{FSRS} {settings.retention:g}" if settings.scheduler == FSRS else settings.scheduler


def _period_names() -> list[str]:
    from duly.study.scheduler_switch import PERIODS

    def name(first: int, last: int | None) -> str:
        if last is None:
            return _("later")
        if first == last:
            return _("tomorrow") if first else _("today")
        return _("{first}–{last} days").format(first=first, last=last)

    return [name(first, last) for first, last in PERIODS]


def switch_as_json(preview: "SwitchPreview", *, is_written: bool, moved_cards: int) -> dict[str, object]:
    """The same for programs; `moved_cards` is how many cards were moved to the new days."""
    from duly.study.scheduler_switch import PERIODS

    return {
        "from": {"scheduler": preview.before.scheduler, "retention": preview.before.retention},
        "to": {"scheduler": preview.after.scheduler, "retention": preview.after.retention},
        "cards": len(preview.old_days),
        "earlier": preview.earlier,
        "later": preview.later,
        "due": [
            {"first": first, "last": last, "before": before, "after": after}
            for (first, last), (before, after) in zip(PERIODS, preview.counts(), strict=True)
        ],
        "is_written": is_written,
        "moved": moved_cards,
    }
