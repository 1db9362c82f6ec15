"""What the parts of a note are called by people and by other programs: our keys, and their other names."""

import unicodedata

NAMES = {
    "q": ("question", "front", "prompt", "term", "word", "expression", "问", "问题", "問題", "正面", "题目", "題目",
          "单词", "單詞", "词语", "术语"),
    "a": ("answer", "back", "definition", "meaning", "translation", "答", "答案", "背面", "反面", "释义", "解释",
          "定义", "翻译"),
    "cloze": ("text", "填空", "挖空"),
    "wrong": ("options", "choices", "distractors", "错误选项", "干扰项"),
    "reverse": ("reversed", "bidirectional", "双向", "反向"),
    "typed": ("type", "input", "键入", "输入"),
    "id": ("guid", "uid", "编号"),
    "tags": ("tag", "labels", "标签", "標籤"),
    "hint": ("clue", "提示"),
    "extra": ("back extra", "note", "notes", "comment", "explanation", "example", "examples", "usage", "补充", "備註",
              "备注", "說明", "说明", "例句", "例子", "例", "示例", "用法"),
    "source": ("ref", "reference", "url", "来源", "來源", "出处"),
    "deck": ("牌组", "牌組", "卡组"),
}  # fmt: skip
"""Our keys, and what else each may be called."""

KEYS = tuple(NAMES)
_KEY_OF = {name: key for key, names in NAMES.items() for name in (key, *names)}


def key_of(name: str) -> str:
    """The key that a column or a key of this name stands for; "" if none."""
    return _KEY_OF.get(plain_name(name), "")


def plain_name(name: str) -> str:
    """A name as it stands in the table, however it is written: in capitals, full-width, with underscores."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("_", " ").split())
