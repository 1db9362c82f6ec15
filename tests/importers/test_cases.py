"""The smallest forms of what people of this field have on disk, each with the cards that it holds."""

from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.cards import Basic, Choice, Cloze, Note, Reversed
from duly.deckfile.load import load

CASES = Path(__file__).parent / "cases"
run = partial(call, "import")


def imported(name: str, cards: Path, *options: str) -> list[Note]:
    """The notes that a case gives, in the order of its lines; it must be imported without a mistake."""
    result = run(CASES / name, "--to", cards, *options)
    assert result.exit_code == 0, result.output
    assert run(CASES / name, "--to", cards, *options).stdout.count(" 0 notes added") > 0  # a second import adds nothing
    loaded_decks = load([cards])
    return [*loaded_decks.notes, *loaded_decks.excluded_notes]


def kinds(name: str, cards: Path, *options: str) -> list[object]:
    return [note.kind for note in imported(name, cards, *options)]


MONADS = [
    Basic("What is a monad?", "- a monoid\n- in the category of endofunctors"),
    Basic("What is a functor?", "- maps objects\n- maps arrows"),
]
OVERFITTING = Basic("什么是过拟合？", "模型记住了噪声。")
UNDERFITTING = Basic("什么是欠拟合？", "模型太简单。")
EXPECTED: dict[str, list[object]] = {
    "01-o2a-basic.md": [
        Basic("What does this print?\n```js\nfor (const k in {a: 1}) console.log(`${k}`)\n```", "a"),
        Basic("What is 2+2?", "4"),
        Cloze("The {{c1::sun}} rises in the {{c2::east}}."),
    ],
    "02-flashcards-obsidian-card.md": [
        Basic("Which planet is red?", "Mars"),
        Basic("Capital of Peru", "Lima"),
        Reversed("H2O", "water"),
        Cloze("The {{c1::mitochondrion}} makes {{c2::ATP}}."),
        Reversed("Which gas do plants take in?", "Carbon dioxide"),
    ],
    "08-quizlet-multiline.txt": [*MONADS],
    "09-quizlet-comma.txt": [
        Basic("What is Zombo.com?", "A site from 1999 that mimics a loading screen"),
        Basic("What is xkcd?", "A webcomic on maths, science, and code"),
        Basic("Who founded SQLite?", "D. Hipp"),
    ],
    "10-semicolon.txt": [Basic("gato", "cat"), Basic("perro", "dog"), Basic("pan", "bread; loaf")],
    "11-dash-list.txt": [
        Basic("el gato", "the cat"), Basic("el perro", "the dog"), Basic("el pan", "the bread (well-known)"),
    ],
    "13-quizlet-blankline.txt": [*MONADS, Basic("What is a group?", "A set with an operation")],
    "20-yanki.md": [Basic("What is the capital of Peru?", "Lima")],
    "21-logseq.md": [
        Basic("What is the capital of Peru?", "- Lima\n    - on the coast"),
        Cloze("The {{c1::mitochondrion}} makes {{c2::ATP}}"),
    ],
    "29-dataview-vault": [Basic("What is a cell?", "The smallest unit")],
    "31-csv-unknown-header.csv": [Basic("濟", "much"), Basic("人", "person"), Basic("水", "water")],
    "33-csv-reading.csv": [Basic("会う", "to meet, to see"), Basic("青", "blue")],
    "36-csv-lang-header.csv": [Basic("perro", "dog"), Basic("gato", "cat"), Basic("pan", "bread")],
    "37-wikilink-in-qa": [
        Basic("What does break do?", "![](break.png)"),
        Basic("What does continue do?", "Skips to the next round, see For loop › Basics."),
    ],
    "39-cloze-highlight-colons.md": [
        Cloze("The {{c1::sun}} rises in the {{c2::east}}."),
        Cloze("The {{c1::capital::which city?}} of Peru is {{c2::Lima}}."),
        Cloze("Use {{c1::std:\\:vector}} here."),
    ],
    "40-rule-ends-card.md": [
        Basic("What does a vesicle store?", "Transmitters.\n\nInto the cleft."),
        Basic("What is a cell?", "The unit of life."),
    ],
    "41-front-back-files": [
        Basic("Reverse a list", "`a[::-1]` makes a new copy."),
        Basic("Sort a list in place", "`a.sort()`\n\n## When is it stable?\nAlways."),
    ],
    "43-json.json": [Basic("What is 2+2?", "4"), Basic("Capital of Peru?", "Lima")],
    "44-json-array.json": [Basic("What is 2+2?", "4"), Basic("Capital of Peru?", "Lima")],
    "62-mcq-csv.csv": [
        Choice("Capital of Peru?", "Lima", ("Quito", "Bogota", "La Paz")),
        Choice("Capital of Chile?", "Santiago", ("Lima", "Bogota", "La Paz")),
    ],
    "64-mcq-text.txt": [
        Choice("What is the capital of Peru?", "Lima", ("Quito", "Bogota", "La Paz")),
        Choice("What is the capital of Chile?", "Santiago", ("Lima", "Bogota", "La Paz")),
    ],
    "66-interview.md": [
        Basic("1. 什么是 JVM？", "Java 虚拟机。"),
        Basic("什么是 GC？", "垃圾回收。"),
        Basic("什么是线程安全？", "多个线程同时访问也正确。"),
        Basic("什么是锁？", "互斥的手段。"),
        Basic("HashMap 的底层结构", "数组加链表。"),
    ],
    "82-headings-in-list.md": [
        Basic("What is React?", "A library.\n\n**[Back to Top](#core)**"),
        Basic("What is JSX?", "Syntax."),
        Basic("What is a hook?", "A function."),
    ],
    "83-checkbox-quiz.md": [
        Choice("Which command shows the version?", "git --version", ("git --v", "git ver")),
        Choice("Describe what this does:\n\n```bash\ngit reset --hard\n```", "resets", ("merges",)),
    ],
    "84-details.md": [Basic("What is a VPN?", "A private tunnel."), Basic("What is DNS?", "Names to addresses.")],
    "86-md-table.md": [Basic("What is a VPN?", "A tunnel"), Basic("What is DNS?", "Names to addresses")],
    "90-q-dot.txt": [Basic("What is DNA?", "A molecule."), Basic("What is RNA?", "Another molecule.")],
    "95-mixed-folder": [Basic("a?", "b"), Basic("What is 2+2?", "4"), Basic("Capital of Peru?", "Lima")],
    "zh/08-num3.md": [OVERFITTING, UNDERFITTING, Basic("什么是正则化？", "给损失加上惩罚项。")],
    "zh/31-choice.txt": [
        Choice("下列哪个是序列标注任务？", "词性标注", ("情感分析", "语种识别", "蕴含判断")),
        Choice("GPT 用的是（　　）。", "解码器", ("编码器", "两者", "都不是")),
    ],
    "zh/fields.txt": [Basic("甲？", "乙")],
    "zh/fullwidth-indent.txt": [OVERFITTING],
    "zh/hsk.txt": [Basic("爱", "to love"), Basic("八", "eight")],
    "zh/image-space.md": [Basic("看图？", "![图](<屏幕截图 2026-01-01 101010.png>)")],
    "zh/latex-brackets.md": [Basic("MSE？", "\\(n\\) 个样本：\n\\[\n\\frac{1}{n}\n\\]")],
    "zh/lost-Q2dot.txt": [OVERFITTING, UNDERFITTING],
    "zh/lost-jiexi.txt": [OVERFITTING, UNDERFITTING],
    "zh/pairs-on-one-line.txt": [Basic("什么是“过拟合”？", "记住噪声。"), Basic("什么是欠拟合？", "太简单。")],
    "zh/table.md": [Basic("过拟合", "记住噪声"), Basic("欠拟合", "太简单")],
    "zh/vocab4.txt": [Basic("abandon", "v. 放弃"), Basic("ability", "n. 能力")],
    "zh/wikilink-image.md": [Basic("看图？", "![](猫.png)")],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_gives_its_cards(name: str, tmp_path: Path) -> None:
    assert kinds(name, tmp_path) == EXPECTED[name]


def test_the_deck_the_tags_and_the_guid_of_other_programs_stay(tmp_path: Path) -> None:
    first = imported("01-o2a-basic.md", tmp_path / "a")[0]
    assert (first.deck, first.tags) == ("Coding::JS", ("js", "loops"))
    (note,) = imported("18-ki.md", tmp_path / "b")
    assert (note.id, note.question, note.tags, note.deck) == ("Q'z!vKhK9M", "What is a hub?", ("animals",), "Default")
    files = imported("41-front-back-files", tmp_path / "c")
    assert [(note.id, note.tags) for note in files] == [("4df67c8f", ("list", "string")), ("5df67c8f", ("list",))]
    cards = imported("02-flashcards-obsidian-card.md", tmp_path / "d")
    assert [(note.deck, note.tags) for note in cards] == [("Test", ())] * 4 + [("Test", ("bio",))]
    notes = imported("38-heading-tags.md", tmp_path / "e")
    assert [note.tags for note in notes] == [("Context-diagram", "diagram"), ("Bold-code-x^2",)]


def test_further_fields_of_a_card_have_their_place(tmp_path: Path) -> None:
    (note,) = imported("zh/fields.txt", tmp_path / "a")
    assert (note.extra, note.hint, note.tags) == ("丙", "丁", ("戊",))
    assert [note.hint for note in imported("33-csv-reading.csv", tmp_path / "b")] == ["あう", "あお"]
    assert [note.hint for note in imported("zh/hsk.txt", tmp_path / "c")] == ["ài", "bā"]
    words = imported("zh/vocab4.txt", tmp_path / "d")
    assert [(note.hint, note.extra) for note in words] == [("/əˈbændən/", "He abandoned."), ("/əˈbɪləti/", "She has.")]
    assert imported("zh/31-choice.txt", tmp_path / "e")[0].extra == "每个词一个标签。"


def test_where_it_is_not_certain_which_column_asks_an_option_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    result = run(CASES / "80-four-columns.tsv", "--to", tmp_path / "cards")
    assert result.exit_code == 1
    assert "import again with --map q=1,a=4,extra=2,hint=3" in result.stderr
    assert not (tmp_path / "cards").exists()
    notes = imported("80-four-columns.tsv", tmp_path / "cards", "--map", "q=1,a=4,extra=2,extra=3")
    assert next((note.kind, note.extra) for note in notes) == (Basic("愛", "love"), "爱\n\nài")
    assert run(CASES / "80-four-columns.tsv", "--to", tmp_path, "--map", "q=1,q=2").exit_code == 2


def test_custom_separators_are_named_or_read_from_the_settings_of_the_vault(tmp_path: Path) -> None:
    options = ("--separator", "->", "--separator", ";;", "--separator-both", "→:::←", "--separator-both", "->->->")
    assert kinds("42-sr-custom-separator.md", tmp_path / "a", *options) == [
        Basic("May a switch take a string?", "No"),
        Basic("What is a closure?", "A function and its scope"),
        Reversed("step one", "step two"),
        Reversed("Why use a token?", "It can be checked without a session"),
    ]
    vault = tmp_path / "vault"
    settings = vault / ".obsidian/plugins/obsidian-spaced-repetition/data.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"settings": {"singleLineCardSeparator": "->", "flashcardTags": ["#cards"]}}')
    (vault / "a.md").write_text("#cards\nwhat -> that\n")
    (vault / "b.md").write_text("#flashcards\nother -> thing\n")
    assert run(vault, "--to", tmp_path / "b").exit_code == 0
    assert [note.kind for note in load([tmp_path / "b"]).notes] == [Basic("what", "that")]
    result = run(CASES / "42-sr-custom-separator.md", "--to", tmp_path / "c")
    assert (result.exit_code, "no card was found here" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("22-org-drill.org", "Org files are not read; export the cards to Anki or to a table"),
        ("95-mixed-folder/f.xlsx", "workbooks are not read; save the sheet as CSV"),
        ("72-typed.yaml", "this is a deck file already"),
    ],
)
def test_a_known_format_that_is_not_read_is_named(name: str, advice: str, tmp_path: Path) -> None:
    result = run(CASES / name, "--to", tmp_path / "cards")
    assert result.exit_code == 1
    assert f"{CASES / name}:1:1: error: {advice}" in result.stderr


def test_files_of_a_folder_that_were_not_read_are_counted(tmp_path: Path) -> None:
    result = run(CASES / "95-mixed-folder", "--to", tmp_path)
    assert "  4 files were not looked at: .org (1), .yaml (1), .html (1), .xlsx (1)\n" in result.stdout


def test_what_may_be_read_in_several_ways_is_shown_with_its_options_and_nothing_is_written(tmp_path: Path) -> None:
    text = tmp_path / "notes.md"
    text.write_text("Intro.\n# Plants\nThey are green.\n")
    result = run(text, "--to", tmp_path / "cards")
    assert result.exit_code == 1
    assert "  --format outline: headings and lists, by lines 2: Plants → They are green.\n" in result.stderr
    assert "it is not certain how to read this, so nothing was imported" in result.stderr
    assert not (tmp_path / "cards").exists()


def test_a_dry_run_shows_what_becomes_of_each_line_and_writes_nothing(tmp_path: Path) -> None:
    result = run(CASES / "40-rule-ends-card.md", "--dry-run", "--to", tmp_path / "cards")
    assert (result.exit_code, (tmp_path / "cards").exists()) == (0, False)
    assert [line[:24].rstrip() for line in result.stdout.splitlines()[1:]] == [
        "     1  left out    Clas", "     3  1 q         Q: W", "     5  1 a         A: T", "     7  1 a         Into",
        "     9  -           ---", "    10  left out    Clas", "    12  2 q         Q: W", "    13  2 a         A: T",
        "2 notes, 2 passages left",
    ]  # fmt: skip


def test_the_first_passage_left_out_for_each_reason_is_shown(tmp_path: Path) -> None:
    text = tmp_path / "a.md"
    text.write_text("#flashcards\none::1\n\n" + "prose\n\n#tag\n\n" * 12 + "key:: value\n")
    result = run(text, "--to", tmp_path / "cards")
    assert result.stderr.count("warning:") == 2
    assert "  so were 11 more passages, in lines 8, 12, 16" in result.stderr
    assert "13 passages were left out; --verbose shows each with its place\n" in result.stderr
    assert run(text, "--to", tmp_path / "cards", "--verbose").stderr.count("warning:") == 13
