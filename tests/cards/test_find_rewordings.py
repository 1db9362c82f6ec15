"""Telling a reworded question from another question."""

from hashlib import blake2b

import pytest

from duly.cards import Basic, Cloze, DeckName, Kind, Note, NoteId, Occlusion
from duly.cards.find_rewordings import find_rewordings
from duly.cards.note_snapshot import NoteSnapshot, snapshot


def basic(question: str, answer: str, *, deck: str = "d", file: str = "d.yaml") -> NoteSnapshot:
    return NoteSnapshot(NoteId(question), DeckName(deck), question, answer, file)


def cloze(text: str) -> NoteSnapshot:
    return snapshot(Note(NoteId(text), Cloze(text), DeckName("d")), "d.yaml")


def picture(prompt: str, image: str, label: str = "") -> NoteSnapshot:
    region = f"1 rect .1 .1 .2 .2 = {label}" if label else "1 rect .1 .1 .2 .2"
    return snapshot(Note(NoteId(image), Occlusion(prompt, image, (region,)), DeckName("d")), "d.yaml")


CSR = basic("What does CSR stand for?", "compressed sparse row")
PERU = basic("Capital of Peru?", "Lima")
POWER = basic("什么是泛化能力？", "模型对没有见过的数据也能给出正确结果的能力。")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CSR, basic("What is CSR short for?", "compressed sparse row")),
        (CSR, basic("What does CSR stand for?!", "compressed sparse row.")),
        (CSR, basic("What does CSR stand for, in full?", "compressed sparse row storage")),
        (CSR, basic("What does csr stand for ?", "a format for sparse matrices")),
        (CSR, basic("稀疏矩阵的一种格式，全称是？", "compressed sparse row")),
        (PERU, basic("What is Peru's capital city?", "Lima")),
        (POWER, basic("泛化能力是什么？", "模型对没有见过的数据也能给出正确结果的能力。")),
        (POWER, basic("什么是模型的泛化能力？", "模型对没有见过的数据也能给出好结果的能力。")),
        (cloze("CSR keeps {{c1::three}} arrays"), cloze("The format CSR keeps {{c1::three}} arrays")),
        (picture("Which part is it?", "heart.png", "aorta"), picture("Which part?", "media/heart.png", "aorta")),
        (picture("Which part is it?", "heart.png"), picture("Which part?", "media/heart.png")),
        (CSR, basic("What is CSR short for?", "compressed sparse row", deck="other")),
        (CSR, basic("What is CSR short for?", "compressed sparse row", file="other.yaml")),
    ],
)  # fmt: skip
def test_the_same_question_in_other_words_is_noticed(old: NoteSnapshot, new: NoteSnapshot) -> None:
    assert find_rewordings([old], [new]) == ((old, new),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PERU, basic("Capital of Chile?", "Santiago")),
        (PERU, basic("Which river is the longest?", "the Nile")),
        (PERU, basic("Name a bean.", "Lima")),
        (CSR, basic("What does CSR stand for, and why?", "for the sake of readers who like letters")),
        (basic("Is TCP reliable?", "yes"), basic("Can UDP lose packets?", "yes")),
        (basic("What is 12 + 30?", "42"), basic("What is 12 + 31?", "43")),
        (basic("In which year did the first world war begin?", "1914"),
         basic("In which year did the first world war end?", "1918")),
        (POWER, basic("什么是过拟合？", "模型只记住了训练数据，遇到新数据就出错。")),
        (basic("第一次世界大战哪一年爆发？", "1914 年"), basic("第二次世界大战哪一年爆发？", "1939 年")),
        (cloze("CSR keeps {{c1::three}} arrays"), basic("CSR keeps three arrays", "three")),
        (CSR, basic("What is CSR short for?", "compressed sparse row", deck="other", file="other.yaml")),
        (picture("Which part is it?", "heart.png"), picture("Which part is it?", "brain.png")),
        (picture("Which part?", "heart.png", "left atrium"), picture("Which part?", "brain.png", "cerebellum")),
        (basic("?", "-"), basic("!", "+")),
    ],
)  # fmt: skip
def test_another_question_is_another_question(old: NoteSnapshot, new: NoteSnapshot) -> None:
    assert find_rewordings([old], [new]) == ()


def test_a_telling_answer_is_none_where_other_notes_have_it_too() -> None:
    new = basic("稀疏矩阵的一种格式，全称是？", "compressed sparse row")
    assert find_rewordings([CSR], [new], [basic("Which format is row-wise?", "compressed sparse row")]) == ()


def test_of_two_similar_questions_each_finds_its_own() -> None:
    csc = basic("What does CSC stand for?", "compressed sparse column")
    new_csr = basic("What does the name CSR stand for?", "compressed sparse row")
    new_csc = basic("What does the name CSC stand for?", "compressed sparse column")
    assert find_rewordings([CSR, csc], [new_csc, new_csr]) == ((csc, new_csc), (CSR, new_csr))
    assert find_rewordings([CSR], [new_csc, new_csr]) == ((CSR, new_csr),)


def test_an_answer_that_went_to_another_question_does_not_lead_astray() -> None:
    """Both questions were reworded, and their answers, which stood at the wrong ones, exchanged."""
    begin = basic("When did the war of the roses begin?", "1485")
    end = basic("When did the war of the roses end?", "1455")
    new_begin = basic("When did the war of the roses begin??", "1455")
    new_end = basic("When did the war of the roses end??", "1485")
    assert find_rewordings([begin, end], [new_begin, new_end]) == ((begin, new_begin), (end, new_end))


def test_ten_thousand_new_notes_and_a_hundred_that_are_gone_are_matched() -> None:
    def word(number: int) -> str:
        return blake2b(str(number).encode(), digest_size=8).hexdigest()

    gone = [basic(f"What does {word(n)} mean?", f"it means {word(-n)}") for n in range(100)]
    new = [basic(f"Say in one word: {word(n)}", f"the answer {word(-n)}") for n in range(1000, 11_000)]
    new[5000] = basic(f"The meaning of {word(7)}?", f"it means {word(-7)}")
    assert find_rewordings(gone, new) == ((gone[7], new[5000]),)


def test_what_a_cloze_hides_is_its_answer() -> None:
    note: Kind = Cloze("a {{c1::b {{c2::c}}}} d {{c3::e::hint}}")
    assert snapshot(Note(NoteId("x"), note, DeckName("d")), "").answer == "b  c e"
    assert snapshot(Note(NoteId("x"), Basic("q", "a"), DeckName("d")), "f").answer == "a"
