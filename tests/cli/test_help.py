"""Help says what every command does, without loading any."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.calling import call
from tests.cli.usage import CALLS, Usage

from duly.cli.commands import COMMANDS, SECTIONS, duly
from duly.i18n import set_language


def test_help_lists_every_command_with_what_it_does() -> None:
    output = call("--help", terminal_width=200).output
    for name, about in COMMANDS.items():
        assert f"  {name}  " in output
        assert str(about).split(".", maxsplit=1)[0] in output


def test_help_speaks_chinese(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: set_language(""))
    set_language("zh")
    assert "记录与调度：" in call("--help").output


def test_every_command_stands_in_one_section_of_the_help_the_most_used_first() -> None:
    section_commands = [name for _title, names in SECTIONS for name in names]
    assert sorted(section_commands) == sorted(COMMANDS)
    output = call("--help").output
    assert [
        line.split()[0]
        for line in output[output.index("Learn:") :].splitlines()
        if line.startswith("  ") and line.split()[0] in COMMANDS
    ] == section_commands
    assert (
        output.index("Learn:")
        < output.index("  quiz")
        < output.index("Cards:")
        < output.index("Journal and scheduling:")
    )


@pytest.fixture(scope="module")
def usage(tmp_path_factory: pytest.TempPathFactory) -> Usage:
    return Usage.of_all_calls(tmp_path_factory.mktemp("usage"))


@pytest.mark.parametrize(("words", "line"), CALLS.items())
def test_messages_of_click_are_in_chinese(words: str, line: str, usage: Usage) -> None:
    assert [printed for printed in usage.printed[words].splitlines() if printed.startswith(line)]


@pytest.mark.parametrize("words", CALLS)
def test_no_english_is_left_in_messages_of_click(words: str, usage: Usage) -> None:
    """Two words of letters in a row, as in "Show the version", once names, options and what was typed are left out."""
    english_words = re.sub(r"duly [a-z]*|'[^']*'|--?[\w-]+|[a-z]+:,|YAML|JSON|Anki", "", usage.printed[words])
    assert re.findall(r"\b[A-Z]?[a-z]+ [a-z]+\b.*", english_words) == []


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "错误：没有 'nothing' 这个命令。"),
        ({"LANG": "C.UTF-8", "settings": "zh"}, "错误：没有 'nothing' 这个命令。"),
        ({"LANG": "zh_CN.UTF-8", "settings": "en"}, "Error: No such command 'nothing'."),
    ],
)
def test_usage_is_told_in_the_language_in_force(environment: dict[str, str], line: str, own_world: Path) -> None:
    assert line in output_lines("nothing", environment, own_world)


def output_lines(words: str, environment: dict[str, str], home: Path) -> list[str]:
    """The lines of ``duly`` in an environment, in which "settings" is the language that the settings name."""
    if "settings" in environment:
        (home / "config.toml").write_text(f'language = "{environment["settings"]}"\n', encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-c", "from duly.cli import main; main()", *words.split()],
        env={**os.environ, "PYTHONUTF8": "1", **environment}, capture_output=True, check=False,
    )  # fmt: skip
    return (process.stdout + process.stderr).decode().splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_tells_the_same_of_itself(name: str) -> None:
    command = duly.get_command(click.Context(duly), name)
    assert command is not None
    assert command.help == str(COMMANDS[name])


def test_help_loads_no_command() -> None:
    program = (
        "import sys; sys.argv = ['duly', '--help']\n"
        "from duly.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('duly.cli.', 'yaml', 'sqlite3', 'textual'))])"
    )
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (
        process.stdout.splitlines()[-1] == "['duly.cli.commands', 'duly.cli.current_time', 'duly.cli.shared_options']"
    )
