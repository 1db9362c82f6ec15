"""Undo and redo find at the end of a journal what they would find in the whole."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.scheduling.histories import CAPITAL, RIVER, logged, moment, review

from duly.cards import CardId
from duly.scheduling.journal_entries import Entry, EntryId, JournalEntry, Undo
from duly.scheduling.undo_targets import JournalTail, entries_to_redo, entries_to_undo

DOINGS = st.lists(st.tuples(st.sampled_from(["answer", "answer", "undo", "redo"]), st.integers(1, 3)), max_size=25)


def journal(doings: list[tuple[str, int]]) -> list[JournalEntry]:
    """A journal in which each answer is to one card or, as one step, several; undo and redo take a whole step back."""
    written: list[JournalEntry] = []
    for doing, size in doings:
        first = len(written) + 1
        if doing == "answer":
            entries: list[Entry] = [review((CAPITAL, RIVER)[at % 2], 20_000) for at in range(size)]
        else:
            targets = (entries_to_undo if doing == "undo" else entries_to_redo)(written)
            entries = [Undo(target.entry.card, moment(20_000), target.id) for target in targets]
        for number, entry in enumerate(entries, first):
            written.append(JournalEntry(EntryId("desk", number), entry, first if number > first else None))
    return written


@given(DOINGS, st.integers(0, 30), st.sampled_from([(CAPITAL, RIVER), (RIVER,), ()]))
def test_an_ending_gives_what_the_whole_gives_or_asks_for_more(
    doings: list[tuple[str, int]], length: int, known: tuple[CardId, ...]
) -> None:
    whole = journal(doings)
    about = [record for record in whole if record.entry.card in known]
    ending = JournalTail(whole[max(0, len(whole) - length) :], () if length > len(whole) else {"desk"})
    assert ending.entries_to_undo(known) in (None, entries_to_undo(about))
    assert ending.entries_to_redo(known) in (None, entries_to_redo(about))


def test_a_short_ending_is_enough_after_answers() -> None:
    written = journal([("answer", 1)] * 20)
    ending = JournalTail(written[-3:], {"desk"})
    assert ending.entries_to_undo((CAPITAL, RIVER)) == (written[-1],)
    assert ending.entries_to_redo((CAPITAL, RIVER)) == ()


def test_more_is_asked_for_where_what_was_done_lies_before() -> None:
    written = journal([("answer", 1)] * 5 + [("undo", 1)] * 5)
    for ending in (JournalTail(written[-3:], {"desk"}), JournalTail((), {"desk"})):
        assert ending.entries_to_undo((CAPITAL, RIVER)) is None
        assert ending.entries_to_redo((CAPITAL, RIVER)) is None
    assert JournalTail(written).entries_to_undo((CAPITAL, RIVER)) == ()


@st.composite
def journals_of_several(draw: st.DrawFn) -> list[JournalEntry]:
    """Several devices in turns, whose clocks differ by up to 12 hours, and go wrong by years between two answers."""
    clocks = {device: draw(st.integers(-12, 12)) for device in ("desk", "laptop", "phone")}
    written: list[JournalEntry] = []
    numbers: Counter[str] = Counter()
    hour = 24 * 20_000
    for _ in range(draw(st.integers(0, 20))):
        hour += draw(st.integers(0, 60))
        device = draw(st.sampled_from(sorted(clocks)))
        at = (hour + clocks[device]) * 3_600_000
        doing = draw(st.sampled_from(["answer", "answer", "ahead", "undo", "redo"]))
        first = numbers[device] + 1
        if doing in ("answer", "ahead"):
            ahead = 24 * 365 * 3_600_000 if doing == "ahead" else 0
            entries: list[Entry] = [
                replace(review((CAPITAL, RIVER)[index % 2], 20_000), moment=moment(20_000, at + ahead))
                for index in range(draw(st.integers(1, 3)))
            ]
        else:
            targets = (entries_to_undo if doing == "undo" else entries_to_redo)(written)
            entries = [Undo(target.entry.card, moment(20_000, at), target.id) for target in targets]
        for number, entry in enumerate(entries, first):
            written.append(JournalEntry(EntryId(device, number), entry, first if number > first else None))
        numbers[device] += len(entries)
    return written


@given(journals_of_several(), st.integers(0, 12), st.sampled_from([(CAPITAL, RIVER), (RIVER,), ()]))
def test_an_ending_of_several_devices_does_too(
    whole: list[JournalEntry], length: int, known: tuple[CardId, ...]
) -> None:
    about = [record for record in whole if record.entry.card in known]
    of_each = [[record for record in whole if record.id.device == device] for device in ("desk", "laptop", "phone")]
    entries = [record for own in of_each for record in own[max(0, len(own) - length) :]]
    crossing = {
        record.entry.target
        for record in whole
        if isinstance(record.entry, Undo) and record.entry.target.device != record.id.device and record not in entries
    }
    ending = JournalTail(entries, {own[0].id.device for own in of_each if len(own) > length}, crossing)
    assert ending.entries_to_undo(known) in (None, entries_to_undo(about))
    assert ending.entries_to_redo(known) in (None, entries_to_redo(about))


def test_a_short_ending_is_enough_after_the_journal_went_to_another_machine() -> None:
    old = logged(*(review(CAPITAL, day) for day in range(100)), device="old")
    new = logged(*(review(RIVER, day) for day in range(103, 106)), device="new")
    ending = JournalTail([*old[-3:], *new], {"old"})
    assert ending.entries_to_undo((CAPITAL, RIVER)) == (new[-1],)
    assert ending.entries_to_redo((CAPITAL, RIVER)) == ()
