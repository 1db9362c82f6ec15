"""``duly show``: shows everything about a card or note."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duly.cli.completion import complete_note_ids
from duly.cli.safe_text import json_text
from duly.cli.shared_options import database_option, deck_paths, now, paths_option, settings
from duly.i18n import _

if TYPE_CHECKING:
    from duly.cards import Card, Note
    from duly.journal import Journal


@click.command("show")
@click.argument("name", metavar="ID", shell_complete=complete_note_ids)
@paths_option
@database_option
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def command(name: str, paths: tuple[Path, ...], db: Path | None, as_json: bool) -> None:
    from duly.locations import journal_file
    from duly.study.decks import open_decks

    with open_decks(deck_paths(paths), db or journal_file(), create=False) as (decks, journal):
        cards = _cards_of(name, decks.cards)
        if as_json:
            click.echo(json_text(_row(cards[0].note, cards, journal), indent=2))
            return
        for position, card in enumerate(cards):
            if position:
                click.echo()
            _print_card(card, journal)


def _cards_of(name: str, cards: "tuple[Card, ...]") -> "list[Card]":
    """The card with this id, or all cards of the note with it. Raises `DulyError` if there is none."""
    from duly.errors import DulyError
    from duly.message import message

    matching = [card for card in cards if card.note.id == name] or [card for card in cards if str(card.id) == name]
    if not matching:
        raise DulyError(message("there is no note with the id {id}", id=name))
    return matching


def _print_card(card: "Card", journal: "Journal") -> None:
    from duly.cli.safe_text import visible
    from duly.markup.terminal.styled_lines import line_text
    from duly.scheduling.day import study_day
    from duly.scheduling.schedule import NEW
    from duly.study.card_history import card_history
    from duly.text.card_details import card_details
    from duly.text.card_lines import both_sides

    width = max(min(settings().width, shutil.get_terminal_size().columns - 1), 20)
    schedule = journal.schedules().get(card.id, NEW)
    history = card_history(journal.entries_of([card.id]))
    today = study_day(now(), settings().rollover)
    for line in (*both_sides(card, width), (), *card_details(card, schedule, history, today, width)):
        click.echo(visible(line_text(line)))


def _row(note: "Note", cards: "list[Card]", journal: "Journal") -> dict[str, object]:
    from duly.advice import advice_on_note
    from duly.cards import Cloze, Occlusion
    from duly.i18n import translate
    from duly.journal.entry_json import entry_as_json
    from duly.scheduling.schedule import NEW
    from duly.text.as_json import schedule_as_json

    schedules = journal.schedules()
    kind = note.kind
    place = note.place
    match kind:
        case Cloze(text):
            texts: dict[str, object] = {"cloze": text}
        case Occlusion(prompt, image, regions):
            texts = {"q": prompt, "image": image, "regions": list(regions)}
        case _:
            texts = {"q": kind.question, "a": kind.answer}
    return {
        "id": note.id,
        "stamped": note.is_stamped,
        "kind": type(kind).__name__.lower(),
        "deck": note.deck,
        "tags": list(note.tags),
        **texts,
        "also": list(getattr(kind, "also", ())),
        "wrong": list(getattr(kind, "wrong", ())),
        "hint": note.hint,
        "extra": note.extra,
        "source": note.source,
        "more": [
            {"face": further.face, "q": further.question, "a": further.answer, "typed": further.typed}
            for further in note.further_cards
        ],
        "language": note.language,
        "file": place and str(place.file),
        "line": place and place.line,
        "cards": [
            {
                "face": card.face,
                "schedule": schedule_as_json(schedules.get(card.id, NEW)),
                "journal": [entry_as_json(entry) for entry in journal.entries_of([card.id])],
            }
            for card in cards
        ],
        "advice": [
            {"kind": advice.kind, "message": translate(advice.message), "source": str(advice.work)}
            for advice in advice_on_note(note)
        ],
    }
