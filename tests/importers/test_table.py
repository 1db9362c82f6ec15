"""Tables of every make, read as notes."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duly.cards import Basic, Choice, Cloze, Note, Reversed, Typed, derived_id
from duly.importers.importer import ImportedText, ImportOptions
from duly.importers.table import read, recognise

PATH = Path("词汇.csv")


def pairs(text: str, **columns: str) -> list[tuple[str, str]]:
    return [
        pair(note) for note in read(PATH, text, ImportOptions({key: (name,) for key, name in columns.items()})).notes
    ]


def pair(note: Note) -> tuple[str, str]:
    assert isinstance(note.kind, Basic)
    return note.kind.question, note.kind.answer


def problems(imported: ImportedText) -> list[tuple[int, str]]:
    return [(problem.place.line, problem.kind) for problem in imported.problems]


@pytest.mark.parametrize("text", [
    "Capital of Peru?,Lima\n\"Yes, or no?\",no\n",
    "Capital of Peru?;Lima\r\nYes, or no?;no\r\n",
    "Capital of Peru?\tLima\rYes, or no?\tno",
    "Capital of Peru? | Lima\nYes, or no? | no",
    "sep=;\nCapital of Peru?;Lima\n\"Yes, or no?\";no",
    "Question,Answer\nCapital of Peru?, Lima\n\"Yes, or no?\", \"no\"\n",
    "答案;问题\nLima;Capital of Peru?\n\nno;Yes, or no?\n;\n",
    "#separator:Semicolon\n#html:false\nCapital of Peru?;Lima\nYes, or no?;no",
])  # fmt: skip
def test_the_column_separator_is_found(text: str) -> None:
    imported = read(PATH, text)
    assert [pair(note) for note in imported.notes] == [("Capital of Peru?", "Lima"), ("Yes, or no?", "no")]
    assert imported.problems == ()


def test_tabs_separate_columns_with_cells_of_several_lines() -> None:
    text = 'Question\tAnswer\tTags\r\n"What is\r\n2+2?"\t4\tmath\r\n'
    assert recognise(Path("a.txt"), text).confidence
    assert [pair(note) for note in read(Path("a.txt"), text).notes] == [("What is\n2+2?", "4")]


def test_a_header_names_the_columns_in_english_and_chinese() -> None:
    imported = read(PATH, "标签,正面,背面,提示,来源,补充\n生物 第一章,线粒体,能量工厂,ATP,课本,有两层膜\n")
    (note,) = imported.notes
    assert (note.kind, note.tags, note.hint, note.source, note.extra) == (
        Basic("线粒体", "能量工厂"), ("生物", "第一章"), "ATP", "课本", "有两层膜",
    )  # fmt: skip
    assert imported.problems == ()
    assert pairs("ID,Back,Front\nx1,b,a") == [("a", "b")]
    assert read(PATH, "ID,Back,Front\nx1,b,a").notes[0].id == "x1"


def test_a_note_has_its_id_its_row_and_its_deck() -> None:
    (first, second_note) = read(PATH, 'q,a,deck\none?,1,\n"two\nlines?",2,语言::词汇\n').notes
    assert (first.id, first.source, first.deck, first.is_stamped) == (
        derived_id("one?"),
        "词汇.csv, line 2",
        "词汇",
        True,
    )
    assert (second_note.kind, second_note.source, second_note.deck) == (
        Basic("two\nlines?", "2"),
        "词汇.csv, line 3",
        "语言::词汇",
    )


def test_columns_may_be_named_by_number_or_by_name() -> None:
    text = "Word,Part,Meaning,Category\n猫,noun,cat,animal\n"
    (note,) = read(PATH, text, ImportOptions({"q": ("3",), "a": ("1",), "tags": ("Category",)})).notes
    assert (note.kind, note.tags) == (Basic("cat", "猫"), ("animal",))
    assert pairs("x,y,z\n1,2,3", a="3") == [("x", "z"), ("1", "3")]


@pytest.mark.parametrize("name", ["Kind", "3", "0"])
def test_a_column_that_is_not_there_is_a_mistake(name: str) -> None:
    imported = read(PATH, "front,back\na,b", ImportOptions({"tags": (name,)}))
    assert (imported.notes, [str(problem.message) for problem in imported.problems]) == (
        (), [f"there is no column {name} here; there are: front, back"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("{{c1::Lima}} is in Peru,,,", Cloze("{{c1::Lima}} is in Peru")),
        ("a,b,c | d; e,", Choice("a", "b", ("c", "d", "e"))),
        ("a,b,,是", Typed("a", "b")),
        ("a,b,,no", Basic("a", "b")),
    ],
)
def test_every_kind_of_note_has_its_columns(row: str, kind: object) -> None:
    assert [note.kind for note in read(PATH, f"q,a,wrong,typed\n{row}").notes] == [kind]
    assert [note.kind for note in read(PATH, "q,a,reverse\nx,y,1").notes] == [Reversed("x", "y")]


ANKI = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
f}:#d8<q\tBasic\t地理::首都\t秘鲁的首都是？<br>(南美)\t<img src="li ma.png">Lima\t地理 首都
g2\tCloze\t地理::首都\t{{c1::Tokyo}} is in Japan.\t[sound:tokyo.mp3]\t
g3\tBasic\tDefault\t"a ""quoted"" word"\t1 &lt; 2\t
"""


def test_an_export_of_anki_keeps_ids_decks_and_tags() -> None:
    imported = read(Path("export.txt"), ANKI)
    assert [(note.id, note.deck, note.tags, note.kind, note.extra) for note in imported.notes] == [
        ("f}:#d8<q", "地理::首都", ("地理", "首都"), Basic("秘鲁的首都是？\n(南美)", "![](<li ma.png>)Lima"), ""),
        ("g2", "地理::首都", (), Cloze("{{c1::Tokyo}} is in Japan."), "![](tokyo.mp3)"),
        ("g3", "Default", (), Basic('a "quoted" word', "1 < 2"), ""),
    ]
    assert imported.problems == ()


@pytest.mark.parametrize("sign", ['"', "\0"])
@pytest.mark.parametrize("first", ["sep=", "#separator:"])
def test_an_impossible_separator_is_ignored(first: str, sign: str) -> None:
    imported = read(PATH, f"{first}{sign}\na\tb\n")
    assert Basic("a", "b") in [note.kind for note in imported.notes]


@pytest.mark.parametrize(
    ("notetype", "kind"),
    [
        ("Basic (and reversed card)", Reversed("a", "b")),
        ("问答题（同时包含翻转的卡片）", Reversed("a", "b")),
        ("Basic (type in the answer)", Typed("a", "b")),
        ("Basic (optional reversed card)", Basic("a", "b")),
        ("Reverse engineering", Basic("a", "b")),
    ],
)
def test_the_note_types_that_come_with_anki_make_the_kind(notetype: str, kind: object) -> None:
    for text in (f"#separator:tab\n#notetype column:1\n{notetype}\ta\tb\n", f"#notetype:{notetype}\na\tb\n"):
        assert [note.kind for note in read(PATH, text).notes] == [kind]


def test_html_that_cannot_be_shown_is_reported() -> None:
    imported = read(PATH, "#separator:Comma\n#html:true\na <b>b</b>,<font color=red>c</font>\n")
    assert ([pair(note) for note in imported.notes], problems(imported)) == (
        [("a **b**", '<font color="red">c</font>')],
        [(3, "not-shown")],
    )


def test_directives_of_anki_may_speak_of_all_notes() -> None:
    imported = read(PATH, "#separator:Comma\n#tags:x y\n#deck:D::E\n#columns:Back,Front\nb,a\n")
    (note,) = imported.notes
    assert (note.kind, note.tags, note.deck, imported.title) == (Basic("a", "b"), ("x", "y"), "D::E", "D::E")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q,a\none,\ntwo,2\n,3", [(2, "no-answer"), (4, "no-question")]),
        ("q,a\none,1\none,2", [(3, "same-question")]),
        ("q,a,id\none,1,x\ntwo,2,x", [(3, "same-id")]),
        ("q,a,id\none,1," + "x" * 65, [(2, "bad-id")]),
        ("q,a,cloze\n,,nothing hidden", [(2, "no-deletion")]),
        ("q,a,wrong\none,1,1|2", [(2, "same-option")]),
        ("q,a,Level\none,1,hard", [(1, "column-left-out")]),
        ("one,1\ntwo,2,more", [(2, "column-left-out")]),
        ("only one column\nof text", [(1, "not-placed")]),
        ('one,1\n"two,2\nthree,3', [(2, "unclosed-quote")]),
    ],
)
def test_a_row_that_makes_no_card_is_reported(text: str, expected: list[tuple[int, str]]) -> None:
    assert problems(read(PATH, text)) == expected


def test_a_quote_that_is_never_closed_hides_no_row() -> None:
    assert pairs('one,1\n"two,2\nthree,3') == [("one", "1"), ('"two', "2"), ("three", "3")]


@pytest.mark.parametrize(
    ("name", "text", "is_table"),
    [
        ("a.csv", "anything", True),
        ("a.TSV", "", True),
        ("a.txt", "#separator:tab\nx\ty", True),
        ("a.txt", "sep=,\nx,y", True),
        ("a.txt", "猫\tcat\n狗\tdog\n", True),
        ("a.txt", "Q: a, b?\nA: c, d", False),
        ("a.txt", "one\ttwo\nthree", False),
    ],
)
def test_a_table_is_known_by_its_name_or_its_lines(name: str, text: str, is_table: bool) -> None:
    assert bool(recognise(Path(name), text).confidence) is is_table


CELLS = st.text(st.sampled_from("ab,;\t|\"'\n\r 中#:{}1\0"), max_size=6)


@given(st.lists(st.lists(CELLS, max_size=4).map(",".join), max_size=6).map("\n".join))
@example("1\r\x001,1")  # a question that looks like the key of a row
def test_any_text_is_read_as_a_table(text: str) -> None:
    imported = read(PATH, text)
    assert len({note.id for note in imported.notes}) == len(imported.notes)


def quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from("\t;,|"))
def test_every_row_is_a_note_or_a_report(rows: list[tuple[str, str]], separator: str) -> None:
    rows = [(f"{number} {question}", answer) for number, (question, answer) in enumerate(rows)]
    text = "".join(f"{quote(question)}{separator}{quote(answer)}\n" for question, answer in [("q", "a"), *rows])
    imported = read(PATH, text)
    answered_rows = [row for row in rows if row[1].strip()]
    assert [pair(note)[0].split()[0] for note in imported.notes] == [
        question.split()[0] for question, _ in answered_rows
    ]
    assert len(imported.notes) + len(imported.problems) == len(rows)


def test_examples_and_notes_are_both_shown_with_the_answer() -> None:
    (note,) = read(Path("a.csv"), "单词,释义,例句,备注\n猫,cat,一只猫,常用\n").notes
    assert (note.kind, note.extra) == (Basic("猫", "cat"), "一只猫\n\n常用")


def test_an_example_is_the_answer_of_a_word_with_nothing_else() -> None:
    (note,) = read(Path("a.csv"), "单词,例句\n猫,一只猫\n").notes
    assert (note.kind, note.extra) == (Basic("猫", "一只猫"), "")
