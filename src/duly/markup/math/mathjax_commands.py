r"""Disarms unsafe commands in formulas, which MathJax would run as configured by Anki.

``\href{javascript:…}{x}`` runs a script at a click, ``\style`` and ``\class`` may cover the card, ``\cssId`` takes the
name of one of its elements, ``\require`` loads extensions, ``\unicode`` names fonts, and ``\mmlToken`` does any of it.
(https://docs.mathjax.org/en/v3.2/input/tex/extensions/html.html)
"""

import re

_COMMANDS = ("class", "csname", "cssId", "data", "href", "mmlToken", "require", "style", "unicode")
_GUARD = "\u2060"
"""A word joiner: invisible in text; in a formula, ``\\`` followed by it is an unknown command."""
_REMOVED_PARTS = r"(?:<[^<>]*>|\{\{c[0-9,]+::|\}\})*+"
"""Parts that Anki removes from formulas on cloze cards: ``\\hr<b></b>ef`` and ``\\hr{{c1::ef}}`` become ``\\href``."""


def _letters_pattern(name: str) -> str:
    """A pattern for the letters of a name, with removed parts between them, or the first letters before a hint."""
    pattern = rf"{name[-1]}(?![A-Za-z])"
    for letter in reversed(name[:-1]):
        pattern = rf"{letter}{_REMOVED_PARTS}(?:::|{pattern})"
    return pattern


_COMMAND = rf"(\\)(?={_REMOVED_PARTS}(?:::|{'|'.join(map(_letters_pattern, _COMMANDS))}))"
_WITHOUT_CLOZE = re.compile(rf"<code\b[^<>]*>(?:(?!</?code\b).)*+</code>|{_COMMAND}", re.DOTALL)
_WITH_CLOZE = re.compile(rf"<code\b[^<>]*>(?:(?!</?code\b|\{{\{{c[0-9]|\}}\}}).)*+</code>|{_COMMAND}", re.DOTALL)
_WITH_CLOZE_AND_MATH = re.compile(_COMMAND)
r"""``<code>\href</code>``, which MathJax leaves alone, or the backslash of a command: of ``\href``, not of ``\hrefs``.

Code is not safe if a deletion may end inside it, or in a formula, as in ``\(<code>…</code>\)``, because Anki removes
the tags there.
"""


def disarm_commands(html: str) -> str:
    """The field of an Anki note in which MathJax shows such commands instead of running them."""
    if "\\" not in html:
        return html
    pattern = _WITHOUT_CLOZE
    if "{{c" in html:
        pattern = _WITH_CLOZE_AND_MATH if "\\(" in html or "\\[" in html else _WITH_CLOZE
    return pattern.sub(lambda match: match[0] + _GUARD if match[1] else match[0], html)


def restore_commands(html: str) -> str:
    """The field as it was before `disarm_commands`."""
    return html.replace("\\" + _GUARD, "\\")
