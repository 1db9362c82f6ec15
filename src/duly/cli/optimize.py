"""``duly optimize``: fits the parameters of FSRS to the learner's own answers."""

from pathlib import Path

import click

from duly.cli.shared_options import database_option, now, settings
from duly.i18n import _


@click.command("optimize")
@database_option
@click.option("--dry-run", is_flag=True, help=_("Show the parameters and what they gain, and write nothing."))
def command(db: Path | None, dry_run: bool) -> None:
    from duly.journal import Journal
    from duly.locations import journal_file
    from duly.study.clock import Clock
    from duly.study.record_fitting import fit_parameters, write_parameters

    with Journal.open(db or journal_file(), create=False) as journal:
        fitting = fit_parameters(journal)
    gain = fitting.evaluation.difference("fsrs-fitted", "fsrs")
    if not dry_run:
        with Journal.open(db or journal_file()) as journal:
            write_parameters(journal, fitting.parameters, Clock(journal, now, settings().rollover).moment())
    click.echo(", ".join(f"{value:.4f}" for value in fitting.parameters))
    if gain is not None:
        words = _("Predicting later answers from earlier ones, fitting changes the log loss by {n} ({low} to {high}).")
        click.echo(words.format(n=f"{gain.log_loss:+.4f}", low=f"{gain.low:+.4f}", high=f"{gain.high:+.4f}"))
    if not dry_run:
        click.echo(_("The parameters are in the journal, and rule FSRS from now on."))
        if settings().scheduler != "fsrs":
            click.echo(_('SM-2 still plans your cards; set scheduler = "fsrs" to let FSRS do it.'))
