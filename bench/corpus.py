"""Decks to measure with: mixed Chinese and English notes of all kinds, always the same ones."""

from pathlib import Path
from random import Random

SEED = 20_241_124
IN_A_FILE = 200
"""How many notes each deck file holds."""
FOLDERS = 10

_ENGLISH_WORDS = """
attention gradient matrix sparse vector token decoder probability entropy kernel layer weight bias index column row
memory cache thread process lattice theorem proof limit sum product derivative harbour river mountain winter letter
window journey market engine signal filter bridge garden
"""
_CHINESE_WORDS = """
模型 数据 概率 矩阵 向量 注意力 梯度 训练 泛化 误差 序列 词元 解码器 权重 偏置 稀疏 索引 内存 缓存 进程 定理 证明 极限
导数 河流 山脉 冬天 书信 窗户 旅行 市场 引擎 信号 桥梁 花园 时间 空间 语言 历史 城市
"""
ENGLISH, CHINESE = _ENGLISH_WORDS.split(), _CHINESE_WORDS.split()
MATH = (r"$\frac{a+b}{\sqrt{d_k}}$", "$x^2 + y^2$", r"$\sum_{i=1}^{n} w_i x_i$", r"$P(x_t \mid x_{<t})$")
CODE = ("for row in rows:\n    total += row", "def f(x):\n    return x * 2", "x = [1, 2, 3]\nprint(sum(x))")


def write(folder: Path, notes: int, seed: int = SEED) -> Path:
    """Writes `notes` notes into files below `folder`, which it gives back."""
    dice = Random(seed)
    for first in range(0, notes, IN_A_FILE):
        number = first // IN_A_FILE
        file = folder / f"folder-{number % FOLDERS}" / f"deck-{number:04}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        cards = (note(dice, at) for at in range(first, min(first + IN_A_FILE, notes)))
        file.write_text("language: zh-Hans\ntags: [bench]\ncards:\n" + "\n".join(cards), encoding="utf-8")
    return folder


def note(dice: Random, number: int) -> str:
    """One note as YAML: six of ten are plain pairs, one each is reversed, typed, a choice or a cloze."""
    kind = dice.choice((_pair, _pair, _pair, _pair, _pair, _pair, _reversed, _typed, _choice, _cloze))
    return kind(dice, number) + _rest(dice, number)


def _words(dice: Random, least: int, most: int) -> str:
    if dice.random() < 0.5:
        return " ".join(dice.choices(ENGLISH, k=dice.randint(least, most)))
    return "".join(dice.choices(CHINESE, k=dice.randint(least, most)))


def _text(dice: Random, least: int, most: int) -> str:
    """A sentence; a third of them with bold text, code or math in it."""
    words = _words(dice, least, most)
    match dice.randrange(9):
        case 0:
            return f"{words} **{_words(dice, 1, 3)}** {_words(dice, 1, 3)}"
        case 1:
            return f"{words} `{dice.choice(ENGLISH)}`"
        case 2:
            return f"{words} {dice.choice(MATH)}"
        case _:
            return words


def _question(dice: Random, number: int) -> str:
    return f"- q: {_text(dice, 3, 10)} {number}?\n"


def _pair(dice: Random, number: int) -> str:
    shape = dice.randrange(10)
    if shape == 0:
        items = "".join(f"      - {_text(dice, 2, 6)}\n" for _ in range(3))
        return f"{_question(dice, number)}  a: |\n      {_words(dice, 3, 8)}\n\n{items}"
    if shape == 1:
        code = dice.choice(CODE).replace("\n", "\n    ")
        return f"{_question(dice, number)}  a: |\n    ```python\n    {code}\n    ```\n"
    if shape == 2:
        return f"{_question(dice, number)}  a: '{_text(dice, 4, 12)}'\n"
    return f"{_question(dice, number)}  a: {_text(dice, 4, 20)}\n"


def _reversed(dice: Random, number: int) -> str:
    return f"- q: {_words(dice, 1, 3)} {number}\n  a: {_words(dice, 1, 3)}\n  reverse: true\n"


def _typed(dice: Random, number: int) -> str:
    return f"{_question(dice, number)}  a: {_words(dice, 1, 2)}\n  typed: true\n"


def _choice(dice: Random, number: int) -> str:
    wrong = "".join(f"    - wrong {at} {_words(dice, 1, 5)}\n" for at in range(3))
    return f"{_question(dice, number)}  a: right {_words(dice, 1, 5)}\n  wrong:\n{wrong}"


def _cloze(dice: Random, number: int) -> str:
    deletions = " ".join(f"{_words(dice, 1, 4)} {{{{c{at}::{_words(dice, 1, 2)}}}}}" for at in (1, 2))
    return f"- cloze: '{deletions} {number}'\n"


def _rest(dice: Random, number: int) -> str:
    """What else a note has: mostly an id, sometimes a hint, more, a source, tags."""
    parts = (
        (0.8, f"  id: bench-{number}\n"),
        (0.2, f"  hint: {_words(dice, 1, 4)}\n"),
        (0.2, f"  extra: {_text(dice, 4, 15)}\n"),
        (0.3, f"  source: {dice.choice(ENGLISH)}, page {number % 300}\n"),
        (0.2, f"  tags: [{dice.choice(ENGLISH)}, {dice.choice(CHINESE)}]\n"),
    )
    return "".join(part for chance, part in parts if dice.random() < chance)


def decks(folder: Path, notes: int) -> Path:
    """The folder of the decks with so many notes, written if they are not there."""
    target = folder / f"decks-{notes}"
    return target if target.exists() else write(target, notes)


def files(decks: Path) -> list[Path]:
    return sorted(decks.rglob("*.yaml"))
