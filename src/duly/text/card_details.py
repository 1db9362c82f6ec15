"""Everything about a card as lines: its place in the files, its schedule and its history."""

from rich.cells import cell_len

from duly.cards import Card
from duly.i18n import _, counted, translate
from duly.markup.terminal.styled_lines import Line, Run
from duly.scheduling.day import StudyDay, calendar_date
from duly.scheduling.journal_entries import ImportedSchedule, Review
from duly.scheduling.schedule import Schedule
from duly.study.card_history import CardHistory, HistoryItem
from duly.study.card_state import card_state
from duly.text.charts.statistics_rows import deck_name, stage_name
from duly.text.paragraphs import paragraph
from duly.text.wording import due_word, duration, entry_words, memory_words, short_span, span, wall_clock


def card_details(card: Card, schedule: Schedule, history: CardHistory, today: StudyDay, width: int) -> list[Line]:
    """A line for each property of the card, then advice on it, if any, and its history, the latest entry first."""
    rows = _properties(card, schedule, history, today)
    names = max(cell_len(name) for name, _text in rows)
    lines: list[Line] = []
    for name, text in rows:
        lines += paragraph(text, width, Run(f"{name}{' ' * (names - cell_len(name))}  ", ("dim",)))
    from duly.advice import advice_on_card  # compiling its regular expressions takes 10 ms

    for advice in advice_on_card(card, schedule):
        sentence = _("{advice} ({work})").format(advice=translate(advice.message), work=advice.work.short)
        lines += [(), *paragraph(sentence, width, Run("✎ ", ("dim",)))]
    return [*lines, (), *_history_lines(history, width)]


def card_summary(card: Card, schedule: Schedule, width: int) -> list[Line]:
    """The card's place in the files, its interval, easiness and lapses, to be shown below its answer."""
    lines = paragraph(str(card.note.place or ""), width, styles=("dim",))
    if schedule.is_new:
        return lines
    interval = _("interval {interval}").format(interval=span(schedule.interval))
    lapses = counted("{n} lapse", "{n} lapses", schedule.lapses)
    words = f"{interval} · {memory_words(schedule.memory)} · {lapses}"
    return [*lines, *paragraph(words, width, styles=("dim",))]


def _properties(card: Card, schedule: Schedule, history: CardHistory, today: StudyDay) -> list[tuple[str, str]]:
    note = card.note
    rows = [
        (_("Place"), str(note.place or "–")),
        (_("Id"), f"{card.id}" if note.is_stamped else _("{id} (from the question)").format(id=card.id)),
        (_("Deck"), deck_name(note.deck)),
    ]
    if note.tags:
        rows.append((_("Tags"), " ".join(f"#{tag}" for tag in note.tags)))
    state = [stage_name(card_state(schedule))]
    if schedule.starred:
        state.append("★ " + _("starred"))
    if (schedule.buried_until or today) > today:
        state.append(_("buried"))
    rows.append((_("State"), " · ".join(state)))
    if not schedule.is_fresh:
        rows.append((_("Due"), _due(schedule, today)))
    if not schedule.is_new:
        rows.append((_("Interval"), f"{span(schedule.interval)} · {memory_words(schedule.memory)}"))
    answers = history.answers
    if answers:
        answer_facts = [
            counted("{n} answer", "{n} answers", len(answers)),
            counted("{n} lapse", "{n} lapses", schedule.lapses),
            _("first on {date}").format(date=calendar_date(answers[0].moment.day)),
        ]
        if history.mean_took is not None:
            answer_facts.insert(2, _("{time} on average").format(time=duration(history.mean_took)))
        rows.append((_("Answers"), " · ".join(answer_facts)))
    return rows


def _due(schedule: Schedule, today: StudyDay) -> str:
    if schedule.due is None:
        return "–"
    date, word = calendar_date(schedule.due).isoformat(), due_word(schedule, today)
    return date if word == date else f"{date} ({word})"


def _history_lines(history: CardHistory, width: int) -> list[Line]:
    if not history.facts:
        return paragraph(_("Nothing has been written down about this card yet."), width, styles=("dim",))
    lines: list[Line] = []
    for fact in reversed(history.facts):
        entry = fact.journal_entry.entry
        words = [entry_words(entry)]
        if fact.step is None:
            words.append(_("undone"))
        elif isinstance(entry, Review | ImportedSchedule):
            words.append("→ " + short_span(fact.step.after.interval))
        if isinstance(entry, Review) and entry.took:
            words.append(duration(entry.took))
        lines += paragraph("  ".join(words), width, Run(f"{wall_clock(entry.moment)}  ", ("dim",)), _styles(fact))
    return lines


def _styles(fact: HistoryItem) -> tuple[str, ...]:
    return ("strike",) if fact.step is None else ()
