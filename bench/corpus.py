"""The data of the measurements: notes of all kinds in Chinese and English, and answers to them; always the same."""

from collections.abc import Iterable
from pathlib import Path
from random import Random

from duly.cards import CardId
from duly.journal import Journal
from duly.scheduling.day import StudyDay
from duly.scheduling.grade import Grade
from duly.scheduling.journal_entries import Moment, Review
from duly.scheduling.schedule import NEW

SEED = 20_241_124
NOTES_PER_FILE = 200
FOLDERS = 10
DAY_MS = 86_400_000
ENGLISH = """
attention gradient matrix sparse vector token decoder entropy kernel layer weight bias cache process theorem proof
derivative harbour river mountain winter letter window journey market engine signal filter bridge garden
"""
CHINESE = """
模型 数据 概率 矩阵 向量 注意力 梯度 训练 泛化 误差 序列 词元 解码器 权重 偏置 稀疏 缓存 进程 定理 证明 极限
导数 河流 山脉 冬天 书信 窗户 旅行 市场 引擎 信号 桥梁 花园 时间 空间 语言 历史 城市
"""
MARKUP = ("**bold** words", "`code`", r"$\frac{a+b}{\sqrt{d_k}}$", "$x^2 + y^2$", *("",) * 6)
PAIR_TEMPLATE = "- q: {0} {number}?\n  a: {1}\n"
NOTE_TEMPLATES = (
    *(PAIR_TEMPLATE,) * 4,
    "- q: {0} {number}?\n  a: |\n      {1}\n\n      - {2}\n      - {3}\n",
    "- q: {0} {number}?\n  a: |\n    ```python\n    for row in rows:\n        total += row\n    ```\n",
    PAIR_TEMPLATE + "  reverse: true\n",
    PAIR_TEMPLATE + "  typed: true\n",
    PAIR_TEMPLATE + "  wrong:\n    - wrong {2}\n    - not {3}\n",
    "- cloze: '{0} {{{{c1::{2}}}}} and {{{{c2::{3}}}}} {number}'\n",
)
EXTRA_KEYS = {
    "  id: bench-{number}\n": 0.8, "  hint: {2}\n": 0.2, "  extra: {1}\n": 0.2, "  source: {3}, page {number}\n": 0.3,
    "  tags: [bench::one, 语言]\n": 0.2,
}  # fmt: skip
"""The other keys of a note, and how frequent each is (0 to 1)."""


def decks(folder: Path, notes: int) -> Path:
    """A folder with decks of so many notes, written below `folder` unless it exists."""
    target = folder / f"decks-{notes}"
    dice = Random(SEED)
    for number, first in enumerate(range(0, 0 if target.exists() else notes, NOTES_PER_FILE)):
        file = target / f"folder-{number % FOLDERS}" / f"deck-{number:04}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        cards = (_note(dice, number) for number in range(first, min(first + NOTES_PER_FILE, notes)))
        file.write_text("language: zh-Hans\ntags: [bench]\ncards:\n" + "\n".join(cards), encoding="utf-8")
    return target


def files(decks: Path) -> list[Path]:
    return sorted(decks.rglob("*.yaml"))


def answer(journal: Journal, cards: list[CardId], numbers: Iterable[int]) -> None:
    """Adds answers to the journal: number n is for card n modulo their count, each round ten days after the last."""
    dice = Random(SEED)
    with journal.transaction() as transaction:
        for number in numbers:
            day = 19_000 + 10 * (number // len(cards))
            grade = dice.choices(tuple(Grade), (1, 1, 3, 5, 20, 5))[0]
            moment = Moment(day * DAY_MS + number, StudyDay(day), 480)
            transaction.append(Review(cards[number % len(cards)], moment, grade, "sm2-paper", 4000), NEW)


def _note(dice: Random, number: int) -> str:
    """A note as YAML."""
    parts = (dice.choice(NOTE_TEMPLATES), *(part for part, chance in EXTRA_KEYS.items() if dice.random() < chance))
    return "".join(parts).format(*(_text(dice, most_words) for most_words in (10, 20, 4, 4)), number=number)


def _text(dice: Random, most_words: int) -> str:
    words, space = (ENGLISH.split(), " ") if dice.random() < 0.5 else (CHINESE.split(), "")
    return f"{space.join(dice.choices(words, k=dice.randint(2, most_words)))} {dice.choice(MARKUP)}".rstrip()
