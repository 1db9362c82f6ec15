"""The keys of a note: their names in other programs and languages, and the values of a note by key."""

import unicodedata

from duly.cards.note import Cloze, FurtherCard, Note, Occlusion, Reversed, Typed

NAMES = {
    "q": ("question", "front", "prompt", "term", "word", "expression", "问", "问题", "問題", "正面", "题目", "題目",
          "单词", "單詞", "词语", "术语"),
    "a": ("answer", "back", "definition", "meaning", "translation", "答", "答案", "背面", "反面", "释义", "解释",
          "定义", "翻译"),
    "cloze": ("text", "填空", "挖空"),
    "wrong": ("options", "choices", "distractors", "错误选项", "干扰项"),
    "reverse": ("reversed", "bidirectional", "双向", "反向"),
    "typed": ("type", "input", "键入", "输入"),
    "also": ("alternatives", "accept", "synonyms", "aliases", "其他答案", "同义词"),
    "id": ("guid", "uid", "编号"),
    "tags": ("tag", "labels", "标签", "標籤"),
    "hint": ("clue", "reading", "pinyin", "kana", "furigana", "phonetic", "ipa", "提示", "拼音", "读音", "注音", "音标",
             "假名", "讀音", "読み"),
    "extra": ("back extra", "note", "notes", "comment", "explanation", "example", "examples", "usage", "补充", "備註",
              "备注", "說明", "说明", "例句", "例子", "例", "示例", "用法"),
    "source": ("ref", "reference", "url", "来源", "來源", "出处"),
    "deck": ("牌组", "牌組", "卡组"),
}  # fmt: skip
"""The keys of deck files, and other names for each."""

KEYS = tuple(NAMES)
_KEY_OF = {name: key for key, names in NAMES.items() for name in (key, *names)}


def key_of(name: str) -> str:
    """The key for the name of a column or a key; "" if the name is unknown."""
    return _KEY_OF.get(plain_name(name), "")


def plain_name(name: str) -> str:
    """A name in the form of the table: in lower case and half-width, with spaces for underscores."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("_", " ").split())


EXACT = "exact"
"""The value of `typed` if every character counts."""

KeyValue = str | bool | tuple[str, ...] | tuple[FurtherCard, ...]
"""A text, a flag, several texts or several cards. An empty or false value means that the note lacks the key."""


def key_values(note: Note) -> dict[str, KeyValue]:
    """The values of a note by key, in the order of a deck file, without its id, deck and language."""
    kind = note.kind
    values: dict[str, KeyValue]
    match kind:
        case Cloze(text):
            values = {"cloze": text}
        case Occlusion(prompt, image, regions):
            values = {"q": prompt, "image": image, "regions": regions}
        case _:
            values = {"q": kind.question, "a": kind.answer}
    typed: KeyValue = isinstance(kind, Typed) and (EXACT if kind.exact else True)
    values |= {"reverse": isinstance(kind, Reversed), "typed": typed, "also": getattr(kind, "also", ())}
    values |= {"wrong": getattr(kind, "wrong", ()), "tags": note.tags}
    values |= {"hint": note.hint, "extra": note.extra, "source": note.source, "more": note.further_cards}
    return {key: value for key, value in values.items() if value}


def texts(value: KeyValue | None) -> tuple[str, ...]:
    """The texts in a value; none unless it is several texts."""
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, tuple) else ()


def further_cards(value: KeyValue | None) -> tuple[FurtherCard, ...]:
    """The cards in a value; none unless it is several cards."""
    return tuple(card for card in value if isinstance(card, FurtherCard)) if isinstance(value, tuple) else ()


def changed_values(old_note: Note, new_note: Note) -> dict[str, KeyValue]:
    """The values of `new_note` that differ from those of `old_note`; "" for a key that only `old_note` has.

    The order of tags does not matter.
    """
    old_values, new_values = key_values(old_note), key_values(new_note)
    keys = [*old_values, *(key for key in new_values if key not in old_values)]
    return {
        key: new_values.get(key, "")
        for key in keys
        if not _is_same_value(key, old_values.get(key, ""), new_values.get(key, ""))
    }


def _is_same_value(key: str, value: KeyValue, other: KeyValue) -> bool:
    return {*texts(value)} == {*texts(other)} if key == "tags" else value == other
