"""Commands called as from a shell, in this process."""

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from duly.cli.commands import duly
from duly.errors import DulyError


def call(*arguments: str | Path, **how: Any) -> Result:
    """What came of ``duly`` with these arguments; `how` goes to click's runner. A circumstance is in ``exception``.

    Raises what a bug raises.
    """
    result = CliRunner().invoke(duly, [str(argument) for argument in arguments], **how)
    if result.exception is not None and not isinstance(result.exception, (SystemExit, DulyError)):
        raise result.exception
    return result
