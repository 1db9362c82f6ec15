"""Advice on single notes: what it is said of, and of what it is not."""

import pytest

from duly.advice import advice_on_note
from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Typed

LONG = "The result is written as a sum over all positions of " + "the very long word " * 12
LONG_CHINESE = "在每一个位置上都要先把前面所有位置的表示按照注意力权重加起来" * 4


def kinds(kind: Kind) -> list[str]:
    return [advice.kind for advice in advice_on_note(Note(NoteId("n"), kind, DeckName("d")))]


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("What?", LONG, "long-answer"),
        ("什么？", LONG_CHINESE, "long-answer"),
        ("How?", "First it reads all lines. Then it sorts them by name. At the end it writes them.", "several-facts"),
        ("怎样？", "先读入所有的行。然后按名字排序。最后把结果写出来。", "several-facts"),
        ("What is CSR? And why is it fast?", "a format", "several-questions"),
        ("CSR 是什么？它为什么快？", "一种稀疏格式", "several-questions"),
        ("Name the planets.", "- Mercury\n- Venus\n- Earth\n- Mars\n", "enumeration"),
        ("行星有哪些？", "1. 水星\n2. 金星\n3. 地球\n4. 火星", "enumeration"),
        ("Name the planets.", "Mercury, Venus, Earth, Mars, Jupiter and Saturn", "enumeration"),
        ("行星有哪些？", "水星、金星、地球、火星、木星", "enumeration"),
        ("Is TCP reliable?", "Yes", "yes-no"),
        ("Does UDP keep the order?", "No, it does not.", "yes-no"),
        ("UDP 可靠吗？", "不可靠：它不重传。", "yes-no"),
        ("UDP 可靠吗？", "可靠", "yes-no"),
        ("预训练需不需要人工标注？", "不需要。", "yes-no"),
        ("CSR 是有损的么？", "并不是，数值不变。", "yes-no"),
        ("剪枝一定变快吗？", "不一定，要看硬件。", "yes-no"),
        ("UDP 是可靠的吗？", "不是。", "yes-no"),
        ("是否需要人工标注？", "否", "yes-no"),
        ("这个算法的复杂度是多少？", "$n^2$", ""),
        ("这个算法为什么快？", "它只看非零元素。", "context"),
        ("它为什么快？", "只看非零元素。", "context"),
        ("上述方法的缺点是什么？", "慢", "context"),
        ("举个小白都能懂的例子", "遥控器上的几个键。", "context"),
        ("能举个例子吗？", "遥控器。", "context"),
        ("那为什么 GPT 不用双向模型？", "写的时候没有下文。", "context"),
        ("那么，怎么衡量？", "看测试误差。", "context"),
        ("怎么解决？", "加正则项。", "context"),
        ("有什么优缺点？", "快，但占内存。", "context"),
        ("Why is it fast?", "it only looks at what is not zero", "context"),
        ("What follows from the above?", "convergence", "context"),
        ("What is the answer to the previous question squared?", "4", "context"),
    ],
)
def test_advice_on_a_card_says_why(question: str, answer: str, expected: str) -> None:
    assert kinds(Basic(question, answer)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is it called when a model learns noise?", "overfitting"),
        ("How is it possible to read past the end?", "no bounds are checked"),
        ("German for *no*?", "nein"),
        ("Is every symmetric matrix diagonalisable, and why?", "Yes, by the spectral theorem."),
        ("UDP 可靠吗，为什么？", "不，它不重传。"),
        ("The Spanish word for “no”?", "no"),
        ("对称矩阵的特征值有什么特点？", "对称矩阵的特征值都是实数。"),
        ("其他语言怎么说“这”？", "this"),
        ("这是什么？", "What is this?"),
        ("那为什么呢？", "But why?"),
        ("那不勒斯在哪个国家？", "意大利"),
        ("举一个稀疏矩阵的例子。", "词频矩阵"),
        ("怎么解决过拟合？", "加正则项。"),
        ("CSR 与 COO 有什么区别？", "CSR 按行压缩行号。"),
        ("GPT 用的是哪一半，你能说出来吗？", "解码器"),
        ("什么叫可靠？", "可靠就是不丢数据。"),
        ("这个矩阵有几个非零元素？\n\n```text\n1 0\n0 1\n```", "2"),
        ("What is this?\n\n![](cat.png)", "a cat"),
        ("What does `f(1, 2, 3, 4, 5)` print?", "`1, 2, 3, 4, 5`"),
        ("Sum?", "$$\\sum_{i=1}^{n} a_i, \\quad b, c, d, e, f$$"),
        ("Who said “What? Where? When?”", "Hermagoras"),
        ("Abbreviate.", "e.g. and i.e. are short for exempli gratia and id est, resp."),
        ("Version?", "3.11.2"),
        ("Three colours?", "red, green, blue"),
    ],
)
def test_a_good_card_is_left_alone(question: str, answer: str) -> None:
    assert kinds(Basic(question, answer)) == []


@pytest.mark.parametrize(
    ("text", "given_away"),
    [
        ("{{c1::Softmax}} turns scores into chances; softmax is smooth.", True),
        ("{{c1::因果掩码}}挡住后文，因果掩码是三角形的。", True),
        ("A {{c1::matrix::matrix}} has rows.", True),
        ("{{c1::everything is hidden}}", True),
        ("{{c1::A}} and {{c1::B}}", False),
        ("{{c1::左右两侧::哪一侧}}的词，{{c2::猜出被遮住的词::做什么}}。", False),
        ("{{c1::row}} rows are in a rowboat", False),
        ("{{c1::CSR}} is a format; CSRs are many", False),
        ("{{c1::what it is}}: {{c2::what it does}}", False),
        ("{{c1::whole::a word}}", False),
        ("{{c1::attention}} looks at all, and so does {{c1::attention}}", False),
        ("{{c1::attention}} looks at all, and so does {{c2::attention}}", True),
    ],
)
def test_a_cloze_gives_itself_away_if_its_hidden_text_is_visible_elsewhere(text: str, given_away: bool) -> None:
    assert kinds(Cloze(text)) == (["giveaway"] if given_away else [])


def test_every_kind_with_an_answer_is_looked_at() -> None:
    assert kinds(Choice("Is TCP reliable?", "yes", ("no",))) == ["yes-no"]
    assert kinds(Typed("Is TCP reliable?", "yes")) == ["yes-no"]


def test_one_fault_gives_one_piece_of_advice() -> None:
    assert kinds(Basic("How?", (LONG.strip() + ". ") * 4)) == ["several-facts"]
    assert kinds(Basic("What?", "\n".join(f"- {LONG}" for _ in range(5)))) == ["enumeration"]
