"""A note described by keys and values, as tables and JSON have it; and the names by which the keys go elsewhere."""

import unicodedata
from dataclasses import dataclass, field

from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Reversed, Typed
from duly.cards.cloze import OPENING
from duly.importers.harvest import Harvest
from duly.importers.lines import LINE_END, Line

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


@dataclass(frozen=True, slots=True)
class Record:
    """What was said of one note. `texts` holds every key that takes a text, unless it is empty."""

    texts: dict[str, str]
    tags: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)


def key_of(name: str) -> str:
    """The key that a column or a key of this name stands for; "" if none."""
    return _KEY_OF.get(" ".join(unicodedata.normalize("NFKC", name).casefold().replace("_", " ").split()), "")


def take(harvest: Harvest, line: Line, record: Record, deck: DeckName, *, last: int = 0) -> None:
    """Adds the note that a record describes; a question with deletions in it is a cloze, its answer an extra."""
    kind, extra = _kind(record)
    harvest.add(
        line,
        kind,
        deck,
        last=last,
        given=record.texts.get("id", ""),
        tags=record.tags,
        hint=record.texts.get("hint", ""),
        extra=extra,
        source=record.texts.get("source", ""),
    )


def _kind(record: Record) -> tuple[Kind, str]:
    question, answer, cloze, extra = (record.texts.get(key, "") for key in ("q", "a", "cloze", "extra"))
    if not cloze and OPENING.search(question):
        question, cloze = "", question
    if cloze:
        return Cloze(cloze), "\n\n".join(text for text in (question, answer, extra) if text)
    if record.wrong:
        return Choice(question, answer, record.wrong), extra
    if "typed" in record.flags:
        return Typed(question, answer), extra
    if "reverse" in record.flags:
        return Reversed(question, answer), extra
    return Basic(question, answer), extra


def cleaned(text: str) -> str:
    """A value without white space at its ends, its line ends made the usual ones."""
    return LINE_END.sub("\n", text).strip()
