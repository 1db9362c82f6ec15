"""``duly evaluate``: measures which scheduler predicts the learner's answers best."""

from pathlib import Path

import click

from duly.cli.safe_text import json_text
from duly.cli.shared_options import database_option, terminal_width
from duly.i18n import _


@click.command("evaluate")
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(db: Path | None, as_json: bool) -> None:
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.markup.terminal.styled_lines import line_text
    from duly.study.record_fitting import evaluation_of
    from duly.text.charts.block_lines import block_lines
    from duly.text.evaluation_report import evaluation_as_json, figures_table, missing_note, pictures, summary, verdict

    with Journal.open(db or journal_file(), create=False) as journal:
        evaluation = evaluation_of(journal.entries())
    if as_json:
        click.echo(json_text(evaluation_as_json(evaluation), indent=2))
        return
    click.echo(summary(evaluation) + "\n")
    if evaluation.predictors:
        for line in block_lines((figures_table(evaluation), *pictures(evaluation)), terminal_width()):
            click.echo(line_text(line))
        click.echo()
    click.echo("\n".join(filter(None, (verdict(evaluation), missing_note(evaluation)))))
