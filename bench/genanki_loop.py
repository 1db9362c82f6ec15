"""The reference for an export: a plain loop with a genanki note for each entry, rendered by markdown-it-py."""

import sys
from pathlib import Path

import genanki
import yaml
from markdown_it import MarkdownIt


def main(decks: Path, target: Path) -> None:
    markdown = MarkdownIt().enable("table").render
    deck = genanki.Deck(2_059_400_110, "bench")
    for file in sorted(decks.rglob("*.yaml")):
        for card in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["cards"]:
            tags = [str(tag) for tag in card.get("tags", ())]
            model, keys = (genanki.CLOZE_MODEL, ("cloze", "extra")) if "cloze" in card else (genanki.BASIC_MODEL, "qa")
            fields = [markdown(str(card.get(key, ""))) for key in keys]
            deck.add_note(genanki.Note(model, fields, tags=tags))
    genanki.Package(deck).write_to_file(target)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
