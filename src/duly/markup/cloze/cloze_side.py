"""One side of a cloze card: what Anki's renderer makes of HTML with ``{{c1::…}}`` in it."""

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::|(\}\})")  # ``{{c1::``, ``{{c1,2::`` or ``}}``
_MATH = re.compile(r"(\\[(\[])(.*?)(\\[)\]])", re.DOTALL)  # ``\(x^2\)``, ``\[x^2\]``: delimiter, formula, delimiter
_TAG = re.compile(r"<!--.*?-->|<.*?>", re.DOTALL)  # ``<b>``, ``<!-- a > b -->``


@dataclass(slots=True)
class _Open:
    """A deletion being read: its numbers, what it shows so far, and its hint."""

    numbers: tuple[int, ...]
    shown: list[str] = field(default_factory=list)
    hint: str = "..."


def cloze_side(html: str, number: int, revealed: bool) -> str:
    """The HTML with deletion `number` hidden as ``[…]`` (or ``[hint]``), or `revealed`; all others are shown.

    The asked deletion stands in ``<span class="cloze">``, the others in ``<span class="cloze-inactive">``; inside math
    such tags go, as in Anki. Where the number is missing everything is shown, and so is a deletion that never ends.
    """
    levels: list[_Open] = [_Open(())]
    at = 0
    for token in _TOKEN.finditer(html):
        _add(levels, html[at : token.start()])
        at = token.end()
        if token[1]:
            levels.append(_Open(tuple(int(digits) for digits in token[1].split(","))))
        elif len(levels) > 1:
            done = levels.pop()
            levels[-1].shown.append(_span(done, number in done.numbers, revealed))
        else:
            levels[0].shown.append(token[0])
    _add(levels, html[at:])
    shown = "".join("".join(level.shown) for level in levels)
    end = max(shown.rfind("\\)"), shown.rfind("\\]")) + 2  # behind it no formula ends, and searching each takes long
    return _MATH.sub(_without_tags, shown[:end]) + shown[end:]


def _add(levels: list[_Open], text: str) -> None:
    """Text of the innermost deletion. As in Anki, what follows ``::`` is the hint."""
    if len(levels) > 1 and "::" in text:
        text, _, levels[-1].hint = text.partition("::")
    levels[-1].shown.append(text)


def _span(deletion: _Open, is_asked: bool, revealed: bool) -> str:
    content = "".join(deletion.shown)
    if not is_asked:
        return f'<span class="cloze-inactive">{content}</span>'
    return f'<span class="cloze">{content if revealed else f"[{deletion.hint}]"}</span>'


def _without_tags(math: re.Match[str]) -> str:
    return math[1] + _TAG.sub("", math[2]) + math[3]
