"""Small files of people who keep questions and answers: each is imported as its author would have it, or refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duly.cards import Choice, Note
from duly.cli.import_ import command
from duly.deckfile.load import load

CASES = Path(__file__).with_name("cases")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def imported(name: str, *options: str) -> tuple[Result, tuple[Note, ...]]:
    """What importing a case says, and the notes it writes, those that only lack a picture included."""
    result = CliRunner().invoke(command, [str(CASES / name), "--to", "cards", *options])
    loaded = load([Path("cards")]) if Path("cards").is_dir() else None
    return result, (*loaded.notes, *loaded.kept_out) if loaded else ()


def pairs(name: str) -> list[tuple[str, str]]:
    """The questions and answers of a case that is read without a complaint."""
    result, notes = imported(name)
    assert result.exit_code == 0
    return [(note.texts[0], note.texts[1]) for note in notes]


QUESTIONS = {
    "zh/08-num3.md": [
        ("什么是过拟合？", "模型记住了噪声。"), ("什么是欠拟合？", "模型太简单。"),
        ("什么是正则化？", "给损失加上惩罚项。"),
    ],
    "zh/lost-jiexi.txt": [("什么是过拟合？", "模型记住了噪声。"), ("什么是欠拟合？", "模型太简单。")],
    "zh/lost-Q2dot.txt": [("什么是过拟合？", "模型记住了噪声。"), ("什么是欠拟合？", "模型太简单。")],
    "zh/fullwidth-indent.txt": [("什么是过拟合？", "模型记住了噪声。")],
    "zh/pairs-on-one-line.txt": [("什么是“过拟合”？", "记住噪声。"), ("什么是欠拟合？", "太简单。")],
    "zh/table.md": [("过拟合", "记住噪声"), ("欠拟合", "太简单")],
    "zh/hsk.txt": [("爱", "to love"), ("八", "eight")],
    "zh/vocab4.txt": [("abandon", "v. 放弃"), ("ability", "n. 能力")],
    "zh/image-space.md": [("看图？", "![图](<屏幕截图 2026-01-01 101010.png>)")],
    "zh/wikilink-image.md": [("看图？", "![](猫.png)")],
    "31-csv-unknown-header.csv": [("濟", "much"), ("人", "person"), ("水", "water")],
    "36-csv-lang-header.csv": [("perro", "dog"), ("gato", "cat"), ("pan", "bread")],
    "37-wikilink-in-qa": [
        ("What does break do?", "![](break.png)"),
        ("What does continue do?", "Skips to the next round, see For loop › Basics."),
    ],
    "40-rule-ends-card.md": [
        ("What does a vesicle store?", "Transmitters.\n\nInto the cleft."), ("What is a cell?", "The unit of life."),
    ],
    "43-json.json": [("What is 2+2?", "4"), ("Capital of Peru?", "Lima")],
    "44-json-array.json": [("What is 2+2?", "4"), ("Capital of Peru?", "Lima")],
    "66-interview.md": [
        ("1. 什么是 JVM？", "Java 虚拟机。"), ("什么是 GC？", "垃圾回收。"),
        ("什么是线程安全？", "多个线程同时访问也正确。"),
        ("什么是锁？", "互斥的手段。"), ("HashMap 的底层结构", "数组加链表。"),
    ],
    "82-headings-in-list.md": [
        ("What is React?", "A library.\n\n**[Back to Top](#core)**"), ("What is JSX?", "Syntax."),
        ("What is a hook?", "A function."),
    ],
    "84-details.md": [("What is a VPN?", "A private tunnel."), ("What is DNS?", "Names to addresses.")],
    "86-md-table.md": [("What is a VPN?", "A tunnel"), ("What is DNS?", "Names to addresses")],
    "90-q-dot.txt": [("What is DNA?", "A molecule."), ("What is RNA?", "Another molecule.")],
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_pair_of_a_case_is_a_note(name: str) -> None:
    assert pairs(name) == QUESTIONS[name]


CHOICES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "62-mcq-csv.csv": [("Lima", ("Quito", "Bogota", "La Paz")), ("Santiago", ("Lima", "Bogota", "La Paz"))],
    "64-mcq-text.txt": [("Lima", ("Quito", "Bogota", "La Paz")), ("Santiago", ("Lima", "Bogota", "La Paz"))],
    "83-checkbox-quiz.md": [("git --version", ("git --v", "git ver")), ("resets", ("merges",))],
    "zh/31-choice.txt": [
        ("词性标注", ("情感分析", "语种识别", "蕴含判断")), ("解码器", ("编码器", "两者", "都不是")),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", CHOICES)
def test_options_with_their_answer_are_a_multiple_choice(name: str) -> None:
    result, notes = imported(name)
    assert result.exit_code == 0
    assert [(note.kind.answer, note.kind.wrong) for note in notes if isinstance(note.kind, Choice)] == CHOICES[name]
    assert len(notes) == len(CHOICES[name])


def test_other_fields_under_a_question_go_where_they_belong() -> None:
    _result, (note,) = imported("zh/fields.txt")
    assert (note.texts[0], note.texts[1], note.hint, note.extra, note.tags) == ("甲？", "乙", "丁", "丙", ("戊",))


def test_the_reading_and_the_example_of_a_word_are_kept() -> None:
    _result, (first, _second) = imported("zh/vocab4.txt")
    assert (first.hint, first.extra) == ("/əˈbændən/", "He abandoned.")


def test_the_explanation_of_a_choice_is_its_extra() -> None:
    _result, (first, _second) = imported("zh/31-choice.txt")
    assert first.extra == "每个词一个标签。"


def test_tags_of_headings_have_no_links_and_no_signs() -> None:
    _result, notes = imported("38-heading-tags.md")
    assert [note.tags for note in notes] == [("Context-diagram", "diagram"), ("Bold-code-x^2",)]


def test_a_note_of_ki_is_one_note_with_its_guid() -> None:
    _result, (note,) = imported("18-ki.md")
    assert (note.texts[0], note.id, note.tags) == ("What is a hub?", "Q'z!vKhK9M", ("animals",))


def test_files_with_a_front_and_a_back_are_a_note_each_with_id_and_tags_from_the_front_matter() -> None:
    _result, notes = imported("41-front-back-files")
    assert [(note.texts[0], note.id, note.tags) for note in notes] == [
        ("Reverse a list", "4df67c8f", ("list", "string")), ("Sort a list in place", "5df67c8f", ("list",)),
    ]  # fmt: skip


def test_columns_that_are_not_certain_are_asked_for_with_a_ready_option() -> None:
    result, notes = imported("80-four-columns.tsv")
    assert (result.exit_code, notes) == (1, ())
    assert "import again with --map q=1,a=4,extra=2,hint=3" in result.stderr


def test_a_known_format_that_is_not_read_is_named() -> None:
    result, notes = imported("22-org-drill.org")
    assert (result.exit_code, notes) == (1, ())
    assert "Org files are not read; export the cards to Anki or to a table" in result.stderr


def test_files_of_a_folder_that_are_not_looked_at_are_counted() -> None:
    result, notes = imported("95-mixed-folder")
    assert [note.texts[0] for note in notes] == ["a?", "What is 2+2?", "Capital of Peru?"]
    assert "  4 files were not looked at (.html, .org, .xlsx, .yaml)" in result.stdout


def test_a_dry_run_shows_every_line_beside_its_card_and_writes_nothing() -> None:
    result = CliRunner().invoke(command, [str(CASES / "40-rule-ends-card.md"), "--dry-run"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:4] == [
        "     1  left out    Class notes.  [this text belongs to no card and was left out]",
        "     3  1 q         Q: What does a vesicle store?",
        "     5  1 a         A: Transmitters.",
    ]
    assert result.stdout.endswith("2 notes, 2 passages left out; nothing was written\n")
    assert not Path("cards").exists()


def test_separators_of_ones_own_part_question_and_answer() -> None:
    both = ("--separator-both", "→:::←")
    own = [word for sign in ("->", ";;", "->->->") for word in ("--separator", sign)]
    _result, notes = imported("42-sr-custom-separator.md", *own, *both)
    assert [note.texts[:2] for note in notes] == [
        ("May a switch take a string?", "No"),
        ("What is a closure?", "A function and its scope"),
        ("step one", "step two"),
        ("Why use a token?", "It can be checked without a session"),
    ]
    result, notes = imported("42-sr-custom-separator.md")
    assert result.exit_code == 1
