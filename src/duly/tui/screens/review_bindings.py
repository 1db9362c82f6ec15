"""The keys of the review."""

from dataclasses import replace

from duly.tui.keys import bind

KEYS = (
    bind("space,enter", "turn", "Show the answer; then: Good, or the suggested grade", "review.good"),
    bind("1", "digit(1)", "Again (or the first option)", "review.1"),
    bind("2", "digit(2)", "Hard (or the second option)", "review.2"),
    bind("3", "digit(3)", "Good (or the third option)", "review.3"),
    bind("4", "digit(4)", "Easy (or the fourth option)", "review.4"),
    bind("5", "digit(5)", "Grade 5, if set to raw grades (or the option)", "review.5"),
    bind("0", "digit(0)", "Grade 0, if set to raw grades", "review.0"),
    *(
        replace(bind(str(digit), f"digit({digit})", "The option of this number", f"review.{digit}"), system=True)
        for digit in range(6, 10)
    ),  # system bindings, which the palette leaves out: it would show the same words four times
    bind("t", "type", "Type the answer", "review.type"),
    bind("h", "hint", "Show the hint", "review.hint"),
    bind("m", "source", "Show math as it was written", "review.source"),
    bind("u", "undo", "Undo, as far back as you like", "review.undo"),
    bind("U,ctrl+y", "redo", "Redo", "review.redo"),
    bind("asterisk", "act('star')", "Star the card, or take its star off", "review.star"),
    bind("minus", "act('bury')", "Bury the card until tomorrow", "review.bury"),
    bind("equals_sign", "act('bury_note')", "Bury all cards of the note until tomorrow", "review.bury_note"),
    bind("at", "act('suspend')", "Suspend the card", "review.suspend"),
    bind("exclamation_mark", "act('suspend_note')", "Suspend all cards of the note", "review.suspend_note"),
    bind("d", "set_due", "Set the day on which the card is due", "review.due"),
    bind("D,delete", "delete", "Delete the card from its file", "review.delete"),
    bind("y", "copy", "Copy question and answer", "review.copy"),
    bind("r", "play", "Play the sounds", "review.play"),
    bind("o", "open", "Open a picture or a link outside of the terminal", "review.open"),
    bind("e", "edit", "Open the card in your editor", "review.edit"),
    bind("n", "add", "Write a new card", "review.new"),
    bind("i", "info", "Card info", "review.info"),
    bind("j,down", "line(1)", "Scroll down", "review.down"),
    bind("k,up", "line(-1)", "Scroll up", "review.up"),
    bind("pagedown", "page(1)", "A page down", "review.page_down"),
    bind("pageup", "page(-1)", "A page up", "review.page_up"),
    bind("g,home", "top", "To the top", "review.top"),
    bind("G,end", "bottom", "To the bottom", "review.bottom"),
    bind("q,escape", "leave", "Back to the decks; everything is saved", "review.leave"),
)
