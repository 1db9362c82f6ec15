"""Undo and redo: what the next one takes back, told from the journal alone."""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.scheduling.histories import CAPITAL, RIVER, facts, logged, moment, review, undo

from duly.cards import CardId
from duly.scheduling.journal_entries import Entry, EntryId, JournalEntry, Suspend, Undo
from duly.scheduling.replay import replay, without_undone
from duly.scheduling.scheduler_registry import find_scheduler
from duly.scheduling.undo_targets import entries_to_redo, entries_to_undo


@dataclass
class Desk:
    """A journal written by words: ``R`` answers, ``u`` undoes and ``r`` redoes what the journal names."""

    journal: list[JournalEntry] = field(default_factory=list)

    def log(self, entry: Entry, step: int | None = None) -> JournalEntry:
        self.journal.append(JournalEntry(EntryId("desk", len(self.journal) + 1), entry, step))
        return self.journal[-1]

    def take_back(self, targets: tuple[JournalEntry, ...]) -> EntryId | None:
        """Logs the undos as one step; the id of the first entry that was taken back."""
        for place, target in enumerate(targets):
            undo = Undo(target.entry.card, moment(0), target.id)
            self.log(undo, step=self.journal[-1].first_in_step.number if place else None)
        return targets[0].id if targets else None

    def undo(self) -> EntryId | None:
        return self.take_back(entries_to_undo(self.journal))

    def redo(self) -> EntryId | None:
        return self.take_back(entries_to_redo(self.journal))

    def answer(self, card: CardId = CAPITAL) -> EntryId:
        return self.log(review(card, 0)).id


def counting(desk: Desk) -> list[EntryId]:
    return [record.id for record in without_undone(desk.journal)]


def test_an_empty_journal_has_nothing_to_undo_and_nothing_to_redo() -> None:
    assert entries_to_undo([]) == ()
    assert entries_to_redo([]) == ()


def test_undo_goes_back_answer_by_answer_and_redo_forth_again() -> None:
    desk = Desk()
    first, second = desk.answer(), desk.answer(RIVER)
    assert [desk.undo(), desk.undo(), desk.undo()] == [second, first, None]
    assert counting(desk) == []
    desk.redo()
    assert counting(desk) == [first]
    desk.redo()
    assert counting(desk) == [first, second]
    assert desk.redo() is None


def test_an_answer_can_be_undone_again_after_its_redo() -> None:
    desk = Desk()
    first, second = desk.answer(), desk.answer()
    desk.undo(), desk.undo(), desk.redo(), desk.redo()
    assert desk.undo() == second
    desk.redo()
    assert counting(desk) == [first, second]


def test_a_new_answer_ends_redo() -> None:
    desk = Desk()
    first = desk.answer()
    desk.answer()
    desk.undo()
    third = desk.answer()
    assert desk.redo() is None
    assert counting(desk) == [first, third]


def test_a_new_answer_that_is_undone_is_redone_and_nothing_before_it() -> None:
    desk = Desk()
    desk.answer()
    desk.undo()
    second = desk.answer()
    desk.undo()
    desk.redo()
    assert counting(desk) == [second]
    assert desk.redo() is None


class UndoStack(RuleBasedStateMachine):
    """Duly's journal beside the two stacks every editor has."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.done: list[tuple[JournalEntry, ...]] = []
        self.undone: list[tuple[JournalEntry, ...]] = []

    @rule(entries=st.lists(facts, min_size=1, max_size=3))
    def log_at_once(self, entries: list[Entry]) -> None:
        first = self.desk.log(entries[0])
        rest = (self.desk.log(entry, step=first.id.number) for entry in entries[1:])
        self.done.append((first, *rest))
        self.undone.clear()

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            assert self.desk.undo() == (self.done[-1][0].id if self.done else None)
            if self.done:
                self.undone.append(self.done.pop())

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            assert (self.desk.redo() is None) == (not self.undone)
            if self.undone:
                self.done.append(self.undone.pop())

    @invariant()
    def what_counts_is_what_was_done(self) -> None:
        assert list(without_undone(self.desk.journal)) == [record for step in self.done for record in step]

    @invariant()
    def schedules_are_those_of_what_was_done(self) -> None:
        assert replay(self.desk.journal, find_scheduler) == replay(
            (record for step in self.done for record in step), find_scheduler
        )


TestUndoStack = UndoStack.TestCase
TestUndoStack.settings = settings(max_examples=60, stateful_step_count=25)


def test_what_was_done_in_anki_is_neither_undone_nor_in_the_way_of_a_redo() -> None:
    here = logged(review(CAPITAL, 1), review(RIVER, 2))
    there = [
        *logged(review(CAPITAL, 3), review(RIVER, 4), device="anki"),
        *logged(Suspend(CAPITAL, moment(5)), device="anki:desk"),
    ]
    assert entries_to_undo([*here, *there]) == (here[1],)
    assert entries_to_undo(there) == ()
    taken_back = JournalEntry(EntryId("desk", 3), undo(here[1], 2))
    assert entries_to_undo([*here, taken_back, *there]) == (here[0],)
    assert entries_to_redo([*here, taken_back, *there]) == (taken_back,)
