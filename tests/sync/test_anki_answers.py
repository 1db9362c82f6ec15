"""Answers, days and what is set aside in `duly sync` with the learner's own Anki, which is the official one."""

import time

import pytest
from tests.cli.calling import call
from tests.sync.conftest import WORDS
from tests.sync.desk import Desk, Duly, card_of
from tests.sync.homes import Computer

from duly.cards import CardId, Face, NoteId
from duly.cli.shared_options import now, settings
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.journal_entries import Moment, Resume, Star, Suspend, Unstar
from duly.study.card_actions import Actions
from duly.study.clock import Clock
from duly.sync.card_plan import ORANGE_FLAG

ZI = CardId(NoteId("zi"), Face("front"))


def changes_nothing(desk: Desk, duly: Duly) -> None:
    """Another sync has nothing to do."""
    before, entries = desk.tables(), duly.entries()
    duly.syncs(desk)
    assert (desk.tables(), duly.entries()) == (before, entries)


def test_an_answer_here_is_an_answer_there(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.quiz(4, 1)
    report = duly.syncs(desk)
    assert (report["given"]["answers"], report["given"]["cards"]) == (2, 2)
    assert desk.due_in("zi") == duly.schedule("zi").interval == 1
    assert (desk.card("zi").type, desk.card("zi").queue, desk.card("zi").reps) == (2, 2, 1)
    assert desk.due_in("mu") == 0  # still to be drilled today
    changes_nothing(desk, duly)


def test_an_answer_there_is_an_answer_here(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    row = desk.answers("zi", 4)
    assert desk.due_in("zi") > 1
    assert duly.syncs(desk)["taken"]["answers"] == 1
    (entry,) = duly.entries()
    assert (entry.id.device, entry.id.number) == ("anki", row)
    assert desk.due_in("zi") == duly.schedule("zi").interval == 1  # the day that SM-2 gives, not Anki's
    changes_nothing(desk, duly)


@pytest.mark.parametrize("first", ["here", "there"])
def test_both_answer_one_card_and_no_answer_is_lost(desk: Desk, duly: Duly, first: str) -> None:
    duly.syncs(desk)
    if first == "here":
        duly.quiz(4)
        desk.answers("zi", 4)
    else:
        desk.answers("zi", 4)
        duly.quiz(4)
    duly.syncs(desk)
    assert len(desk.rows("select id from revlog")) == 2
    assert len(duly.entries()) == 2
    assert (desk.due_in("zi"), desk.card("zi").reps) == (duly.schedule("zi").interval, 2)
    changes_nothing(desk, duly)


def test_answers_learned_before_the_first_sync_go_along_with_their_note(desk: Desk, duly: Duly) -> None:
    duly.quiz(4, 4)
    report = duly.syncs(desk)
    assert (report["given"]["added"], report["given"]["answers"]) == (["zi", "mu"], 2)
    assert desk.due_in("zi") == 1
    changes_nothing(desk, duly)


def test_a_card_in_its_steps_is_left_alone_today(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.answers("zi", 1)
    before = desk.rows("select type, queue, due, left from cards order by id")
    assert duly.syncs(desk)["taken"]["answers"] == 1
    assert desk.rows("select type, queue, due, left from cards order by id") == before
    changes_nothing(desk, duly)


@pytest.mark.parametrize("fsrs", [False, True])
def test_the_next_answer_there_is_a_review_whether_fsrs_is_on_or_off(desk: Desk, duly: Duly, fsrs: bool) -> None:
    with desk.open() as collection:
        collection.set_config("fsrs", fsrs)
    duly.syncs(desk)
    duly.quiz(4)
    duly.syncs(desk)
    desk.answers("zi", 3)
    ((kind,),) = desk.rows("select type from revlog order by id desc limit 1")
    assert kind in (1, 3)  # a review; filtered or early is 3
    assert desk.card("zi").type == 2
    assert duly.syncs(desk)["taken"]["answers"] == 1
    changes_nothing(desk, duly)


def test_anki_plans_the_days_of_its_answers_where_the_learner_wants_it(desk: Desk, duly: Duly) -> None:
    (duly.home / "config.toml").write_text('[sync]\nschedule = "anki"\n')
    settings.cache_clear()
    duly.syncs(desk)
    desk.answers("zi", 4)
    anki_due = desk.due_in("zi")
    assert anki_due > 1
    before = desk.tables()["cards"]
    duly.syncs(desk)
    assert desk.tables()["cards"] == before
    schedule = duly.schedule("zi")
    assert schedule.due is not None and schedule.last is not None
    assert schedule.due - schedule.last == anki_due
    changes_nothing(desk, duly)


def test_suspended_and_resumed_has_no_echo(desk: Desk, duly: Duly) -> None:
    computer = Computer(duly.database.parent)
    duly.syncs(desk)
    computer.writes(Suspend(ZI, Moment(1_795_000_000_000, StudyDay(20_775), 0)))
    duly.syncs(desk)
    assert desk.card("zi").queue == -1
    computer.writes(Resume(ZI, Moment(1_795_000_001_000, StudyDay(20_775), 0)))
    duly.syncs(desk)
    assert (desk.card("zi").queue, duly.schedule("zi").suspended) == (0, False)
    with desk.open() as collection:
        collection.sched.suspend_cards([card_of(collection, "zi").id])
    duly.syncs(desk)
    assert (desk.card("zi").queue, duly.schedule("zi").suspended) == (-1, True)
    changes_nothing(desk, duly)
    with desk.open() as collection:
        collection.sched.unsuspend_cards([card_of(collection, "zi").id])
    duly.syncs(desk)
    assert (desk.card("zi").queue, duly.schedule("zi").suspended) == (0, False)
    changes_nothing(desk, duly)


def test_a_star_here_is_a_flag_there_and_the_other_way_round_with_no_echo(desk: Desk, duly: Duly) -> None:
    computer = Computer(duly.database.parent)
    duly.syncs(desk)
    computer.writes(Star(ZI, Moment(1_795_000_000_000, StudyDay(20_775), 0)))
    assert duly.syncs(desk)["given"]["flags"] == 1
    assert (desk.card("zi").user_flag(), desk.card("mu").user_flag()) == (ORANGE_FLAG, 0)
    changes_nothing(desk, duly)
    flag(desk, "zi", 0)
    assert duly.syncs(desk)["taken"]["stars"] == 1
    assert not duly.schedule("zi").starred
    flag(desk, "mu", 4)
    assert duly.syncs(desk)["taken"]["stars"] == 1
    assert (duly.schedule("mu").starred, desk.card("mu").user_flag()) == (True, 4)
    changes_nothing(desk, duly)
    later = Moment(time.time_ns() // 1_000_000, StudyDay(20_775), 0)
    computer.writes(Unstar(CardId(NoteId("mu"), Face("front")), later))
    duly.syncs(desk)
    assert (desk.card("mu").user_flag(), duly.schedule("mu").starred) == (0, False)
    changes_nothing(desk, duly)


def test_a_star_does_not_take_a_card_out_of_a_filtered_deck(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.makes_a_filtered_deck("deck:Words")
    Computer(duly.database.parent).writes(Star(ZI, Moment(1_795_000_000_000, StudyDay(20_775), 0)))
    duly.syncs(desk)
    assert (desk.deck_of("zi"), desk.card("zi").user_flag()) == ("Cram", ORANGE_FLAG)


def flag(desk: Desk, guid: str, colour: int) -> None:
    with desk.open() as collection:
        collection.set_user_flag_for_cards(colour, [card_of(collection, guid).id])


def test_buried_and_set_due_there(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.quiz(4, 4)
    duly.syncs(desk)
    with desk.open() as collection:
        collection.sched.bury_cards([card_of(collection, "mu").id])
        collection.sched.set_due_date([card_of(collection, "zi").id], "9")
    duly.syncs(desk)
    assert desk.due_in("zi") == 9
    schedule = duly.schedule("zi")
    assert schedule.due is not None and schedule.last is not None
    assert schedule.due - schedule.last == 9
    assert duly.schedule("mu").buried_until is not None
    assert desk.card("mu").queue == -3
    changes_nothing(desk, duly)


def test_a_card_made_new_there_is_new_here(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.answers("zi", 4)
    duly.syncs(desk)
    with desk.open() as collection:
        collection.sched.schedule_cards_as_new([card_of(collection, "zi").id])
    duly.syncs(desk)
    assert duly.schedule("zi").is_new
    assert (desk.card("zi").type, desk.card("zi").queue) == (0, 0)
    changes_nothing(desk, duly)


def test_an_undo_here_of_an_answer_that_was_given_out_makes_the_card_new_there_and_keeps_the_row(
    desk: Desk, duly: Duly
) -> None:
    duly.syncs(desk)
    duly.quiz(4)
    duly.syncs(desk)
    with Journal.open(duly.database) as journal:
        Actions(journal, Clock(journal, now, 4)).undo({logged.entry.card for logged in journal.entries()})
    duly.syncs(desk)
    assert (desk.card("zi").type, desk.card("zi").queue) == (0, 0)
    assert len(desk.rows("select id from revlog")) == 1
    assert duly.schedule("zi").is_new
    changes_nothing(desk, duly)


def test_a_card_in_a_filtered_deck_goes_home_with_its_day_only_if_it_was_learned_here(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    desk.makes_a_filtered_deck("deck:Words")
    duly.quiz(4)
    duly.syncs(desk)
    assert (desk.deck_of("zi"), desk.due_in("zi")) == ("Words", 1)
    assert desk.deck_of("mu") == "Cram"
    changes_nothing(desk, duly)


def test_an_answer_in_a_millisecond_that_is_another_ones_there_is_kept_and_known_again(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    row = desk.answers("mu", 4)
    Computer(duly.database.parent).answers(ZI, row)
    for _sync in range(2):
        duly.syncs(desk)
        assert [id_ for (id_,) in desk.rows("select id from revlog order by id")] == [row, row + 1]
        assert len(duly.entries()) == 2
    changes_nothing(desk, duly)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.quiz(4)
    desk.answers("mu", 3)
    duly.writes(WORDS.replace("child", "son"))
    before, entries = desk.tables(), duly.entries()
    report = duly.syncs(desk, "--dry-run")
    assert (report["taken"]["answers"], report["given"]["answers"], report["given"]["changed"]) == (1, 1, 1)
    assert (desk.tables(), duly.entries()) == (before, entries)
    assert duly.syncs(desk)["given"] == report["given"]


def test_an_anki_that_is_open_is_named_and_nothing_changes(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.quiz(4)
    entries = duly.entries()
    with desk.open():
        run = duly.sync(desk)
    assert str(run.exception) == "Anki is open; close it and sync again"
    assert duly.entries() == entries


def test_a_sync_tells_anki_that_there_is_something_to_sync_and_makes_a_backup(desk: Desk, duly: Duly) -> None:
    duly.syncs(desk)
    duly.quiz(4)
    ((before,),) = desk.rows("select mod from col")
    duly.syncs(desk)
    ((after,),) = desk.rows("select mod from col")
    assert after > before
    assert {usn for (usn,) in desk.rows("select usn from revlog")} == {-1}
    assert list((desk.file.parent / "backups").glob("*.colpkg"))


def test_each_card_of_a_note_of_anki_has_its_own_answers(desk: Desk, duly: Duly) -> None:
    with desk.open() as collection:
        kind = collection.models.new("Vocabulary")
        for field in ("Word", "Meaning", "Reading"):
            collection.models.add_field(kind, collection.models.new_field(field))
        for name, front, back in (
            ("Meaning", "{{Word}}?", "{{Meaning}}"), ("Reading", "Read {{Word}}", "{{Reading}}"),
            ("Word", "Say {{Meaning}}", "{{Word}}"),
        ):  # fmt: skip
            template = collection.models.new_template(name)
            template["qfmt"], template["afmt"] = front, back
            collection.models.add_template(kind, template)
        collection.models.add_dict(kind)
        note_type = collection.models.by_name("Vocabulary")
        assert note_type
        note = collection.new_note(note_type)
        note.fields, note.guid = ["水", "water", "みず"], "mizu"
        collection.add_note(note, collection.decks.id("V"))  # type: ignore[arg-type]
    (duly.cards / "words.yaml").unlink()
    assert call("import", desk.file, "--to", duly.cards).exit_code == 0
    duly.syncs(desk)
    duly.quiz(4)  # the other cards of the note wait for another day
    desk.answers("mizu", 4, number=2)
    assert duly.syncs(desk)["taken"]["answers"] == 1
    faces = ("front", "reading", "word")
    assert [duly.schedule("mizu", face).repetitions for face in faces] == [1, 0, 1]
    assert [desk.card("mizu", number).reps for number in range(3)] == [1, 0, 1]
    assert desk.due_in("mizu", 0) == desk.due_in("mizu", 2) == 1
    changes_nothing(desk, duly)
