"""A card as styled lines for a terminal: its question, its answer, both sides, or one line of plain text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from duly.cards import BACK, Card
from duly.cards.note import Basic, Choice, Cloze, Occlusion, Reversed, Typed
from duly.cards.typed_answer import Comparison, Stretch, compare_answer
from duly.i18n import _
from duly.markup.characters import escape_html
from duly.markup.cloze.cloze_side import cloze_side
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html
from duly.markup.terminal.layout import layout
from duly.markup.terminal.styled_lines import Line, Run, line_text
from duly.markup.terminal.styled_lines import line_width as cells
from duly.study.answer_options import Option, options_in_order, shuffled_options
from duly.text.occlusion_lines import PictureDisplay, no_label, region_label, region_number, region_question

EMPTY: Line = ()
UNLIMITED_WIDTH = 10_000
"""The width in cells of a line that has room for every question."""

RULE = "┄"
"""The character of the line between question and answer."""


@dataclass(frozen=True, slots=True)
class CardPresentation:
    """How a card is shown: its options in order, the chosen one, the typed answer compared, the hint."""

    card: Card
    options: tuple[Option, ...] = ()
    chosen_option: int | None = None
    comparison: Comparison | None = None
    hint: bool = False
    source: bool = False
    """Whether math is shown as its source."""
    picture: PictureDisplay = PictureDisplay.NAMED
    """How a picture with covered regions is shown."""


def with_card(presentation: CardPresentation, card: Card, times: str) -> CardPresentation:
    """The same presentation of a card whose text has changed; the seed `times` shuffles its options as before."""
    options = shuffled_options(card, times)
    return replace(
        presentation,
        card=card,
        options=options,
        chosen_option=presentation.chosen_option if options == presentation.options else None,
    )


def question_lines(presentation: CardPresentation, width: int) -> tuple[Line, ...]:
    """The question, its options and tags if any, and the hint if the learner asked for it."""
    note = presentation.card.asked_note
    lines = list(_question_side(presentation, width, revealed=False))
    if presentation.options:
        lines += [EMPTY, *_option_lines(presentation, width, revealed=False)]
    if note.tags:
        lines += [EMPTY, *_dim_lines(" ".join(f"#{tag}" for tag in note.tags), width)]
    if presentation.hint and note.hint:
        lines += [EMPTY, *_dim_lines(_("Hint"), width), *_markdown_lines(note.hint, presentation, width)]
    return tuple(lines)


def answer_lines(presentation: CardPresentation, width: int) -> tuple[Line, ...]:
    """The question with its answer below, the typed answer compared, the extra and the source."""
    note = presentation.card.asked_note
    rule = _rule(width)
    lines: list[Line] = []
    match note.kind:
        case Cloze():
            lines += _question_side(presentation, width, revealed=True)
        case Choice():
            lines += [
                *_question_side(presentation, width, revealed=False),
                rule,
                *_option_lines(presentation, width, revealed=True),
            ]
        case Occlusion() as occlusion:
            label = region_label(presentation.card, occlusion)
            lines += [*_question_side(presentation, width, revealed=True), rule]
            label_lines = (
                _markdown_lines(label, presentation, width) if label else _dim_lines(no_label(presentation.card), width)
            )
            lines += _comparison_lines(presentation.comparison, width) if presentation.comparison else label_lines
            # Below the label, a tall picture does not push the answer out of sight.
            lines += [EMPTY, *_markdown_lines(occlusion.picture, presentation, width)]
        case kind:
            answer = kind.question if presentation.card.face == BACK else kind.answer
            lines += [*_question_side(presentation, width, revealed=False), rule]
            lines += (
                _comparison_lines(presentation.comparison, width)
                if presentation.comparison
                else _markdown_lines(answer, presentation, width)
            )
            if isinstance(kind, Typed) and kind.also:
                other_answers = "; ".join(map(_typed_text, kind.also))
                lines += [EMPTY, *_dim_lines(_("Right as well: {answers}").format(answers=other_answers), width)]
    if note.extra:
        lines += [EMPTY, *_markdown_lines(note.extra, presentation, width)]
    if note.source:
        lines += [EMPTY, *_dim_lines(note.source, width)]
    return tuple(lines)


def both_sides(card: Card, width: int) -> tuple[Line, ...]:
    """Question and answer of a card; for a cloze also the text with its gap, which tells the note's cards apart."""
    kind = card.asked_note.kind
    presentation = CardPresentation(card, options_in_order(kind) if isinstance(kind, Choice) else ())
    gap = (*_question_side(presentation, width, revealed=False), _rule(width)) if isinstance(kind, Cloze) else ()
    return (*gap, *answer_lines(presentation, width))


def typed_answer(card: Card) -> str:
    """The answer to be typed, as plain text."""
    match card.asked_note.kind:
        case Cloze():
            return ""
        case Occlusion() as occlusion:
            return _typed_text(region_label(card, occlusion))
        case kind:
            return _typed_text(kind.question if card.face == BACK else kind.answer)


def compare_typed(card: Card, typed_text: str) -> Comparison:
    """Compares what was typed with the card's answer, or with the nearest of its answers."""
    kind = card.asked_note.kind
    other_answers, exact = (kind.also, kind.exact) if isinstance(kind, Typed) else ((), False)
    return compare_answer(typed_text, typed_answer(card), [*map(_typed_text, other_answers)], exact=exact)


def _typed_text(markdown: str) -> str:
    return plain_text(to_html(markdown), readings=False).strip()


def clipboard_text(card: Card) -> str:
    """Question and answer as plain text, for the clipboard."""
    match card.asked_note.kind:
        case Cloze(text):
            return plain_text(cloze_side(cloze_to_html(text), int(card.face[1:]), is_revealed=True)).strip()
        case Occlusion(prompt) as occlusion:
            sides = (prompt or occlusion.image, region_label(card, occlusion))
            return "\n\n".join(plain_text(to_html(side)).strip() for side in sides if side)
        case kind:
            return "\n\n".join(plain_text(to_html(side)).strip() for side in (kind.question, kind.answer))


def one_line(card: Card) -> str:
    """The card's question as one line of plain text, for lists and messages."""
    match card.asked_note.kind:
        case Cloze(text):
            html = cloze_side(cloze_to_html(text), int(card.face[1:]), is_revealed=False)
        case Occlusion() as occlusion:
            return f"{' '.join(plain_text(to_html(occlusion.question)).split())} [{region_number(card)}]"
        case kind:
            html = to_html(kind.answer if card.face == BACK else kind.question)
    if has_math(card):  # in one line, but as on the card: x² and not x^2
        inline = html.replace("\\[", "\\(").replace("\\]", "\\)")
        return " ".join(" ".join(map(line_text, layout(inline, UNLIMITED_WIDTH))).split())
    return " ".join(plain_text(html).split())


def has_math(card: Card) -> bool:
    """Whether there is math on the card, whose source can be shown."""
    texts = (text for text in card.note.texts if "$" in text or "\\" in text)
    return any(sign in to_html(text) for text in texts for sign in ("\\(", "\\["))


def _rule(width: int) -> Line:
    return (Run(RULE * width, ("dim",)),)


def _question_side(presentation: CardPresentation, width: int, *, revealed: bool) -> tuple[Line, ...]:
    card = presentation.card
    match card.asked_note.kind:
        case Cloze(text):
            side = cloze_side(cloze_to_html(text), int(card.face[1:]), revealed)
            return layout(side, width, presentation.source)
        case Basic(question, answer) | Reversed(question, answer) | Typed(question, answer):
            return _markdown_lines(answer if card.face == BACK else question, presentation, width)
        case Occlusion() as occlusion:
            return _occlusion_side(presentation, occlusion, width, revealed=revealed)
        case Choice(question):
            return _markdown_lines(question, presentation, width)
        case unknown:
            assert_never(unknown)


def _occlusion_side(
    presentation: CardPresentation, occlusion: Occlusion, width: int, *, revealed: bool
) -> tuple[Line, ...]:
    """The prompt and the sentence that asks for a region; before the answer also the picture, or a map of it."""
    region_map, question, note = region_question(presentation.card, occlusion, presentation.picture, width)
    prompt = (*_markdown_lines(occlusion.prompt, presentation, width), EMPTY) if occlusion.prompt else ()
    lines = (*prompt, *layout(escape_html(question), width))
    if revealed:
        return lines
    return (
        *lines,
        EMPTY,
        *_markdown_lines(occlusion.picture, presentation, width),
        *(_dim_lines(note, width) if note else ()),
        *region_map,
    )


def _option_lines(presentation: CardPresentation, width: int, *, revealed: bool) -> list[Line]:
    lines: list[Line] = []
    for number, option in enumerate(presentation.options, 1):
        styles: tuple[str, ...] = ()
        mark = " "
        if revealed and option.is_right:
            mark, styles = "✓", ("right",)
        elif revealed and presentation.chosen_option == number - 1:
            mark, styles = "✗", ("wrong",)
        head = f"{mark} {number}  "
        for row, line in enumerate(_markdown_lines(option.text, presentation, max(4, width - len(head)))):
            lead = head if row == 0 else " " * len(head)
            lines.append((Run(lead, (*styles, "option")), *(Run(run.text, (*run.styles, *styles)) for run in line)))
    return lines


def option_number(lines: Sequence[Line]) -> int:
    """The number of the option that the last of these lines belongs to; 0 if it belongs to none."""
    for line in reversed(lines):
        head = line[0] if line else Run("")
        if "option" not in head.styles:
            return 0
        if number := head.text.strip("✓✗ "):
            return int(number)
    return 0


def _comparison_lines(comparison: Comparison, width: int) -> list[Line]:
    typed_runs = _stretch_runs(comparison.typed_stretches, "wrong") or (Run(_("(nothing)"), ("dim",)),)
    if comparison.is_right:
        return [*_dim_lines(_("Your answer"), width), *_fold((Run("✓ ", ("right",)), *typed_runs), width)]
    advice = _("This is one of several answers; list the others under also: to have each count.")
    return [
        *_dim_lines(_("Your answer"), width),
        *_fold((Run("✗ ", ("wrong",)), *typed_runs), width),
        *_dim_lines(_("Right answer"), width),
        *_fold((Run("  ", ()), *_stretch_runs(comparison.expected_stretches, "missing")), width),
        EMPTY,
        *_dim_lines(_("{percent}% alike").format(percent=round(comparison.likeness * 100)), width),
        *(_dim_lines(advice, width) if comparison.is_one_of_several else ()),
    ]


def _stretch_runs(stretches: Sequence[Stretch], wrong: str) -> tuple[Run, ...]:
    return tuple(Run(stretch.text, ("right",) if stretch.is_right else (wrong,)) for stretch in stretches)


def _fold(line: Line, width: int) -> list[Line]:
    """A line of runs broken at `width` cells, also within words: a typed text is shown exactly as it is."""
    lines: list[list[Run]] = [[]]
    room = width
    for run in line:
        for character in run.text:
            piece = Run(character, run.styles)
            if cells((piece,)) > room:
                lines.append([])
                room = width
            lines[-1].append(piece)
            room -= cells((piece,))
    return [_merge_runs(runs) for runs in lines]


def _merge_runs(runs: Sequence[Run]) -> Line:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].styles == run.styles:
            merged[-1] = Run(merged[-1].text + run.text, run.styles)
        else:
            merged.append(run)
    return tuple(merged)


def _markdown_lines(markdown: str, presentation: CardPresentation, width: int) -> tuple[Line, ...]:
    return layout(to_html(markdown), width, presentation.source)


def _dim_lines(text: str, width: int) -> list[Line]:
    return [tuple(Run(run.text, (*run.styles, "dim")) for run in line) for line in layout(escape_html(text), width)]
