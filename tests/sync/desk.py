"""The learner's own Anki on this computer, and a home of duly beside it, for tests."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.collection import Collection
from anki.scheduler.v3 import Scheduler
from click.testing import Result
from tests.cli.calling import call
from tests.learner import BUTTONS

from duly.cards import CardId, Face, NoteId
from duly.journal import Journal
from duly.scheduling.journal_entries import JournalEntry
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW, Schedule
from duly.scheduling.scheduler_registry import find_scheduler

if TYPE_CHECKING:  # these modules cannot be imported before anki.collection
    from anki.cards import Card

TABLES = ("notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "config", "deck_config")


class Desk:
    """A real collection, which is closed except in the blocks that use it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "collection.anki2"
        with self.open():
            pass

    @contextmanager
    def open(self) -> Iterator[Collection]:
        collection = Collection(str(self.file))
        try:
            yield collection
        finally:
            collection.close()

    def rows(self, sql: str) -> list[Any]:
        with self.open() as collection:
            assert collection.db
            return collection.db.all(sql)

    def tables(self) -> Mapping[str, list[Any]]:
        """All that the collection holds, but for when it was last changed."""
        with self.open() as collection:
            assert collection.db
            return {table: collection.db.all(f"select * from {table} order by 1, 2") for table in TABLES}

    def card(self, guid: str, number: int = 0) -> "Card":
        with self.open() as collection:
            return card_of(collection, guid, number)

    def answers(self, guid: str, button: int, number: int = 0) -> int:
        """Answers a card, due or not, with a button from 1; the id of the row."""
        with self.open() as collection:
            return answer(collection, card_of(collection, guid, number), button)

    def changes(self, guid: str, **fields: str) -> None:
        with self.open() as collection:
            note = card_of(collection, guid).note()
            for name, value in fields.items():
                note[name] = value
            collection.update_note(note)

    def fields(self, guid: str) -> dict[str, str]:
        with self.open() as collection:
            return dict(card_of(collection, guid).note().items())

    def tags(self, guid: str) -> set[str]:
        with self.open() as collection:
            return set(card_of(collection, guid).note().tags)

    def guids(self) -> set[str]:
        return {guid for (guid,) in self.rows("select guid from notes")}

    def deck_of(self, guid: str) -> str:
        with self.open() as collection:
            return collection.decks.name(card_of(collection, guid).did)

    def decks(self) -> set[str]:
        with self.open() as collection:
            return {deck.name for deck in collection.decks.all_names_and_ids()}

    def due_in(self, guid: str, number: int = 0) -> int:
        """In how many days a card comes back there."""
        with self.open() as collection:
            return int(card_of(collection, guid, number).due - collection.sched.today)

    def makes_a_filtered_deck(self, search: str) -> None:
        with self.open() as collection:
            filtered = collection.sched.get_or_create_filtered_deck(deck_id=0)  # type: ignore[arg-type]
            filtered.name = "Cram"
            filtered.config.search_terms[0].search = search
            filtered.config.search_terms[0].limit = 10
            collection.sched.add_or_update_filtered_deck(filtered)


def card_of(collection: Collection, guid: str, number: int = 0) -> "Card":
    assert collection.db
    card = collection.db.scalar(
        "select cards.id from cards join notes on nid = notes.id where guid = ? and ord = ?", guid, number
    )
    return collection.get_card(card)


def answer(collection: Collection, card: "Card", button: int) -> int:
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)
    scheduler = collection.sched
    assert isinstance(scheduler, Scheduler) and collection.db
    scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=BUTTONS[button - 1]))
    time.sleep(0.002)
    return int(collection.db.scalar("select max(id) from revlog"))


class Duly:
    """A home of duly: deck files and a journal; it syncs with a desk by the command line."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.cards = folder / "cards"
        self.cards.mkdir(parents=True)
        self.database = folder / "duly.db"
        self.home = home

    def writes(self, text: str, file: str = "words.yaml") -> None:
        (self.cards / file).write_text(text, encoding="utf-8")

    def sync(self, desk: Desk, *options: str, **how: Any) -> Result:
        return call("sync", self.cards, "--collection", desk.file, "--db", self.database, *options, **how)

    def syncs(self, desk: Desk, *options: str) -> dict[str, Any]:
        """Syncs, and gives what was done as JSON; all that waits is in it."""
        run = self.sync(desk, "--yes", "--json", *options)
        assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
        report: dict[str, Any] = json.loads(run.stdout)
        return report

    def quiz(self, *grades: int) -> None:
        """Answers what is due, line by line, with these keys."""
        run = call(
            "quiz", "--plain", self.cards, "--db", self.database, input="".join(f"\n{grade}\n" for grade in grades)
        )
        assert run.exception is None, run.exception

    def schedule(self, note: str, face: str = "front") -> Schedule:
        with Journal.open(self.database) as journal:
            schedules = journal.schedules()
            assert schedules == replay(journal.entries(), find_scheduler)
            return schedules.get(CardId(NoteId(note), Face(face)), NEW)

    def entries(self) -> list[JournalEntry]:
        with Journal.open(self.database) as journal:
            return list(journal.entries())
