"""A sync with Anki that is cut short, at every stage of it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.sync.conftest import WORDS
from tests.sync.desk import Desk, Duly, card_of
from tests.sync.homes import Computer

from duly.cards import CardId, Face, NoteId
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Moment, Resume, Suspend
from duly.sync import sync_base, sync_with_anki
from duly.sync.official_anki import OfficialAnki

STAGES = ("back_up", "make_deck", "add_notes", "add_media", "update_notes", "move_cards", "write_progress")


class CutError(Exception):
    """The power went."""


def history(desk: Desk, duly: Duly) -> Iterator[None]:
    """What happens between one sync and the next: a bit of everything."""
    yield
    duly.quiz(4)
    desk.answers("mu", 4)
    with desk.open() as collection:
        collection.sched.suspend_cards([card_of(collection, "zi").id])
    duly.writes(
        WORDS.replace("child", "son").replace("deck: Words", "deck: More") + "  - {q: 水?, a: water, id: shui}\n"
    )
    yield


def same(desk: Desk, duly: Duly) -> Mapping[str, Any]:
    """What both sides come to, without what depends on the moment."""
    queries = (
        "select guid, flds, tags from notes order by 1",
        "select guid, ord, did, cards.type, queue, ivl, factor, reps, lapses from cards join notes on nid = notes.id"
        " order by 1, 2",
        "select guid, ease, revlog.type from revlog join cards on cid = cards.id join notes on nid = notes.id"
        " order by 1, 2",
        "select id, name from decks order by 1",
    )
    entries = sorted((type(logged.entry).__name__, str(logged.entry.card)) for logged in duly.entries())
    return {"anki": [desk.rows(query) for query in queries], "journal": entries}


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("when", [("before", 1), ("after", 1), ("before", 2), ("after", 2)])
def test_a_run_cut_short_ends_after_the_next_one_where_an_uncut_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, when: tuple[str, int]
) -> None:
    """The cut is before or after a stage of the first sync or the second."""
    ends = []
    for name in ("uncut", "cut"):
        home = tmp_path / name / "home"
        monkeypatch.setenv("DULY_HOME", str(home))
        desk, duly = Desk(tmp_path / name / "Anki2"), Duly(tmp_path / name / "duly", home)
        duly.writes(WORDS)
        for number, _between in enumerate(history(desk, duly), 1):
            if name == "cut" and number == when[1]:
                with monkeypatch.context() as patch, suppress(CutError):
                    cut(patch, stage, when[0])
                    duly.syncs(desk)
            duly.syncs(desk)
        ends.append(same(desk, duly))
    assert ends[0] == ends[1]


def cut(patch: pytest.MonkeyPatch, stage: str, when: str) -> None:
    """Has the sync end before or after a step."""
    original = getattr(OfficialAnki, stage)

    def interrupted(self: OfficialAnki, *arguments: Any) -> None:
        if when == "after":
            original(self, *arguments)
        raise CutError

    patch.setattr(OfficialAnki, stage, interrupted)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_pushed_suspension_is_not_pulled_after_an_interrupted_sync(
    desk: Desk, duly: Duly, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The cut is at the `number`-th time that something is remembered of what was given."""
    card, computer = CardId(NoteId("zi"), Face("front")), Computer(duly.database.parent)
    duly.syncs(desk)
    computer.writes(Suspend(card, Moment(1_795_000_000_000, StudyDay(20_775), 0)))
    with desk.open() as collection:
        collection.sched.suspend_cards([card_of(collection, "mu").id])
    writes = 0
    original = sync_base.write_base

    def interrupted(*arguments: Any) -> None:
        nonlocal writes
        writes += 1
        if writes == number:
            raise CutError
        original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(sync_with_anki, "write_base", interrupted)
        with pytest.raises(CutError):
            duly.syncs(desk)
    computer.writes(Resume(card, Moment(1_795_000_001_000, StudyDay(20_775), 0)))
    duly.syncs(desk)
    assert (desk.card("zi").queue, duly.schedule("zi").suspended) == (0, False)
    assert (desk.card("mu").queue, duly.schedule("mu").suspended) == (-1, True)
