"""``duly import`` of a text in which a question was worded otherwise since."""

from functools import partial
from pathlib import Path

from tests.cli.calling import call

from duly.deckfile.load import load

run = partial(call, "import")


def test_a_question_that_was_reworded_a_little_is_told_and_not_added_twice(tmp_path: Path) -> None:
    text, cards = tmp_path / "a.txt", tmp_path / "cards"
    text.write_text("问：什么是过拟合？\n答：模型记住了训练数据里的噪声。\n", encoding="utf-8")
    run(text, "--to", cards)
    text.write_text("问：过拟合指的是什么？\n答：模型记住了训练数据里的噪声。\n", encoding="utf-8")
    result = run(text, "--to", cards)
    sentence = f"{text}:1:1: warning: this seems to be {cards}/a.yaml:3:5 in other words, so it was not added again"
    assert (result.exit_code, sentence in result.stderr) == (
        1,
        True,
    )  # nothing of the text was added, and a person decides
    assert [note.question for note in load([cards]).notes] == ["什么是过拟合？"]


def test_another_question_beside_one_that_is_still_there_is_added(tmp_path: Path) -> None:
    text, cards = tmp_path / "a.txt", tmp_path / "cards"
    text.write_text("Q: What is GPT-2?\nA: A language model.\n", encoding="utf-8")
    run(text, "--to", cards)
    text.write_text(
        "Q: What is GPT-2?\nA: A language model.\n\nQ: What is GPT-3?\nA: A language model.\n", encoding="utf-8"
    )
    assert run(text, "--to", cards).stderr == ""
    assert len(load([cards]).notes) == 2
