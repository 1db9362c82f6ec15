"""Pygments' lexers, made to try at each place only those of their rules that can match the character there.

A lexer of Pygments tries the rules of its state in turn, dozens in vain for each token; that is most of the time that
highlighting takes. With which characters a rule can begin is read from its regular expression, once it is worth it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from pygments.lexer import Lexer, RegexLexer

WARM = 1000
"""So many times the rules of a state are tried before they are narrowed, which takes as long as this."""

_Rule = tuple[Callable[..., re.Match[str] | None], Any, Any]
"""What matches, what the text is then, and the state that follows."""

_parser = import_module("re._parser")
_op = import_module("re._constants")

_KNOWN = frozenset(("\t", "\n", *map(chr, range(32, 127))))
"""The characters at which rules are narrowed; at all others, and at the end, every rule is tried."""
_CATEGORIES = {
    kind: frozenset(each for each in _KNOWN if re.match(escape, each))
    for kind, escape in (
        (_op.CATEGORY_DIGIT, r"\d"),
        (_op.CATEGORY_NOT_DIGIT, r"\D"),
        (_op.CATEGORY_SPACE, r"\s"),
        (_op.CATEGORY_NOT_SPACE, r"\S"),
        (_op.CATEGORY_WORD, r"\w"),
        (_op.CATEGORY_NOT_WORD, r"\W"),
    )
}
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_WIDTHLESS = (_op.AT, _op.ASSERT, _op.ASSERT_NOT)


def narrowed(lexer: Lexer) -> Lexer:
    """The lexer, which gives the same tokens as before, but sooner."""
    if isinstance(lexer, RegexLexer):
        states: dict[str, Iterable[_Rule]] = lexer._tokens  # type: ignore[attr-defined]
        lexer._tokens = {name: _State(rules) for name, rules in states.items()}  # type: ignore[attr-defined]
    return lexer


class _State:
    """The rules of a state, through which Pygments goes at each place until one matches."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        self._rules = tuple(rules)
        self._tried = 0
        self._by_first: dict[str, list[_Rule]] = {}

    def __iter__(self) -> Iterator[_Rule]:
        self._tried += 1
        return self._narrowed() if self._tried > WARM else iter(self._rules)

    def _narrowed(self) -> Iterator[_Rule]:
        """A rule that never matches, but learns where Pygments is; then those that can match there."""
        if not self._by_first:
            starts = [(rule, _starts(rule[0])) for rule in self._rules]
            self._by_first = {first: [rule for rule, those in starts if first in those] for first in _KNOWN}
        first = ""

        def look(text: str, at: int, _end: int = 0) -> None:
            nonlocal first
            first = text[at : at + 1]

        yield look, None, None
        yield from self._by_first.get(first, self._rules)


def _starts(match: Callable[..., object]) -> frozenset[str]:
    """The known characters at which a rule may match; too many rather than too few."""
    pattern = getattr(match, "__self__", None)
    if not isinstance(pattern, re.Pattern):
        return _KNOWN
    tree = _parser.parse(pattern.pattern, pattern.flags)
    found, may_be_empty = _firsts(tree, ignores_case=bool(tree.state.flags & re.IGNORECASE))
    return _KNOWN if may_be_empty else found


def _firsts(nodes: Iterable[tuple[Any, Any]], ignores_case: bool) -> tuple[frozenset[str], bool]:
    """With what a piece of a regular expression can begin, and whether it can match nothing at all."""
    found: frozenset[str] = frozenset()
    for kind, content in nodes:
        more, may_be_empty = _first(kind, content, ignores_case)
        found |= more
        if not may_be_empty:
            return found, False
    return found, True


def _first(kind: Any, content: Any, ignores_case: bool) -> tuple[frozenset[str], bool]:
    if kind is _op.LITERAL:
        return _literal(content, ignores_case), False
    if kind is _op.IN:
        return _one_of(content, ignores_case), False
    if kind is _op.SUBPATTERN:
        _, added, removed, nodes = content
        return _firsts(nodes, bool((ignores_case or added & re.IGNORECASE) and not removed & re.IGNORECASE))
    if kind is _op.BRANCH:
        branches = [_firsts(nodes, ignores_case) for nodes in content[1]]
        return frozenset[str]().union(*(found for found, _ in branches)), any(empty for _, empty in branches)
    if kind in _REPEATS:
        least, _, nodes = content
        found, may_be_empty = _firsts(nodes, ignores_case)
        return found, may_be_empty or not least
    return (frozenset(), True) if kind in _WIDTHLESS else (_KNOWN, kind not in (_op.ANY, _op.NOT_LITERAL))


def _one_of(members: Iterable[tuple[Any, Any]], ignores_case: bool) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    is_negated = False
    for kind, content in members:
        if kind is _op.NEGATE:
            is_negated = True
        elif kind is _op.CATEGORY:
            found |= _CATEGORIES[content]
        else:
            first, last = content if kind is _op.RANGE else (content, content)
            codes = range(min(first, 128), min(last, 128) + 1)  # 128 stands for all that are beyond ASCII
            found = found.union(*(_literal(code, ignores_case) for code in codes))
    if is_negated:
        return _KNOWN if ignores_case else _KNOWN - found
    return found


def _literal(code: int, ignores_case: bool) -> frozenset[str]:
    """The known characters that a character in a regular expression stands for: "ſ", say, is an "s" in another case."""
    if ignores_case:
        return _KNOWN & {chr(code).lower(), chr(code).upper()} if code < 128 else _KNOWN
    return _KNOWN & {chr(code)}
