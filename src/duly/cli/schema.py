"""``duly schema``: writes the JSON Schema of deck files, for editors."""

from pathlib import Path

import click

from duly.cli.safe_text import json_text, visible
from duly.cli.shared_options import deck_paths, paths_argument
from duly.i18n import _, counted


@click.command("schema")
@paths_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=_("Write it there, and name it at the top of the deck files in PATH."),
)  # fmt: skip
def command(paths: tuple[Path, ...], output: Path | None) -> None:
    from duly.atomic_write import replacing
    from duly.deckfile.find import deck_files
    from duly.deckfile.schema import add_modeline, schema

    text = json_text(schema(), indent=2)
    if output is None:
        if paths:
            raise click.UsageError(_("name the file of the schema: -o FILE"))
        click.echo(text)
        return
    with replacing(output) as stream:
        stream.write(f"{text}\n".encode())
    changed_count = (
        sum(add_modeline(deck_file.file, output) for deck_file in deck_files(deck_paths(paths))) if paths else 0
    )
    click.echo(_("{file}: the schema of deck files").format(file=visible(str(output))))
    if paths:
        click.echo(counted("{n} deck file names it now", "{n} deck files name it now", changed_count))
