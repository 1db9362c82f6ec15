"""Files of GoCard: one card each."""

from datetime import date
from pathlib import Path

import pytest
from tests.importers.reading import pairs, places

from duly.cards import Basic
from duly.importers.sections import read, recognise

PATH = Path("decks/calculus/limits.md")
TEXT = """\
---
tags: [math,calculus]
created: 2025-03-22
review_interval: 0
---

# Limits

## Question

What is a limit?

## Answer

### In short

The value that is approached.

```python
## Question
```
"""


def test_a_file_is_a_card_of_the_deck_of_its_folder() -> None:
    imported = read(PATH, TEXT)
    (note,) = imported.notes
    assert pairs(imported) == [
        ("What is a limit?", "### In short\n\nThe value that is approached.\n\n```python\n## Question\n```")
    ]
    assert (note.deck, note.tags, note.source) == ("calculus", ("math", "calculus"), "Limits (limits.md, line 9)")
    assert places(imported) == [(3, "not-placed")]


def test_the_schedule_in_the_front_matter_is_read() -> None:
    text = "---\nlast_reviewed: 2024-08-10\nreview_interval: 6\ndifficulty: 2.4\n---\n# Question\na\n# Answer\nb"
    imported = read(PATH, text)
    assert [(plan.due, plan.interval, plan.easiness, plan.origin) for plan in imported.schedules.values()] == [
        ((date(2024, 8, 16) - date(1970, 1, 1)).days, 6, 240, "GoCard")
    ]
    assert places(imported) == []
    assert places(read(PATH, text.replace("difficulty", "created"))) == [(4, "not-placed")]


@pytest.mark.parametrize(
    ("old", "new"), [("2024-08-10", "soon"), ("interval: 6", "interval: 0"), ("b", "b\n# Question\nc\n# Answer\nd")]
)
def test_neither_a_card_never_answered_nor_two_cards_in_a_file_have_a_schedule(old: str, new: str) -> None:
    text = "---\nlast_reviewed: 2024-08-10\nreview_interval: 6\n---\n# Question\na\n# Answer\nb"
    assert read(PATH, text).schedules
    assert read(PATH, text.replace(old, new)).schedules == {}


def test_sections_may_be_of_the_first_level_come_again_and_be_chinese() -> None:
    text = "---\ntags:\n  - a\n---\n# Question\none\n# Answer\n1\n## 问题\n二\n## 答案\n2"
    assert pairs(read(PATH, text)) == [("one", "1"), ("二", "2")]
    assert read(PATH, text).problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntags: []\n---\nlost\n# Question\na\n# Answer\nb", [(4, "not-placed")]),
        ("---\ntags: []\n---\n# Question\na\n# Answer\n", [(4, "no-answer")]),
        ("---\ntags: []\n---\n# Answer\na\n# Question\nb", [(4, "no-question"), (6, "no-answer")]),
    ],
)
def test_a_missing_question_or_answer_is_reported(text: str, expected: list[tuple[int, str]]) -> None:
    assert places(read(PATH, text)) == expected


def test_a_file_is_known_by_front_matter_and_both_sections() -> None:
    assert recognise(PATH, TEXT).confidence
    assert not recognise(PATH, TEXT.split("---\n", 2)[2]).confidence
    assert not recognise(PATH, "---\ntags: []\n---\n# Question\nx").confidence


def test_deck_and_tags_above_the_first_note_of_apy_apply_to_all() -> None:
    note = "# Note\nnid: 17\ntags: b\n\n## Front\n{}?\n\n## Back\n{}\n\n"
    text = (
        "model: Basic\ntags: a\ndeck: Physics\n\n"
        + note.format("one", 1)
        + note.replace("tags: b\n", "").format("two", 2)
    )
    imported = read(Path("a.md"), text)
    assert [(note.question, note.deck, note.tags) for note in imported.notes] == [
        ("one?", "Physics", ("a", "b")), ("two?", "Physics", ("a",)),
    ]  # fmt: skip
    assert not imported.problems


@pytest.mark.parametrize("heading", ["解析", "补充", "Explanation", "Extra"])
def test_an_explanation_has_a_section_of_its_own(heading: str) -> None:
    (note,) = read(Path("a.md"), f"## 问题\n甲？\n## 答案\n乙\n## {heading}\n丙\n").notes
    assert (note.kind, note.extra) == (Basic("甲？", "乙"), "丙")
