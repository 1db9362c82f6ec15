"""``duly tour``: shows the tour of duly."""

import shutil

import click


@click.command("tour")
def command() -> None:
    from duly.markup.terminal.styled_lines import line_text
    from duly.text.tour_text import tour

    for line in tour(max(min(shutil.get_terminal_size().columns, 80), 20)):
        click.echo(line_text(line))
