"""The column of a card's lines: for which widths it is drawn, and what is seen of it first."""

import pytest
from tests.tui.learner import Learner, resized, rows
from tests.tui.settling import settled

from duly.markup.terminal.styled_lines import Line, Run
from duly.tui.screens.text_page import TextPage

TABLE = "- a: x\n  q: |\n    | n | square |\n    | --- | --- |\n" + "".join(
    f"    | {n} | {n * n} |\n" for n in range(40)
)


async def test_lines_are_made_for_no_width_before_there_is_one(learner: Learner) -> None:
    widths: list[int] = []

    def lines(width: int) -> list[Line]:
        widths.append(width)
        return [(Run("a line"),)]

    async with learner.app() as pilot:
        pilot.app.push_screen(TextPage("A page", lines))
        await settled(pilot)
        assert any(row.strip() == "a line" for row in rows(pilot))
    assert widths and min(widths) > 70


@pytest.mark.parametrize("width", [40, 80])
async def test_a_card_is_seen_from_its_top_even_if_that_is_the_frame_of_a_table(learner: Learner, width: int) -> None:
    learner.writes(TABLE)
    async with learner.review(size=(60, 12)) as pilot:
        assert rows(pilot)[1].strip(" ▁▂▃▄▅▆▇█") == "┌────┬────────┐"
        await resized(pilot, width, 12)
        assert rows(pilot)[1].strip(" ▁▂▃▄▅▆▇█") == "┌────┬────────┐"
