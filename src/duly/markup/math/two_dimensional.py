"""LaTeX math in two dimensions: fractions, matrices, cases, limits; None if something would be lost.

The text line between such pieces is rendered by `unicode_math`, where each piece is a placeholder character with the
position and spacing of a letter.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from duly.markup.math import symbols
from duly.markup.math.boxes import Box, add_scripts, lower_box, raise_box, side_by_side, stack
from duly.markup.math.delimiters import (
    EQUATIONS,
    MATRICES,
    bracket_sign,
    enclose,
    fraction,
    over_brace,
    root,
    table,
    under_brace,
)
from duly.markup.math.latex_tokens import Tokens, UnsupportedMathError
from duly.markup.math.one_line import LONGEST, unicode_math
from duly.markup.math.symbols import subscript, superscript

STRUCTURE = re.compile(
    r"\\(?:[dtc]?frac|[dt]?binom|begin|overset|underset|stackrel|(?:under|over)brace|substack)(?![A-Za-z])"
)
r"""Commands that need a drawing: ``\frac``, not ``\fracture``. Other commands are drawn only beside these."""

LIMITS = frozenset(
    ("lim", "liminf", "limsup", "max", "min", "sup", "inf", "Pr", "det", "gcd", *symbols.LARGE_OPERATORS)
) - {name for name in symbols.LARGE_OPERATORS if name.endswith("int")}
"""Operators with limits above and below instead of at their corners."""

EMPTY = Box(("",))
FIRST_PLACEHOLDER = 0xF0000
MAX_PIECES = 500
DEEPEST = 20
_PLACEHOLDER = re.compile(f"([{chr(FIRST_PLACEHOLDER)}-{chr(FIRST_PLACEHOLDER + MAX_PIECES)}])")
"""The placeholder of a piece, such as U+F0000 for the first one."""
_TEXT_COMMAND = re.compile(r"\\(?:text\w*|mbox|operatorname\*?|math(?:rm|sf|tt|it|bf))\s*\{[^{}]*\}")
r"""``\text{if } ``, ``\mathrm{d}``: a command whose text holds no pieces."""


@lru_cache(maxsize=256)
def draw_math(source: str) -> tuple[str, ...] | None:
    r"""The rows of a formula without its delimiters; None if one line is enough or something would be lost.

    ``x=\frac{a}{b}`` takes three rows. All rows are equally wide in terminal cells.
    """
    if len(source) > LONGEST or not STRUCTURE.search(source) or _PLACEHOLDER.search(source):
        return None
    try:
        box = _Drawer(source.strip()).level("")
    except UnsupportedMathError:
        return None
    return box.rows if box.height > 1 else None


class _Drawer(Tokens):
    """Reads a formula into boxes."""

    depth = 0

    def level(self, *ends: str) -> Box:
        """The tokens up to one of `ends`, which is not read; "" is the end of the formula."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnsupportedMathError
        line_tokens: list[str] = []
        boxes: list[Box] = []
        while (token := self.peek()) not in ends:
            self.next()
            box = self.piece(token, line_tokens)
            if box is None:
                line_tokens.append(token if token != "{" else "{" + self.flat_group())
                continue
            line_tokens.append(chr(FIRST_PLACEHOLDER + len(boxes)))
            boxes.append(self.with_scripts(box))
            if len(boxes) > MAX_PIECES:
                raise UnsupportedMathError
        self.depth -= 1
        return _join("".join(line_tokens), boxes)

    def piece(self, token: str, line_tokens: list[str]) -> Box | None:
        """The box that begins with the token just read; None for a token of the text line."""
        if token in ("&", "\\\\", "}"):
            raise UnsupportedMathError
        if token == "{":
            return self.group(line_tokens)
        if token in "^_":
            return self.script(token)
        return self.command(token[1:]) if token.startswith("\\") else None

    def command(self, name: str) -> Box | None:
        match name:
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                return fraction(self.argument(), self.argument())
            case "binom" | "dbinom" | "tbinom":
                above, below = self.argument(), self.argument()
                return enclose("(", stack((above, below), above.height), ")")
            case "sqrt" if self.is_high_root():
                return root(self.argument())
            case "overset" | "stackrel":
                upper, base = self.argument(), _with_space(self.argument())
                return stack((upper, base), upper.height + base.baseline)
            case "underset":
                lower, base = self.argument(), _with_space(self.argument())
                return stack((base, lower), base.baseline)
            case "underbrace" | "overbrace":
                return self.with_brace(name)
            case "substack":
                return self.environment_cells("substack", ("{", "}"))
            case "begin":
                return self.environment(self.name_in_braces())
            case "left":
                return self.with_brackets()
            case _ if name in LIMITS:
                return self.with_limits(name)
        return None

    # Parts of a line that are higher than a line

    def group(self, line_tokens: list[str]) -> Box | None:
        """A group with a high piece in it; None for any other group, which belongs to the text line."""
        group_source = "".join(self.tokens[self.at : self.closing_brace()])
        if not STRUCTURE.search(_TEXT_COMMAND.sub("", group_source)):
            return None
        if line_tokens and line_tokens[-1].startswith("\\"):
            raise UnsupportedMathError  # a command with an argument that is higher than a line
        box = self.level("}")
        self.next()
        return box

    def flat_group(self) -> str:
        """The source of the rest of a group without a high piece."""
        start = self.at
        self.at = self.closing_brace() + 1
        return "".join(self.tokens[start : self.at])

    def script(self, token: str) -> Box | None:
        """A script without small characters, above or below the text line; None if it has small characters."""
        start = self.at
        script = self.argument()
        small_script = unicode_math(f"x{token}{{{''.join(self.tokens[start : self.at])}}}")
        if small_script and "{" not in small_script:
            self.at = start
            return None
        return raise_box(script) if token == "^" else lower_box(script)

    def is_high_root(self) -> bool:
        self.skip_space()
        if self.peek() != "{":
            return False
        self.at += 1
        group_source = "".join(self.tokens[self.at : self.closing_brace()])
        self.at -= 1
        return bool(STRUCTURE.search(group_source))

    def argument(self) -> Box:
        """The argument of a command: a group, or the next single piece."""
        self.skip_space()
        token = self.next()
        if token == "{":
            box = self.level("}")
            self.next()
            return box
        return self.piece(token, []) or _join(token, [])  # a single token is a whole line

    # Scripts and limits

    def scripts(self) -> tuple[Box | None, Box | None]:
        """The boxes after ``^`` and after ``_`` at this position."""
        above = below = None
        while True:
            self.skip_space()
            match self.peek():
                case "^" if above is None:
                    self.at += 1
                    above = self.argument()
                case "_" if below is None:
                    self.at += 1
                    below = self.argument()
                case _:
                    return above, below

    def with_scripts(self, box: Box) -> Box:
        above, below = self.scripts()
        if above is None and below is None:
            return box
        return add_scripts(box, _as_small(above, superscript), _as_small(below, subscript))

    def with_limits(self, name: str) -> Box:
        above, below = self.scripts()
        sign = Box((symbols.LARGE_OPERATORS.get(name, name),))
        if above is None and below is None:
            return Box((sign.rows[0] + " " * (name not in symbols.LARGE_OPERATORS),))
        boxes = [box for box in (above, sign, below) if box]
        return side_by_side((stack(boxes, above.height if above else 0), Box((" ",))))

    def with_brace(self, name: str) -> Box:
        box = self.argument()
        above, below = self.scripts()
        label, other_label = (below, above) if name == "underbrace" else (above, below)
        if other_label is not None:
            raise UnsupportedMathError
        return under_brace(box, label) if name == "underbrace" else over_brace(box, label)

    # Delimiters and environments

    def with_brackets(self) -> Box:
        left = self.delimiter()
        box = self.level("\\right")
        self.next()
        return enclose(left, box, self.delimiter())

    def delimiter(self) -> str:
        self.skip_space()
        return bracket_sign(self.next())

    def environment(self, name: str) -> Box:
        if name in ("array", "alignat", "alignat*") and not re.fullmatch("[lcr0-9 ]*", self.name_in_braces()):
            raise UnsupportedMathError
        if name not in MATRICES and name not in EQUATIONS:
            raise UnsupportedMathError
        box = self.environment_cells(name, ("\\end",))
        if self.name_in_braces() != name:
            raise UnsupportedMathError
        return box

    def environment_cells(self, name: str, bounds: tuple[str, ...]) -> Box:
        """The rows of an environment, up to and including the last of `bounds`."""
        if len(bounds) == 2 and self.next() != bounds[0]:
            raise UnsupportedMathError
        rows: list[list[Box]] = [[]]
        while True:
            begins_aligned = name in EQUATIONS and len(rows[-1]) % 2 == 1
            rows[-1].append(self.cell(bounds[-1], begins_aligned=begins_aligned))
            match self.next():
                case "\\\\":
                    self.row_gap()
                    rows.append([])
                case end if end == bounds[-1]:
                    break
        if rows[-1] == [EMPTY] and len(rows) > 1:
            rows.pop()
        return table(name, rows)

    def cell(self, end: str, *, begins_aligned: bool) -> Box:
        """A cell. After an aligning ``&`` it begins with an empty group, so that its first operator is spaced."""
        if begins_aligned:
            self.tokens.insert(self.at, "{}")
        return self.level("&", "\\\\", end)


def _join(line: str, boxes: list[Box]) -> Box:
    """A line of text with boxes in place of its placeholders."""
    line = line.replace("{}", chr(FIRST_PLACEHOLDER + len(boxes)))
    if not line.strip():
        return EMPTY
    line_text = unicode_math(line)
    if line_text is None:
        raise UnsupportedMathError
    all_boxes = [*boxes, EMPTY]
    parts = (
        all_boxes[ord(part) - FIRST_PLACEHOLDER] if _PLACEHOLDER.fullmatch(part) else Box((part,))
        for part in _PLACEHOLDER.split(line_text)
        if part
    )
    return side_by_side(list(parts))


def _with_space(box: Box) -> Box:
    """A relation or operator with spaces around it; any other box unchanged."""
    return box if any(map(str.isalnum, box.rows[0])) else side_by_side((Box((" ",)), box, Box((" ",))))


def _as_small(box: Box | None, script: Callable[[str], str]) -> Box | None:
    """A script in small characters if there are such, else unchanged."""
    if box is None or box.height > 1:
        return box
    small_text = script(box.rows[0].replace(" ", ""))
    return Box((small_text,)) if "{" not in small_text else box
