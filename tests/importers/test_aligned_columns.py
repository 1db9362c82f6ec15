"""Lines whose columns are aligned become code; all others stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.importers.qa.aligned_columns import fence_columns


def fenced(text: str) -> str:
    return "\n".join(fence_columns(text.split("\n"))[0])


@pytest.mark.parametrize(
    "block",
    [
        "1 0 0\n0 0 2",
        "1.5 -2\n 3  …",
        "data:   [1, 1, 2]\nindptr: [0, 2]\nindices:[0, 3, 2]",
        "COO    triples\nCSR    rows\nDOK    a dictionary",
        "名称    用途\nCSR     按行\n三元组  构建",
    ],
)
def test_aligned_lines_are_fenced(block: str) -> None:
    assert fenced(f"before\n{block}\nafter") == f"before\n```\n{block}\n```\nafter"


@pytest.mark.parametrize(
    "text",
    [
        "1 0 0",
        "1 0 0\n0 1",
        "1\n2\n3",
        "One sentence.  Another one.\nAnd here.  Again.",
        "name: a\nkind: b",
        "a:  1\nlonger:  2",
        "- a:  1\n- b:  2",
        "| a  | b |\n| c  | d |",
        "**a**  1\n**b**  2",
        "    a  1\n    b  2",
        "例如：一\n比如：二",
    ],
)
def test_other_lines_stay_as_they_are(text: str) -> None:
    assert fence_columns(text.split("\n")) == (tuple(text.split("\n")), ())


def test_two_blocks_are_two_fences_with_their_starts() -> None:
    lines, starts = fence_columns(["x", "1 2", "3 4", "", "1 2", "3 4"])
    assert starts == (1, 4)
    assert lines == ("x", "```", "1 2", "3 4", "```", "", "```", "1 2", "3 4", "```")


def test_a_fence_is_indented_like_its_lines() -> None:
    assert fenced("* rows\n  1 0\n   0 1") == "* rows\n  ```\n  1 0\n   0 1\n  ```"


@given(st.lists(st.text(alphabet="12 a:中[", max_size=8)))
def test_only_fences_are_added_and_nothing_is_removed(lines: list[str]) -> None:
    result, starts = fence_columns(lines)
    assert [line for line in result if line.strip() != "```"] == lines
    assert len(result) == len(lines) + 2 * len(starts)
