"""What can be wrong with a cloze."""

from pathlib import Path

import pytest

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import Source


def nested(depth: int) -> str:
    return "".join(f"{{{{c{number}::x" for number in range(1, depth + 1)) + "}}" * depth


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Rows {{c1::a}} and {{c2::b::hint}}", ""),
        (r"{{c1::$\frac{1}{\sqrt{d}}$}}", ""),
        ("{{c1,2::a}}", ""),
        ("{{c500::a}}", ""),
        (nested(10), ""),
        ("{{c1::`std::vector`}} {{c2::$a::b$::hint}} {{c3::back::direction}} {{c4::Lima::e.g. a city}}", ""),
        ("{{c1::std::map}}", "warning unclear-hint: is 'map' a hint here? Then write a space before it; else write"),
        ("{{c1::::1}}", "warning unclear-hint: is '1' a hint here?"),
        ("{{c1::Foo::Bar.new}}", "warning unclear-hint: is 'Bar.new' a hint here?"),
        ("{{c1::std:: map}}", ""),
        ("no deletion", "error no-deletion: this cloze hides nothing; write {{c1::…}} around what is asked"),
        ("{{c0::a}}", "error bad-cloze-number: c0 makes no card; number deletions from 1 to 500"),
        ("{{c1::a}} {{c501::a}}", "error bad-cloze-number: c501 makes no card"),
        ("{{c1,0::a}}", "error bad-cloze-number: c0 makes no card"),
        ("{{c" + "9" * 5000 + "::a}}", "error bad-cloze-number: c999999999999 makes no card"),
        ("{{c1::a}} {{c2::b", "warning unclosed-cloze: {{c2:: is never closed; close it with }}"),
        ("{{c1::a {{c2::b}}", "warning unclosed-cloze: {{c2:: is never closed"),
        ("{{c1::a", "error unclosed-cloze: {{c1:: is never closed"),
        (nested(11), "error deep-cloze: deletions lie more than 10 deep"),
        ("{{c1::a}}" * 501, "error too-many-deletions: this cloze has more than 500 deletions"),
        ("{{c1::" * 200_000, "error too-many-deletions"),
        (
            "{{c1：：北京}}",
            "error full-width: a deletion here has full-width signs; write {{c1::…}} with half-width ones",
        ),
        ("｛｛c1::北京｝｝", "error full-width"),
        ("｛｛c1：：" * 200_000, "error no-deletion"),
        ("{{c1::北京｝｝", "error full-width"),
        ("{{ｃ１::北京}}", "error full-width"),
        ("{{c1::北京}}是{{c2：：中国}}的首都", "warning full-width"),
        ("{{c1::北京：：首都}}", "warning full-width: a deletion here has full-width signs; write {{c1::…::…}} with"),
        ("{{c1::比分是１：２}}，即 ｛一：二｝：：", ""),
    ],
)
def test_a_cloze_is_checked(text: str, problem: str) -> None:
    parsed = parse(Source(Path("x.yaml"), f"- cloze: '{text}'\n"), DeckName("x"))
    reported = [f"{p.severity} {p.kind}: {p.message}" for p in parsed.problems]
    assert len(reported) == bool(problem)
    assert "".join(reported).startswith(problem)
    assert len(parsed.entries) == (not problem.startswith("error"))
