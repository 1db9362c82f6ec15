"""Syncing from the deck screen, with a real collection of Anki."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.sync.desk import Desk
from tests.tui.learner import Learner, press, screen
from tests.tui.settling import settled
from textual.pilot import Pilot

from duly.errors import DulyError
from duly.journal import Journal
from duly.message import message
from duly.scheduling.grade import Grade
from duly.settings import Settings, SyncSettings
from duly.sync.note_plan import SyncChoices
from duly.sync.sync_all_targets import SyncTask, Targets, run_sync, sync_without_asking
from duly.text.sync_report import sync_summary
from duly.tui.screens.decks import DecksScreen
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary
from duly.work_progress import Watch, stage

WORDS = "- {q: What is 子?, a: child, id: zi}\n- {q: What is 木?, a: tree, id: mu}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "Anki2" / "User 1")


@pytest.fixture
def synced(learner: Learner, desk: Desk) -> Learner:
    """A learner who has synced with the desk before, and syncs as the quiz does."""
    learner.writes(WORDS)
    learner.now = datetime.now().astimezone()
    settings = Settings(sync=SyncSettings(collection=str(desk.file)))

    def task(journal: Journal, watch: Watch) -> SyncTask:
        choices = SyncChoices(prefer_deck_files=True)
        return SyncTask((learner.folder,), journal, settings, learner.now, None, choices, watch=watch)

    def sync(watch: Watch) -> str:
        with Journal.open(learner.database) as journal:
            return sync_summary(sync_without_asking(task(journal, watch)))

    with Journal.open(learner.database) as journal:
        run_sync(task(journal, lambda items, _doing: items), Targets(collection=desk.file), lambda _report: True)
    learner.sync = sync
    return learner


async def finished(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)


async def test_y_syncs_answers_with_anki_both_ways(synced: Learner, desk: Desk) -> None:
    desk.answers("mu", 4)
    async with synced.app() as pilot:
        await press(pilot, "a", "space", "3", "q", "y")
        await finished(pilot)
        assert "Synced: 1 answer in, 0 notes and 1 answer out." in screen(pilot)
        assert "new 0" in screen(pilot)
    assert len(desk.rows("select id from revlog")) == 2


async def test_the_bottom_line_says_what_a_sync_is_doing_and_escape_cancels_it(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.writes(WORDS)
    sentences: list[str] = []

    def sync(watch: Watch) -> str:
        stage(watch, message("Asking the server"))
        stage(watch, message("Sending"))
        return "sent"

    learner.sync = sync
    async with learner.app() as pilot:
        decks = pilot.app.screen
        assert isinstance(decks, DecksScreen)

        def tell(words: str) -> None:
            sentences.append(words)
            decks.action_clear()

        monkeypatch.setattr(decks.background, "_say", tell)
        await press(pilot, "y")
        await finished(pilot)
    assert sentences == ["Asking the server… · esc cancels", "Cancelled."]


def fails(_watch: Watch) -> str:
    raise DulyError(message("Anki is open; close it and sync again"))


async def test_a_sync_that_fails_says_why_and_learning_goes_on(learner: Learner) -> None:
    learner.writes(WORDS)
    learner.sync = fails
    async with learner.app(settings=Settings(sync=SyncSettings(automatic=True))) as pilot:
        await finished(pilot)
        assert "Anki is open; close it and sync again" in screen(pilot)
        await press(pilot, "a", "space", "3")
        assert isinstance(pilot.app.screen, Review)
    assert learner.grades() == [Grade.GOOD]


@pytest.mark.parametrize(("automatic", "times"), [(False, 0), (True, 1)])
async def test_a_quiz_syncs_when_it_begins_only_if_that_is_set(learner: Learner, automatic: bool, times: int) -> None:
    learner.writes(WORDS)
    syncs: list[Watch] = []

    def sync(watch: Watch) -> str:
        syncs.append(watch)
        return "synced"

    learner.sync = sync
    async with learner.app(settings=Settings(sync=SyncSettings(automatic=automatic))) as pilot:
        await finished(pilot)
    assert len(syncs) == times


async def test_a_card_answered_in_anki_is_not_asked_by_a_session_that_was_begun_before(
    synced: Learner, desk: Desk
) -> None:
    async with synced.app() as pilot:
        decks = pilot.app.screen
        assert isinstance(decks, DecksScreen)
        await press(pilot, "a")
        desk.answers("mu", 4)
        decks.action_sync()
        await finished(pilot)
        assert "What is 子?" in screen(pilot)
        await press(pilot, "space", "3")
        assert isinstance(pilot.app.screen, Summary)
    assert sorted(synced.grades()) == [Grade.GOOD, Grade.EASY]


@pytest.mark.parametrize(
    ("sync", "problem"),
    [
        (SyncSettings(), "nothing to sync with is set; type duly sync in a terminal to begin"),
        (
            SyncSettings(server="https://sync.ankiweb.net"),
            "AnkiWeb's terms do not allow other programs to sync with it",
        ),
        (SyncSettings(collection="nowhere/collection.anki2"), "there is no collection of Anki"),
    ],
)
def test_a_sync_that_cannot_be_done_unasked_says_why(learner: Learner, sync: SyncSettings, problem: str) -> None:
    learner.writes(WORDS)
    with Journal.open(learner.database) as journal, pytest.raises(DulyError) as caught:
        sync_without_asking(SyncTask((learner.folder,), journal, Settings(sync=sync), learner.now))
    assert problem in str(caught.value)


def test_the_first_sync_with_an_anki_is_never_made_unasked(learner: Learner, desk: Desk) -> None:
    learner.writes(WORDS)
    settings = Settings(sync=SyncSettings(collection=str(desk.file)))
    before = desk.tables()
    with Journal.open(learner.database) as journal, pytest.raises(DulyError) as caught:
        sync_without_asking(SyncTask((learner.folder,), journal, settings, learner.now))
    assert str(caught.value) == "the first sync with an Anki shows what it would do; type duly sync in a terminal"
    assert desk.tables() == before
