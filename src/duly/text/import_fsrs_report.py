"""The report on FSRS's parameters and desired retention that were imported from Anki, in words and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict

from duly.exchange.import_events import FsrsImported
from duly.i18n import _, counted

VERSIONS = {17: "FSRS-4.5", 19: "FSRS-5"}
"""The version of FSRS by its number of parameters; FSRS-6 has 21."""


def fsrs_lines(event: FsrsImported) -> Iterator[str]:
    """The parameters that were imported, their preset, and how they were changed."""
    yield _("{file}: preset {preset!r} ({cards}), desired retention {retention}").format(
        file=event.file,
        preset=event.preset,
        cards=counted("{n} card", "{n} cards", event.cards),
        retention=f"{event.retention:g}",
    )
    yield "  " + ", ".join(f"{value:.4f}" for value in event.parameters)
    if not event.values:
        yield "  " + _("It has no parameters of its own; these are the usual ones.")
    if event.values in VERSIONS:
        yield "  " + _("Filled up from the {n} parameters of {version}, as Anki does.").format(
            n=event.values, version=VERSIONS[event.values]
        )
    if event.clipped:
        names = ", ".join(f"w{number}" for number in event.clipped)
        yield "  " + _("Out of bounds, and clipped as Anki does: {names}").format(names=names)
    if event.others:
        yield "  " + _("Other presets with parameters: {names}. --preset NAME takes another.").format(
            names=", ".join(event.others)
        )
    if event.is_written:
        yield _("The parameters are in the journal and the retention in the settings; FSRS goes by them from now on.")


def fsrs_as_json(event: FsrsImported) -> dict[str, object]:
    """The same for programs."""
    return asdict(event) | {"file": str(event.file)}
