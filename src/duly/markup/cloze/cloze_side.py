"""Renders one side of a cloze card from HTML with ``{{c1::…}}``, as Anki does."""

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::|(\}\})")  # ``{{c1::``, ``{{c1,2::`` or ``}}``
_MATH = re.compile(r"(\\[(\[])(.*?)(\\[)\]])", re.DOTALL)  # ``\(x^2\)``, ``\[x^2\]``: delimiter, formula, delimiter
_TAG = re.compile(r"<!--.*?-->|<.*?>", re.DOTALL)  # ``<b>``, ``<!-- a > b -->``


@dataclass(slots=True)
class _OpenDeletion:
    """A deletion that has not ended yet: its numbers, the parts of its text so far, and its hint."""

    numbers: tuple[int, ...]
    parts: list[str] = field(default_factory=list)
    hint: str = "..."


def cloze_side(html: str, number: int, is_revealed: bool) -> str:
    """The HTML with deletion `number` hidden as ``[…]`` (or ``[hint]``), unless `is_revealed`; all others are shown.

    The asked deletion is in ``<span class="cloze">``, the others in ``<span class="cloze-inactive">``; as in Anki, such
    tags are removed inside math. A deletion that never ends is shown; without deletion `number`, everything is.
    """
    levels: list[_OpenDeletion] = [_OpenDeletion(())]
    at = 0
    for token in _TOKEN.finditer(html):
        _add(levels, html[at : token.start()])
        at = token.end()
        if token[1]:
            levels.append(_OpenDeletion(tuple(int(digits) for digits in token[1].split(","))))
        elif len(levels) > 1:
            deletion = levels.pop()
            levels[-1].parts.append(_span(deletion, number in deletion.numbers, is_revealed))
        else:
            levels[0].parts.append(token[0])
    _add(levels, html[at:])
    side = "".join("".join(level.parts) for level in levels)
    end = max(side.rfind("\\)"), side.rfind("\\]")) + 2  # no formula ends behind it, and each search there is slow
    return _MATH.sub(_without_tags, side[:end]) + side[end:]


def _add(levels: list[_OpenDeletion], text: str) -> None:
    """Adds text to the innermost deletion. As in Anki, text after ``::`` is the hint."""
    if len(levels) > 1 and "::" in text:
        text, _, levels[-1].hint = text.partition("::")
    levels[-1].parts.append(text)


def _span(deletion: _OpenDeletion, is_asked: bool, is_revealed: bool) -> str:
    content = "".join(deletion.parts)
    if not is_asked:
        return f'<span class="cloze-inactive">{content}</span>'
    return f'<span class="cloze">{content if is_revealed else f"[{deletion.hint}]"}</span>'


def _without_tags(math: re.Match[str]) -> str:
    return math[1] + _TAG.sub("", math[2]) + math[3]
