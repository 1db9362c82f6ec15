"""``duly import --update``: texts that were edited since they were imported."""

import os
from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.deckfile.load import load

run = partial(call, "import")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def edit(name: str, old: str, new: str) -> str:
    """Replaces a text that stands in a file, and gives what the file holds then."""
    text = Path(name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    write(name, text.replace(old, new))
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "keys"),
    [
        ("a.md", "# 端口\n问：HTTP？\n答：80\n", "80", "80 和 8080", "a"),
        ("a.md", "#flashcards\nHTTP::80\n", "80", "80 and more", "a"),
        ("a.md", "#flashcards\nHTTP::80\n", "::", ":::", "reverse"),
        ("a.md", '---\nname = "A"\n---\nQ: HTTP?\nA: 80\n', "80", "more", "a"),
        ("a.md", "---\ntags: [net]\n---\n# Question\nHTTP?\n# Answer\n80\n", "net", "web", "tags"),
        ("a.md", "# Ports\n- HTTP\n  - 80 here\n", "80", "8080", "a"),
        ("a.csv", "q,a,hint\nHTTP?,port 80,web\n", "web", "the web", "hint"),
        ("a.csv", "q,a,id\nHTTP?,port 80,http\n", "HTTP?", "And HTTP?", "q"),
        ("a.jsonl", '{"q": "HTTP?", "a": "80 or", "wrong": ["22 or"]}\n', "22", "23", "wrong"),
    ],
)
def test_edits_in_a_text_are_reported_and_update_takes_them_over(
    name: str, text: str, old: str, new: str, keys: str
) -> None:
    write(name, text)
    run(name, "--to", "cards")
    (file,) = load([Path("cards")]).files
    before = file.read_text(encoding="utf-8")
    edit(name, old, new)
    result = run(name, "--to", "cards")
    assert (result.exit_code, result.stderr, file.read_text(encoding="utf-8")) == (0, "", before)
    assert f"stays as it is here; --update takes over what the text says: {file}:" in result.stdout
    assert f" ({keys})\n" in result.stdout
    result = run(name, "--to", "cards", "--update")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "  1 of them was brought up to date: " in result.stdout
    call("import", name, "--to", "fresh")
    (kept_note,), (fresh_note,) = load([Path("cards")]).notes, load([Path("fresh")]).notes
    assert (kept_note.id, kept_note.kind) == (fresh_note.id, fresh_note.kind)
    assert {*fresh_note.tags} <= {*kept_note.tags}
    second_run = run(name, "--to", "cards")
    assert (second_run.stdout.splitlines()[-1], second_run.stderr) == (f"{file}: 0 notes added, 1 already there", "")


def test_keys_that_a_text_lacks_stay_and_so_does_every_other_byte() -> None:
    write("n.txt", "# t\n## s\n问：一？\n答：1\n\n问：二？\n答：2\n")
    run("n.txt", "--to", "cards")
    edit(
        "cards/n.yaml",
        "    tags: [s]\n    source: n.txt, line 3\n",
        "    tags: [mine, s]\n    hint: 想想 # why\n    source: book\n",
    )
    edit("cards/n.yaml", "    a: '1'\n", "    # the answer\n    a: '1' # 1\n    reverse: true\n")
    before = edit("cards/n.yaml", "deck: t\n", "# head\ndeck: t\n")
    write("n.txt", "# t\nabove\n## s\n问：一？\n答：1\n2\n\n问：二？\n答：2\n")
    result = run("n.txt", "--to", "cards", "--update")
    assert (
        "cards/n.yaml: 0 notes added, 2 already there\n  1 of them was brought up to date: cards/n.yaml:4:5 (a)\n"
        in (result.stdout)
    )
    assert Path("cards/n.yaml").read_text(encoding="utf-8") == before.replace(
        "a: '1' # 1\n", "a: |- # 1\n      1\n      2\n"
    )


def test_a_column_that_was_given_a_place_later_arrives() -> None:
    write("w.csv", "正面,背面,语境\n猫,cat,一只猫\n狗,dog,\n")
    assert "these columns were left out: 语境" in run("w.csv", "--to", "cards").stderr
    result = run("w.csv", "--to", "cards", "--map", "extra=语境")
    assert result.stdout.endswith("--update takes over what the text says: cards/w.yaml:1:3 (extra)\n")
    run("w.csv", "--to", "cards", "--map", "extra=语境", "--update")
    assert [(note.question, note.extra) for note in load([Path("cards")]).notes] == [("猫", "一只猫"), ("狗", "")]


def test_a_question_that_was_reworded_here_is_left_unless_forced() -> None:
    write("n.txt", "Q: one?\nA: eins\n")
    run("n.txt", "--to", "cards")
    before = edit("cards/n.yaml", "q: one?", "q: which one?")
    assert "otherwise" not in run("n.txt", "--to", "cards", "--update").stdout
    write("n.txt", "Q: one?\nA: uno\n")
    result = run("n.txt", "--to", "cards", "--update")
    assert result.stdout.endswith(
        "  1 of them was reworded here and stays as it is; --update --force takes over what the text says:"
        " cards/n.yaml:1:3 (a)\n"
    )
    assert Path("cards/n.yaml").read_text() == before
    assert run("n.txt", "--to", "cards", "--update", "--force").stdout.endswith("cards/n.yaml:1:3 (q, a)\n")
    assert [(note.question, note.texts[1]) for note in load([Path("cards")]).notes] == [("one?", "uno")]


def test_a_note_that_cannot_be_written_without_harm_is_named_and_the_others_are_updated() -> None:
    write("n.csv", "q,a,id,hint\none?,x,n1,h\ntwo?,x,n2,h\n")
    run("n.csv", "--to", "cards")
    edit("cards/n.yaml", "  a: x\n  id: n1\n", "  a: &x x\n  id: n1\n")
    edit("n.csv", "one?,x", "one?,z")
    edit("n.csv", "two?,x", "two?,z")
    result = run("n.csv", "--to", "cards", "--update")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "cards/n.yaml:1:3: error: this card cannot be changed here without harm, for a: has an"
    )
    assert "1 of them was brought up to date: cards/n.yaml:7:3 (a)" in result.stdout
    assert [note.texts[1] for note in load([Path("cards")]).notes] == ["x", "z"]


def test_cards_with_the_same_id_are_ambiguous_and_stay_unchanged() -> None:
    write("cards/a.yaml", "- q: one?\n  a: x\n  id: n1\n")
    write("cards/b.yaml", "- q: copied, and the id forgotten\n  a: mine\n  id: n1\n- q: two?\n  a: x\n  id: n2\n")
    write("n.csv", "q,a,id\none?,new,n1\ntwo?,new,n2\n")
    result = run("n.csv", "--to", "cards", "--update")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "cards/b.yaml:1:3: error: another card here has the same id, so neither was changed"
    )
    assert "1 of them was brought up to date: cards/b.yaml:4:3 (a)" in result.stdout
    assert [note.texts[:2] for note in load([Path("cards/b.yaml")]).notes] == [
        ("copied, and the id forgotten", "mine"),
        ("two?", "new"),
    ]
    assert Path("cards/a.yaml").read_text() == "- q: one?\n  a: x\n  id: n1\n"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="asks the mode of the file itself")
def test_a_deck_file_that_may_not_be_written_is_named() -> None:
    write("n.txt", "Q: one?\nA: eins\n")
    run("n.txt", "--to", "cards")
    Path("cards/n.yaml").chmod(0o444)
    edit("n.txt", "eins", "uno")
    result = run("n.txt", "--to", "cards", "--update")
    assert (result.exit_code, "cards/n.yaml cannot be written" in result.stderr) == (1, True)


def test_images_of_a_new_answer_come_along() -> None:
    write("vault/n.md", "Q: Leaf?\nA: green\n")
    run("vault", "--to", "cards")
    write("vault/n.md", "Q: Leaf?\nA: ![](leaf.png)\n")
    write("vault/leaf.png", "leaf")
    run("vault", "--to", "cards")
    assert not Path("cards/leaf.png").exists()
    run("vault", "--to", "cards", "--update")
    assert Path("cards/leaf.png").read_text() == "leaf"
    assert load([Path("cards")]).problems == ()


def test_of_two_texts_with_different_answers_the_first_counts_each_time() -> None:
    write("vault/a.md", "Q: one?\nA: eins\n")
    write("vault/b.md", "Q: one?\nA: uno\n")
    for _ in range(3):
        result = run("vault", "--to", "cards", "--update")
        assert result.stderr == (
            "vault/b.md:1:1: warning: vault/a.md:1:1 counts as the same card, so this was left out; word it"
            " differently, or change that one\n  Q: one?\n  ^\n"
        )
        assert [note.texts[1] for note in load([Path("cards")]).notes] == ["eins"]


def test_notes_that_are_all_in_other_files_are_counted_for_the_folder() -> None:
    write("n.txt", "Q: one?\nA: eins\n")
    run("n.txt", "--to", "cards")
    Path("cards/n.yaml").rename("cards/other.yaml")
    assert run("n.txt", "--to", "cards").stdout.endswith("cards: 0 notes added, 1 already there\n")


@pytest.mark.parametrize("options", [["--update"], ["--to", "cards", "--force"]])
def test_update_and_force_without_their_options_are_usage_errors(options: list[str]) -> None:
    write("n.txt", "Q: one?\nA: eins\n")
    assert run("n.txt", *options).exit_code == 2


def test_a_card_in_one_line_that_became_part_of_an_answer_is_told_where_the_format_was_guessed() -> None:
    text = "Q: IP?\nA: 32 位\n\n- 端口号::16 位\n\n`a::b` std::\n\n```\nx::y\n```\n"
    write("n.md", text)
    sentence = "n.md:4:1: warning: :: makes a card in other formats, but not among questions and answers"
    output = run("n.md", "--to", "cards").stderr
    assert (output.count("warning"), output.startswith(sentence)) == (1, True)
    assert run("n.md", "--to", "cards", "--format", "qa").stderr == ""
    write("n.txt", text)
    assert run("n.txt", "--to", "cards").stderr == ""
