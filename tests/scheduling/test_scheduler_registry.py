"""Schedulers are found by the name that an entry records."""

import pytest

from duly.errors import DulyError
from duly.scheduling.scheduler_registry import SCHEDULER_NAMES, find_scheduler


@pytest.mark.parametrize("name", SCHEDULER_NAMES)
def test_every_scheduler_is_found_by_its_name(name: str) -> None:
    assert find_scheduler(name).name == name


def test_a_name_that_no_scheduler_has_is_refused_in_one_sentence() -> None:
    with pytest.raises(DulyError, match="there is no scheduler 'sm2-qaper'; there are sm2-paper"):
        find_scheduler("sm2-qaper")
