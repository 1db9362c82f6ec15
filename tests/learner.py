"""A learner with a real Anki: imports packages, looks at cards, reviews and edits them."""

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from anki.buildinfo import version
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer, Scheduler
from tests.anki.progress_reader import with_progress

if TYPE_CHECKING:  # these modules cannot be imported before anki.collection
    from anki.cards import Card

    from anki.notes import Note

OUTCOMES = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")

BUTTONS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)

Export = Callable[..., Path]
"""Exports notes and gives the package."""


def visible(side: str) -> str:
    """What a side of a card says, without its tags and scripts."""
    side = re.sub(r"<script>.*?</script>|<[^>]*>", " ", side, flags=re.DOTALL)
    return " ".join(html.unescape(side).split())


class Learner:
    """A collection of its own, in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.collection = Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.collection.close()

    def imports(self, package: Path, *, progress: bool = False) -> Mapping[str, int]:
        """Imports with Anki's own defaults; how many notes met which outcome, those that did not occur left out.

        `progress` ticks “Import any learning progress”.
        """
        return Counter(self.outcomes(package, progress=progress).values())

    def outcomes(self, package: Path, *, progress: bool = False) -> Mapping[str, str]:
        """Imports, and tells the outcome that each note met, by the value of its last field."""
        plain = ImportAnkiPackageRequest(package_path=str(package))
        log = self.collection.import_anki_package(with_progress(str(package)) if progress else plain).log
        assert not log.empty_first_field
        return {note.fields[-1]: outcome for outcome in OUTCOMES for note in getattr(log, outcome)}

    def packs(self, target: Path, *, legacy: bool = False) -> Path:
        """Exports everything as a package, with media and schedules; `legacy` for Anki before 2022."""
        if version.startswith("23.10"):
            wishes = {"with_scheduling": True, "with_media": True, "legacy_support": legacy}
            self.collection.export_anki_package(out_path=str(target), limit=None, **wishes)  # type: ignore[arg-type]
            return target
        from anki.collection import ExportAnkiPackageOptions

        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
        )  # fmt: skip
        self.collection.export_anki_package(out_path=str(target), options=options, limit=None)
        return target

    def packs_collection(self, target: Path, *, legacy: bool = False) -> Path:
        """Exports the whole collection as a ``.colpkg``."""
        self.collection.export_collection_package(str(target), include_media=True, legacy=legacy)
        self.collection.reopen()
        return target

    def adds(self, note_type: str, *fields: str, deck: str = "Default", tags: str = "") -> "Note":
        """Writes a note of one of its note types."""
        kind = self.collection.models.by_name(note_type)
        assert kind is not None
        note = self.collection.new_note(kind)
        for at, value in enumerate(fields):
            note.fields[at] = value
        note.tags = tags.split()
        self.collection.add_note(note, self.collection.decks.id(deck))  # type: ignore[arg-type]
        return note

    def note(self, guid: str) -> "Note":
        ids = self.collection.db.list("select id from notes where guid = ?", guid)  # type: ignore[union-attr]
        assert len(ids) == 1, f"{len(ids)} notes with the guid {guid}"
        return self.collection.get_note(ids[0])

    def card(self, guid: str, number: int = 0) -> "Card":
        """The card of this note with this template (or cloze) number, counted from 0."""
        cards: dict[int, Card] = {card.ord: card for card in self.note(guid).cards()}
        return cards[number]

    def question(self, guid: str, number: int = 0) -> str:
        return self.card(guid, number).render_output().question_text

    def answer(self, guid: str, number: int = 0) -> str:
        return self.card(guid, number).render_output().answer_text

    def deck(self, guid: str, number: int = 0) -> str:
        return self.collection.decks.name(self.card(guid, number).did)

    def reviews(self, guid: str, number: int = 0, button: int = 4) -> None:
        """Answers the card: 1 Again, 2 Hard, 3 Good, 4 Easy, so that it comes back in some days."""
        scheduler = self.collection.sched
        assert isinstance(scheduler, Scheduler)
        card = self.card(guid, number)
        card.start_timer()
        states = self.collection._backend.get_scheduling_states(card.id)
        scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=BUTTONS[button - 1]))

    def edits(self, guid: str, **fields: str) -> None:
        note = self.note(guid)
        for name, value in fields.items():
            note[name] = value
        self.collection.update_note(note)

    def assert_sound(self) -> None:
        """Nothing for Check Database to mend, and Check Media finds every file used and every file there."""
        report, ok = self.collection.fix_integrity()
        assert ok and report == "Database rebuilt and optimized.", report
        media = self.collection.media.check()
        assert not media.missing and not media.unused, media.report
