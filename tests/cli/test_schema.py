"""``duly schema``."""

import json

from click.testing import CliRunner

from duly.cli.schema import command
from duly.deckfile.schema import schema


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(CliRunner().invoke(command).output) == schema()
