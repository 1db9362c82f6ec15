"""How well a learner remembered, on SM-2's scale."""

from enum import IntEnum


class Grade(IntEnum):
    """SM-2's quality of a response, 0 to 5. From 3 on the card was remembered; below 4 it is drilled."""

    BLACKOUT = 0
    WRONG = 1
    AGAIN = 2
    HARD = 3
    GOOD = 4
    EASY = 5

    @property
    def is_pass(self) -> bool:
        return self >= Grade.HARD


BUTTONS = (Grade.AGAIN, Grade.HARD, Grade.GOOD, Grade.EASY)
"""The four grades that are offered, in the order of Anki's buttons and of the keys 1 to 4."""
