r"""Formulas between ``\(`` and ``\)``, and between ``\[`` and ``\]``, as Anki and chat programs write them."""

import pytest

from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.to_html import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"What is \(x_a = y_a\)?", r"What is \(x_a = y_a\)?"),
        ("\\[\nz_1 = z_2\n\\]\nUse \\(a*b*c\\).", "\\[\nz_1 = z_2\n\\]Use \\(a*b*c\\)."),
        (r"code `\(x\)`", r"code <code>\(x\)</code>"),
        (r"a \(b", "a (b"),
        (r"$x$ and \(y\)", r"\(x\) and \(y\)"),
    ],
)
def test_a_formula_in_brackets_with_backslashes_is_math(text: str, html: str) -> None:
    assert to_html(text) == html


def test_a_bar_in_a_deletion_of_a_table_parts_no_cells() -> None:
    html = cloze_to_html("| step | what |\n| --- | --- |\n| 1 | {{c1::lex|scan}} |\n| 2 | {{c2::parse}} |\n")
    assert "<td>{{c1::lex|scan}}</td>" in html
    assert html.count("<td>") == 4


def test_two_colons_in_code_of_a_deletion_begin_no_hint() -> None:
    assert cloze_to_html("{{c1::`std::vector`}}") == "{{c1::<code>std:&#58;vector</code>}}"
