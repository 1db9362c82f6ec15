"""Golden screens of what happens while reviewing: practice, a leech, a file that broke, a new card, a day to set.

They are written anew as `tests.tui.test_golden` says.
"""

from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace

import pytest
from tests.tui.gallery import at_its_sizes, compare
from tests.tui.learner import Learner, changed, press

from duly.i18n import set_language

CARDS = {
    "en": "- {q: What does CSR stand for?, a: compressed sparse row, id: csr}\n",
    "zh": "- {q: CSR 是什么的缩写？, a: compressed sparse row（压缩稀疏行）, id: csr}\n",
}


@pytest.fixture(autouse=True)
def seconds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ticks = count(step=7)
    monkeypatch.setattr("duly.tui.screens.review.time", SimpleNamespace(monotonic=lambda: float(next(ticks))))
    yield


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_screens_of_the_review_look_as_before(language: str, learner: Learner) -> None:
    set_language(language)
    learner.writes(CARDS[language])
    learner.forgets("csr/front", times=7)
    screens: dict[str, str] = {}
    async with learner.app() as pilot:
        await press(pilot, "c", "space")
        screens |= await at_its_sizes(pilot, "practice", language)
        await press(pilot, "q", "a", "space", "1")
        screens |= await at_its_sizes(pilot, "leech", language)
        await press(pilot, "asterisk", "d")
        screens |= await at_its_sizes(pilot, "set-due", language)
        await press(pilot, "escape", "n")
        screens |= await at_its_sizes(pilot, "new-card", language)
        await press(pilot, "escape")
        await changed(pilot, learner, "- {q: broken, a: [\n")
        screens |= await at_its_sizes(pilot, "broken-file", language)
    compare(screens)
