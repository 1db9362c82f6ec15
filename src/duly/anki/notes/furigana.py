"""Readings in brackets, as in ``食[た]べる``: the template filters that show them, and the inverse."""

import re

_READING = re.compile(r" ?([^ >]+?)\[(?!sound:)(.+?)\]")
"""A character and its reading, as Anki matches them: ``食[た]``."""
_RUBY = re.compile(r"<ruby>(.*?)</ruby>", re.IGNORECASE | re.DOTALL)  # ``<ruby>食<rt>た</rt></ruby>``
_BASE_AND_READING = re.compile(r"(?:<rb>)?([^<]+)(?:</rb>)?(?:<rp>[^<]*</rp>)?<rt>([^<]*)</rt>(?:<rp>[^<]*</rp>)?")
"""The inside of a ruby, ``食<rt>た</rt>`` or ``<rb>食</rb><rp>(</rp><rt>た</rt><rp>)</rp>``: 食 and た."""
_REPLACEMENTS = {"kanji": r"\1", "kana": r"\2", "furigana": r"<ruby>\1<rt>\2</rt></ruby>"}


def apply_reading_filter(html: str, filter_name: str) -> str:
    """The HTML that the filter `filter_name` of a template (``kanji``, ``kana`` or ``furigana``) makes of a field."""
    return _READING.sub(_REPLACEMENTS[filter_name], html.replace("&nbsp;", " "))


def ruby_to_brackets(html: str) -> str:
    """The field value for HTML made by the filter ``furigana``: ``食[た]`` for ``<ruby>食<rt>た</rt></ruby>``."""
    return _RUBY.sub(lambda ruby: _BASE_AND_READING.sub(r" \1[\2]", ruby[1]), html).lstrip(" ")
