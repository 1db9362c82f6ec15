"""LaTeX math as one line of Unicode if nothing is lost, or as its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from duly.markup.math import symbols
from duly.markup.math.latex_tokens import TOKEN, UnsupportedMathError
from duly.markup.math.symbols import subscript, superscript

_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
_RAW_GROUP = re.compile(r"\s*\{((?:[^{}\\$]|\\[ ,%&#_$])*)\}")
r"""``{if x}``, and the text in it; with escaped signs and spaces (``\_``, ``\,``) but no other command."""
_ENVIRONMENT_LINE = re.compile(r"(\\begin\{[^}]*\}(?:\{[^}]*\})?|\\\\(?:\[[^\]]*\])?|(?=\\end\{))\s*")
r"""The places of line ends in the source of a matrix: after ``\begin{matrix}``, ``\\[2pt]``; before ``\end{``."""
_DEEPEST = 30
LONGEST = 2000
_SIMPLE_NUMERATOR = re.compile(r"[^\s+\-=<>/·×±,;|\\]+")
"""``2x``, not ``a+b``: written before the stroke without parentheses."""
_SIMPLE_DENOMINATOR = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[^\W0-9][⁰¹²³⁴-⁹⁺-ⁿ₀-ₜᵢ-ᵪᴬ-ᵡⱼⱽᶜᶠᶻᶿ′\u0302-\u0332]*(?:\(\))?|[√∛∜](?:.|\(\))"
)
"""``2``, ``x²``, ``f()``, ``√2``, not ``2x``: written behind the stroke without parentheses."""
_PARENTHESES = re.compile(r"\([^()]+\)")  # the ``(a+b)`` of ``2((a+b)c)``: parentheses without others in them


class _Kind(Enum):
    ORDINARY = auto()
    FUNCTION = auto()
    FRACTION = auto()
    ROOT = auto()
    INFIX = auto()
    OPENING = auto()
    CLOSING = auto()
    SPACE = auto()


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    kind: _Kind = _Kind.ORDINARY


_SIGNS = {
    "'": _Item("′"),
    "=": _Item("=", _Kind.INFIX),
    "<": _Item("<", _Kind.INFIX),
    ">": _Item(">", _Kind.INFIX),
    "(": _Item("(", _Kind.OPENING),
    "[": _Item("[", _Kind.OPENING),
    ")": _Item(")", _Kind.CLOSING),
    "]": _Item("]", _Kind.CLOSING),
    ",": _Item(", ", _Kind.OPENING),
    ";": _Item("; ", _Kind.OPENING),
    "~": _Item(" ", _Kind.SPACE),
}


@lru_cache(maxsize=1024)
def unicode_math(source: str) -> str | None:
    r"""A formula without its delimiters in one line of Unicode, or None if something would be lost.

    ``\frac{a+b}{\sqrt{d_k}}`` is ``(a+b)/√(dₖ)``.
    """
    if len(source) > LONGEST:
        return None
    reader = _Reader(TOKEN.findall(source.strip()))
    try:
        text = _join(reader.items(""))
    except UnsupportedMathError:
        return None
    return text or None


def source_lines(source: str) -> list[str]:
    r"""The LaTeX of a formula, one line for each row of a matrix; every ``\\`` and ``&`` stays."""
    split_source = _ENVIRONMENT_LINE.sub(r"\1\n", source) if "\\begin" in source else source
    depth = 0
    lines: list[str] = []
    for line in filter(None, (line.strip() for line in split_source.split("\n"))):
        depth -= line.startswith("\\end{")
        lines.append("  " * max(depth, 0) + line)
        depth += "\\begin{" in line and "\\end{" not in line
    return lines


class _Reader:
    """Reads tokens into items, from the left."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def items(self, end: str) -> list[_Item]:
        """All items up to and including the token `end`; "" is the end of the formula."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnsupportedMathError
        items: list[_Item] = []
        while (token := self._next_token()) != end:
            if not token:
                raise UnsupportedMathError
            items.extend(tuple(self._item(token, items)))
        self.depth -= 1
        return items

    def _next_token(self) -> str:
        if self.at >= len(self.tokens):
            return ""
        self.at += 1
        return self.tokens[self.at - 1]

    def _item(self, token: str, previous_items: list[_Item]) -> Iterator[_Item]:
        if token in "^_":
            yield self._script(token, previous_items)
        elif token == "{":
            yield _Item(_join(self.items("}")))
        elif token in "}&" or token in ("\\\\", "\\"):
            raise UnsupportedMathError
        elif token.startswith("\\"):
            yield from self._command(token[1:])
        elif token in "+-":
            is_sign = not previous_items or previous_items[-1].kind in (_Kind.OPENING, _Kind.INFIX)
            yield _Item(token, _Kind.ORDINARY if is_sign else _Kind.INFIX)
        elif not token.isspace():
            yield _SIGNS.get(token) or _Item(token)

    def _script(self, token: str, previous_items: list[_Item]) -> _Item:
        if previous_items and previous_items[-1].kind in (_Kind.FRACTION, _Kind.ROOT):
            previous_items[-1] = _Item(f"({previous_items[-1].text})")
        content = self._argument().replace(" ", "")
        if token == "^" and content in ("*", "∗", "†", "‡"):
            return _Item(content)
        if token == "^":
            content = {"⊤": "T", "∘": "°"}.get(content, content)
        script = superscript(content) if token == "^" else subscript(content)
        if previous_items and previous_items[-1].kind is _Kind.FUNCTION:
            return _Item(previous_items.pop().text + script, _Kind.FUNCTION)
        return _Item(script)

    def _argument(self) -> str:
        """The argument of a command: a group, or the next single item."""
        token = self._next_token()
        while token.isspace():
            token = self._next_token()
        if not token or token in ("}", "^", "_"):
            raise UnsupportedMathError
        if token == "{":
            return _join(self.items("}"))
        return _join(list(self._item(token, [])))

    def _raw_argument(self) -> str:
        match = _RAW_GROUP.match("".join(self.tokens[self.at :]))
        if not match:
            raise UnsupportedMathError
        self.at += len(TOKEN.findall(match[0]))
        return re.sub(r"\\(.)", r"\1", match[1])

    def _command(self, name: str) -> Iterator[_Item]:
        if name in symbols.LETTERS or name in symbols.ESCAPED_CHARACTERS:
            yield _Item(symbols.LETTERS.get(name, name))
        elif name in symbols.RELATIONS or name in symbols.BINARY_OPERATORS:
            yield _Item({**symbols.RELATIONS, **symbols.BINARY_OPERATORS}[name], _Kind.INFIX)
        elif name in symbols.LARGE_OPERATORS:
            yield _Item(symbols.LARGE_OPERATORS[name], _Kind.FUNCTION)
        elif name in symbols.FUNCTIONS:
            yield _Item(name, _Kind.FUNCTION)
        elif name in symbols.BRACKETS:
            yield _Item(symbols.BRACKETS[name])
        elif name in symbols.SPACES:
            yield _Item(symbols.SPACES[name], _Kind.SPACE)
        elif name == "cdot":
            yield _Item("·", _Kind.OPENING)
        elif name in symbols.IGNORED_COMMANDS:
            if name in ("left", "right") and self.tokens[self.at : self.at + 1] == ["."]:
                self.at += 1
        else:
            yield self._command_with_arguments(name)

    def _command_with_arguments(self, name: str) -> _Item:
        """A command with arguments."""
        if name in _FRACTIONS:
            numerator = _bracket_unless_simple(self._argument(), _SIMPLE_NUMERATOR)
            return _Item(f"{numerator}/{_bracket_unless_simple(self._argument(), _SIMPLE_DENOMINATOR)}", _Kind.FRACTION)
        if name == "sqrt":
            return self._root()
        if name in symbols.PLAIN_ALPHABETS or name.rstrip("*") == "operatorname":
            kind = _Kind.FUNCTION if name.startswith("operatorname") else _Kind.ORDINARY
            return _Item(self._raw_argument(), kind)
        if name in symbols.ALPHABETS:
            return _Item(_require(symbols.in_alphabet(self._argument(), name)))
        if name in symbols.ACCENTS or name in symbols.OVERLINES:
            content = self._argument()
            if name in symbols.ACCENTS and len(content) != 1:
                raise UnsupportedMathError
            mark = {**symbols.ACCENTS, **symbols.OVERLINES}[name]
            return _Item("".join(character + mark for character in content))
        if name == "not":
            return _Item(_require(symbols.NEGATED_SIGNS.get(self._argument().strip())), _Kind.INFIX)
        if name == "pmod":
            return _Item(f" (mod {self._argument()})")
        if name in ("bmod", "mod"):
            return _Item("mod", _Kind.INFIX)
        raise UnsupportedMathError

    def _root(self) -> _Item:
        sign = "√"
        if self.tokens[self.at : self.at + 1] == ["["]:
            self.at += 1
            degree = _join(self.items("]"))
            sign = {"2": "√", "3": "∛", "4": "∜"}.get(degree) or superscript(degree) + "√"
        content = self._argument()
        return _Item(sign + (content if len(content) == 1 else f"({content})"), _Kind.ROOT)


def _require(text: str | None) -> str:
    if text is None:
        raise UnsupportedMathError
    return text


def _bracket_unless_simple(text: str, simple_pattern: re.Pattern[str]) -> str:
    """A part of a fraction, in brackets unless it is simple; text inside brackets does not count."""
    outline = text
    while (shorter := _PARENTHESES.sub("()", outline)) != outline:
        outline = shorter
    return text if simple_pattern.fullmatch(outline) else f"({text})"


def _join(items: list[_Item]) -> str:
    parts: list[str] = []
    for index, item in enumerate(items):
        before = items[index - 1].kind if index else _Kind.INFIX
        after = items[index + 1].kind if index + 1 < len(items) else _Kind.INFIX
        text = item.text
        touches_before = before in (_Kind.ORDINARY, _Kind.FRACTION, _Kind.ROOT, _Kind.CLOSING)
        touches_after = after in (_Kind.ORDINARY, _Kind.FRACTION, _Kind.ROOT, _Kind.FUNCTION)
        if item.kind is _Kind.INFIX and (index or len(items) == 1 or not text.isascii()):
            text = f" {text} "
        elif item.kind is _Kind.FRACTION and (touches_before or touches_after or after is _Kind.OPENING):
            text = f"({text})"
        elif item.kind is _Kind.ROOT and not text.endswith(")") and touches_after:
            text = f"{text[0]}({text[1:]})"
        elif item.kind is _Kind.FUNCTION:
            text = (" " if touches_before and text[0].isalpha() else "") + text + (" " if touches_after else "")
        parts.append(text)
    return re.sub(r"  +", " ", "".join(parts)).strip()
