"""Fits FSRS to the learner: computes parameters from all answers, and writes them to the journal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.errors import DulyError
from duly.evaluation.evaluate import Evaluation, evaluate
from duly.evaluation.fsrs_fit import can_fit, fit
from duly.evaluation.scored_answers import answers
from duly.journal import Journal
from duly.message import message
from duly.scheduling.fsrs import bounded_parameters
from duly.scheduling.journal_entries import ALL_CARDS, Fitting, JournalEntry, Moment
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler


@dataclass(frozen=True, slots=True)
class FittedParameters:
    """The 21 parameters, and an evaluation of parameters that were fitted to earlier answers on later ones."""

    parameters: Sequence[float]
    evaluation: Evaluation


def evaluation_of(entries: Iterable[JournalEntry]) -> Evaluation:
    """The evaluation of all schedulers on these answers, with fitted FSRS if the extra is installed."""
    return evaluate(answers(entries), fit if can_fit() else None)


def fit_parameters(journal: Journal) -> FittedParameters:
    """Fits FSRS to all answers of a journal. Raises `DulyError` without the extra, or with too few answers."""
    all_answers = answers(journal.entries())
    evaluation = evaluate(all_answers, fit)
    if evaluation.missing_count:
        raise DulyError(
            message(
                "{n} answers on a later day than the card's one before are needed to fit FSRS; {missing} are missing",
                n=evaluation.scored_count + evaluation.missing_count,
                missing=evaluation.missing_count,
            )
        )
    return FittedParameters(fit(all_answers, len(all_answers)), evaluation)


def write_parameters(journal: Journal, parameters: Sequence[float], moment: Moment) -> None:
    """Writes parameters for FSRS, which apply on every device with this journal. Raises `DulyError`."""
    with journal.transaction() as transaction:
        transaction.append(Fitting(ALL_CARDS, moment, bounded_parameters(parameters)), NEW)
        transaction.replace_schedules(replay(transaction.entries(), find_scheduler))
