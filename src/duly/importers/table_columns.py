"""Decides the keys of the columns of a table by the names in its first row, by their order and by their content."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from duly.cards.note_keys import key_of, plain_name
from duly.importers.table_dialect import SAMPLE, Row

REPEATABLE_KEYS = ("extra", "hint")
"""The keys that several columns may have, such as one of notes and one of examples."""

NUMBER_KEY = "number"
"""The key of running numbers, which are no part of a card."""

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
NUMBER_NAMES = ("number", "no", "no.", "nr", "nr.", "#", "index", "rank", "序号", "编号", "號", "号")
"""Names in a header for columns of numbers."""

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
    """The key of each column by its index, and whether it is certain which column asks and which answers.

    `unused` are the columns with text that have no key.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    is_certain: bool = True
    unused: tuple[int, ...] = ()

    def map_option(self) -> str:
        """The option that confirms this layout: ``--map q=2,a=4,hint=3``."""
        order = {"q": 0, "a": 1}
        columns = sorted((order.get(key, 2), index, key) for index, key in self.columns.items() if key != NUMBER_KEY)
        return "--map " + ",".join(f"{key}={index + 1}" for _, index, key in columns)


def is_header(rows: Sequence[Row]) -> bool:
    """Whether the first row is a header: it names columns, or has a text above a column of numbers."""
    first_row, other_rows = rows[0], rows[1 : SAMPLE + 1]
    names = [plain_name(cell) for cell in first_row.cells if cell.strip()]
    known_names = [name for name in names if name in NUMBER_NAMES or name in LANGUAGES or key_of(name)]
    if len(known_names) > 1 and len(known_names) * 2 >= len(names) and len({*names}) == len(names):
        return True
    return len(other_rows) > 1 and any(
        not INTEGER.fullmatch(cell.strip()) and cell.strip() and _are_numbers(_column(other_rows, index))
        for index, cell in enumerate(first_row.cells)
        if len(first_row.cells) > 2
    )


def column_layout(rows: Sequence[Row], columns: Mapping[int, str], *, is_mapped: bool) -> ColumnLayout:
    """Completes the keys of columns, above all question and answer.

    If a person named columns (`is_mapped`), or a header names question and answer, other columns stay unused.
    """
    keys = dict(columns)
    present_keys = {*keys.values()}
    free_columns = [index for index in range(max((len(row.cells) for row in rows), default=0)) if index not in keys]
    filled_columns = [index for index in free_columns if any(_column(rows, index))]
    if "cloze" in present_keys or {"q", "a"} <= present_keys:
        return ColumnLayout(keys, unused=tuple(filled_columns))
    missing_keys = [key for key in ("q", "a") if key not in present_keys]
    if is_mapped:
        keys |= dict(zip(filled_columns, missing_keys, strict=False))
        return ColumnLayout(keys, unused=tuple(filled_columns[len(missing_keys) :]))
    dense_columns = [index for index in filled_columns if 2 * len(_column(rows, index)) > len(rows[:SAMPLE])]
    if len(keys) + len(dense_columns) > 2:
        keys |= _keys_by_content(rows, filled_columns)
    text_columns = [index for index in filled_columns if index not in keys]
    dense_columns = [index for index in dense_columns if index not in keys]
    if len(dense_columns) <= len(missing_keys):
        keys |= dict(zip(text_columns, missing_keys, strict=False))
        missing_keys = missing_keys[len(text_columns) :]
        for index in [index for index, key in keys.items() if missing_keys and key in REPEATABLE_KEYS][:1]:
            keys[index] = missing_keys.pop()  # words with an example each, and nothing else
        return ColumnLayout(keys, unused=tuple(index for index in text_columns if index not in keys))
    columns_by_key = {key: index for index, key in keys.items()}
    keys[columns_by_key.get("q", dense_columns[0])] = "q"
    if "a" in missing_keys:
        keys[dense_columns[-1]] = "a"
    keys |= {index: "extra" for index in text_columns if index not in keys}
    return ColumnLayout(keys, is_certain=False)


def _keys_by_content(rows: Sequence[Row], free: Collection[int]) -> dict[int, str]:
    """The keys of columns that hold running numbers, readings or examples."""
    cells = {index: _column(rows, index) for index in free}
    keys = {index: NUMBER_KEY for index in free if _are_numbers(cells[index])}
    has_han = any(HAN.search(cell) for index in free for cell in cells[index])
    for index in free:
        column_cells = cells[index]
        if index not in keys and (
            _all_match(PHONETIC, column_cells)
            or (has_han and (_all_match(KANA, column_cells) or _is_pinyin(column_cells)))
        ):
            keys[index] = "hint"
    text_columns = [index for index in free if index not in keys]
    sentence_columns = [index for index in text_columns if _all_match(SENTENCE, cells[index])]
    if len(text_columns) - len(sentence_columns) == 2:
        keys |= dict.fromkeys(sentence_columns, "extra")
    return keys


def _column(rows: Sequence[Row], index: int) -> list[str]:
    """The texts in a column of the first rows, without blank cells."""
    return [text for row in rows[:SAMPLE] for cell in row.cells[index : index + 1] if (text := cell.strip())]


def _all_match(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    return bool(cells) and all(pattern.fullmatch(cell) for cell in cells)


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether these are increasing numbers."""
    if len(cells) < 2 or not _all_match(INTEGER, cells):
        return False
    numbers = [int(cell.rstrip(".)、")) for cell in cells]
    return all(previous < following for previous, following in pairwise(numbers))


def _is_pinyin(cells: Sequence[str]) -> bool:
    return _all_match(LATIN, cells) and any(PINYIN.fullmatch(cell) for cell in cells)
