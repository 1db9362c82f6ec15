"""Parameters that were fitted to the learner are written so that they can be read again."""

from pathlib import Path

from tests.scheduling.histories import CAPITAL, moment, review

from duly.journal import Journal
from duly.scheduling.fsrs import DEFAULT_PARAMETERS, GREATEST_PARAMETERS
from duly.scheduling.journal_entries import Fitting
from duly.scheduling.schedule import NEW
from duly.study.record_fitting import write_parameters


def test_parameters_beyond_their_bounds_are_held_to_them(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "duly.db") as journal:
        with journal.transaction() as transaction:
            transaction.append(review(CAPITAL, 20_000, scheduler="fsrs"), NEW)
        write_parameters(journal, [*DEFAULT_PARAMETERS[:20], 1e9], moment(20_001))
        *_, last = journal.entries()
    assert isinstance(last.entry, Fitting)
    assert last.entry.parameters == (*DEFAULT_PARAMETERS[:20], GREATEST_PARAMETERS[20])
