"""What the columns of a table hold: by the names in its first row, by their places, and by what stands in them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from duly.cards.note_keys import key_of, plain_name
from duly.importers.table_dialect import SAMPLE, Row

SEVERAL = ("extra", "hint")
"""The keys that several columns may have, such as one of notes and one of examples."""

NUMBER = "number"
"""What holds running numbers, which are no part of a card."""

LANGUAGES = [
    "english",
    "german",
    "french",
    "spanish",
    "italian",
    "portuguese",
    "russian",
    "japanese",
    "chinese",
    "mandarin",
    "cantonese",
    "korean",
    "latin",
    "arabic",
    "dutch",
    "deutsch",
    "français",
    "español",
    "中文",
    "英文",
    "英语",
    "汉语",
    "日文",
    "日语",
    "法语",
    "德语",
    "俄语",
    "韩语",
    "西班牙语",
    "中国語",
    "英語",
    "日本語",
    "hanzi",
    "hanji",
    "kanji",
    "traditional",
    "simplified",
    "汉字",
    "漢字",
    "简体",
    "简体字",
    "繁体",
    "繁体字",
    "简体中文",
    "繁体中文",
    "單字",
    "生词",
    "词汇",
]
NUMBERS = ("number", "no", "no.", "nr", "nr.", "#", "index", "rank", "序号", "编号", "號", "号")
"""What a first row calls columns that are no field of a note."""

INTEGER = re.compile(r"\d{1,7}[.)、]?")  # ``12``, ``12.``, ``12、``
PHONETIC = re.compile(r"(?:/[^/]+/|\[[^\[\]]+\])(?:[,;\s]*(?:/[^/]+/|\[[^\[\]]+\]))*")
"""``/əˈbændən/`` or ``[əˈbændən]``, one or several."""

PINYIN = re.compile(r"(?=.*[āēīōūǖǎěǐǒǔǚ])[a-zà-ɏʰⁿ'’·\s\-]+", re.IGNORECASE)  # ``pǔtōnghuà``, not ``café``
LATIN = re.compile(r"[a-zà-ɏʰⁿ'’·\s\-]+", re.IGNORECASE)  # ``han zi``, ``café``
KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")  # ``ひらがな カタカナ``
HAN = re.compile(r"[\u3400-\u9fff]")  # ``汉``
SENTENCE = re.compile(r".*[\w\u3400-\u9fff][.!?。！？…][\"”’」]?", re.DOTALL)  # ``She left.``, ``他走了。``


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """The key of each column by its index; whether it is certain which asks and answers; whether a row was its header.

    `left` are the columns with text that have no key.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    is_certain: bool = True
    left: tuple[int, ...] = ()

    def map_option(self) -> str:
        """The option that says what is only guessed here: ``--map q=2,a=4,hint=3``."""
        order = {"q": 0, "a": 1}
        sentence = sorted((order.get(key, 2), index, key) for index, key in self.columns.items() if key != NUMBER)
        return "--map " + ",".join(f"{key}={index + 1}" for _, index, key in sentence)


def is_header(rows: Sequence[Row]) -> bool:
    """Whether the first row is unlike the others: it names columns, or has no number above a column of numbers."""
    first, others = rows[0], rows[1 : SAMPLE + 1]
    names = [plain_name(cell) for cell in first.cells if cell.strip()]
    known = [name for name in names if name in NUMBERS or name in LANGUAGES or key_of(name)]
    if len(known) > 1 and len(known) * 2 >= len(names) and len({*names}) == len(names):
        return True
    return len(others) > 1 and any(
        not INTEGER.fullmatch(cell.strip()) and cell.strip() and _are_numbers(_column(others, index))
        for index, cell in enumerate(first.cells)
        if len(first.cells) > 2
    )


def column_layout(rows: Sequence[Row], columns: Mapping[int, str], *, is_told: bool) -> ColumnLayout:
    """Gives the columns that have no key one, question and answer above all.

    Where a person said which column is what (`is_told`), or a header named question and answer, the others are left.
    """
    keys = dict(columns)
    has = {*keys.values()}
    free = [index for index in range(max((len(row.cells) for row in rows), default=0)) if index not in keys]
    filled = [index for index in free if any(_column(rows, index))]
    if "cloze" in has or {"q", "a"} <= has:
        return ColumnLayout(keys, left=tuple(filled))
    wanted = [key for key in ("q", "a") if key not in has]
    if is_told:
        keys |= dict(zip(filled, wanted, strict=False))
        return ColumnLayout(keys, left=tuple(filled[len(wanted) :]))
    many = [index for index in filled if 2 * len(_column(rows, index)) > len(rows[:SAMPLE])]
    if len(keys) + len(many) > 2:
        keys |= _by_content(rows, filled)
    texts = [index for index in filled if index not in keys]
    many = [index for index in many if index not in keys]
    if len(many) <= len(wanted):
        keys |= dict(zip(texts, wanted, strict=False))
        wanted = wanted[len(texts) :]
        for index in [index for index, key in keys.items() if wanted and key in SEVERAL][:1]:
            keys[index] = wanted.pop()  # words with an example each, and nothing else
        return ColumnLayout(keys, left=tuple(index for index in texts if index not in keys))
    asked = {key: index for index, key in keys.items()}
    keys[asked.get("q", many[0])] = "q"
    if "a" in wanted:
        keys[many[-1]] = "a"
    keys |= {index: "extra" for index in texts if index not in keys}
    return ColumnLayout(keys, is_certain=False)


def _by_content(rows: Sequence[Row], free: Collection[int]) -> dict[int, str]:
    """The keys of columns that hold running numbers, readings or examples."""
    cells = {index: _column(rows, index) for index in free}
    keys = {index: NUMBER for index in free if _are_numbers(cells[index])}
    has_han = any(HAN.search(cell) for index in free for cell in cells[index])
    for index in free:
        own = cells[index]
        if index not in keys and (_all(PHONETIC, own) or (has_han and (_all(KANA, own) or _is_pinyin(own)))):
            keys[index] = "hint"
    texts = [index for index in free if index not in keys]
    sentences = [index for index in texts if _all(SENTENCE, cells[index])]
    if len(texts) - len(sentences) == 2:
        keys |= dict.fromkeys(sentences, "extra")
    return keys


def _column(rows: Sequence[Row], index: int) -> list[str]:
    """What stands in a column of the first rows, blank cells aside."""
    return [text for row in rows[:SAMPLE] for cell in row.cells[index : index + 1] if (text := cell.strip())]


def _all(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    return bool(cells) and all(pattern.fullmatch(cell) for cell in cells)


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether these are numbers, each larger than the one above it."""
    if len(cells) < 2 or not _all(INTEGER, cells):
        return False
    numbers = [int(cell.rstrip(".)、")) for cell in cells]
    return all(previous < following for previous, following in pairwise(numbers))


def _is_pinyin(cells: Sequence[str]) -> bool:
    return _all(LATIN, cells) and any(PINYIN.fullmatch(cell) for cell in cells)
