"""``duly quiz``, line by line, and what ``duly due``, ``duly list`` and ``duly journal`` say of it afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from duly.journal import Journal
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Review

pytestmark = pytest.mark.slow

DULY = (sys.executable, "-c", "from duly.cli import main; main()")
ABC = "deck: d\ncards:\n- {q: a?, a: x, id: a}\n- {q: b?, a: y, id: b}\n- {q: c?, a: z, id: c}\n"


def world(now: str) -> Mapping[str, str]:
    return {**os.environ, "DULY_NOW": now, "PYTHONUTF8": "1"}


def duly(
    *arguments: str | Path, typed: Sequence[str] = (), now: str = "2026-03-01T21:00:00+08:00"
) -> subprocess.CompletedProcess[str]:
    """Runs duly with these lines as its input."""
    return subprocess.run(
        [*DULY, *map(str, arguments)],
        input="".join(f"{line}\n" for line in typed),
        env=world(now),
        text=True,
        encoding="utf-8",
        capture_output=True,
        timeout=60,
        check=False,
    )


def report(*arguments: str | Path, now: str = "2026-03-01T21:00:00+08:00") -> Any:
    """The JSON document that a command prints."""
    run = duly(*arguments, "--json", now=now)
    assert (run.returncode, run.stderr) == (0, "")
    return json.loads(run.stdout)


def grades(home: Path) -> list[tuple[str, int]]:
    with Journal.open(home / "duly.db") as journal:
        return [
            (str(logged.entry.card), int(logged.entry.grade))
            for logged in journal.entries()
            if isinstance(logged.entry, Review)
        ]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "d.yaml"
    file.write_text(ABC)
    return file


def test_a_card_is_asked_answered_and_graded(deck: Path, own_world: Path) -> None:
    run = duly("quiz", "--plain", deck, typed=["", "3"])
    assert (run.returncode, run.stderr) == (0, "")
    asked, shown, graded = (run.stdout.index(text) for text in ("[1/3] d", "x", "[2/3] d"))
    assert asked < shown < graded
    assert run.stdout.endswith("\nToday: done 1, left 2, tomorrow 1, 1 day running\n")
    assert grades(own_world) == [("a/front", 4)]


def test_the_quiz_line_by_line_loads_no_module_that_draws_a_screen(deck: Path) -> None:
    program = (
        f"import sys; sys.argv = ['duly', 'quiz', '--plain', {str(deck)!r}]\n"
        "from duly.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "modules = [name for name in sys.modules if name.split('.')[0] == 'textual' or name.startswith('duly.tui')]\n"
        "print(len(modules), modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input="\n3\n", text=True, capture_output=True, timeout=60, check=True
    )
    assert run.stdout.splitlines()[-1] == "0 []"


def test_enter_takes_the_suggested_grade_and_an_invalid_grade_is_asked_again(deck: Path, own_world: Path) -> None:
    run = duly("quiz", deck, typed=["", "", "", "9", "x", "1", "q"])
    assert "9 is not a grade; type one of 1, 2, 3, 4, or Enter for the one proposed" in run.stdout
    assert "x is not a grade" in run.stdout
    assert grades(own_world) == [("a/front", 4), ("b/front", 2)]


@pytest.mark.parametrize("typed", [["q"], [], ["", "q"], [""]])
def test_stopping_anywhere_grades_nothing(typed: list[str], deck: Path, own_world: Path) -> None:
    run = duly("quiz", deck, typed=typed)
    assert (run.returncode, grades(own_world)) == (0, [])
    assert run.stdout.endswith("\nToday: done 0, left 3, tomorrow 0\n")


def test_a_quiz_without_remaining_cards_says_so(deck: Path) -> None:
    run = duly("quiz", deck, "--ahead", "1")
    assert run.returncode == 0
    assert run.stdout == "Nothing is left here for today.\n\nToday: done 0, left 0, tomorrow 0\n"


def test_a_deck_or_a_tag_that_there_is_not_is_told(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text("deck: ml::gpt\ntags: [exam::oral]\ncards: [{q: a?, a: x}]\n")
    for option, name, meant in (("deck", "ml::g", "; did you mean ml::gpt?"), ("tag", "oral", "")):
        run = duly("quiz", file, f"--{option}", name)
        assert (run.returncode, run.stdout, run.stderr) == (2, "", f"duly: there is no {option} {name!r}{meant}\n")
    for option, name in (("--deck", "ML"), ("--deck", "gpt"), ("--tag", "exam")):
        assert "[1/1] ml::gpt" in duly("quiz", file, option, name, typed=["q"]).stdout


def test_undo_and_suspend_line_by_line(deck: Path) -> None:
    run = duly("quiz", deck, typed=["u", "", "4", "u", "1", "", "s", "q"])
    assert "There is nothing to undo." in run.stdout and "Undone: Easy · a?" in run.stdout
    entries = [json.loads(line) for line in duly("journal", "--json").stdout.splitlines()]
    kinds = [(entry["kind"], entry["card"], entry.get("grade")) for entry in entries]
    assert kinds == [
        ("review", "a/front", 5),
        ("undo", "a/front", None),
        ("review", "a/front", 2),
        ("suspend", "b/front", None),
    ]


def test_help_tells_the_words_that_may_be_written_and_asks_again(deck: Path, own_world: Path) -> None:
    run = duly("quiz", deck, typed=["help", "?", "", "help", "3", "q"])
    assert run.stdout.count("Instead of an answer or a grade, type undo, suspend, bury,") == 4
    assert grades(own_world) == [("a/front", 4)]


def test_where_an_answer_is_typed_help_has_a_colon(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text("- {q: What do you cry?, a: help, typed: true}\n")
    run = duly("quiz", file, typed=[":help", "help", "q"])
    assert run.stdout.count("Instead of an answer") == 2 and "+ help" in run.stdout.replace("✓", "+")


def test_six_grades_where_the_settings_say_so(deck: Path, own_world: Path) -> None:
    (own_world / "config.toml").write_text("raw_grades = true\n")
    duly("quiz", deck, typed=["", "0", "", "5", "q"])
    assert grades(own_world) == [("a/front", 0), ("b/front", 5)]


def test_three_days_give_the_schedules_of_sm_2(deck: Path) -> None:
    """Good throughout; easy throughout; forgotten on the second day, drilled until it is known."""
    duly("quiz", deck, typed=["", "3", "", "4", "", "2", "", "3"], now="2026-03-01T21:00:00+08:00")
    duly("quiz", deck, typed=["", "3", "", "4", "", "1", "", "1", "", "3"], now="2026-03-02T08:00:00+08:00")
    assert report("due", deck, now="2026-03-02T23:00:00+08:00")["due"] == 0
    duly("quiz", deck, typed=["", "3"], now="2026-03-03T08:00:00+08:00")
    duly("quiz", deck, typed=["", "3", "", "4"], now="2026-03-08T03:59:00+08:00")
    duly("quiz", deck, typed=["", "3", "", "4"], now="2026-03-08T04:00:00+08:00")
    schedules = {row["id"]: row["schedule"] for row in report("list", "--in", deck, now="2026-03-08T12:00:00+08:00")}
    assert schedules == {
        "a": {"repetitions": 3, "interval": 15, "easiness": 250, "due": "2026-03-23", "lapses": 0},
        "b": {"repetitions": 3, "interval": 17, "easiness": 280, "due": "2026-03-25", "lapses": 0},
        "c": {"repetitions": 2, "interval": 6, "easiness": 236, "due": "2026-03-09", "lapses": 1},
    }


def test_every_answer_before_a_kill_is_saved_and_the_next_start_goes_on(deck: Path, own_world: Path) -> None:
    process = subprocess.Popen(
        [*DULY, "quiz", "--plain", str(deck)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=world("2026-03-01T21:00:00+08:00"),
    )
    assert process.stdin is not None and process.stdout is not None
    with process:
        process.stdin.write(b"\n3\n\n1\n\n")
        process.stdin.flush()
        output = b""
        while b"Grade" not in output.partition(b"c?")[2]:
            byte = process.stdout.read(1)
            assert byte, output.decode()
            output += byte
        process.kill()
    assert process.returncode == -9
    run = duly("quiz", deck, typed=["", "3", "q"])
    assert run.returncode == 0 and "c?" in run.stdout
    assert grades(own_world) == [("a/front", 4), ("b/front", 2), ("c/front", 4)]


@pytest.mark.parametrize(("star", "bury", "quit_"), [("star", "bury", "quit"), ("*", "b", "q"), ("*", "-", "q")])
def test_words_letters_and_the_keys_of_the_screen_do_the_same(star: str, bury: str, quit_: str, deck: Path) -> None:
    run = duly("quiz", deck, typed=[star, bury, "", quit_])
    assert "starred · a?" in run.stdout and "[1/3] * d" in run.stdout
    assert "buried until 2026-03-02 · a?" in run.stdout
    assert [card["schedule"]["due"] for card in report("list", "--in", deck)] == [None] * 3
    assert run.stdout.endswith("\nToday: done 0, left 2, tomorrow 0\n")


def test_a_hint_is_given_before_the_answer_line_by_line(tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: a?, a: x, hint: near y, id: a}\n- {q: b?, a: q, id: b}\n")
    run = duly("quiz", tmp_path, typed=["hint", "h", "", "3", "hint", "", "4"])
    assert run.stdout.count("near y") == 2
    assert "There is no hint." in run.stdout
    assert grades(own_world) == [("a/front", 4), ("b/front", 5)]


def test_a_note_is_set_aside_whole_and_comes_back_whole(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: a?, a: x, reverse: true, id: a}\n- {q: b?, a: q, id: b}\n")
    run = duly("quiz", tmp_path, typed=["!", "u", "q"])
    assert "suspended · 2 cards · a?" in run.stdout and "Undone: suspended · 2 cards · a?" in run.stdout
    assert [card["suspended"] for card in report("list", "--in", tmp_path)] == [False] * 3


# Which cards


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (("--deck", "e"), ["[1/1] e"]),
        (("--tag", "t"), ["[1/1] d"]),
        (("--query", "b?"), ["[1/1] d"]),
        (("--tag", "t", "--query", "is:new"), ["[1/1] d"]),
        (("--tag", "t", "--deck", "e"), []),
        (("--ahead", "3"), []),
    ],
)
def test_only_the_cards_that_were_named_are_asked(options: tuple[str, ...], asked: list[str], tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text("deck: d\ncards:\n- {q: a?, a: x, tags: [t]}\n- {q: b?, a: x}\n")
    (tmp_path / "2.yaml").write_text("deck: e\ncards:\n- {q: c?, a: x}\n")
    run = duly("quiz", tmp_path, *options, typed=["q"])
    assert run.returncode == 0
    assert [line for line in run.stdout.splitlines() if line.startswith("[")] == asked


def test_a_query_that_cannot_be_read_is_said_in_a_line(deck: Path) -> None:
    run = duly("quiz", deck, "--query", "is:odd")
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "is:odd is unknown" in run.stderr


def test_cards_are_asked_ahead_of_their_day(deck: Path, own_world: Path) -> None:
    duly("quiz", deck, typed=["", "4"] * 3)
    run = duly("quiz", deck, "--ahead", "1", typed=["", "3", "q"])
    assert "[1/3]" not in run.stdout  # they were answered today
    duly("quiz", deck, typed=["", "4"] * 3, now="2026-03-02T21:00:00+08:00")
    run = duly("quiz", deck, "--ahead", "6", typed=["", "3", "q"], now="2026-03-04T21:00:00+08:00")
    assert "[1/3] d\na?" in run.stdout and "3 Good (6 days)" in run.stdout
    assert len(grades(own_world)) == 7


def test_cramming_asks_everything_and_writes_nothing(deck: Path, own_world: Path) -> None:
    duly("quiz", deck, typed=["", "4", "q"])
    run = duly("quiz", deck, "--cram", typed=["", "1", "star", "", "3", "u", "", "3", "", "4", ""])
    assert "This is practice: nothing is written down." in run.stdout
    assert "[1/3] d\na?" in run.stdout and "  1 Again\n" in run.stdout
    assert run.stdout.endswith("\nPractice is over; nothing was written down\n")
    assert grades(own_world) == [("a/front", 5)]
    assert report("due", deck)["done"] == 1


def test_cramming_that_is_stopped_counts_no_answers(deck: Path) -> None:
    run = duly("quiz", deck, "--cram", typed=["", "3", "q"])
    assert "Today: done" not in run.stdout


# Typed answers and choices


@pytest.mark.parametrize(("answer", "typed"), [("q", "q"), ("u", "u"), (":q", ":q")])
def test_a_typed_answer_may_be_the_letter_of_a_command(
    answer: str, typed: str, tmp_path: Path, own_world: Path
) -> None:
    (tmp_path / "t.yaml").write_text(f"- {{q: which key?, a: '{answer}', typed: true, id: t}}\n")
    duly("quiz", tmp_path, typed=[typed, ""])
    assert grades(own_world) == [("t/front", 4)]


def test_a_typed_card_is_left_and_undone_with_a_colon(tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: a?, a: x, id: a}\n- {q: which key?, a: q, typed: true, id: t}\n")
    run = duly("quiz", tmp_path, typed=["", "3", ":u", "q"])
    assert "Undone: Good · a?" in run.stdout
    duly("quiz", tmp_path, typed=["", "3", ":q"])
    assert grades(own_world) == [("a/front", 4), ("a/front", 4)]


@pytest.mark.parametrize("stop", ["：q", ":ｑ", "：ｑｕｉｔ"])
def test_a_command_may_be_written_in_full_width(stop: str, tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: a?, a: x, id: a}\n- {q: which key?, a: q, typed: true, id: t}\n")
    run = duly("quiz", tmp_path, typed=["", "ｕ", "３", stop])
    assert "There is nothing to undo." in run.stdout
    assert "Today: done 1, left 1, " in run.stdout
    duly("quiz", tmp_path, typed=["ｑ"])
    assert grades(own_world) == [("a/front", 4)]


def test_an_answer_that_looks_like_a_command_is_one_in_either_width(tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: which key?, a: ':q', typed: true, id: t}\n")
    duly("quiz", tmp_path, typed=["：q", "３"])
    assert grades(own_world) == [("t/front", 4)]


@pytest.mark.parametrize(("typed", "grade"), [("softmax", 4), ("sofmax", 3), ("sigmoid", 2), ("", 4)])
def test_what_was_typed_suggests_the_grade(typed: str, grade: int, tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: which?, a: softmax, typed: true, id: t}\n")
    duly("quiz", tmp_path, typed=[typed, "", "q"])
    assert grades(own_world)[0] == ("t/front", grade)


def test_a_number_beyond_the_options_chooses_nothing(tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "c.yaml").write_text("- {q: which?, a: yes, wrong: [no], id: c}\n")
    duly("quiz", tmp_path, typed=["9" * 10_000, "3"])
    assert grades(own_world) == [("c/front", 4)]


def test_a_choice_is_answered_by_its_number(tmp_path: Path, own_world: Path) -> None:
    (tmp_path / "t.yaml").write_text("- {q: which?, a: right, wrong: [left, down], id: t}\n")
    shown = duly("quiz", tmp_path, typed=["q"]).stdout
    (line,) = (line for line in shown.splitlines() if "right" in line)
    number = next(character for character in line if character.isdigit())
    wrong = next(other for other in "123" if other != number)
    duly("quiz", tmp_path, typed=[wrong, "", "q"])
    assert Grade(grades(own_world)[0][1]) is Grade.AGAIN


# What is told to other programs


def test_due_counts_the_whole_and_every_deck(deck: Path, own_world: Path) -> None:
    assert report("due", deck) == {
        "due": 0, "drill": 0, "new": 3, "done": 0,
        "decks": [{"deck": "d", "due": 0, "drill": 0, "new": 3, "total": 3}],
    }  # fmt: skip
    assert not (own_world / "duly.db").exists()
    duly("quiz", deck, typed=["", "3", "", "1", "q"])
    assert duly("due", deck).stdout == "due 0, drill 1, new 1, done today 1\n"
    assert report("due", deck, now="2026-03-02T21:00:00+08:00")["due"] == 2


def test_list_prints_what_is_known_of_each_card_that_is_found(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("deck: d\ncards:\n- {q: 注意力？, a: x, id: a, tags: [nn]}\n- {q: b, a: y}\n")
    assert report("list", "tag:nn", "--in", tmp_path) == [
        {
            "id": "a",
            "face": "front",
            "deck": "d",
            "tags": ["nn"],
            "question": "注意力？",
            "file": str(tmp_path / "d.yaml"),
            "line": 3,
            "suspended": False,
            "schedule": {"repetitions": 0, "interval": 0, "easiness": 250, "due": None, "lapses": 0},
        }
    ]


# What goes wrong


@pytest.mark.parametrize("command", [("quiz",), ("due",), ("list", "--in")])
def test_a_path_that_is_missing_is_wrong_usage(command: tuple[str, ...], tmp_path: Path, own_world: Path) -> None:
    run = duly(*command, tmp_path / "gone")
    assert run.returncode == 2
    assert "there is no such file or folder" in run.stderr and "Traceback" not in run.stderr
    assert not (own_world / "duly.db").exists()


@pytest.mark.parametrize("now", ["soon", "2026-03-01T21:00:00"])
def test_a_clock_without_its_zone_is_refused(now: str, deck: Path) -> None:
    run = duly("quiz", deck, now=now)
    assert run.returncode == 2
    assert run.stderr.startswith("duly: DULY_NOW is")


def test_a_file_that_is_not_a_journal_stays_unchanged(deck: Path, own_world: Path) -> None:
    (own_world / "duly.db").write_bytes(b"my diary, not yours\n" * 200)
    run = duly("quiz", deck)
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "it was left unchanged" in run.stderr
    assert (own_world / "duly.db").read_bytes() == b"my diary, not yours\n" * 200


def test_a_card_that_cannot_be_read_is_named_and_the_others_are_asked(deck: Path) -> None:
    deck.write_text(ABC + "- {q: no answer}\n")
    run = duly("quiz", deck, typed=["q"])
    assert f"{deck}:6:" in run.stderr
    assert "[1/3] d" in run.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are text")
def test_a_deck_file_with_a_name_that_is_not_utf_8_is_learned_and_exported(tmp_path: Path, own_world: Path) -> None:
    Path(tmp_path, os.fsdecode(b"\xb5\xda.yaml")).write_text("- {q: a?, a: x, id: a}\n")
    for _ in range(2):  # the second time from the cache
        assert report("due", tmp_path)["decks"][0]["deck"] == r"\xb5\xda"
    run = duly("quiz", "--plain", tmp_path, typed=["", "3"])
    assert (run.returncode, run.stderr) == (0, "")
    assert grades(own_world) == [("a/front", 4)]
    assert duly("export", tmp_path, "-o", tmp_path / "a.apkg").returncode == 0


@pytest.mark.parametrize("words", [("quiz", "--plain", "--query", "deck：e"), ("list", "deck：e", "--in")])
def test_options_that_match_no_card_are_an_error(deck: Path, words: Sequence[str]) -> None:
    run = duly(*words, deck)
    assert run.returncode == 0
    assert "No card matches." in run.stdout + run.stderr
    assert "for today" not in run.stdout


@pytest.mark.parametrize("name", ["稀疏化", "gpt::稀疏化", "GPT::稀疏化"])
def test_a_deck_is_found_by_the_end_of_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "d.yaml").write_text("deck: GPT::稀疏化\ncards:\n- {q: a?, a: x}\n", encoding="utf-8")
    assert "[1/1] GPT::稀疏化" in duly("quiz", "--plain", tmp_path, "--deck", name, typed=[""]).stdout


@pytest.mark.parametrize(
    ("file", "here"),
    [("b.yaml", "."), ("cards/b.yaml", "src"), ("cards/ml/b.yaml", "cards/ml")],
)
def test_without_arguments_the_decks_beside_or_above_are_learned(
    file: str, here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(ABC)
    (tmp_path / here).mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / here)
    run = duly(typed=["", "3", "q"])
    assert "a?" in run.stdout
    assert run.returncode == 0, run.stderr
