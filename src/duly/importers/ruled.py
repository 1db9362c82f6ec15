"""One card in a file, a line ``---`` between its front and its back: yanki, Mochi and others."""

from pathlib import Path

from duly.cards import Basic, DeckName
from duly.importers.collector import Collector, text_of
from duly.importers.frontmatter import front_matter
from duly.importers.importer import Confidence, ImportedText, Recognition
from duly.importers.text_lines import Line, Mark, read_lines
from duly.message import message

RULES = ("---", "***", "___")
LONGEST = 300
"""The maximum length of the front in characters: a longer text above a rule is prose."""


def recognise(path: Path, text: str) -> Recognition:
    """Plausible for a Markdown file with one rule and a short paragraph above it."""
    lines = read_lines(text)
    body = lines[len(front_matter(lines).lines) :]
    rules = [line for line in body if _is_rule(line)]
    if len(rules) != 1 or path.suffix.lower() not in (".md", ".markdown"):
        return Recognition()
    front, back = _split_at_rule(body)
    is_short = len(text_of(front)) <= LONGEST and not any(line.mark is Mark.HEADING for line in front)
    paragraphs = text_of(front).split("\n\n")
    if is_short and text_of(back) and front and len(paragraphs) == 1 and text_of(front):
        return Recognition(Confidence.PLAUSIBLE, (rules[0].number,))
    return Recognition()


def read(path: Path, text: str) -> ImportedText:
    """The note of a file; none without a rule."""
    lines = read_lines(text)
    collector = Collector(path, lines)
    front = front_matter(lines)
    used_lines, other_lines = front.split(("tags",))
    collector.claim_structure(used_lines)
    collector.leave_out(other_lines, message("of the front matter only the tags were taken"))
    body = lines[len(front.lines) :]
    rule = next((line for line in body if _is_rule(line)), None)
    if rule is not None:
        question_lines, answer_lines = _split_at_rule(body)
        collector.claim_structure([rule])
        head = next((line for line in question_lines if not line.is_blank), rule)
        kind = Basic(text_of(question_lines), text_of(answer_lines))
        collector.add(head, kind, DeckName(path.stem), {"q": question_lines, "a": answer_lines}, tags=front.tags)
    return collector.result()


def _is_rule(line: Line) -> bool:
    return not line.is_code and line.text.rstrip() in RULES


def _split_at_rule(lines: tuple[Line, ...]) -> tuple[list[Line], list[Line]]:
    """The lines above the first rule and those below it."""
    rule_index = next((index for index, line in enumerate(lines) if _is_rule(line)), len(lines))
    return list(lines[:rule_index]), list(lines[rule_index + 1 :])
