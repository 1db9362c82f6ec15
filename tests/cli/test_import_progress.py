"""``duly import --progress``."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.learner import Learner

from duly.cards import CardId
from duly.cli.shared_options import now
from duly.errors import DulyError
from duly.journal import Journal
from duly.scheduling.day import StudyDay, milliseconds, study_day
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Moment, Review
from duly.scheduling.schedule import Schedule
from duly.study import card_actions

DECK = "- {q: one, a: x, id: one, reverse: true}\n- {cloze: '{{c1::two}}', id: two}\n"
TWO = CardId.parse("two/c1")


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text(DECK)
    return tmp_path / "cards"


@pytest.fixture
def phone(cards: Path) -> Iterator[Learner]:
    """Somebody who imported the cards into Anki."""
    call("export", cards, "-o", "out.apkg")
    someone = Learner(cards.parent / "anki")
    someone.imports(Path("out.apkg"))
    yield someone
    someone.close()


def schedules(file: Path) -> dict[str, Schedule]:
    with Journal.open(file) as journal:
        return {str(card): schedule for card, schedule in journal.schedules().items()}


def test_what_was_learned_on_a_phone_shows_in_the_terminal_and_once_only(phone: Learner, own_world: Path) -> None:
    phone.reviews("one", 1, button=3)
    phone.reviews("two", 0, button=1)
    phone.collection.sched.suspend_cards([phone.card("one", 0).id])
    phone.adds("Basic", "another", "a")
    phone.reviews(str(phone.collection.db.scalar("select guid from notes order by id desc")))  # type: ignore[union-attr]
    package = phone.packs(Path.cwd() / "phone.apkg")
    result = call("import", "--progress", package)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"{package}: 2 answers taken over, 0 already there; 3 cards changed\n"
        "  1 card suspended\n"
        "Left out:\n"
        "  1 card that no deck file has\n"
    )
    imported_schedules = schedules(own_world / "duly.db")
    states = {
        card: (schedule.repetitions, schedule.drill, schedule.suspended)
        for card, schedule in imported_schedules.items()
    }
    assert states == {"one/back": (1, False, False), "two/c1": (0, True, False), "one/front": (0, False, True)}
    assert call("import", "--progress", package).stdout.startswith(
        f"{package}: 0 answers taken over, 2 already there; 0 cards changed\n"
    )
    assert schedules(own_world / "duly.db") == imported_schedules


def test_progress_goes_out_is_added_to_in_anki_and_comes_back(cards: Path, own_world: Path, tmp_path: Path) -> None:
    today = now()
    with Journal.open(own_world / "duly.db") as journal:
        for ago in (8, 7):
            moment = Moment(milliseconds(today) - ago * 86_400_000, StudyDay(study_day(today) - ago), 0)
            card_actions.perform(
                journal,
                [TWO],
                lambda card, _, moment=moment: Review(card, moment, Grade.GOOD, "sm2-paper"),  # type: ignore[misc]
            )
    call("export", cards, "--progress", "-o", "out.apkg")
    phone = Learner(tmp_path / "anki")
    phone.imports(Path("out.apkg"), progress=True)
    assert phone.card("two").ivl == 6
    phone.reviews("two", button=3)
    interval = phone.card("two").ivl
    collection = phone.collection.path
    output = call("import", "--progress", collection).stdout
    phone.close()
    assert output.startswith(f"{collection}: 1 answer taken over, 2 already there; 1 card changed\n")
    assert schedules(own_world / "duly.db")["two/c1"].interval == 15
    assert interval > 6
    assert "Due days are computed again from the grades" in output
    assert (
        "1 card due on the day that Anki has planned" in call("import", "--progress", "--keep-due", collection).stdout
    )
    assert schedules(own_world / "duly.db")["two/c1"].due == study_day(today) + interval


def test_progress_is_taken_for_the_deck_files_and_into_the_database_that_are_named(
    phone: Learner, own_world: Path, tmp_path: Path
) -> None:
    phone.reviews("two")
    package = phone.packs(tmp_path / "phone.apkg")
    Path("cards").rename("mine")
    Path("other.yaml").write_text("- {q: one, a: x, id: one}\n")
    assert call("import", "--progress", package).exit_code == 2
    assert "0 answers taken over" in call("import", "--progress", package, "--in", "other.yaml").stdout
    named = call("import", "--progress", package, "--in", "other.yaml", "--in", "mine", "--db", "my.db")
    assert "1 answer taken over" in named.stdout
    assert list(schedules(Path("my.db"))) == ["two/c1"]
    assert schedules(own_world / "duly.db") == {}


def test_the_report_of_an_import_can_be_json(phone: Learner) -> None:
    phone.reviews("two")
    phone.collection.sched.bury_cards([phone.card("two").id])
    report = json.loads(call("import", "--progress", "--json", phone.collection.path).stdout)
    assert report["file"] == phone.collection.path
    assert {key: number for key, number in report["progress"].items() if number} == {
        "cards": 1, "answers": 1, "earlier": 1,
    }  # fmt: skip
    assert report["left_out"] == {"buried": 1}


def test_mistakes_that_keep_cards_out_are_shown_and_the_others_take_their_progress(phone: Learner, cards: Path) -> None:
    phone.reviews("two")
    (cards / "b.yaml").write_text("- {q: no answer}\n")
    result = call("import", "--progress", phone.collection.path)
    assert "1 answer taken over" in result.stdout
    assert "b.yaml:1:3: error" in result.stderr


@pytest.mark.usefixtures("cards")
def test_a_file_that_is_not_from_anki_changes_nothing(own_world: Path) -> None:
    Path("broken.apkg").write_bytes(b"PK\x03\x04 and nothing else")
    result = call("import", "--progress", "broken.apkg")
    assert isinstance(result.exception, DulyError)
    assert "broken.apkg" in str(result.exception)
    assert not (own_world / "duly.db").exists()


@pytest.mark.parametrize(
    "damage", ["update revlog set ease = 'x'", "update config set val = x'00' where key = 'creationOffset'"]
)
def test_damage_that_only_progress_meets_is_found_before_any_note_is_written(
    phone: Learner, cards: Path, own_world: Path, damage: str
) -> None:
    phone.adds("Basic", "new here", "a")
    phone.reviews("two")
    collection = Path(phone.collection.path)
    phone.close()
    with closing(sqlite3.connect(collection)) as database:
        database.executescript(damage)
    before = {file: file.read_bytes() for file in cards.rglob("*") if file.is_file()}
    result = call("import", collection, "--to", cards, "--progress")
    assert isinstance(result.exception, DulyError)
    assert str(result.exception).endswith("nothing was taken from it")
    assert result.stdout == ""
    assert {file: file.read_bytes() for file in cards.rglob("*") if file.is_file()} == before
    assert not (own_world / "duly.db").exists()
    assert call("import", collection, "--to", cards).exit_code == 0
    phone.collection.reopen()


def test_of_two_packages_the_sound_one_is_taken_whole_and_the_damaged_one_not_at_all(
    phone: Learner, cards: Path, own_world: Path
) -> None:
    new = phone.adds("Basic", "new here", "a").guid
    phone.reviews(new)
    sound = phone.packs(Path.cwd() / "sound.apkg")
    Path("damaged.apkg").write_bytes(sound.read_bytes()[:-2000])
    result = call("import", sound, "damaged.apkg", "--to", cards, "--progress")
    assert isinstance(result.exception, DulyError)
    assert "damaged.apkg" in str(result.exception)
    assert "1 answer taken over" in result.stdout
    assert list(schedules(own_world / "duly.db")) == [f"{new}/front"]


def test_a_database_that_cannot_take_progress_keeps_notes_from_being_written_too(phone: Learner, cards: Path) -> None:
    phone.adds("Basic", "new here", "a")
    Path("other.db").write_text("no database")
    package = phone.packs(Path.cwd() / "phone.apkg")
    result = call("import", package, "--to", cards, "--progress", "--db", "other.db")
    assert isinstance(result.exception, DulyError)
    assert "other.db" in str(result.exception)
    assert sorted(file.name for file in cards.iterdir()) == [".duly", "a.yaml"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--to names the folder for the deck files; --progress takes over what was learned"),
        (["--to", "cards", "--keep-due"], "--in, --db and --keep-due go with --progress"),
        (["--to", "cards", "--in", "cards"], "--in, --db and --keep-due go with --progress"),
        (["--progress", "--in", "nowhere"], "nowhere: there is no such file or folder"),
        (["--to", "new", "--progress", "--in", "nowhere"], "nowhere: there is no such file or folder"),
        (["--progress"], "--progress goes with a text if --to is given, and --in is not"),
    ],
)
def test_a_wrong_call_is_told_so(cards: Path, arguments: list[str], sentence: str) -> None:
    result = call("import", cards / "a.yaml", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not Path("new").exists()


def test_a_clock_that_is_set_tells_the_zone_in_which_days_are_counted(
    phone: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answer counts to the day before in a zone in which it was still night."""
    phone.reviews("two")
    package = phone.packs(Path.cwd() / "phone.apkg")
    days = []
    for hour, zone in ((3, "-12:00"), (5, "+13:00")):
        monkeypatch.setenv("DULY_NOW", f"{now() + timedelta(days=1):%Y-%m-%d}T{hour:02}:00:00{zone}")
        assert call("import", "--progress", package, "--db", f"{hour}.db").exit_code == 0
        with Journal.open(Path(f"{hour}.db")) as journal:
            (logged,) = journal.entries()
            days.append((logged.entry.moment.day, logged.entry.moment.offset))
            monkeypatch.delenv("DULY_NOW")
    (west, west_offset), (east, east_offset) = days
    assert (west_offset, east_offset) == (-720, 780)
    assert east - west in (1, 2)


def test_notes_and_progress_come_from_anki_and_go_into_another_with_their_days_and_history(
    cards: Path, tmp_path: Path
) -> None:
    (cards / "a.yaml").unlink()
    old = Learner(tmp_path / "old")
    strange = old.adds("Basic", "strange", "a")
    strange.guid = "a\tguid that can be no id"
    old.collection.update_note(strange)
    guids = {
        "strange": strange.guid,
        "both": old.adds("Basic (and reversed card)", "left", "right").guid,
        "cloze": old.adds("Cloze", "{{c2::x}} {{c5::y}}").guid,
    }
    backward(old, guids)
    for name, number, button in (("strange", 0, 4), ("both", 1, 4), ("cloze", 4, 4), ("backward", 1, 4)):
        old.reviews(guids[name], number, button)
        old.collection.db.execute("update revlog set id = id - 4 * 86400000")  # type: ignore[union-attr]
        old.collection.db.execute("update cards set due = due - 4 where type = 2")  # type: ignore[union-attr]
    old.reviews(guids["strange"], 0, 3)
    old.collection.sched.suspend_cards([old.card(guids["both"], 0).id])
    result = call("import", "--to", cards, "--progress", "--keep-due", old.packs(tmp_path / "old.apkg"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "5 answers taken over, 0 already there" in result.stdout
    assert call("export", cards, "--progress", "-o", "out.apkg").exit_code == 0
    new = Learner(tmp_path / "new")
    new.imports(Path("out.apkg"), progress=True)
    new.assert_sound()
    assert learned_in(new) == learned_in(old)
    assert len(learned_in(new)) == 6
    old.close()
    new.close()


def backward(learner: Learner, guids: dict[str, str]) -> None:
    """A note of a type whose first card cannot be asked here, so that the second one is our only face."""
    kind = learner.collection.models.by_name("Basic (and reversed card)")
    assert kind is not None
    copy = learner.collection.models.copy(kind)
    copy["name"] = "Backward"
    copy["tmpls"][0]["qfmt"] = "{{#Front}}always the same{{/Front}}"
    copy["tmpls"][1] |= {"qfmt": "{{Back}}", "afmt": "{{Front}}"}
    learner.collection.models.update_dict(copy)
    guids["backward"] = learner.adds("Backward", "one", "two").guid


def learned_in(learner: Learner) -> dict[str, object]:
    """Each card with its queue, the day on which it is due, and every answer."""
    db = learner.collection.db
    assert db is not None
    query = "select guid, ord, c.id, queue, type, due from cards c join notes n on n.id = c.nid"
    return {
        f"{guid}/{number}": (
            queue,
            due - learner.collection.sched.today if kind else None,
            db.all("select id, ease, time from revlog where cid = ? order by id", card),
        )
        for guid, number, card, queue, kind, due in db.all(query)
    }


@pytest.mark.parametrize("how", [("--progress",), ("--to", "cards"), ("--progress", "--to", "cards")])
def test_a_database_of_duly_is_recognised(tmp_path: Path, how: tuple[str, ...]) -> None:
    file = tmp_path / "duly.db"
    with Journal.open(file):
        pass
    before = file.read_bytes()
    result = call("import", file, *how)
    assert result.exit_code == 2
    assert "is a database of answers of duly" in result.stderr
    assert "damaged" not in result.stderr
    assert file.read_bytes() == before
