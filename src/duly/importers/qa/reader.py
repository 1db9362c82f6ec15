"""Questions and answers in a text: ``问：``/``答：``, ``Q:``/``A:``, other signs (see `pairing`), headings that ask.

Folded questions are read, too (see `details_and_callouts`). An answer needs no marker: it is the text under its
question, up to the next question or heading. An explanation, a hint, tags and a source may follow. The nearest heading
above that is no question becomes a tag. The first heading is the title if it is the only one ``# …``. Texts stay
unchanged, except for code fences around aligned columns (see `aligned_columns`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import Basic, Choice, DeckName
from duly.cards.note import Kind
from duly.importers.collector import Collector
from duly.importers.frontmatter import front_matter
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.markdown_spans import mask_markup
from duly.importers.multiple_choice import checkbox_options, choice_by_letter, options_by_letters, trailing_options
from duly.importers.qa.aligned_columns import fence_columns
from duly.importers.qa.blocks import Block, blocks, questions
from duly.importers.qa.card_parts import (
    CardParts,
    Part,
    begins_answer,
    split_card,
    trailing_rules,
    trim_lines,
    with_explanation,
)
from duly.importers.qa.citations import citation_marks
from duly.importers.qa.details_and_callouts import is_comment, unfold
from duly.importers.qa.exam_papers import as_section, mark_parts
from duly.importers.qa.markers import is_plainly_marked, looks_like_question, says_answer
from duly.importers.qa.pairing import pair_lines
from duly.importers.tags_and_decks import heading_tags, tag_names
from duly.importers.text_lines import Line, Mark, read_line, read_lines
from duly.message import message

IN_ONE_LINE = re.compile(r"\S[ \t]*(?<!:)(:{2,3})(?!:)[ \t]*\S")
"""A card on one line in other formats of Markdown: ``front::back``."""

OTHER_CARD = "other-card"
"""The kind of the warning about a line in an answer that would be a card in another format."""


def recognise(_path: Path, text: str) -> Recognition:
    """Clear if a line is marked as a question or a heading asks."""
    lines = read_lines(text)
    numbers = tuple(
        line.number for line in _pair_questions(lines) if line.mark is Mark.QUESTION or line.is_question_heading
    )
    return Recognition(Confidence.CLEAR, numbers) if numbers else Recognition()


def read(path: Path, text: str) -> ImportedText:
    """The notes of a text, each with the line it comes from as its source. Text outside of cards is left out."""
    lines = read_lines(text)
    reader = _QuestionReader(Collector(path, lines))
    front = front_matter(lines)
    used_lines, other_lines = front.split(("tags",))
    reader.collector.claim_structure(used_lines)
    reader.collector.leave_out(other_lines, message("of the front matter only the tags were taken"))
    reader.collector.leave_out(filter(is_comment, lines), message("this comment was left out"))
    reader.text_tags = front.tags
    all_blocks = blocks(_pair_questions(lines[len(front.lines) :]))
    title = _title(all_blocks)
    deck = DeckName(title.content if title else path.stem)
    for block, is_question in questions(all_blocks):
        reader.take(block, deck, is_question, block.head is title)
    return reader.collector.result(title.content if title else "")


def _pair_questions(lines: Sequence[Line]) -> tuple[Line, ...]:
    sections = [as_section(line) for line in unfold(lines) if not is_comment(line)]
    return tuple(mark_parts(pair_lines(sections)))


def _title(all_blocks: Sequence[Block]) -> Line | None:
    """The first heading, if it is no question and the only one of the first level; None otherwise."""
    headings = [block.head for block in all_blocks if block.head is not None and block.head.mark is not Mark.END]
    if headings and headings[0].mark is Mark.HEADING and headings[0].content and not headings[0].is_question_heading:
        ranks = [heading.level for heading in headings]
        return headings[0] if ranks[0] == 1 and ranks.count(1) == 1 else None
    return None


@dataclass(slots=True)
class _QuestionReader:
    """Collects notes block by block; `sections` are the open ones, outermost first, with their levels and tags."""

    collector: Collector
    text_tags: tuple[str, ...] = ()
    sections: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def take(self, block: Block, deck: DeckName, is_question: bool, is_title: bool) -> None:
        """Takes the next block: a note, a section, or text that belongs to neither."""
        head = block.head
        structure_lines = [line for line in block.body if line.mark is Mark.STRUCTURE]
        self.collector.claim_structure(structure_lines)
        block.body = [line for line in block.body if line.mark is not Mark.STRUCTURE]
        if head is not None and head.level and not head.is_chat:
            self.sections = [section for section in self.sections if section[0] < head.level]
        if head is not None and is_question:
            self._note(head, block, deck)
            return
        self.collector.claim_structure([*([head] if head and head.mark is Mark.END else []), *block.headings])
        self.collector.claim_structure(trailing_rules(block.body))
        if not is_title:
            self.sections += ((heading.level, heading_tags(heading.content)) for heading in block.headings)
        sentence = message("this text is under a heading that asks nothing and was left out; end a question with ?")
        if head is None or head.mark is Mark.END:
            sentence = message("this text belongs to no question and was left out")
        self.collector.leave_out((line for line in block.body if line.mark is not Mark.HEADING), sentence)

    def _note(self, head: Line, block: Block, deck: DeckName) -> None:
        flashcard = with_explanation(split_card(head, block))
        self._warn(head, block, flashcard)
        structure_lines = {line for part in flashcard.parts for line in trailing_rules(part.lines)}
        self.collector.claim_structure(structure_lines)
        field_lines = {
            key: [line for line in lines if line not in structure_lines]
            for key, lines in flashcard.field_lines().items()
        }
        kind = self._kind(flashcard)
        section_tags = next((names for _, names in reversed(self.sections) if names), ())
        card_tags = [tag for text in self._texts(flashcard.parts_of("tags")) for tag in tag_names(text)]
        hint, extra, source = ("\n\n".join(self._texts(flashcard.parts_of(key))) for key in ("hint", "extra", "source"))
        self.collector.add(
            head, kind, deck, field_lines, tags=(*self.text_tags, *section_tags, *card_tags), hint=hint, extra=extra,
            source=" ".join(source.split()),
        )  # fmt: skip

    def _kind(self, flashcard: CardParts) -> Kind:
        """A question and its answer, or a choice if there are options and the answer names one."""
        question = [line for part in flashcard.parts_of("q") for line in trim_lines(part.text_lines)]
        answer = [line for part in flashcard.parts_of("a") for line in trim_lines(part.text_lines)]
        start, options = trailing_options([line.text for line in question])
        if options:
            stem = self._text(trim_lines(question[:start]))
            answer_text = "\n".join(line.text for line in answer)
            if choice := choice_by_letter(stem, options, answer_text):
                return choice
            if right_options := options_by_letters(options, answer_text):
                return Basic(self._text(question), "\n".join(right_options))
        if checkbox_choice := self._checkbox_choice(question, answer):
            return checkbox_choice
        return Basic(self._text(question), self._text(answer))

    def _checkbox_choice(self, question: list[Line], answer: list[Line]) -> Kind | None:
        """The choice in a list of boxes at the end of an answer; the lines above the list belong to the question."""
        start, right_options, wrong_options = checkbox_options([line.text for line in answer])
        if len(right_options) != 1 or not wrong_options:
            return None
        lines_above = answer[:start]
        blank_lines = [Line(line.number, "", Mark.TEXT, "") for line in lines_above[:1]]
        return Choice(
            self._text(trim_lines([*question, *blank_lines, *lines_above])), right_options[0], tuple(wrong_options)
        )

    def _texts(self, parts: Sequence[Part]) -> list[str]:
        return [self._text(trim_lines(part.text_lines)) for part in parts]

    def _text(self, lines: Sequence[Line]) -> str:
        """The lines as one text, with aligned blocks in fences."""
        texts: list[str] = []
        at = 0
        while at < len(lines):
            end = next(
                (index for index in range(at, len(lines)) if lines[index].is_code != lines[at].is_code), len(lines)
            )
            stretch_lines = [line.text for line in lines[at:end]]
            if lines[at].is_code:
                texts += stretch_lines
            else:
                fenced_lines, block_starts = fence_columns(stretch_lines)
                texts += fenced_lines
                for start in block_starts:
                    self.collector.warn(
                        lines[at + start],
                        "aligned",
                        message("these lines are aligned and became a block of code, so that they stay so"),
                    )
            at = end
        return "\n".join(texts)

    def _warn(self, head: Line, block: Block, flashcard: CardParts) -> None:
        """Warns of lines in a card that may be meant otherwise."""
        for line in (head, *block.body):
            self._warn_of_code_and_citations(line)
        answer_index = next((index for index, line in enumerate(block.body) if begins_answer(line, head)), -1)
        answer_lines = block.body[answer_index + 1 :]
        self._warn_of_other_cards(answer_lines)
        for line in block.body:
            if looks_like_question(line):
                sentence = message(
                    "this looks like another question and was kept in the card above; begin it with Q: or 问："
                )
                self.collector.warn(line, "looks-like-question", sentence)
        for line in (*flashcard.second_answers, *(line for line in answer_lines if says_answer(line))):
            sentence = message("a second answer begins here; it was kept in the text above")
            self.collector.warn(line, "second-answer", sentence)
        if answer_index < 0 and block.body and block.body[0].is_blank and block.first_text and is_plainly_marked(head):
            sentence = message(
                "nothing marks this as the answer, but it was taken for that of the question above; write A: or 答："
            )
            self.collector.warn(block.first_text, "unmarked-answer", sentence)
        if head.mark is Mark.HEADING and not head.is_question_heading:
            sentence = message("this heading asks nothing, but was taken for a question since others here ask")
            self.collector.warn(head, "heading-asked", sentence)

    def _warn_of_other_cards(self, answer: Sequence[Line]) -> None:
        """Warns of lines in an answer that are cards in other formats, if the text may be of such a format."""
        if self.collector.path.suffix.lower() not in (".md", ".markdown"):
            return
        for line in answer:
            match = None if line.is_code or "::" not in line.text else IN_ONE_LINE.search(mask_markup(line.text))
            if match:
                sentence = message(
                    "{sign} makes a card in other formats, but not among questions and answers, so this was kept in the"
                    " answer above; write Q: and A:, or move it to a file of its own",
                    sign=match[1],
                )
                self.collector.warn(line, OTHER_CARD, sentence)

    def _warn_of_code_and_citations(self, line: Line) -> None:
        if line.is_code:
            if read_line(line.number, line.text).mark is Mark.QUESTION:
                sentence = message("this question stands in code and was kept as part of it; close the code above it")
                self.collector.warn(line, "question-in-code", sentence)
            return
        for index, digits in citation_marks(line.text):
            sentence = message(
                "{digits} looks like a left-over citation mark; remove it from the card if so", digits=digits
            )
            self.collector.warn(line, "citation-mark", sentence, column=index + 1)
