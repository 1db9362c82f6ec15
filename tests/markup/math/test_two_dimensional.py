"""LaTeX math in two dimensions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from duly.markup.html.to_html import to_html
from duly.markup.math.two_dimensional import draw_math
from duly.markup.terminal.layout import layout
from duly.markup.terminal.styled_lines import line_text


def picture(source: str) -> list[str]:
    rows = draw_math(source)
    assert rows is not None, f"{source} is not drawn"
    return [row.rstrip() for row in rows]


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        (r"\frac{a+b}{2}", [" a + b", "───────", "   2"]),
        (r"\frac12", [" 1", "───", " 2"]),
        (r"y = \frac{a}{\frac{b}{c}}", ["      a", "y = ─────", "      b", "     ───", "      c"]),
        (r"A=\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}", ["    ⎛1  2⎞", "A = ⎝3  4⎠"]),
        (r"\begin{bmatrix}a\\b\\[2pt]c\end{bmatrix}", ["⎡a⎤", "⎢b⎥", "⎣c⎦"]),
        (
            r"f(x)=\begin{cases}1 & x>0\\ 0 & \text{otherwise}\end{cases}",
            ["       ⎧1  x > 0", "f(x) = ⎩0  otherwise"],
        ),
        (r"\begin{aligned}a&=b+c\\&=d\end{aligned}", ["a = b + c", "  = d"]),
        (
            r"\sum_{i=1}^n \frac{x_i}{n}",
            ["  n    xᵢ", "  ∑   ────", "i = 1  n"],
        ),
        (r"\left(\frac{x}{y}\right)^2", ["⎛ x ⎞²", "⎜───⎟", "⎝ y ⎠"]),
        (r"\left\{\begin{matrix}a\\b\\c\end{matrix}\right.", ["⎧a", "⎨b", "⎩c"]),
        (r"\binom{n}{k}", ["⎛n⎞", "⎝k⎠"]),
        (r"\sqrt{\frac{a}{b}}", [" ┌───", " │ a", " │───", "╲│ b"]),
        (r"e^{-\frac{x}{2}}", ["   x", " -───", "   2", "e"]),
        (r"\underbrace{x+y+z}_{n}", ["x + y + z", "╰───┬───╯", "    n"]),
        (r"a \overset{?}{=} b", ["  ?", "a = b"]),
        (r"\frac{\text{注意力}}{n}", [" 注意力", "────────", "   n"]),
        (r"\begin{Vmatrix}\alpha\\\beta\end{Vmatrix}", ["║α║", "║β║"]),
    ],
)
def test_a_formula_is_drawn_as_it_is_written_by_hand(source: str, rows: list[str]) -> None:
    assert picture(source) == rows


@pytest.mark.parametrize("source", ["x^2 + y^2", r"\sum_{i=1}^n x_i", r"\left(x\right)", r"\sqrt{x+1}", ""])
def test_a_formula_that_fits_on_one_line_is_not_drawn(source: str) -> None:
    assert draw_math(source) is None


@pytest.mark.parametrize(
    "source",
    [
        *(r"\frac{a", r"\frac{a}", r"\begin{matrix}a\\b", r"\begin{matrix}a\end{pmatrix}", r"\frac{\foo{x}}{2}"),
        *(r"\mathbf{\frac{a}{b}}", r"\begin{array}{c|c}a & b\end{array}", r"\frac{a}{b} & c", r"\frac{a}{b} \\ c"),
        *(r"\left<\frac{a}{b}\right>", r"\begin{tikzpicture}a\end{tikzpicture}", r"\frac{a}{b}}", "\\frac" * 999),
    ],
)
def test_a_formula_that_a_drawing_would_lose_is_not_drawn(source: str) -> None:
    assert draw_math(source) is None


TOKENS = (
    *("x", "2", "力", "{", "}", "^", "_", " ", "[", "]", "+", "=", "(", "&", r"\frac", r"\sqrt", r"\alpha", r"\text"),
    *(r"\sum", r"\left(", r"\right)", r"\\", r"\begin{matrix}", r"\end{matrix}", r"\binom", r"\underbrace", r"\hat"),
    *(r"\begin{aligned}", r"\end{aligned}", r"\overset", r"\lim"),
)


@given(st.lists(st.sampled_from(TOKENS), max_size=25).map("".join))
def test_every_row_of_a_drawing_is_equally_wide(source: str) -> None:
    assert len({cell_len(row) for row in draw_math(source) or ("",)}) == 1


def formulas() -> st.SearchStrategy[str]:
    """Well-formed formulas with the letter k in them, once for each leaf."""
    return st.recursive(
        st.sampled_from(["k", "k+1", "2k"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
            st.tuples(inner, inner).map(lambda pair: rf"\begin{{pmatrix}}{pair[0]} & 1\\ {pair[1]}\end{{pmatrix}}"),
            inner.map(lambda formula: rf"\left[{formula}\right]"),
            inner.map(lambda formula: rf"\sqrt{{{formula}}}"),
            st.tuples(inner, inner).map("=".join),
        ),
        max_leaves=8,
    )


@given(formulas())
def test_a_drawing_loses_no_letter(source: str) -> None:
    rows = draw_math(rf"\frac{{1}}{{2}} {source}")
    assert rows is not None
    assert "".join(rows).count("k") == source.count("k")


def test_a_drawing_stands_in_a_card_where_there_is_room_and_in_one_line_where_there_is_not() -> None:
    html = to_html(r"令 $$x=\frac{-b+\sqrt{b^2-4ac}}{2a}$$ 则")
    assert [line_text(line) for line in layout(html, 40)] == [
        "令",
        "       -b + √(b² - 4ac)",
        "  x = ──────────────────",
        "              2a",
        "则",
    ]
    assert [line_text(line) for line in layout(html, 22)] == ["令", "  x = (-b + √(b² -", "4ac))/(2a)", "则"]


def test_the_source_of_a_drawing_is_shown_when_it_is_asked_for() -> None:
    assert [line_text(line) for line in layout(to_html(r"$$\frac{a}{b}$$"), 40, math_source=True)] == [r"  \frac{a}{b}"]
