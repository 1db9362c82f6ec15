"""LaTeX math in one line of Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.math.one_line import source_lines, unicode_math


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\text{softmax}(QK^T/\sqrt{d_k})V", "softmax(QKᵀ/√(dₖ))V"),
        (r"q\cdot k=\sum_i q_i k_i", "q·k = ∑ᵢ qᵢkᵢ"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{\sqrt{d_k}} c", "((a + b)/√(dₖ))c"),
        (r"\frac{n(n+1)}{2}", "n(n + 1)/2"),
        (r"\frac{1}{2a}", "1/(2a)"),
        (r"\frac12x", "(1/2)x"),
        (r"\left(\frac{x}{y}\right)^2", "(x/y)²"),
        (r"\frac{x}{y}^2", "(x/y)²"),
        (r"x^{-1} + y_{ij}^2 \le \alpha", "x⁻¹ + yᵢⱼ² ≤ α"),
        (r"\sin x + 2\cos\theta", "sin x + 2 cos θ"),
        (r"\sqrt2x \sqrt[3]{x+1}", "√(2)x∛(x + 1)"),
        (r"f: \mathbb{R}^n \to \mathcal{L}", "f:ℝⁿ → ℒ"),
        (r"\mathbf{x}", "𝐱"),
        (r"x^\top y, 90^\circ, f'", "xᵀy, 90°, f′"),
        (r"\{x \mid x > 0\}", "{x ∣ x > 0}"),
        (r"\hat{y} \overline{AB}", "y\u0302A\u0305B\u0305"),
        (r"a \not\in B", "a ∉ B"),
        (r"\lim_{x \to 0} f(x) = -1", "lim_{x→0} f(x) = -1"),
        (r"W_Q", "W_{Q}"),
        (r"50\%\,\$", "50% $"),
        ("[...] + 1", "[...] + 1"),
        ("注意力=x", "注意力 = x"),
    ],
)
def test_a_formula_reads_as_it_would_be_written_in_one_line(source: str, shown: str) -> None:
    assert unicode_math(source) == shown


@pytest.mark.parametrize(
    "source",
    [
        *(r"\begin{matrix}a\\b\end{matrix}", r"\foo{x}", r"\underbrace{x}_n", r"\hat{xy}", "a & b", r"a \\ b"),
        *("a}{", "{a", "^2_", "x_", "\\", r"\frac{a}", "{" * 99 + "}" * 99, "x" * 3000, ""),
    ],
)
def test_what_one_line_cannot_show_is_not_tried(source: str) -> None:
    assert unicode_math(source) is None


def test_rows_of_a_matrix_stand_on_lines_of_their_own() -> None:
    assert source_lines(r"A=\begin{cases}1 & 2\\[2pt] 3 & 4 \end{cases} x") == [
        r"A=\begin{cases}",
        r"  1 & 2\\[2pt]",
        "  3 & 4",
        r"\end{cases} x",
    ]


TOKENS = (
    *("x", "2", "{", "}", "^", "_", " ", "[", "]", "+", "(", "&", r"\frac", r"\sqrt", r"\alpha", r"\text", r"\le"),
    *(r"\sum", r"\left", r"\mathbb", r"\\", r"\hat", r"\not"),
)


@given(st.lists(st.sampled_from(TOKENS), max_size=20).map("".join))
def test_every_formula_is_shown_or_refused(source: str) -> None:
    shown = unicode_math(source)
    assert shown is None or ("\\" not in shown and shown == shown.strip() != "")
    if shown is not None:
        assert shown.count("x") + shown.count("ˣ") + shown.count("ₓ") + shown.count("𝕩") == source.count(
            "x"
        ) - source.count(r"\text")


@given(st.text(st.sampled_from("ab\\&{} \n"), max_size=30))
def test_source_lines_lose_nothing_but_space(source: str) -> None:
    assert "".join("".join(source_lines(source)).split()) == "".join(source.split())
