"""``duly check``."""

import json
from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.cards import FRONT, CardId, NoteId
from duly.journal import Journal
from duly.scheduling.schedule import Schedule

check = partial(call, "check")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "a.yaml"
    file.write_text(
        "- {q: one, a: x, reverse: true}\n- {q: 二, a: y, tag: z}\n- {q: three, a: '![](http://x/y.png)'}\n"
    )
    return file


def test_every_problem_is_shown_and_then_the_sums(deck: Path) -> None:
    result = check(deck)
    assert result.exit_code == 1
    expected_output = f"""\
{deck}:2:16: error: there is no key 'tag'; did you mean tags?
  - {{q: 二, a: y, tag: z}}
                  ^
{deck}:3:22: warning: http://x/y.png is on the web: it is shown only where there is a connection, if at all
  - {{q: three, a: '![](http://x/y.png)'}}
                       ^
2 notes, 3 cards in 1 file: 1 error, 1 warning
"""
    assert result.output == expected_output


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("")
    result = check(tmp_path)
    assert (result.exit_code, "0 errors, 1 warning" in result.output) == (0, True)


def test_a_clean_collection_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {q: one, a: x}\n")
    assert check(tmp_path).output == "1 note, 1 card in 1 file: 0 errors, 0 warnings\n"


def test_json_comes_with_the_same_exit_code(deck: Path) -> None:
    result = check("--json", deck)
    report = json.loads(result.output)
    assert (result.exit_code, report["notes"], report["cards"]) == (1, 2, 3)
    assert [(problem["line"], problem["kind"]) for problem in report["problems"]] == [
        (2, "unknown-key"),
        (3, "remote-media"),
    ]
    assert check("--format", "json", deck).output == result.output


def test_annotations_are_one_line_each(deck: Path) -> None:
    lines = check("--format=github", deck).output.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning"]


@pytest.mark.parametrize("arguments", [["gone.yaml"], ["--format", "xml"], []])
def test_wrong_usage_exits_with_two(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert check(*arguments).exit_code == 2


def test_cards_is_the_collection_if_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cards/ml").mkdir(parents=True)
    Path("cards/ml/a.yaml").write_text("- {q: one}\n")
    assert check().output.startswith("cards/ml/a.yaml:1:3: error: this card has no a:; write it\n")


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_output_is_coloured_on_terminals_and_where_it_is_asked_for(
    environment: dict[str, str], terminal: bool, coloured: bool, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in check(deck, color=terminal).output) == coloured


ADVISED = "- {q: 它为什么快？, a: 只看非零元素。}\n- {q: Is TCP reliable?, a: 'Yes', id: tcp}\n"


def test_advice_is_given_only_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ADVISED)
    assert check(tmp_path).output == "2 notes, 2 cards in 1 file: 0 errors, 0 warnings\n"
    result = check("--advice", tmp_path)
    lines = result.output.splitlines()
    assert (result.exit_code, len(lines)) == (0, 8)
    assert lines[0].startswith(f"{tmp_path}/a.yaml:1:3: advice: '它' refers to nothing on this card")
    assert lines[1:3] == ["  - {q: 它为什么快？, a: 只看非零元素。}", "    ^"]
    assert lines[3].endswith("ask why, how or which (A. Matuschak 2020)")
    assert lines[7].startswith("  A. Matuschak, How to write good prompts")


def test_advice_for_programs_has_a_severity_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ADVISED)
    report = json.loads(check("--advice", "--json", tmp_path).output)
    assert [(problem["severity"], problem["kind"]) for problem in report["problems"]] == [
        ("advice", "context"),
        ("advice", "yes-no"),
    ]
    assert check("--advice", "--format=github", tmp_path).output.startswith("::notice file=")


def test_advice_knows_what_is_hard_for_the_learner(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {q: hard, a: x, id: h}\n")
    with Journal.open(tmp_path / "duly.db") as journal, journal.transaction() as transaction:
        transaction.save_schedule(CardId(NoteId("h"), FRONT), Schedule(lapses=9))
    output = check("--advice", "--db", tmp_path / "duly.db", tmp_path).output
    assert ": advice: this was forgotten 9 times" in output
