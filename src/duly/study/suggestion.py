"""Which grade to suggest, where the learner has typed or chosen an answer."""

from collections.abc import Sequence

from duly.cards.answer import Comparison
from duly.scheduling.grade import Grade
from duly.study.options import Option

NEARLY = 0.8
"""From this likeness on, a typed answer was remembered with a slip."""


def suggested(options: Sequence[Option], chosen: int | None, comparison: Comparison | None) -> Grade:
    """Good, unless what was typed or chosen says otherwise. The learner decides."""
    if chosen is not None:
        return Grade.GOOD if options[chosen].right else Grade.AGAIN
    if comparison is None or comparison.right:
        return Grade.GOOD
    return Grade.HARD if comparison.likeness >= NEARLY else Grade.AGAIN
