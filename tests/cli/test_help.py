"""Help says what every command does, without loading any."""

import subprocess
import sys

import click
import pytest
from tests.cli.calling import call

from duly.cli.commands import COMMANDS, duly
from duly.i18n import speak


def test_help_lists_every_command_with_what_it_does() -> None:
    shown = call("--help", terminal_width=200).output
    for name, about in COMMANDS.items():
        assert f"  {name}  " in shown
        assert str(about).split(".", maxsplit=1)[0] in shown


def test_help_speaks_chinese(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: speak(""))
    speak("zh")
    assert "命令:" in call("--help").output


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
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['duly.cli.commands', 'duly.cli.clock', 'duly.cli.common']"
