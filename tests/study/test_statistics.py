"""Statistics, computed from whole histories."""

from pathlib import Path

import pytest
from tests.scheduling.histories import logged, moment, review, undo
from tests.student import TODAY, Student, answer, cards, day

from duly.cards import CardId, DeckName
from duly.scheduling.day import StudyDay
from duly.scheduling.fsrs import Fsrs
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Entry, ImportedSchedule, SetDue, Suspend
from duly.scheduling.replay import replay, replay_steps
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.scheduling.scheduler_registry import find_scheduler
from duly.study.card_state import CardState
from duly.study.card_statistics import DeckFigures
from duly.study.forecast import Streaks, forecast, streaks
from duly.study.recall import Share
from duly.study.statistics import Period, Statistics, statistics
from duly.text.as_json import statistics_as_json

A, B, C = (CardId.parse(f"{name}/front") for name in "abc")
ABC = "- {q: a, a: x, id: a}\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n"


def figures_of(folder: Path, *entries: Entry, period: Period = Period.ALL) -> Statistics:
    """The statistics of a deck of three cards on the student's evening, after these entries."""
    journal = logged(*entries)
    schedules = replay(journal, find_scheduler)
    return statistics(replay_steps(journal, find_scheduler), cards(ABC, folder), schedules, TODAY, period)


def test_without_answers_every_figure_is_nothing(tmp_path: Path) -> None:
    figures = figures_of(tmp_path)
    assert (figures.answers, figures.cards, figures.days, figures.took) == (0, 0, 0, 0)
    assert figures.retention.value is None
    assert (figures.streaks, figures.every_day, sum(figures.forecast)) == (Streaks(0, 0), {}, 0)
    assert figures.stages == {CardState.NEW: 3}


def test_the_retention_of_young_and_mature_cards_counts_first_answers_to_what_was_due(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        review(A, day(-80), 4),  # new: nothing to remember yet
        review(A, day(-79), 4),  # young, interval 1
        review(A, day(-73), 3),  # young, interval 6
        review(A, day(-73), 4),  # the drill that follows a Hard
        review(A, day(-58), 4),  # young, interval 15
        review(A, day(-22), 2),  # mature, interval 36: forgotten
        review(A, day(-22), 4),  # its drill
    )
    assert (figures.young, figures.mature) == (Share(3, 3), Share(0, 1))
    assert figures.retention == Share(3, 4)
    assert figures.retention.value == 0.75


def test_a_new_card_that_was_given_a_day_stays_new_until_it_is_answered(tmp_path: Path) -> None:
    given = SetDue(A, moment(day(-3)), day(-1))
    figures = figures_of(tmp_path, given)
    assert (figures.stages, sum(figures.intervals), figures.forecast[0]) == ({CardState.NEW: 3}, 0, 1)
    figures = figures_of(tmp_path, given, review(A, day(-1), 4))
    assert (figures.stages, sum(figures.intervals)) == ({CardState.NEW: 2, CardState.YOUNG: 1}, 1)
    assert figures.retention == Share(0, 0)


def test_an_answer_ahead_of_its_day_is_no_proof_of_memory(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, review(A, day(-9), 4), review(A, day(-8), 4), review(A, day(-5), 4))
    assert (figures.answers, figures.retention) == (3, Share(1, 1))


def test_grades_times_cards_and_days_are_those_of_the_period(tmp_path: Path) -> None:
    entries = (review(A, day(-400), 5), review(A, day(-40), 2), review(B, day(-29), 4), review(B, day(0), 3))
    month, year, always = (figures_of(tmp_path, *entries, period=period) for period in Period)
    assert [(figures.answers, figures.cards, figures.days, figures.took) for figures in (month, year, always)] == [
        (2, 1, 2, 3000), (3, 2, 3, 4500), (4, 2, 4, 6000),
    ]  # fmt: skip
    assert month.grades == {Grade.GOOD: 1, Grade.HARD: 1}
    assert always.grades == {Grade.EASY: 1, Grade.AGAIN: 1, Grade.GOOD: 1, Grade.HARD: 1}
    assert month.times == (2, 0, 0, 0, 0)
    assert month.every_day == always.every_day == {day(-400): 1, day(-40): 1, day(-29): 1, day(0): 1}


def test_what_was_undone_counts_nowhere(tmp_path: Path) -> None:
    first, second = logged(review(A, day(-1), 4), review(A, day(0), 2))
    figures = figures_of(tmp_path, first.entry, second.entry, undo(second, day(0)))
    assert (figures.answers, figures.retention, figures.grades) == (1, Share(), {Grade.GOOD: 1})


def test_cards_are_counted_by_interval_and_by_stage(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        *(review(A, day(ahead), 5) for ahead in (-60, -59, -53, -37)),
        review(B, day(0), 4),
        Suspend(C, review(C, TODAY).moment),
    )
    assert figures.stages == {CardState.MATURE: 1, CardState.YOUNG: 1, CardState.SUSPENDED: 1}
    assert figures.intervals == (1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0)  # 1 day, and 45


@pytest.mark.parametrize(
    ("days", "longest", "current"),
    [([], 0, 0), ([0], 1, 1), ([-1], 1, 1), ([-2], 1, 0), ([-9, -8, -7, -1, 0], 3, 2), ([0, -1, -2, -1], 3, 3)],
)
def test_a_streak_runs_until_a_day_is_over_without_an_answer(days: list[int], longest: int, current: int) -> None:
    assert streaks(map(day, days), TODAY) == Streaks(longest, current)


def test_the_forecast_counts_each_card_once_and_what_is_overdue_today(tmp_path: Path) -> None:
    schedules = {
        A: Schedule(interval=3, due=day(-4), last=day(-7)),
        B: Schedule(interval=3, due=day(1), last=day(-2), buried_until=day(2)),
        C: Schedule(interval=30, due=day(1), last=day(-2), suspended=True),
    }
    assert forecast(cards(ABC, tmp_path), schedules, TODAY, 4) == (1, 0, 1, 0)
    assert forecast(cards(ABC, tmp_path), {A: Schedule(due=day(4), last=day(0))}, TODAY, 4) == (0, 0, 0, 0)


def test_a_deck_has_statistics_of_its_own_and_answers_to_cards_that_are_gone_count_in_all(student: Student) -> None:
    student.writes("deck: a::b\ncards:\n- {q: a, a: x, id: a}\n", "1.yaml")
    student.writes("deck: c\ncards:\n- {q: b, a: x, id: b}\n- {q: c, a: x, id: c}\n", "2.yaml")
    session = student.session()
    for card in ("a/front", "b/front", "c/front"):
        answer(session, Grade.GOOD, card)
    student.writes("deck: c\ncards:\n- {q: b, a: x, id: b}\n", "2.yaml")
    review_log = student.collection().review_log()
    assert review_log.statistics().answers == 3
    assert [review_log.statistics(DeckName(deck)).answers for deck in ("a", "A::b", "c", "d")] == [1, 1, 1, 0]
    assert sum(review_log.statistics(DeckName("c")).stages.values()) == 1


def test_json_says_days_as_dates_and_grades_as_numbers(tmp_path: Path) -> None:
    written = statistics_as_json(figures_of(tmp_path, review(A, day(-1), 4), review(A, day(0), 2)))
    assert (written["today"], written["period"], written["grades"]) == ("2026-03-01", "all", {"2": 1, "4": 1})
    assert written["every_day"] == {"2026-02-28": 1, "2026-03-01": 1}
    assert written["retention"]["young"] == {"passed": 0, "of": 1, "share": 0.0}
    assert written["streak"] == {"longest": 2, "current": 2}


def test_a_period_begins_so_many_days_ago_that_today_is_its_last() -> None:
    assert [period.since(StudyDay(1000)) for period in Period] == [971, 636, None]


def test_recall_is_compared_with_what_sm2_aims_at_by_interval(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        review(A, day(-30), 4),
        review(A, day(-29), 4),  # interval 1, on its day: 90 % predicted
        review(A, day(-17), 2),  # interval 6, after 12 days: 0.9 ** 2
    )
    first, second, third, *others = figures.recall
    assert first is not None
    assert first.real_share == Share(1, 1)
    assert first.predicted_share == pytest.approx(0.9)
    assert second is None
    assert third is not None
    assert third.real_share == Share(0, 1)
    assert third.predicted_share == pytest.approx(0.81)
    assert set(others) == {None}


def test_recall_is_compared_with_the_retrievability_that_fsrs_computes(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, review(A, day(-9), 4, "fsrs"), review(A, day(-2), 4, "fsrs"))
    memory = Fsrs().first_memory(3)
    (recall,) = (recall for recall in figures.recall if recall is not None)
    assert recall.predicted_share == Fsrs().retrievability(memory.stability, 7)


def test_decks_have_their_own_retention_and_time_a_card(tmp_path: Path) -> None:
    both = (*cards("deck: ml\ncards: [{q: a, a: x, id: a}]", tmp_path),
            *cards("deck: art\ncards: [{q: b, a: x, id: b}, {q: c, a: x, id: c}]", tmp_path))  # fmt: skip
    journal = logged(review(A, day(-2), 4), review(A, day(-1), 2), review(B, day(-2), 4), review(B, day(-1), 4))
    figures = statistics(replay_steps(journal, find_scheduler), both, replay(journal, find_scheduler), TODAY)
    assert figures.decks == {
        DeckName("ml"): DeckFigures(Share(0, 1), Share(), cards=1, took=3000),
        DeckName("art"): DeckFigures(Share(1, 1), Share(), cards=1, took=3000),
    }


def test_decks_part_what_was_remembered_of_young_and_of_mature_cards(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path, *(review(A, day(ahead), 4) for ahead in (-90, -89, -83, -68, -30)), review(B, day(-3), 4)
    )
    (of_deck,) = figures.decks.values()
    assert (of_deck.young, of_deck.mature) == (Share(3, 3), Share(1, 1)) == (figures.young, figures.mature)


def test_of_a_card_that_was_learned_elsewhere_the_interval_ends_on_the_day_it_is_due(tmp_path: Path) -> None:
    learned = Schedule(due=day(-4), interval=12, memory=Sm2Memory(4, 250))
    figures = figures_of(tmp_path, ImportedSchedule(A, moment(day(-5)), learned, "anki"), review(A, day(-4), 4))
    (recall,) = (recall for recall in figures.recall if recall is not None)
    assert recall.real_share == Share(1, 1) == figures.retention
    assert recall.predicted_share == pytest.approx(0.9)


def test_the_cards_that_took_the_most_time_are_those_of_the_period(tmp_path: Path) -> None:
    entries = (review(A, day(-400)), review(A, day(-399)), review(A, day(-1)), review(B, day(-1)), review(B, TODAY))
    month, always = (figures_of(tmp_path, *entries, period=period).slowest for period in (Period.MONTH, Period.ALL))
    assert [(str(row.card.id), row.answers, row.took) for row in month] == [("b/front", 2, 3000), ("a/front", 1, 1500)]
    assert [(str(row.card.id), row.answers, row.took) for row in always] == [("a/front", 3, 4500), ("b/front", 2, 3000)]


def test_leeches_are_listed_with_their_lapses_the_worst_first(tmp_path: Path) -> None:
    def forgotten(card: CardId, times: int) -> list[Entry]:
        return [
            review(card, day(-300 + 10 * at + after), 4 if not after else 2) for at in range(times) for after in (0, 5)
        ]

    figures = figures_of(tmp_path, *forgotten(A, 8), *forgotten(B, 9), *forgotten(C, 7))
    assert [(str(leech.card.id), leech.schedule.lapses) for leech in figures.leeches] == [
        ("b/front", 9),
        ("a/front", 8),
    ]
