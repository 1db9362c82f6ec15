"""``duly schema``: prints the JSON Schema of deck files, for editors."""

import json

import click

from duly.i18n import _


@click.command("schema")
def command() -> None:
    from duly.deckfile.schema import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


command.help = _("Print the JSON Schema of deck files, for completion in editors.")
