"""``duly export``: decks as a package for Anki."""

from collections.abc import Sized
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cards import NoteId
from duly.cli.common import chosen, database_option, now, paths_argument
from duly.cli.excerpt import visible
from duly.cli.problems import show
from duly.cli.progress_bar import progress_bar
from duly.cli.progress_out import closing, learned
from duly.i18n import _, counted, said
from duly.problem import Severity

if TYPE_CHECKING:
    from duly.anki.export import Exported
    from duly.deckfile.load import Loaded

ENDING = ".apkg"
SHOWN = 10
"""How many notes that are gone, or pairs of decks between which notes moved, are listed."""


@click.command("export")
@paths_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.apkg", help=_("Where to write it."))
@click.option("--progress", is_flag=True, help=_("Carry what was learned here: due days, ease and every answer."))
@click.option(
    "--force", is_flag=True, help=_("Date every note anew: Anki takes all of them, over what you changed there.")
)
@click.option(
    "--gone", is_flag=True, help=_("Ship removed notes once more, tagged duly::deleted, to be deleted in Anki.")
)
@database_option
def command(
    paths: tuple[Path, ...], output: Path | None, *, progress: bool, force: bool, gone: bool, db: Path | None
) -> None:
    from duly.anki.export import export
    from duly.anki.progress_out import NOTHING
    from duly.deckfile.load import load
    from duly.locations import cache_file, exports_file

    given = chosen(paths)
    target = output or Path(package_name(given) + ENDING)
    if target.suffix.lower() != ENDING:
        raise click.UsageError(_("{file}: the name of a package for Anki ends in .apkg").format(file=target))
    loaded = load(given, cache_file())
    failed = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    show(loaded.problems, err=True)
    loaded, undecided = _settled(loaded, given, target)
    notes = [note for note in loaded.notes if note.id not in undecided]
    if not notes and not gone:
        click.echo(_("there is no card to export; nothing was written"), err=True)
        click.get_current_context().exit(1)
    carried = learned(db) if progress else NOTHING
    exported = export(
        notes, target, exports_file(), now(), paths=given, undecided=undecided.values(), whole=not failed,
        learned=carried, force=force, gone=gone, watch=progress_bar,
    )  # fmt: skip
    for note in exported.messages:
        click.echo(visible(said(note)), err=True)
    lines = (*content_told(exported, target), *kept_in_anki(exported, gone), *_advice(exported, force))
    for line in (*lines, *(closing(carried, notes) if progress else ())):
        click.echo(visible(line))
    if failed:
        click.echo(_("Cards with errors were left out; correct them and export again."), err=True)
    if failed or undecided:
        click.get_current_context().exit(1)


def _settled(loaded: "Loaded", paths: tuple[Path, ...], target: Path) -> tuple["Loaded", dict[NoteId, NoteId]]:
    """Has it decided which questions were exported in other words: those notes would be there twice in Anki.

    Gives the decks as they are then and, of those of which it was not decided, the id they would have and the old one.
    """
    from duly.cli.reworded import exported_before, settle
    from duly.deckfile.load import load
    from duly.locations import cache_file

    found = exported_before(loaded, paths, target)
    undecided = {one.note.id: one.old.id for one in settle(found)}
    if undecided:
        click.echo(reworded_told(len(undecided)), err=True)
    return load(paths, cache_file()) if len(undecided) < len(found) else loaded, undecided


def reworded_told(number: int) -> str:
    """What is said where questions were left out that were exported in other words."""
    return counted(
        "{n} note that seems to be an old one in other words was left out, or Anki might have it twice; settle it with"
        " duly stamp, and export again.",
        "{n} notes that seem to be old ones in other words were left out, or Anki might have them twice; settle them"
        " with duly stamp, and export again.",
        number,
    )


def package_name(paths: tuple[Path, ...]) -> str:
    """The package's name where none is given: that of the only folder or file, else ``duly``."""
    only = paths[0].resolve() if len(paths) == 1 else Path()
    return (only.name if only.is_dir() else only.stem) or "duly"


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


def kept_in_anki(exported: "Exported", gone: bool = False) -> list[str]:
    """What an import leaves in Anki as it was: cards in another deck, and notes that are here no more."""
    return [*_moved(exported), *_removed(exported, gone)]


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
    from duly.cli.reworded import one_line

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
        lines += ["  ".join(("", *filter(None, (one.search, one_line(one.question))))) for one in exported.gone[:SHOWN]]
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


def _advice(exported: "Exported", force: bool) -> list[str]:
    lines = []
    if exported.emptied:
        lines.append(
            counted(
                "{n} card asks nothing any more; Tools > Empty Cards in Anki removes it.",
                "{n} cards ask nothing any more; Tools > Empty Cards in Anki removes them.",
                exported.emptied,
            )
        )
    if force:
        lines.append(_("Every note is dated anew: importing it overwrites what you changed about it in Anki."))
    lines.append(_("In Anki: File > Import, and leave “Update notes” at “If newer”."))
    if exported.added == exported.notes:  # later it is said where it matters
        lines.append(_("That never deletes a note, moves a card to another deck or changes when a card comes back."))
    return lines
