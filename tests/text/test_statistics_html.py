"""The page of statistics: the terminal's charts as SVG, readable by light and by dark, with nothing from elsewhere."""

import re
from dataclasses import replace
from html import escape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.evaluation.learner import journal
from tests.student import cards

from duly.errors import DulyError
from duly.evaluation.evaluate import Evaluation, Verdict
from duly.i18n import set_language
from duly.scheduling.day import StudyDay
from duly.scheduling.replay import replay, replay_steps
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.statistics import ReviewLog
from duly.text.charts.block_lines import block_lines
from duly.text.charts.chart_blocks import TITLE, Bars, Paragraph, Shares, Table
from duly.text.charts.statistics_pages import pages
from duly.text.charts.svg import LEVEL_SIDES
from duly.text.evaluation_report import evaluation_blocks, verdict
from duly.text.statistics_html import DARK_COLOURS, LIGHT_COLOURS, statistics_page, write_page

NO_EVALUATION = Evaluation(0, 0, 0.0, {}, (), {}, Verdict.TOO_FEW)
DECK = "deck: '<i>ml</i> & \"more\"'\ncards:\n" + "".join(
    f"- {{q: 'x < {n} & y?', a: z, id: n{n}}}\n" for n in range(70)
)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewLog:
    """What a learner of 70 cards has answered, eight times each, in three seconds; FSRS is not fitted to it."""
    monkeypatch.setattr("duly.evaluation.fsrs_fit.LIBRARY", "no_such_library")
    entries = journal(70, took=3000)
    today = StudyDay(max(entry.entry.moment.day for entry in entries))
    return ReviewLog(
        tuple(replay_steps(entries, find_scheduler)),
        cards(DECK, tmp_path),
        replay(entries, find_scheduler),
        today,
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_words_and_figures_of_the_terminal_are_on_the_page(log: ReviewLog, language: str) -> None:
    set_language(language)
    figures, evaluation = log.statistics(), log.evaluation()
    page = statistics_page(figures, evaluation)
    every_block = [block for page in pages() for block in page.blocks(figures)] + [*evaluation_blocks(evaluation)]
    for block in every_block:
        match block:
            case Paragraph(text):
                assert f">{escape(text)}</" in page
            case Bars(rows):
                assert all(f">{escape(name)}</th>" in page and f">{number:,}</td>" in page for name, number in rows)
            case Shares(rows):
                assert all(f">{escape(row.name)}</th>" in page for row in rows)
            case Table(heads, cells):
                assert all(f">{escape(cell)}</t" in page for row in (heads, *cells) for cell in row)
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in page


def test_names_of_decks_and_questions_are_text_on_the_page(log: ReviewLog) -> None:
    page = statistics_page(log.statistics(), NO_EVALUATION, log.cards[0].note.deck)
    assert "<i>" not in page
    assert "&lt;i&gt;ml&lt;/i&gt; &amp; &quot;more&quot;" in page
    assert re.search(r"x &lt; \d+ &amp; y\?", page)
    ElementTree.fromstring(page.removeprefix("<!doctype html>"))


def test_the_page_asks_the_network_for_nothing_and_lets_nobody_else_do_so(log: ReviewLog) -> None:
    page = statistics_page(log.statistics(), log.evaluation())
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|src=|href=|://|\son\w+=", page)
    assert "default-src 'none'" in page


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as ``#2a6f97``, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT_COLOURS, DARK_COLOURS], ids=["light", "dark"])
def test_words_and_charts_stand_out_from_the_paper(colours: dict[str, str]) -> None:
    assert contrast(colours["ink"], colours["paper"]) >= 7
    assert contrast(colours["dim"], colours["paper"]) >= 4.5
    assert contrast(colours["bar"], colours["paper"]) >= 3
    assert contrast(colours["bar"], colours["whole"]) >= 3
    assert contrast(colours["mark"], colours["whole"]) >= 4.5


def test_days_with_more_answers_are_larger_not_only_of_another_colour() -> None:
    assert all(less + 1 < more for less, more in pairwise(LEVEL_SIDES))


def test_a_page_replaces_an_earlier_page_but_no_other_file(log: ReviewLog, tmp_path: Path) -> None:
    page, other_file = tmp_path / "page.html", tmp_path / "notes.html"
    other_file.write_text("<p>mine</p>")
    write_page(page, "no page of ours" + statistics_page(log.statistics(), NO_EVALUATION))
    write_page(page, statistics_page(log.statistics(), NO_EVALUATION))
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(DulyError, match="is not a page written by duly"):
        write_page(other_file, statistics_page(log.statistics(), NO_EVALUATION))
    assert other_file.read_text() == "<p>mine</p>"


def test_the_picture_of_an_evaluation_has_the_answers_that_were_predicted_alike(log: ReviewLog) -> None:
    evaluation = log.evaluation()
    lines = ["".join(run.text for run in line) for line in block_lines(evaluation_blocks(evaluation), 60)]
    at = lines.index("FSRS") + 2
    for part, line in zip(evaluation.reliability["fsrs"], lines[at:], strict=False):
        assert line.startswith(f"{part.predicted_share:.1%}")
        assert f"{part.real_share:.1%}" in line
        assert line.endswith(f"of {part.count:,}")


def test_two_sentences_of_a_verdict_have_a_space_between_them_in_english_only(log: ReviewLog) -> None:
    evaluation = log.evaluation()
    assert "). SM-2's curve" in verdict(evaluation)
    set_language("zh")
    assert "）。SM-2 的曲线" in verdict(evaluation)


def test_where_not_every_answer_has_a_time_the_heading_says_how_many_have(log: ReviewLog) -> None:
    figures = log.statistics()
    (time,) = (page for page in pages() if page.title == "Time")
    headings = [
        next(iter(time.blocks(statistics))) for statistics in (figures, replace(figures, answers=figures.answers + 1))
    ]
    n = figures.answers
    assert headings == [Paragraph("Time", TITLE), Paragraph(f"Time · {n} of {n + 1} answers were timed", TITLE)]
