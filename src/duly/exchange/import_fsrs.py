"""Imports the FSRS parameters and the desired retention of a preset from Anki."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from duly.errors import DulyError
from duly.exchange.import_events import FsrsImported, ImportEvent
from duly.message import message
from duly.scheduling.fsrs import DEFAULT_PARAMETERS, bounded_parameters, filled_parameters
from duly.scheduling.journal_entries import Moment
from duly.settings import RANGES, change_setting

if TYPE_CHECKING:
    from duly.anki.raw_rows import RawPreset
    from duly.anki.read.open_anki import RawCollection


@dataclass(frozen=True, slots=True)
class FsrsOptions:
    """The files for parameters and retention, the time, and the preset, "" for the one with the most cards."""

    database: Path
    settings: Path
    now: Moment
    preset: str = ""
    dry_run: bool = False


def import_fsrs(file: Path, options: FsrsOptions) -> Iterator[ImportEvent]:
    """Imports the parameters and the desired retention of a package or collection. Raises `DulyError`.

    Parameters of older versions are extended, and those out of bounds are clipped, as in Anki.
    """
    from duly.anki.read.open_anki import open_anki

    with open_anki(file) as anki:
        cards = _cards_by_preset(anki)
        preset = _choose_preset(file, anki, cards, options.preset)
        other_presets = sorted(
            other_preset.name
            for other_preset in anki.presets.values()
            if other_preset.parameters and other_preset.id != preset.id
        )
    try:
        all_parameters = filled_parameters(preset.parameters) if preset.parameters else DEFAULT_PARAMETERS
    except ValueError as error:
        raise DulyError(
            message("{file}: the preset {name!r} has parameters that FSRS cannot have", file=file, name=preset.name)
        ) from error
    parameters = bounded_parameters(all_parameters)
    least, greatest = RANGES["retention"]
    retention = min(max(round(preset.retention, 6), least), greatest)
    clipped = tuple(
        number for number, pair in enumerate(zip(all_parameters, parameters, strict=True)) if pair[0] != pair[1]
    )
    if not options.dry_run:
        _write(options, parameters, retention)
    yield FsrsImported(
        file, preset.name, cards[preset.id], len(preset.parameters), parameters, clipped, retention,
        others=other_presets, is_written=not options.dry_run,
    )  # fmt: skip


def _cards_by_preset(anki: "RawCollection") -> Counter[int]:
    """The number of cards by preset. Cards in a filtered deck count for their home deck."""
    decks: Mapping[int, int | None] = {deck.id: deck.preset for deck in anki.decks.values()}
    presets = (decks.get(card.home_deck or card.deck) for card in anki.cards())
    return Counter(preset for preset in presets if preset is not None)


def _choose_preset(file: Path, anki: "RawCollection", cards: Mapping[int, int], name: str) -> "RawPreset":
    presets = sorted(anki.presets.values(), key=lambda preset: (-cards.get(preset.id, 0), preset.id))
    if name:
        preset = next((preset for preset in presets if preset.name == name), None)
        if preset is None:
            names = [preset.name for preset in presets]
            problem = message("{file} has no preset {name!r}; there are {known}", file=file, name=name, known=names)
            raise DulyError(problem)
        return preset
    with_parameters = [preset for preset in presets if preset.parameters]
    # FSRS can be on without parameters of the preset: then Anki uses the default ones.
    candidates = with_parameters or (presets if anki.settings.fsrs else [])
    if not candidates:
        raise DulyError(
            message(
                "{file} has no parameters of FSRS: it is off there, or was left out of the package; name the collection"
                " of the profile, or export the package with deck presets",
                file=file,
            )
        )
    return candidates[0]


def _write(options: FsrsOptions, parameters: tuple[float, ...], retention: float) -> None:
    from duly.journal import Journal
    from duly.study.record_fitting import write_parameters
    from duly.study.scheduler_in_force import fsrs_from_journal

    with Journal.open(options.database) as journal:
        if tuple(fsrs_from_journal(journal).parameters) != parameters:
            write_parameters(journal, parameters, options.now)
    change_setting(options.settings, "retention", retention)
