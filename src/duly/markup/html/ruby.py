"""Ruby: readings above the characters, written ``{汉字|hàn zì}``.

Only Han or kana may stand before the bar, and only letters other than Han after it, so ``{x|x>0}`` and ``{是|否}`` are
text. Since code and formulas are known only after Markdown was rendered, braces and bars are replaced by noncharacters
before, and become ruby, or the original text, afterwards. A cleaned text has no noncharacters.
"""

import re
from urllib.parse import unquote

_HAN = (  # ``汉``
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_KANA = r"\u3041-\u3096\u3099-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # ``か``, ``カ``
_LETTER = rf"(?![{_HAN}])[^\W\d_]"  # ``h``, ``か``, not ``汉``
_READING = rf"˙?{_LETTER}(?:(?![{_HAN}])[^\W_]|[\u0300-\u036f \u3000˙'’·・-])*"  # ``hàn zì``, ``かんじ``
RUBY = re.compile(rf"\{{([{_HAN}{_KANA}]+)(\\?)\|({_READING})\}}")
r"""``{汉字|hàn zì}``; in a table also ``{汉字\|hàn zì}``, with an escaped bar."""

_ESCAPED_OR_RUBY = re.compile(rf"\\[!-/:-@\[-`{{-~]|{RUBY.pattern}")
r"""``\{`` or another escaped sign, which begins no ruby; or ruby, with its parts."""
_OPENING, _BAR, _ESCAPED_BAR, _CLOSING = "\ufdd5", "\ufdd6", "\ufdd7", "\ufdd8"
_SIGNS = {_OPENING: "{", _BAR: "|", _ESCAPED_BAR: r"\|", _CLOSING: "}"}
_HIDDEN_RUBY_OR_MARKUP = re.compile(
    f"{_OPENING}([^{_OPENING}{_CLOSING}]*)[{_BAR}{_ESCAPED_BAR}]([^{_OPENING}{_CLOSING}]*){_CLOSING}"
    r"|<code\b.*?</code>|<span data-math-style.*?</span>|<[^<>]*>",
    re.DOTALL,
)
"""Hidden ruby, with the texts around its bar; or markup without ruby: ``<code>…</code>``, a formula, a tag."""
_SIGN = re.compile("[\ufdd5-\ufdd8]|%EF%B7%9[5-8]")  # one of the four signs, also in an address: ``%EF%B7%95``


def hide_ruby(markdown: str) -> str:
    """The cleaned Markdown with noncharacters instead of the braces and bars of ruby."""
    return _ESCAPED_OR_RUBY.sub(_hide_match, markdown) if "|" in markdown and "{" in markdown else markdown


def show_ruby(html: str) -> str:
    """The HTML of hidden Markdown with ruby; in code, formulas and attributes, with the original text."""
    return _HIDDEN_RUBY_OR_MARKUP.sub(_show_match, html) if _OPENING in html or "%EF%B7%95" in html else html


def escape_ruby(text: str) -> str:
    """The Markdown with ruby escaped."""
    return RUBY.sub(r"\\\g<0>", text) if "|" in text else text


def _hide_match(match: re.Match[str]) -> str:
    base, backslash, reading = match.groups()
    if base is None:
        return match[0]
    return f"{_OPENING}{base}{_ESCAPED_BAR if backslash else _BAR}{reading}{_CLOSING}"


def _show_match(match: re.Match[str]) -> str:
    if match[1] is not None:
        return f"<ruby>{match[1]}<rt>{match[2]}</rt></ruby>"
    return _SIGN.sub(lambda sign: _SIGNS[unquote(sign[0])], match[0])
