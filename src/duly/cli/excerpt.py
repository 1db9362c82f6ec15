"""A line of a file with a caret below one of its characters, in terminal cells; no control character gets through."""

import unicodedata

TAB = "    "
NARROWEST = 20

OBEYED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Control and format characters (those that turn the direction of writing, too), halves of pairs, line separators."""

JOINERS = "\u200c\u200d"
"""Format characters that Persian and emoji need, and that do no harm."""


def visible(text: str) -> str:
    """The text with every character that a terminal might obey shown as a sign instead."""
    if text.isprintable():
        return text
    return "".join(_sign(character) for character in text)


def one_line(text: str) -> str:
    """The text in one line, each run of white space as one space, as `visible` shows it."""
    return visible(" ".join(text.split()))


def caret_line(line: str, index: int, width: int) -> tuple[str, str]:
    """`line` cut to `width` cells around the character at `index`, and a line with carets below that character.

    A tab takes four cells, a caret under Chinese text is two wide, and ``…`` stands for what was cut away.
    """
    from rich.cells import cell_len

    width = max(width, NARROWEST)
    first, last = max(0, index - width), index + width + 1  # what lies farther away has no room
    is_cut_before, is_cut_after = first > 0, last < len(line)
    line, index = line[first:last], index - first
    shown = [TAB if character == "\t" else visible(character) for character in line]
    cells = [cell_len(sign) for sign in shown]
    is_whole = not is_cut_before and not is_cut_after and sum(cells) <= width
    start, end = (0, len(cells)) if is_whole else _window(cells, min(index, len(cells)), width)
    before = "…" if start or is_cut_before else ""
    after = "…" if end < len(shown) or is_cut_after else ""
    indent = cell_len(before + "".join(shown[start:index]))
    under = cells[index] if index < len(cells) and line[index] != "\t" else 1
    return before + "".join(shown[start:end]) + after, " " * indent + "^" * max(1, under)


def _window(cells: list[int], index: int, width: int) -> tuple[int, int]:
    """From which character to which a line is shown: with ``…`` at both ends `width` cells, the `index` amid them."""
    room = width - 2
    start = end = index
    while start > 0 and cells[start - 1] <= room - width // 2:
        start -= 1
        room -= cells[start]
    while end < len(cells) and cells[end] <= room:
        room -= cells[end]
        end += 1
    while start > 0 and cells[start - 1] <= room:
        start -= 1
        room -= cells[start]
    return start, end


def _sign(character: str) -> str:
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "␡"
    return "�" if obeyed(character) and character not in JOINERS else character


def obeyed(character: str) -> bool:
    """Whether a terminal might act on the character instead of showing it."""
    return unicodedata.category(character) in OBEYED
