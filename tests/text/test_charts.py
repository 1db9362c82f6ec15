"""Charts as characters: shares with their marks, tables, columns of many days; and never too wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.terminal.styled_lines import line_text, line_width
from duly.text.charts.block_lines import block_lines
from duly.text.charts.chart_blocks import TITLE, Bars, Block, Columns, Paragraph, ShareRow, Shares, Table
from duly.text.charts.columns import columns
from duly.text.charts.share_bars import share_bars
from duly.text.charts.text_table import table

names = st.text("ab 稀疏，é", max_size=30)
shares = st.floats(0, 1)
figures = st.text("0123456789.%", min_size=1, max_size=4)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, names),
    st.lists(st.tuples(st.sampled_from(["young", "已熟练"]), st.integers(0, 10**6))).map(tuple).map(Bars),
    st.lists(st.builds(ShareRow, st.sampled_from(["1", "31–60"]), st.none() | shares, st.integers(0, 9999), shares))
    .map(tuple)
    .map(Shares),
    st.builds(Columns, st.lists(st.floats(0, 999), min_size=1).map(tuple), st.just({0: "today", 7: "03-08"})),
    st.lists(st.tuples(names, figures, figures), min_size=1).map(
        lambda rows: Table(("deck", "all", "of"), tuple(rows))
    ),
)


@given(st.lists(blocks, max_size=4), st.integers(34, 120))
def test_no_chart_is_wider_than_its_room(blocks: list[Block], room: int) -> None:
    assert max((line_width(line) for line in block_lines(blocks, room)), default=0) <= room


@pytest.mark.parametrize(
    ("real", "predicted", "line"),
    [
        (0.5, 0.9, "x  ██████████········┃·  50.0% ┃ 90.0%  of 4"),
        (1.0, 0.5, "x  ██████████┃█████████ 100.0% ┃ 50.0%  of 4"),
        (0.5, None, "x  ██████████··········  50.0%  of 4"),
        (None, None, "x  ····················      –  of 4"),
    ],
)
def test_a_mark_stands_on_the_bar_where_the_share_was_predicted(
    real: float | None, predicted: float | None, line: str
) -> None:
    (bar,) = share_bars([ShareRow("x", real, 4, predicted)], len(line))
    assert line_text(bar) == line


def test_the_first_column_of_a_table_is_cut_and_the_others_stand_at_the_right() -> None:
    rows = [("Machine learning › Attention", "88.2%", "506"), ("英语", "90%", "7")]
    assert [line_text(line) for line in table(("deck", "all", "of"), rows, 30)] == [
        "deck                  all   of",
        "Machine learning…   88.2%  506",
        "英语                  90%    7",
    ]


def test_every_share_says_of_how_many_it_is_or_none_does() -> None:
    rows = [ShareRow("88.2%", 0.85, 1371, 0.88), ShareRow("91.1%", 0.87, 7, 0.91)]
    assert [[line_text(line) for line in share_bars(rows, width)] for width in (44, 36, 30)] == [
        [
            "88.2%  ██████████┃·  85.0% ┃ 88.0%  of 1,371",
            "91.1%  ██████████┃·  87.0% ┃ 91.0%  of 7",
        ],
        [
            "88.2%  ██████┃  85.0% ┃ 88.0%  1,371",
            "91.1%  ██████┃  87.0% ┃ 91.0%      7",
        ],
        [
            "88.2%  ██████▊┃  85.0% ┃ 88.0%",
            "91.1%  ███████┃  87.0% ┃ 91.0%",
        ],
    ]


def test_where_a_table_has_no_room_for_names_each_has_a_line_of_its_own() -> None:
    rows = [("Machine learning › Attention", "88.2%", "91.4%", "506")]
    assert [line_text(line) for line in table(("deck", "young", "mature", "of"), rows, 30)] == [
        " young mature  of",
        "Machine learning › Attention",
        " 88.2%  91.4% 506",
    ]


def test_figures_for_which_there_is_no_room_at_all_are_left_out_from_the_end() -> None:
    assert [line_text(line) for line in table((), [("a long name indeed", "88.2%", "91.4%", "506")], 14)] == [
        "a long name",
        "indeed",
        " 88.2% 91.4%",
    ]


def test_many_days_share_columns_which_show_their_means_above_the_same_words() -> None:
    lines = [line_text(line) for line in columns([2.0] * 30 + [4.0] * 30, {0: "today", 30: "03-31"}, 22, 4)]
    assert lines == [
        "4┤          ██████████",
        " ┤          ██████████",
        "2┤████████████████████",
        " ┤████████████████████",
        "0┼┴─────────┴─────────",
        "  today     03-31",
    ]


def test_paragraphs_follow_each_other_and_a_chart_stands_apart() -> None:
    blocks_of_a_page = (
        Paragraph("a", TITLE),
        Paragraph("b"),
        Table((), (("c", "1"),)),
        Paragraph("d"),
        Paragraph("e", TITLE),
    )
    assert [line_text(line) for line in block_lines(blocks_of_a_page, 40)] == ["a", "b", "", "c  1", "", "d", "", "e"]
