"""LaTeX math in two dimensions: fractions, matrices, cases, limits; None where something would be lost.

What stands in one line between two such pieces is left to `unicode_math`: each piece is a placeholder there, which gets
its place, and the space around it, as any letter does.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from duly.markup.math import symbols
from duly.markup.math.boxes import Box, beside, cornered, lowered, raised, stacked
from duly.markup.math.delimiters import (
    EQUATIONS,
    MATRICES,
    bracket_sign,
    fenced,
    fraction,
    over_brace,
    root,
    table,
    under_brace,
)
from duly.markup.math.latex_tokens import LostError, Tokens
from duly.markup.math.one_line import LONGEST, unicode_math
from duly.markup.math.symbols import subscript, superscript

STRUCTURE = re.compile(
    r"\\(?:[dtc]?frac|[dt]?binom|begin|overset|underset|stackrel|(?:under|over)brace|substack)(?![A-Za-z])"
)
r"""What makes a formula worth a drawing: ``\frac``, not ``\fracture``. Other commands are drawn only beside these."""

LIMITS = frozenset(("lim", "liminf", "limsup", "max", "min", "sup", "inf", "Pr", "det", "gcd", *symbols.LARGE)) - {
    name for name in symbols.LARGE if name.endswith("int")
}
"""What has its limits above and below instead of at its corners."""

EMPTY = Box(("",))
FIRST_PLACEHOLDER = 0xF0000
MOST_PIECES = 500
DEEPEST = 20
_PLACEHOLDER = re.compile(f"([{chr(FIRST_PLACEHOLDER)}-{chr(FIRST_PLACEHOLDER + MOST_PIECES)}])")
"""The character that stands for one piece, such as U+F0000 for the first."""
_TEXT_COMMAND = re.compile(r"\\(?:text\w*|mbox|operatorname\*?|math(?:rm|sf|tt|it|bf))\s*\{[^{}]*\}")
r"""``\text{if } ``, ``\mathrm{d}``: a command whose text holds no pieces."""


@lru_cache(maxsize=256)
def draw_math(source: str) -> tuple[str, ...] | None:
    r"""The rows of a formula without its delimiters, or None where one line shows it as well or something is lost.

    ``x=\frac{a}{b}`` takes three rows. All rows are equally wide in terminal cells.
    """
    if len(source) > LONGEST or not STRUCTURE.search(source) or _PLACEHOLDER.search(source):
        return None
    try:
        box = _Drawer(source.strip()).level("")
    except LostError:
        return None
    return box.rows if box.height > 1 else None


class _Drawer(Tokens):
    """Reads a formula into boxes."""

    depth = 0

    def level(self, *ends: str) -> Box:
        """Everything up to one of the tokens `ends`, which stays unread; "" is the end of the formula."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise LostError
        flat: list[str] = []
        boxes: list[Box] = []
        while (token := self.peek()) not in ends:
            self.next()
            box = self.piece(token, flat)
            if box is None:
                flat.append(token if token != "{" else "{" + self.flat_group())
                continue
            flat.append(chr(FIRST_PLACEHOLDER + len(boxes)))
            boxes.append(self.with_scripts(box))
            if len(boxes) > MOST_PIECES:
                raise LostError
        self.depth -= 1
        return _joined("".join(flat), boxes)

    def piece(self, token: str, flat: list[str]) -> Box | None:
        """The box that begins with a token just read; None if it is a part of the line."""
        if token in ("&", "\\\\", "}"):
            raise LostError
        if token == "{":
            return self.group(flat)
        if token in "^_":
            return self.script(token)
        return self.command(token[1:]) if token.startswith("\\") else None

    def command(self, name: str) -> Box | None:
        match name:
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                return fraction(self.argument(), self.argument())
            case "binom" | "dbinom" | "tbinom":
                above, below = self.argument(), self.argument()
                return fenced("(", stacked((above, below), above.height), ")")
            case "sqrt" if self.is_high_root():
                return root(self.argument())
            case "overset" | "stackrel":
                over, base = self.argument(), _spaced(self.argument())
                return stacked((over, base), over.height + base.baseline)
            case "underset":
                under, base = self.argument(), _spaced(self.argument())
                return stacked((base, under), base.baseline)
            case "underbrace" | "overbrace":
                return self.braced(name)
            case "substack":
                return self.environment_cells("substack", ("{", "}"))
            case "begin":
                return self.environment(self.name_in_braces())
            case "left":
                return self.stretched()
            case _ if name in LIMITS:
                return self.with_limits(name)
        return None

    # Parts of a line that hold something high

    def group(self, flat: list[str]) -> Box | None:
        """A group with a piece of its own in it; None for one without, which may be an argument of what is flat."""
        inside = "".join(self.tokens[self.at : self.closing_brace()])
        if not STRUCTURE.search(_TEXT_COMMAND.sub("", inside)):
            return None
        if flat and flat[-1].startswith("\\"):
            raise LostError  # a command applied to what one line cannot hold
        box = self.level("}")
        self.next()
        return box

    def flat_group(self) -> str:
        """The rest of a group without a piece of its own, as it is written."""
        start = self.at
        self.at = self.closing_brace() + 1
        return "".join(self.tokens[start : self.at])

    def script(self, token: str) -> Box | None:
        """A script that has no small characters, above or below its line; None for one that has."""
        start = self.at
        script = self.argument()
        shown = unicode_math(f"x{token}{{{''.join(self.tokens[start : self.at])}}}")
        if shown and "{" not in shown:
            self.at = start
            return None
        return raised(script) if token == "^" else lowered(script)

    def is_high_root(self) -> bool:
        self.skip_space()
        if self.peek() != "{":
            return False
        self.at += 1
        inside = "".join(self.tokens[self.at : self.closing_brace()])
        self.at -= 1
        return bool(STRUCTURE.search(inside))

    def argument(self) -> Box:
        """What a command is applied to: a group, or the next single piece."""
        self.skip_space()
        token = self.next()
        if token == "{":
            box = self.level("}")
            self.next()
            return box
        return self.piece(token, []) or _joined(token, [])  # a single token is a whole line

    # Scripts and limits

    def scripts(self) -> tuple[Box | None, Box | None]:
        """What stands after ``^`` and after ``_`` here."""
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
        return cornered(box, _small(above, superscript), _small(below, subscript))

    def with_limits(self, name: str) -> Box:
        above, below = self.scripts()
        sign = Box((symbols.LARGE.get(name, name),))
        if above is None and below is None:
            return Box((sign.rows[0] + " " * (name not in symbols.LARGE),))
        boxes = [box for box in (above, sign, below) if box]
        return beside((stacked(boxes, above.height if above else 0), Box((" ",))))

    def braced(self, name: str) -> Box:
        box = self.argument()
        above, below = self.scripts()
        label, other = (below, above) if name == "underbrace" else (above, below)
        if other is not None:
            raise LostError
        return under_brace(box, label) if name == "underbrace" else over_brace(box, label)

    # Delimiters and environments

    def stretched(self) -> Box:
        left = self.delimiter()
        box = self.level("\\right")
        self.next()
        return fenced(left, box, self.delimiter())

    def delimiter(self) -> str:
        self.skip_space()
        return bracket_sign(self.next())

    def environment(self, name: str) -> Box:
        if name in ("array", "alignat", "alignat*") and not re.fullmatch("[lcr0-9 ]*", self.name_in_braces()):
            raise LostError
        if name not in MATRICES and name not in EQUATIONS:
            raise LostError
        box = self.environment_cells(name, ("\\end",))
        if self.name_in_braces() != name:
            raise LostError
        return box

    def environment_cells(self, name: str, bounds: tuple[str, ...]) -> Box:
        """The rows of an environment, up to the last of `bounds`, which is read."""
        if len(bounds) == 2 and self.next() != bounds[0]:
            raise LostError
        rows: list[list[Box]] = [[]]
        while True:
            is_right = name in EQUATIONS and len(rows[-1]) % 2 == 1
            rows[-1].append(self.cell(bounds[-1], is_right=is_right))
            match self.next():
                case "\\\\":
                    self.row_gap()
                    rows.append([])
                case end if end == bounds[-1]:
                    break
        if rows[-1] == [EMPTY] and len(rows) > 1:
            rows.pop()
        return table(name, rows)

    def cell(self, end: str, *, is_right: bool) -> Box:
        """A cell; one on the right of an ``&`` that aligns begins as if something stood before it."""
        if is_right:
            self.tokens.insert(self.at, "{}")
        return self.level("&", "\\\\", end)


def _joined(flat: str, boxes: list[Box]) -> Box:
    """A line of text with boxes in it, where its placeholders stand."""
    flat = flat.replace("{}", chr(FIRST_PLACEHOLDER + len(boxes)))
    if not flat.strip():
        return EMPTY
    shown = unicode_math(flat)
    if shown is None:
        raise LostError
    every = [*boxes, EMPTY]
    parts = (
        every[ord(part) - FIRST_PLACEHOLDER] if _PLACEHOLDER.fullmatch(part) else Box((part,))
        for part in _PLACEHOLDER.split(shown)
        if part
    )
    return beside(list(parts))


def _spaced(box: Box) -> Box:
    """A sign that relates or joins, with space around it; anything else as it is."""
    return box if any(map(str.isalnum, box.rows[0])) else beside((Box((" ",)), box, Box((" ",))))


def _small(box: Box | None, script: Callable[[str], str]) -> Box | None:
    """A script as small characters where there are such, else as it is."""
    if box is None or box.height > 1:
        return box
    shown = script(box.rows[0].replace(" ", ""))
    return Box((shown,)) if "{" not in shown else box
