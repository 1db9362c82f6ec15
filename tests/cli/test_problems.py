"""Problems as text, JSON and annotations."""

import json
from pathlib import Path

import click
import pytest

from duly.cli.problems import print_problems, print_some_problems, problem_as_text, problem_for_github, problems_as_json
from duly.i18n import set_language
from duly.message import message
from duly.problem import Place, Problem, Severity

PROBLEM = Problem(
    Place(Path("cards/a, b: 100%.yaml"), 3, 9),
    "bad-tag",
    message("{tag!r} is 50% of\na tag", tag="\x1b[31m中"),
    Severity.WARNING,
    "tags: [什 么]",
)


def test_a_problem_is_a_sentence_with_its_place_its_line_and_a_caret() -> None:
    assert click.unstyle(problem_as_text(PROBLEM, 80)).splitlines() == [
        r"cards/a, b: 100%.yaml:3:9: warning: '\x1b[31m中' is 50% of␊a tag",
        "  tags: [什 么]",
        "           ^",
    ]


def test_a_problem_without_a_line_is_the_sentence_alone() -> None:
    problem = Problem(Place(Path("a.yaml")), "unreadable", message("gone"))
    assert click.unstyle(problem_as_text(problem, 80)) == "a.yaml:1:1: error: gone"


def test_no_control_character_of_a_file_or_its_name_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    bad = "\x1b]0;x\x07\x9b\u202e"
    problem = Problem(Place(Path(f"{bad}.yaml")), "x", message("{bad}", bad=bad), excerpt=bad)
    print_problems([problem])
    print_problems([problem], err=True)
    print(problems_as_json([problem], 0, 0))
    print(problem_for_github(problem))
    out, err = capfd.readouterr()
    assert not set(out + err) & set(bad) - set("]0;x")
    assert "␛]0;x␇" in out
    assert "␛]0;x␇" in err


def test_json_holds_what_a_program_needs_and_nothing_else() -> None:
    assert json.loads(problems_as_json([PROBLEM], 2, 3)) == {
        "problems": [
            {
                "file": "cards/a, b: 100%.yaml",
                "line": 3,
                "column": 9,
                "kind": "bad-tag",
                "severity": "warning",
                "message": "'\\x1b[31m中' is 50% of\na tag",
            }
        ],
        "notes": 2,
        "cards": 3,
    }


def test_annotations_escape_line_ends_and_separators() -> None:
    assert problem_for_github(PROBLEM) == (
        r"::warning file=cards/a%2C b%3A 100%25.yaml,line=3,col=9::'\x1b[31m中' is 50%25 of%0Aa tag"
    )


def test_of_thousands_of_one_kind_ten_are_shown_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = [Problem(Place(Path("a.yaml"), line), "no-answer", message("no answer")) for line in range(1, 4001)]
    print_some_problems([*many, PROBLEM])
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert [line.partition(":")[0] for line in lines].count("a.yaml") == 10
    assert any("is 50% of" in line for line in lines)
    assert lines[-1] == "… and 3990 more problems of the kind no-answer; duly check shows them"


def test_in_chinese_the_kind_of_a_problem_ends_in_a_full_width_colon() -> None:
    set_language("zh")
    assert click.unstyle(problem_as_text(PROBLEM, 80)).startswith("cards/a, b: 100%.yaml:3:9: 警告：")
