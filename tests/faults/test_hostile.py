"""A deck made to do harm: nothing of it reaches the terminal as a command, or Anki as a script, and nothing hangs."""

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from tests.learner import Learner

from duly.cards import derived_id

pytestmark = pytest.mark.slow

ESCAPES = {
    "colour": "\\e[31mred\\e[0m",
    "title": "\\e]0;owned\\a",
    "clipboard": "\\e]52;c;b3duZWQ=\\a",
    "link": "\\e]8;;http://example.org\\e\\\\click\\e]8;;\\e\\\\",
    "device": "\\eP+q544e\\e\\\\",
    "eight bits": "\\x9b31mred",
    "backspaces": "safe\\b\\b\\b\\bevil",
    "return": "safe\\revil",
    "right to left": "abc\\u202egnp.exe",
    "isolate": "\\u2066abc\\u2069",
    "null": "a\\0b",
    "delete": "a\\x7fb",
}
"""In double quotes YAML lets any character be written as an escape."""

MARKUP = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "address": "[x](javascript:alert(1)) <a href='JaVaScRiPt:alert(1)'>x</a>",
    "data": "<iframe src='data:text/html,<script>alert(1)</script>'></iframe>",
    "style": "<style>body{display:none}</style><div style='position:fixed;inset:0'>x</div>",
    "form": "<form action=http://example.org><input name=x></form>",
    "comment": "<!--><script>alert(1)</script>-->",
    "math": "$\\\\href{javascript:alert(1)}{x}$",
    "styled math": "$\\\\style{position:fixed}{x}\\\\class{right}{y}\\\\cssId{qa}{z}\\\\require{html}$",
    "parted math": "\\\\\\\\(\\\\\\\\hr<wbr>ef{javascript:alert(1)}{x}\\\\\\\\)",
    "latex": "[latex]\\\\input{/etc/passwd}[/latex]",
    "sound": "[sound:../../etc/passwd]",
    "meta": "<meta http-equiv=refresh content='0;url=http://example.org'>",
    "unclosed": "<a href='x" + "<b>" * 50,
}


def deck(texts: dict[str, str]) -> str:
    return "".join(f'- q: "{name} {text}"\n  a: "{text} end"\n  hint: "{text}"\n' for name, text in texts.items())


def duly(*arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from duly.cli import main; main()", *map(str, arguments)],
        input=typed,
        env={**os.environ, "DULY_NOW": "2026-03-02T21:00:00Z", "PYTHONUTF8": "1"},
        encoding="utf-8",
        errors="surrogateescape",
        capture_output=True,
        timeout=60,
        check=False,
    )


def obeyed(text: str) -> set[str]:
    """The characters of an output that a terminal might act on."""
    return {
        character
        for character in text
        if character not in "\n\u200c\u200d" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "--format", "github"),
        ("check", "--advice"),
        ("list", "--in"),
        ("list", "--json", "--in"),
        ("list", "--json", "--notes", "--in"),
        ("due", "--json"),
        ("list", "--notes", "--in"),
        ("due",),
        ("stamp", "--check"),
        ("quiz", "--plain"),
        ("export", "-o", "{out}"),
    ],
)
def test_no_command_of_a_card_reaches_the_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "deck.yaml").write_text(
        deck(ESCAPES) + '- {q: "odd \\e[2J key", a: x, "\\e[31mbad": y}\n- q: "no answer \\e[31m"\n', encoding="utf-8"
    )
    (cards / "raw.yaml").write_text("- q: raw \x1b]0;owned\x07\n  a: x\n", encoding="utf-8")
    given = [argument.format(out=tmp_path / "out.apkg") for argument in arguments]
    done = duly(*given, cards, typed="\n3\n" * 20)
    assert obeyed(done.stdout + done.stderr) == set()
    assert "Traceback" not in done.stderr


def test_no_command_of_a_card_that_is_shown_gone_or_reworded_reaches_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text('- q: "What is \\e[31m red\\u202e?"\n  a: "\\x9b31mx"\n- {q: y, a: z, id: y}\n', encoding="utf-8")
    duly("quiz", "--plain", file, typed="\n3\n" * 2)
    file.write_text('- q: "What is \\e[32m red\\u202e then?"\n  a: "\\x9b31mx"\n  extra: "\\e[2J"\n', encoding="utf-8")
    shown = derived_id("What is \x1b[32m red\u202e then?")
    for command in (("check",), ("orphans",), ("stamp",), ("show", shown, "--in"), ("quiz", "--plain")):
        done = duly(*command, file, typed="\n\n")
        assert "What is" in done.stdout + done.stderr
        assert obeyed(done.stdout + done.stderr) == set(), command


def test_nothing_that_runs_reaches_anki(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "deck.yaml").write_text(deck(MARKUP | ESCAPES), encoding="utf-8")
    done = duly("export", cards, "-o", tmp_path / "deck.apkg")
    assert done.returncode == 0, done.stderr
    learner = Learner(tmp_path / "anki")
    learner.imports(tmp_path / "deck.apkg")
    assert learner.collection.fix_integrity() == ("Database rebuilt and optimized.", True)
    notes = learner.collection.find_notes("")
    assert len(notes) == len(MARKUP | ESCAPES)
    for number in notes:
        fields = "\n".join(learner.collection.get_note(number).fields)
        assert not re.search(r"<(script|style|iframe|svg|form|meta|object|embed|link|base)\b", fields, re.IGNORECASE)
        assert not re.search(r"<[^>]*\son\w+\s*=", fields, re.IGNORECASE)
        assert not re.search(r"""(?:href|src)\s*=\s*["']?\s*(?:javascript|data|vbscript):""", fields, re.IGNORECASE)
        assert not re.search(r"\[(?:latex|sound:(?!duly-))", fields)
        assert not re.search(r"\\(?:href|style|class|cssId|require|unicode|mmlToken)", fields)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", fields.replace("\x1f", ""))
    learner.close()


ENDLESS = {
    "emphasis": "*_" * 50_000,
    "brackets": "[" * 50_000,
    "images": "![" * 50_000,
    "quotes": "> " * 5_000 + "x",
    "ticks": " ".join("`" * length for length in range(1, 300)),
    "entities": "&" * 50_000,
    "tags": "<a" * 20_000,
    "tables": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|b" * 2_000 + "|",
    "deletions": "{{c1::" * 5_000 + "x" + "}}" * 5_000,
    "math": "$" * 50_000,
    "fractions": "$$" + "\\frac{" * 900 + "x" + "}" * 900 + "$$",
    "combining": "a" + "\u0301" * 50_000,
    "long word": "x" * 200_000,
    "long han word": "漢" * 100_000,
    "nested tables": "<table><tr><td>" * 16 + "y",
    "tables in tables": "<table><tr><td>" * 4_000,
    "begun tables": "<table>" * 8_500,
    "begun divisions": "<div>" * 100_000,
    "begun attributes": '<b a="' * 20_000,
    "many styles": "".join(f"<p><b title={number}>x" for number in range(1_000)),
    "begun formulas": "\\\\\\\\(" * 20_000,
    "nested lists": "".join("  " * depth + "- x\n" for depth in range(300)),
}
"""Texts that keep a careless reader busy for ever."""


IMPORTED = ("nested tables", "begun tables", "begun divisions", "begun attributes", "tags", "begun formulas")


def test_html_made_to_take_for_ever_is_imported(tmp_path: Path) -> None:
    table = tmp_path / "cards.txt"
    rows = [f"{name}\t{ENDLESS[name][:size]}\n" for name in IMPORTED for size in (25_000, 500_000)]
    table.write_text(f"#separator:tab\n#html:true\n{''.join(rows)}", encoding="utf-8")
    done = duly("import", table, "--to", tmp_path / "cards")
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize("command", [("quiz", "--plain"), ("export", "-o", "{out}")])
def test_texts_made_to_take_for_ever_are_shown_and_exported(tmp_path: Path, command: tuple[str, ...]) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    for name, text in ENDLESS.items():
        indented = "".join(f"    {line}\n" for line in text.split("\n"))
        (cards / f"{name}.yaml").write_text(f"- q: {name}\n  a: |\n{indented}", encoding="utf-8")
    done = duly(*(part.format(out=tmp_path / "out.apkg") for part in command), cards, typed="\n3\n" * len(ENDLESS))
    assert done.returncode == 0, done.stderr[-500:]


TIRING = {
    "unknown keys": "- q: a\n  a: b\n" + "".join(f"  key{number}: v\n" for number in range(50_000)),
    "unknown keys in one line": "- {q: a, a: b" + "".join(f", key{number}: v" for number in range(20_000)) + "}\n",
    "warnings in one line": "[" + ", ".join(f'{{q: "\\e", a: b{number}}}' for number in range(10_000)) + "]\n",
    "bad tags in one line": "- q: a\n  a: b\n  tags: [" + ", ".join(["'a b'"] * 20_000) + "]\n",
}


@pytest.mark.parametrize("name", TIRING)
def test_however_many_mistakes_a_file_has_check_names_each(tmp_path: Path, name: str) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text(TIRING[name], encoding="utf-8")
    done = duly("check", file)
    assert done.stdout.count(f"{file}:") >= 10_000
    assert "Traceback" not in done.stderr
