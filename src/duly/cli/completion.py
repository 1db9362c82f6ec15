"""``duly completion``: the script by which a shell completes duly's commands, options, ids, decks and tags."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    made = get_completion_class(shell)
    assert made is not None, "click knows these shells"
    script = made(context.find_root().command, {}, "duly", "_DULY_COMPLETE").source()
    # click's script for fish cuts what it offers at a comma; only the first one parts the type from the rest.
    click.echo(script.replace('string split ","', 'string split --max 1 ","'))
