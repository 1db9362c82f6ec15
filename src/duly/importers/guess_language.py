"""Guesses the language of a text in Chinese characters by characters that only one script uses.

Three old encodings were each made for one script, and show which characters it uses.
"""

import re
from collections import Counter

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")  # ``汉``
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")  # ``の``, ``ノ``
OTHER_WORD = re.compile(r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fffぁ-ゖァ-ヺ]+")  # ``word``, ``слово``, not ``汉字``
MIN_CHARACTERS = 2
"""The minimum number of characters that only one script uses."""

MIN_RATIO = 9
"""The minimum ratio of such characters of one script to those of the others."""


def language_of(text: str) -> str:
    """``zh-Hans``, ``zh-Hant`` or ``ja``; "" for any other language, or if it is not certain.

    Most of the text must be Chinese characters or kana: each counts as much as a word in letters.
    """
    characters, kana = Counter(HAN.findall(text)), len(KANA.findall(text))
    if characters.total() + kana <= len(OTHER_WORD.findall(text)):
        return ""
    counts = {
        "zh-Hans": _count_only_in(characters, "gb2312", "big5", "shift_jis"),
        "zh-Hant": 0 if kana else _count_only_in(characters, "big5", "gb2312"),
        "ja": _count_only_in(characters, "shift_jis", "gb2312", "big5") + kana,
    }
    language = max(counts, key=counts.__getitem__)
    other_count = sum(counts.values()) - counts[language]
    return language if counts[language] >= MIN_CHARACTERS and counts[language] > MIN_RATIO * other_count else ""


def _count_only_in(characters: Counter[str], encoding: str, *other_encodings: str) -> int:
    """The number of characters that `encoding` has and none of the others."""
    return sum(
        number
        for character, number in characters.items()
        if _can_encode(encoding, character)
        and not any(_can_encode(other_encoding, character) for other_encoding in other_encodings)
    )


def _can_encode(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
