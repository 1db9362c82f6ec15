"""Guesses the language of a text in Chinese characters, by those that only one script has.

Three old encodings were each made for one script, and have the characters that it needs.
"""

import re
from collections import Counter

CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
OTHER_WORD = re.compile(r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fffぁ-ゖァ-ヺ]+")
LEAST = 2
"""How many characters of one way of writing there must be before anything is said."""

TIMES = 9
"""How many times as many there must be as of the others."""


def language_of(text: str) -> str:
    """``zh-Hans``, ``zh-Hant`` or ``ja``; "" for any other language, and where it is not certain.

    Most of the text must be in such characters, each of which counts as much as a word in letters.
    """
    characters, kana = Counter(CHARACTER.findall(text)), len(KANA.findall(text))
    if characters.total() + kana <= len(OTHER_WORD.findall(text)):
        return ""
    counts = {
        "zh-Hans": _only_in(characters, "gb2312", "big5", "shift_jis"),
        "zh-Hant": 0 if kana else _only_in(characters, "big5", "gb2312"),
        "ja": _only_in(characters, "shift_jis", "gb2312", "big5") + kana,
    }
    language = max(counts, key=counts.__getitem__)
    others = sum(counts.values()) - counts[language]
    return language if counts[language] >= LEAST and counts[language] > TIMES * others else ""


def _only_in(characters: Counter[str], own: str, *others: str) -> int:
    """How many of the characters one encoding has, and none of the others."""
    return sum(
        number
        for character, number in characters.items()
        if _has(own, character) and not any(_has(other, character) for other in others)
    )


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
