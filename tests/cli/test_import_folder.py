"""``duly import`` of a folder."""

import os
import sys
from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.deckfile.load import load

run = partial(call, "import")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("vault")


def write(folder: Path, **texts: str) -> None:
    """Writes texts by their paths, in which ``__`` stands for a slash and ``_`` for a dot."""
    for path, text in texts.items():
        file = folder / path.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def decks(folder: str = "cards") -> dict[str, list[str]]:
    """The questions of each deck."""
    by_deck: dict[str, list[str]] = {}
    for note in load([Path(folder)]).notes:
        by_deck.setdefault(note.deck, []).append(note.question)
    return by_deck


def test_every_text_becomes_a_deck_file_with_its_path_read_in_its_own_format(vault: Path) -> None:
    write(
        vault,
        biology__cells_md="Ribosome:::makes proteins\n",
        biology__plants__leaf_txt="问：叶绿体？\n答：进行光合作用\n",
        algebra_md='---\nname = "Algebra"\n---\nC: The [order] of a group\n',
        words_csv="front,back\n猫,cat\n",
    )
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "vault/algebra.md: read as cards of hashcards (hashcards)\n"
        "cards/algebra.yaml: 1 note added, 0 already there\n"
        "vault/words.csv: read as a table (csv)\n"
        "cards/words.yaml: 1 note added, 0 already there\n"
        "vault/biology/cells.md: read as a note of Obsidian (obsidian)\n"
        "cards/biology/cells.yaml: 1 note added, 0 already there\n"
        "vault/biology/plants/leaf.txt: read as questions and answers (qa)\n"
        "cards/biology/plants/leaf.yaml: 1 note added, 0 already there\n"
        "vault: 4 files with cards, 0 files without\n"
    )
    assert decks() == {
        "Algebra": ["The {{c1::order}} of a group"],
        "biology::cells": ["Ribosome"],
        "biology::plants::leaf": ["叶绿体？"],
        "words": ["猫"],
    }


def test_importing_it_again_changes_nothing(vault: Path) -> None:
    write(vault, a__one_md="Q: one?\nA: 1\n", b__two_md="x::y\n")
    run(vault, "--to", "cards")
    before = {file: file.read_bytes() for file in Path("cards").rglob("*.yaml")}
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("0 notes added, 1 already there") == 2
    assert {file: file.read_bytes() for file in Path("cards").rglob("*.yaml")} == before


def test_where_each_folder_is_a_deck_its_texts_go_to_one_file_with_the_path_of_the_folder(vault: Path) -> None:
    card = "---\ntags: [x]\n---\n# Question\n{}?\n# Answer\n![](i.png)\n"
    write(vault, math__sets__one_md=card.format("one"), math__sets__two_md=card.format("two"), math__sets__i_png="i")
    write(vault, art__sets__three_md=card.format("three"), art__sets__i_png="j", four_md=card.format("four"), i_png="k")
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert decks() == {"art::sets": ["three?"], "math::sets": ["one?", "two?"], "vault": ["four?"]}
    assert {file.as_posix(): file.read_text() for file in Path("cards").rglob("i.png")} == {
        "cards/math/i.png": "i", "cards/art/i.png": "j", "cards/i.png": "k",
    }  # fmt: skip


def test_a_card_that_stands_in_two_texts_is_added_once(vault: Path) -> None:
    write(vault, a_md="Q: one?\nA: 1\n", b_md="Q: one?\nA: eins\n\nQ: two?\nA: 2\n")
    result = run(vault, "--to", "cards")
    assert "cards/b.yaml: 1 note added, 1 already there\n" in result.stdout
    assert decks() == {"a": ["one?"], "b": ["two?"]}


def test_another_card_that_asks_the_same_is_left_out_with_a_warning_at_its_place(vault: Path) -> None:
    write(vault, a_md="Q: one?\nA: 1\n", b_md="intro\n\nQ: one?\nA: eins\n", c_csv="q,a,id\none?,uno,\ntwo?,2,x\n")
    write(vault, d_csv="q,a,id\nthree?,3,x\n")
    result = run(vault, "--to", "cards")
    sentence = "counts as the same card, so this was left out; word it differently, or change that one\n"
    assert result.exit_code == 0
    assert result.stderr == (
        f"vault/b.md:3:1: warning: vault/a.md:1:1 {sentence}  Q: one?\n  ^\n"
        f"vault/c.csv:2:1: warning: vault/a.md:1:1 {sentence}  one?,uno,\n  ^\n"
        f"vault/d.csv:2:1: warning: vault/c.csv:3:1 {sentence}  three?,3,x\n  ^\n"
    )
    assert decks() == {"a": ["one?"], "c": ["two?"]}


def test_answers_that_are_not_those_of_the_text_stay_and_are_told_in_one_line(vault: Path) -> None:
    write(vault, a_md="Q: one?\nA: 1\n\nQ: two?\nA: 2\n\nQ: three?\nA: 3\n")
    run(vault, "--to", "cards")
    deck = Path("cards/a.yaml")
    deck.write_text(deck.read_text().replace("a: '2'", "a: zwei").replace("a: '3'", "a: drei"), encoding="utf-8")
    write(vault, a_md="Q: zero?\nA: 0\n\nQ: one?\nA: 1\n\nQ: two?\nA: 2\n\nQ: three?\nA: 3\n")
    before = deck.read_text()
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "vault/a.md: read as questions and answers (qa)\n"
        "cards/a.yaml: 1 note added, 3 already there\n"
        "  2 of them read differently in the text and stay as they are here; --update takes over what the text says:"
        " cards/a.yaml:6:3 (a), cards/a.yaml:11:3 (a)\n"
        "vault: 1 file with cards, 0 files without\n"
    )
    assert deck.read_text().startswith(before)


def test_two_cards_with_ids_of_their_own_may_ask_the_same_and_stay_so_when_imported_again(vault: Path) -> None:
    write(vault, a_csv="q,a,id\none?,1,\none?,eins,x\n")
    for counts in ("2 notes added, 0", "0 notes added, 2"):
        result = run(vault, "--to", "cards")
        assert (result.stderr, f"cards/a.yaml: {counts} already there\n" in result.stdout) == ("", True)


def test_prose_is_counted_and_no_mistake(vault: Path) -> None:
    write(vault, diary_md="# Diary\n\n## Monday\nI went out.\n", both_md="# Plants\nThey are green.\n\nLeaf::green\n")
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(
        "vault: 1 file with cards, 1 file without\n"
        "  1 passage beside the cards was left out; it is shown when its file is imported by name\n"
    )
    assert decks() == {"both": ["Leaf"]}
    assert "this text belongs to no card" in run(vault / "both.md", "--to", "cards").stderr


def test_headings_with_text_are_cards_where_that_format_is_named(vault: Path) -> None:
    write(vault, diary_md="# Diary\n\n## Monday\nI went out.\n", empty_md="nothing", words_csv="front,back\n猫,cat\n")
    result = run(vault, "--to", "cards", "--format", "outline")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("vault: 1 file with cards, 1 file without\n  1 file was not looked at: .csv (1)\n")
    assert decks() == {"Diary": ["Monday"]}


def test_hidden_files_links_deck_files_and_files_that_are_no_texts_are_skipped(vault: Path) -> None:
    ask = "Q: one?\nA: 1\n"
    write(vault, seen_md="Q: two?\nA: 2\n", deck_yaml="- {q: three, a: x}\n", image_png=ask, page_html=ask)
    for name in (".hidden.md", ".trash/gone.md", "../outside.md"):
        (vault / name).parent.mkdir(exist_ok=True)
        (vault / name).write_text(ask)
    (vault / "link.md").symlink_to(vault.absolute().parent / "outside.md")
    (vault / "folder.md").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(vault / "pipe.md")
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert decks() == {"seen": ["two?"]}


def test_images_are_found_from_their_text_and_go_where_its_deck_shows_them(vault: Path) -> None:
    write(vault, a__b__n_md="Q: one?\nA: ![](img/leaf.png) ![](../top.png) ![](../../../secret.png)\n")
    write(vault, a__b__img__leaf_png="leaf", a__top_png="top")
    Path("secret.png").write_text("secret")
    result = run(vault, "--to", "cards")
    assert result.exit_code == 0
    assert result.stderr.startswith(
        "vault/a/b/n.md:2:42: warning: ../../../secret.png leads out of the folder of the decks"
    )
    assert sorted(file.as_posix() for file in Path("cards").rglob("*.png")) == [
        "cards/a/b/img/leaf.png",
        "cards/a/top.png",
    ]


def test_in_a_vault_images_are_found_by_their_names(vault: Path) -> None:
    (vault / ".obsidian").mkdir(parents=True)
    write(vault, biology__cells_md="#flashcards/bio\nCell::![[cell.png]]\n", attachments__cell_png="cell")
    result = run(vault / "biology", "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("cards/cell.png").read_text() == "cell"
    assert decks() == {"bio": ["Cell"]}


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_imported(vault: Path) -> None:
    write(vault, good_md="Q: one?\nA: 1\n")
    (vault / "bad.txt").write_bytes(b"Q: caf\xe9?\nA: x")
    result = run(vault, "--to", "cards")
    assert result.exit_code == 1
    assert result.stderr.startswith("vault/bad.txt:1:7: error: byte 0xe9 is not UTF-8")
    assert result.stdout.endswith("vault: 1 file with cards, 0 files without\n")
    assert decks() == {"good": ["one?"]}


def test_a_deck_file_that_cannot_be_written_is_told_and_the_others_are(vault: Path) -> None:
    write(vault, a_md="Q: one?\nA: 1\n", b_md="Q: two?\nA: 2\n", c_md="Q: three?\nA: 3\n")
    (vault / "b.yaml").mkdir()
    write(vault / "b.yaml", x_md="\nQ: four?\nA: 4\n")
    Path("cards/a.yaml").mkdir(parents=True)
    result = run(vault, "--to", "cards")
    assert result.exit_code == 1
    assert result.stderr == (
        "vault/a.md:1:1: error: cards/a.yaml cannot be read: Is a directory\n"
        "vault/b.yaml/x.md:2:1: error: cards/b.yaml/x.yaml cannot be read: Not a directory\n"
    )
    assert result.stdout.endswith("vault: 2 files with cards, 0 files without\n")
    assert decks() == {"b": ["two?"], "c": ["three?"]}


def test_a_long_name_is_cut_to_one_that_a_deck_file_can_have_and_names_the_deck_whole(vault: Path) -> None:
    long, longer = "y" * 200, "y" * 200 + "é" * 26
    write(vault, **{f"{name}_md": f"Q: {name[-3:]}?\nA: 1\n" for name in (long, longer)}, zz_md="Q: zz?\nA: 1\n")
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert decks() == {long: ["yyy?"], longer: ["ééé?"], "zz": ["zz?"]}
    assert {file.stem for file in Path("cards").iterdir()} == {long, "y" * 200 + "é" * 20, "zz"}


def test_an_image_with_an_impossible_file_name_is_reported_and_its_card_added(vault: Path) -> None:
    write(vault, a_md=f"Q: one?\nA: ![]({'y' * 300}.png)\n", b_md="Q: two?\nA: 2\n")
    result = run(vault, "--to", "cards")
    assert result.exit_code == 0
    assert "y.png cannot be copied: File name too long\n" in result.stderr
    assert result.stdout.count("1 note added") == 2


def test_a_wish_goes_to_the_texts_that_it_says_something_of(vault: Path) -> None:
    write(vault, words_csv="cat,猫\n", cells_md="The **leaf** is green, x::y\n", more_md="#flashcards\nA **leaf**\n")
    result = run(vault, "--to", "cards", "--map", "q=2,a=1", "--cloze", "bold")
    assert (result.exit_code, result.stderr) == (0, "")
    assert decks() == {"more": ["A {{c1::leaf}}"], "words": ["猫"]}
    assert "1 note that has no such tag was left alone" in result.stdout


def test_a_folder_without_any_question_is_told_so(vault: Path) -> None:
    write(vault, diary_md="# Diary\nI went out.\n")
    result = run(vault, "--to", "cards")
    assert result.exit_code == 1
    assert "no question was found in any file below this folder" in result.stderr
    assert not Path("cards").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode on other systems")
def test_a_name_that_is_not_utf_8_is_converted(vault: Path) -> None:
    write(vault, a__x_md="#flashcards\nx::y\n", a__one_md="Q: one?\nA: 1\n")
    (vault / "a" / "one.md").rename(vault / "a" / os.fsdecode(b"caf\xe9.md"))
    (vault / "a").rename(vault / os.fsdecode(b"d\xe9"))
    result = run(vault, "--to", "cards")
    assert (result.exit_code, result.stderr) == (0, "")
    assert decks() == {r"d\xe9::caf\xe9": ["one?"], r"d\xe9::x": ["x"]}
    assert Path("cards/d_xe9/caf_xe9.yaml").exists()


def test_packages_of_anki_in_it_are_to_be_named(vault: Path) -> None:
    write(vault, good_md="Q: one?\nA: 1\n", all_apkg="", old_colpkg="")
    result = run(vault, "--to", "cards")
    assert result.exit_code == 0
    assert "  2 packages or collections of Anki were left out; import each by its own name\n" in result.stdout


def test_names_that_some_system_refuses_are_changed_on_the_way_and_no_two_decks_get_one_file(vault: Path) -> None:
    (vault / "aux").mkdir(parents=True)
    for name, question in (("what?", "one?"), ("what_", "two?"), ("what*", "three?")):
        (vault / "aux" / f"{name}.md").write_text(f"Q: {question}\nA: 1\n")
    for folder in ("cards", "cards"):  # the second time each is found where it was
        run(vault, "--to", folder)
    assert decks() == {"aux::what*": ["three?"], "aux::what?": ["one?"], "aux::what_": ["two?"]}
    assert sorted(file.name for file in Path("cards/aux_").iterdir()) == ["what_-2.yaml", "what_-3.yaml", "what_.yaml"]


def test_new_questions_of_a_text_go_to_the_file_of_its_deck_after_other_imports(vault: Path) -> None:
    vault.mkdir()
    (vault / "what?.md").write_text("Q: one?\nA: 1\n")
    run(vault, "--to", "cards")
    (vault / "what*.md").write_text("Q: two?\nA: 2\n")
    (vault / "what?.md").write_text("Q: one?\nA: 1\n\nQ: three?\nA: 3\n")
    run(vault, "--to", "cards")
    assert decks() == {"what*": ["two?"], "what?": ["one?", "three?"]}


def test_a_deck_renamed_in_its_file_takes_new_questions_of_its_text(vault: Path) -> None:
    write(vault, a_md="Q: one?\nA: 1\n")
    run(vault, "--to", "cards")
    Path("cards/a.yaml").write_text("deck: numbers\ncards:\n  - q: one?\n    a: 1\n")
    write(vault, a_md="Q: one?\nA: 1\n\nQ: two?\nA: 2\n")
    run(vault, "--to", "cards")
    assert decks() == {"numbers": ["one?", "two?"]}


def test_names_that_differ_in_case_alone_are_one_deck_and_one_file(vault: Path) -> None:
    write(vault, a_csv="q,a,deck\none?,1,Sparse\ntwo?,2,sparse\nthree?,3,A\nfour?,4,\n")
    run(vault, "--to", "cards")
    assert sorted(file.name for file in Path("cards").iterdir()) == ["A.yaml", "Sparse.yaml"]
    assert decks() == {"A": ["three?", "four?"], "Sparse": ["one?", "two?"]}
