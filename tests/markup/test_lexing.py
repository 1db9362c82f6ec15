"""Lexers that try fewer rules give the tokens that Pygments gives."""

import re
from functools import cache
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

from duly.markup import lexing
from duly.markup.lexing import narrowed

LANGUAGES = ("python", "c++", "c#", "javascript", "html", "bash", "sql", "haskell", "php", "vbnet")
PIECES = (
    *("for x in rows:", "def f(", "class A {", "std::vector<int> v", "SELECT a FROM b", '<b c="d">', "</b>", "<?php"),
    *("let x = 1;", "fn main() ", "if [ $x ]; then", "\\frac{1}{2}", "$x$", "a: b", "- c", "@wraps", "#include <x>"),
    *("0x1F", "1.5e3", "'", '"', "'''", "`", "/*", "*/", "//", "# ", "--", "{-", "(*", ">>> ", "+a", 'f"{x!r}"'),
    *(" ", "\n", "\t", "    ", "\x1c", "\x85", "é", "ſ", "K", "中", "。", "=", ";", "(", ")", "{", "}", "&amp;", "\\"),
)


@cache
def lexers(language: str) -> tuple[Lexer, Lexer]:
    """The lexer of Pygments, and the one that tries fewer rules."""
    return get_lexer_by_name(language), narrowed(get_lexer_by_name(language))


@pytest.mark.parametrize("language", LANGUAGES)
@given(code=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join))
def test_the_tokens_are_those_of_pygments(language: str, code: str) -> None:
    stock, fast = lexers(language)
    with patch.object(lexing, "WARM", 0):
        assert list(fast.get_tokens(code)) == list(stock.get_tokens(code))


def test_much_code_reads_as_little_does() -> None:
    _, fast = lexers("python")
    line = list(fast.get_tokens("for x in rows: # all\n"))
    assert list(fast.get_tokens("for x in rows: # all\n" * (lexing.WARM // 4))) == line * (lexing.WARM // 4)


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        ("(?i)k", "k"),
        ("(?i)\u212a", "k"),
        ("(?i)[\u0100-\u0200]", "s"),
        ("[^a]", "b"),
        ("(?i:a)b?", "A"),
        ("a*b", "b"),
        (r"(?<!x)(?!a)b", "b"),
        (r"(?:\b|x)[^\W\d]", "z"),
        ("a{0}b", "b"),
        ("(?:a|)b", "b"),
        ("(a)?(?(1)b|c)", "c"),
        ("", "x"),
        ("(?=x)", "x"),
        ("(?x) # a\n b", "b"),
    ],
)
def test_a_rule_is_tried_wherever_it_may_match(regex: str, text: str) -> None:
    assert re.match(regex, text)
    assert text in lexing._starts(re.compile(regex).match)
