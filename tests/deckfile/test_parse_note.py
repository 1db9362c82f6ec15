"""From an entry of a file to a note."""

from pathlib import Path

import pytest

from duly.cards import Basic, Choice, Cloze, DeckName, Face, FurtherCard, Note, NoteId, Reversed, Typed, derived_id
from duly.deckfile.parse_file import ParsedFile, parse
from duly.deckfile.yaml.source import Source


def parsed(text: str) -> ParsedFile:
    return parse(Source(Path("x.yaml"), text), DeckName("x"))


def note(text: str) -> Note:
    result = parsed(text)
    assert not result.problems
    (entry,) = result.entries
    return entry.note


def test_every_field_of_a_card_is_read() -> None:
    text = """\
- q: 什么是泛化能力？
  a: 模型对**没有见过的数据**也能给出正确结果的能力。
  id: generalization
  tags: [ml, "2024"]
  hint: 想想训练集和测试集
  extra: |
    通常用测试误差来衡量。
  source: gpt-qa.txt, line 54
"""
    card = note(text)
    assert card.kind == Basic("什么是泛化能力？", "模型对**没有见过的数据**也能给出正确结果的能力。")
    assert (card.id, card.is_stamped, card.tags) == ("generalization", True, ("ml", "2024"))
    assert (card.hint, card.extra) == ("想想训练集和测试集", "通常用测试误差来衡量。\n")
    assert card.source == "gpt-qa.txt, line 54"


def test_a_card_without_an_id_has_the_one_derived_from_its_question() -> None:
    card = note("- q: What\n    now?\n  a: x\n")
    assert (card.id, card.is_stamped) == (derived_id("What now?"), False)
    assert note("- cloze: '{{c1::x}}'").id == derived_id("{{c1::x}}")


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("reverse: true", Reversed("q", "a")),
        ("reverse: False", Basic("q", "a")),
        ("typed: 'TRUE'", Typed("q", "a")),
        ("typed: exact", Typed("q", "a", exact=True)),
        ("typed: true\n  also: [b, c d]", Typed("q", "a", ("b", "c d"))),
        ("typed: false\n  reverse: true", Reversed("q", "a")),
        ("wrong: [b, no]", Choice("q", "a", ("b", "no"))),
        ("wrong:\n  - b\n  - c: d", None),
    ],
)
def test_one_key_makes_a_pair_another_kind(more: str, kind: object) -> None:
    entries = parsed(f"- q: q\n  a: a\n  {more}\n").entries
    assert [entry.note.kind for entry in entries] == ([kind] if kind else [])


def test_a_cloze_may_say_that_it_is_not_reversed() -> None:
    assert note("- {cloze: 'a {{c1::b}}', reverse: false}").kind == Cloze("a {{c1::b}}")


def test_nothing_after_an_optional_key_is_as_if_it_were_not_there() -> None:
    card = note("- q: a\n  a: b\n  hint:\n  tags:\n  extra: ''\n")
    assert (card.hint, card.tags, card.extra) == ("", (), "")


def test_an_alias_of_a_text_or_of_tags_is_that_text_or_those_tags() -> None:
    card = parsed("- {q: &q one, a: b, tags: &t [x]}\n- {q: two, a: *q, tags: *t}\n").entries[1].note
    assert (card.kind, card.tags) == (Basic("two", "one"), ("x",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- x", "1:3 wrong-type"),
        ("- [a, b]", "1:3 wrong-type"),
        ("-", "1:2 wrong-type"),
        ("- q: a", "1:3 missing-key"),
        ("- a: a", "1:3 missing-key"),
        ("- id: a", "1:3 missing-key 1:3 missing-key"),
        ("- q: a\n  a:", "2:5 empty"),
        ("- q: a\n  a: #b", "2:5 empty"),
        ("- q: a\n  a: ' \u3000'", "2:6 empty"),
        ("- q: a\n  a: [b]", "2:6 wrong-type"),
        ("- q: a\n  a: {{b}}", "2:6 wrong-type"),
        ("- q: a\n  a: b\n  q: c", "3:3 duplicate-key"),
        ("- question: a\n  a: b", "1:3 unknown-key"),
        ("- q: a\n  a: b\n  deck: c", "3:3 unknown-key"),
        ("- <<: {q: a}\n  a: b", "1:3 merge-key"),
        ("- q: a\n  a: b\n  [c]: d", "3:3 wrong-type"),
        ("- q: a\n  a: b\n  reverse: yes", "3:12 wrong-type"),
        ("- q: a\n  a: b\n  typed:", "3:9 wrong-type"),
        ("- q: a\n  a: b\n  typed: true\n  reverse: true", "4:12 two-kinds"),
        ("- q: a\n  a: b\n  also: [c]", "3:9 needs-typed"),
        ("- q: a\n  a: b\n  typed: false\n  also: [c]", "4:9 needs-typed"),
        ("- q: a\n  a: b\n  typed: true\n  also: []", "4:9 empty"),
        ("- q: a\n  a: b\n  typed: exactly", "3:10 wrong-type"),
        ("- q: a\n  a: b\n  typed: true\n  wrong: [c]", "4:10 two-kinds"),
        ("- q: a\n  a: b\n  wrong: []", "3:10 empty"),
        ("- q: a\n  a: b\n  wrong:", "3:9 empty"),
        ("- q: a\n  a: b\n  wrong: c", "3:10 wrong-type"),
        ("- q: a\n  a: b\n  wrong: [c, '']", "3:14 empty"),
        ("- q: a\n  a: b\n  wrong: [c, ' b ']", "3:14 same-option"),
        ("- q: a\n  a: b\n  wrong: [c, c]", "3:14 same-option"),
        ("- q: a\n  a: b\n  id:", "3:6 bad-id"),
        ("- q: a\n  a: b\n  id: ' c'", "3:7 bad-id"),
        ('- q: a\n  a: b\n  id: "c\\td"', "3:7 bad-id"),
        ("- q: a\n  a: b\n  id: " + "c" * 65, "3:7 bad-id"),
        ("- q: a\n  a: b\n  id: [c]", "3:7 wrong-type"),
        ("- q: a\n  a: b\n  tags: c", "3:9 wrong-type"),
        (
            "- q: a\n  a: b\n  tags: [c d, e, '', '::f', 'g::', 'h::::i']",
            "3:10 bad-tag 3:18 bad-tag 3:22 bad-tag 3:29 bad-tag 3:36 bad-tag",
        ),
        ("- q: a\n  a: b\n  tags: [[c]]", "3:10 wrong-type"),
        ("- cloze: '{{c1::a}}'\n  q: b\n  typed: true", "2:6 two-kinds 3:10 two-kinds"),
    ],
)
def test_a_mistake_is_reported_at_its_place_and_keeps_the_note_out(text: str, problem: str) -> None:
    result = parsed(text + "\n")
    places = [f"{p.place.line}:{p.place.column} {p.kind}" for p in result.problems]
    assert sorted(places) == sorted(re_joined(problem))
    assert not result.entries


def re_joined(problem: str) -> list[str]:
    words = problem.split()
    return [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)]


def test_unknown_keys_come_with_what_was_meant() -> None:
    sentences = [str(p.message) for p in parsed("- Q: a\n  answer: b\n  hnit: c\n  xyzzy: d\n").problems]
    assert sentences[:3] == [
        "there is no key 'Q'; did you mean q?",
        "there is no key 'answer'; did you mean a?",
        "there is no key 'hnit'; did you mean hint?",
    ]
    assert "there are q, a, cloze" in sentences[3]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("question", "q"), ("Front", "q"), ("answer", "a"), ("back", "a"), ("options", "wrong"), ("key", "id")),
        *(
            ("问题", "q"),
            ("問題", "q"),
            ("答案", "a"),
            ("标签", "tags"),
            ("提示", "hint"),
            ("ｑ", "q"),
            ("备注", "extra"),
        ),
    ],
)
def test_the_usual_names_of_a_key_lead_to_it_in_english_and_chinese(name: str, key: str) -> None:
    sentences = [str(p.message) for p in parsed(f"- {name}: x\n").problems if p.kind == "unknown-key"]
    assert sentences == [f"there is no key {name!r}; did you mean {key}?"]


def test_a_bad_card_does_not_hide_the_good_ones() -> None:
    result = parsed("- q: a\n- q: b\n  a: c\n- nothing\n- q: d\n  a: e\n")
    assert [entry.note.question for entry in result.entries] == ["b", "d"]


def test_ids_may_be_64_characters_of_any_script() -> None:
    assert note(f"- {{q: a, a: b, id: {'泛' * 64}}}").id == NoteId("泛" * 64)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("wrong: [*b, c]", "3:11 unknown-alias"),
        ("wrong:\n  - c\n  - *b", "5:5 unknown-alias"),
        ("wrong: !x [b, c]", "3:10 custom-tag"),
        ("tags: [*b, c]", "3:10 unknown-alias"),
        ("tags: *b", "3:9 unknown-alias"),
        ("id: *b", "3:7 unknown-alias"),
        ("hint: *b", "3:9 unknown-alias"),
        ("reverse: !!bool true", "3:12 custom-tag"),
    ],
)
def test_a_card_with_a_value_that_yaml_cannot_give_is_kept_out_whole(line: str, expected: str) -> None:
    after = parsed(f"- q: a\n  a: z\n  {line}\n- q: b\n  a: y\n")
    assert [entry.note.question for entry in after.entries] == ["b"]
    assert [f"{problem.place.line}:{problem.place.column} {problem.kind}" for problem in after.problems] == [expected]


@pytest.mark.parametrize("text", ["The {{c1::sun}}", "The ｛｛c1：：sun｝｝"])
def test_a_deletion_in_a_question_or_an_answer_is_a_mistake_that_is_named(text: str) -> None:
    for written in (f"- q: '{text}'\n  a: b\n", f"- q: b\n  a: '{text}'\n"):
        parsed = parse(Source(Path("a.yaml"), written), DeckName("a"))
        assert [(problem.kind, problem.severity.value) for problem in parsed.problems] == [
            ("cloze-in-basic", "warning")
        ]


def test_a_card_whose_answer_is_its_question_is_warned_of() -> None:
    parsed = parse(Source(Path("a.yaml"), "- q: 爸爸\n  a: 爸爸\n"), DeckName("a"))
    assert [(problem.place.line, problem.kind) for problem in parsed.problems] == [(2, "same-sides")]
    assert len(parsed.entries) == 1


def test_further_cards_are_read() -> None:
    further = "[{face: reading, q: r?, a: たべる}, {face: 写, q: w?, a: x, typed: true}]"
    text = f"- q: 食べる\n  a: to eat\n  more: {further}\n"
    assert note(text).further_cards == (
        FurtherCard(Face("reading"), "r?", "たべる"),
        FurtherCard(Face("写"), "w?", "x", typed=True),
    )


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("[{face: front, q: x, a: y}]", "bad-face"),
        ("[{face: a b, q: x, a: y}]", "bad-face"),
        ("[{face: f, q: x}]", "missing-key"),
        ("[{face: f, q: x, a: y, hint: z}]", "unknown-key"),
        ("[{face: f, q: x, a: y}, {face: f, q: x, a: y}]", "same-face"),
        ("[x]", "wrong-type"),
        ("x", "wrong-type"),
    ],
)
def test_a_mistake_in_a_further_card_is_an_error_at_its_place(more: str, kind: str) -> None:
    (problem,) = parsed(f"- q: a\n  a: b\n  more: {more}\n- q: c\n  a: d\n").problems
    assert (problem.kind, problem.place.line) == (kind, 3)


def test_a_cloze_has_no_further_cards() -> None:
    (problem,) = parsed("- cloze: '{{c1::x}}'\n  more: [{face: f, q: x, a: y}]").problems
    assert problem.kind == "two-kinds"


@pytest.mark.parametrize(
    ("sides", "kind"), [("q: 'a {{c1::b}}', a: c", "cloze-in-basic"), ("q: c, a: c", "same-sides")]
)
def test_what_is_warned_of_in_a_card_is_warned_of_in_a_further_card(sides: str, kind: str) -> None:
    read = parsed(f"- q: a\n  a: b\n  more: [{{face: f, {sides}}}]\n")
    assert [problem.kind for problem in read.problems] == [kind]
    assert len(read.entries[0].note.further_cards) == 1
