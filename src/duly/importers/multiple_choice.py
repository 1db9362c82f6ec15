"""Reads multiple choice questions: lettered options and the letter of the right one, or checkboxes."""

import re
from collections.abc import Mapping, Sequence

from duly.cards import Choice
from duly.cards.ids import normalised
from duly.importers.text_lines import SPACE

LETTERS = "ABCDEFGH"
OPTION = re.compile(
    rf"{SPACE}*(?:[-*+][ \t]+)?[（(]?(?P<letter>[A-Ha-h])"
    rf"(?:[.．、:：)）]|[ \t]){SPACE}*(?P<text>\S.*)"
)
"""A line such as ``B. Quito``, ``（B）Quito`` or ``- b) Quito``."""

OPTION_SIGN = re.compile(rf"(?:^|(?<!{SPACE}){SPACE}+)[（(]?([A-H])[.．、)）]{SPACE}*")
"""The sign of an option among several on one line: ``A. 编码器　B. 解码器``."""

ONE_LETTER = re.compile(rf"[（(]?(?P<letter>[A-Ha-h])[)）]?[.．。、:：]?(?:{SPACE}+(?P<text>\S.*))?")
"""An answer such as ``B``, ``B.`` or ``B. Quito``."""

SEVERAL_LETTERS = re.compile(
    rf"[（(]?(?P<letters>[A-H](?:{SPACE}*(?:[、,，;；/+&和]|and)?{SPACE}*[A-H])+)[)）]?[.．。]?"
)
"""An answer of several letters: ``ABD``, ``A、C``, ``A, C``."""

OPTION_COLUMN = re.compile(r"(?:option|choice|选项|選項)?[ _]*(?P<letter>[a-h]|[1-8])", re.IGNORECASE)
"""The name of a column of options: ``A``, ``Option B``, ``选项C``."""

CHECKBOX = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[(?P<mark>[ xX✓])\][ \t]+(?P<text>\S.*)")
"""``- [x] right`` or ``- [ ] wrong``."""

ANSWER_COLUMNS = ("correct", "correct answer", "right", "solution", "key", "正确答案", "正确选项", "正解")


def trailing_options(lines: Sequence[str]) -> tuple[int, list[str]]:
    """The options at the end of the lines, if they are lettered from A on, and the index of their first line."""
    options: list[tuple[str, str]] = []
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].strip():
            continue
        line_options = options_on(lines[index])
        if not line_options:
            break
        start, options = index, [*line_options, *options]
    letters = "".join(letter for letter, _ in options)
    if len(options) < 2 or letters != LETTERS[: len(options)]:
        return len(lines), []
    return start, [text for _, text in options]


def choice_by_letter(question: str, options: Sequence[str], answer: str) -> Choice | None:
    """The choice of the option that an answer names by its letter; None if it names none."""
    match = ONE_LETTER.fullmatch(answer.strip())
    index = LETTERS.find(match["letter"].upper()) if match else -1
    if not match or not 0 <= index < len(options):
        return None
    if match["text"] and normalised(match["text"].rstrip("。.")) != normalised(options[index].rstrip("。.")):
        return None
    return Choice(question, options[index], tuple(option for option in options if option != options[index]))


def options_by_letters(options: Sequence[str], answer: str) -> list[str]:
    """The options that an answer names by several letters in order; empty for any other answer."""
    match = SEVERAL_LETTERS.fullmatch(answer.strip())
    letters = [letter for letter in match["letters"] if letter in LETTERS] if match else []
    indexes = [LETTERS.index(letter) for letter in letters]
    if indexes != sorted({*indexes}) or (indexes and indexes[-1] >= len(options)):
        return []
    return [options[index] for index in indexes]


def names_options(text: str) -> bool:
    """Whether a line is only the letter of an option, perhaps with its text, or several letters."""
    return bool(ONE_LETTER.fullmatch(text.strip()) or SEVERAL_LETTERS.fullmatch(text.strip()))


def checkbox_options(lines: Sequence[str]) -> tuple[int, list[str], list[str]]:
    """The checkboxes at the end of the lines: the index of the first line, the checked options, and the others."""
    start = len(lines)
    boxes: list[re.Match[str]] = []
    for index in range(len(lines) - 1, -1, -1):
        match = CHECKBOX.fullmatch(lines[index].rstrip())
        if match:
            start = index
            boxes.append(match)
        elif lines[index].strip():
            break
    checked_options = [match["text"] for match in reversed(boxes) if match["mark"] != " "]
    return start, checked_options, [match["text"] for match in reversed(boxes) if match["mark"] == " "]


def option_by_name(options_by_name: Mapping[str, str], answer: str) -> tuple[str, tuple[str, ...]] | None:
    """The option with this name or text, and the other options; None if there is none."""
    answer = answer.strip()
    text = options_by_name.get(answer.upper()) or next(
        (option for option in options_by_name.values() if normalised(option) == normalised(answer)), None
    )
    if text is None:
        return None
    return text, tuple(option for option in options_by_name.values() if option != text)


def options_on(line: str) -> list[tuple[str, str]]:
    """The options on a line, each with its letter."""
    signs = list(OPTION_SIGN.finditer(line))
    if len(signs) > 1 and not line[: signs[0].start()].strip():
        ends = [*(sign.start() for sign in signs[1:]), len(line)]
        return [(sign[1], line[sign.end() : end].strip()) for sign, end in zip(signs, ends, strict=True)]
    match = OPTION.fullmatch(line.rstrip())
    return [(match["letter"].upper(), match["text"])] if match else []
