"""Fitting FSRS to the learner: parameters from all answers, written to the journal, and the schedules they lead to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duly.errors import DulyError
from duly.evaluation.answers import answers
from duly.evaluation.evaluate import Evaluation, evaluate
from duly.evaluation.fsrs_fit import can_fit, fit
from duly.journal import Journal
from duly.message import message
from duly.scheduling.fsrs import bounded_parameters
from duly.scheduling.journal_entries import ALL_CARDS, Fitting, JournalEntry, Moment
from duly.scheduling.replay import replay
from duly.scheduling.schedule import NEW
from duly.scheduling.scheduler_registry import find_scheduler


@dataclass(frozen=True, slots=True)
class Fitted:
    """The 21 parameters, and how well parameters fitted to earlier answers had predicted the later ones."""

    parameters: Sequence[float]
    evaluation: Evaluation


def evaluation_of(logged: Iterable[JournalEntry]) -> Evaluation:
    """How well each scheduler would have predicted these answers, FSRS fitted to them where that can be done."""
    return evaluate(answers(logged), fit if can_fit() else None)


def fitted_parameters(journal: Journal) -> Fitted:
    """Fits FSRS to all answers of a journal. Raises `DulyError` without the extra, or with too few answers."""
    known = answers(journal.entries())
    evaluation = evaluate(known, fit)
    if evaluation.missing_count:
        raise DulyError(
            message(
                "{n} answers on a later day than the card's one before are needed to fit FSRS; {missing} are missing",
                n=evaluation.scored_count + evaluation.missing_count,
                missing=evaluation.missing_count,
            )
        )
    return Fitted(fit(known, len(known)), evaluation)


def write_parameters(journal: Journal, parameters: Sequence[float], moment: Moment) -> None:
    """Has FSRS go by these parameters from now on, on every device that has this journal. Raises `DulyError`."""
    with journal.writing() as transaction:
        transaction.append(Fitting(ALL_CARDS, moment, bounded_parameters(parameters)), NEW)
        transaction.rebuild(replay(transaction.entries(), find_scheduler))
