"""What is said after an export: what is in the package, how it is imported, and what is left to do in Anki then."""

from collections.abc import Sized
from pathlib import Path
from typing import TYPE_CHECKING

from duly.i18n import _, counted

if TYPE_CHECKING:
    from duly.anki.export import Exported

SHOWN = 10
"""How many notes that are gone, or pairs of decks between which notes moved, are listed."""


def reworded_told(number: int) -> str:
    """What is said where questions were left out that were exported in other words."""
    return counted(
        "{n} note that seems to be an old one in other words was left out, or Anki might have it twice; settle it with"
        " duly stamp, and export again.",
        "{n} notes that seem to be old ones in other words were left out, or Anki might have them twice; settle them"
        " with duly stamp, and export again.",
        number,
    )


def content_told(exported: "Exported", target: Path) -> list[str]:
    """What is in the package, and what changed since the last one."""
    return [
        _("{file}: {notes}, {cards} in {decks}; {media}").format(
            file=target,
            notes=counted("{n} note", "{n} notes", exported.notes),
            cards=counted("{n} card", "{n} cards", exported.cards),
            decks=counted("{n} deck", "{n} decks", exported.decks),
            media=counted("{n} image or sound", "{n} images and sounds", exported.media),
        ),
        _("Since the last export: {added} new, {changed} changed, {unchanged} as they were.").format(
            added=exported.added, changed=exported.changed, unchanged=exported.unchanged
        ),
    ]


def import_told(exported: "Exported", force: bool) -> list[str]:
    """How the package is imported, and what that does."""
    lines = []
    if force:
        lines.append(_("Every note is dated anew: importing it overwrites what you changed about it in Anki."))
    lines.append(_("In Anki: File > Import, and leave “Update notes” at “If newer”."))
    if exported.added == exported.notes:  # later it is said where it matters
        lines.append(_("That never deletes a note, moves a card to another deck or changes when a card comes back."))
    return lines


def kept_told(exported: "Exported", gone: bool = False) -> list[str]:
    """What an import leaves in Anki as it was: cards in another deck, notes that are here no more, empty cards.

    `gone` says that notes that are here no more are in the package on their way out.
    """
    lines = [*_moved(exported), *_removed(exported, gone)]
    if exported.emptied:
        lines.append(
            counted(
                "{n} card asks nothing any more; Tools > Empty Cards in Anki removes it.",
                "{n} cards ask nothing any more; Tools > Empty Cards in Anki removes them.",
                exported.emptied,
            )
        )
    return lines


def _moved(exported: "Exported") -> list[str]:
    if not exported.moved:
        return []
    number = sum(one.notes for one in exported.moved)
    lines = [
        counted(
            "{n} note is in another deck now. An import moves no card; in Anki search for this, then Cards > Change"
            " Deck:",
            "{n} notes are in another deck now. An import moves no card; in Anki search for these, then Cards > Change"
            " Deck:",
            number,
        )
    ]
    for one in exported.moved[:SHOWN]:
        lines += [f"  {search}  → {one.new}" for search in one.searches]
    return lines + _more(exported.moved)


def _more(things: Sized) -> list[str]:
    return [_("  … and {n} more").format(n=len(things) - SHOWN)] if len(things) > SHOWN else []


def _removed(exported: "Exported", gone: bool) -> list[str]:
    lines = []
    if exported.gone and not gone:
        lines.append(
            counted(
                "{n} note is here no more. A package cannot delete it; in Anki search for this and delete it, or export"
                " with --gone:",
                "{n} notes are here no more. A package cannot delete them; in Anki search for these and delete them, or"
                " export with --gone:",
                len(exported.gone),
            )
        )
        lines += [
            "  ".join(("", *filter(None, (one.search, " ".join(one.question.split())))))
            for one in exported.gone[:SHOWN]
        ]
        lines += _more(exported.gone)
    if exported.shipped:
        lines.append(
            counted(
                "{n} removed note is in it once more. After importing, search Anki for tag:duly::deleted and delete"
                " it.",
                "{n} removed notes are in it once more. After importing, search Anki for tag:duly::deleted and delete"
                " them.",
                len(exported.shipped),
            )
        )
    if exported.shipped_before:
        lines.append(
            counted(
                "{n} removed note was in an earlier package so and is left out; --gone --force brings it again.",
                "{n} removed notes were in an earlier package so and are left out; --gone --force brings them again.",
                len(exported.shipped_before),
            )
        )
    if gone and not exported.shipped and not exported.shipped_before:
        lines.append(_("There is no removed note to bring once more."))
    return lines
