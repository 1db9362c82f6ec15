"""The keys of the review."""

from dataclasses import replace

from duly.tui.keys import bound

KEYS = (
    bound("space,enter", "turn", "Show the answer; then: Good, or the suggested grade", "review.good"),
    bound("1", "digit(1)", "Again (or the first option)", "review.1"),
    bound("2", "digit(2)", "Hard (or the second option)", "review.2"),
    bound("3", "digit(3)", "Good (or the third option)", "review.3"),
    bound("4", "digit(4)", "Easy (or the fourth option)", "review.4"),
    bound("5", "digit(5)", "Grade 5, if set to raw grades (or the option)", "review.5"),
    bound("0", "digit(0)", "Grade 0, if set to raw grades", "review.0"),
    *(
        replace(bound(str(digit), f"digit({digit})", "The option of this number", f"review.{digit}"), system=True)
        for digit in range(6, 10)
    ),  # as system bindings, for their words would stand four times in the palette
    bound("t", "type", "Type the answer", "review.type"),
    bound("h", "hint", "Show the hint", "review.hint"),
    bound("m", "source", "Show math as it was written", "review.source"),
    bound("u", "undo", "Undo, as far back as you like", "review.undo"),
    bound("U,ctrl+y", "redo", "Redo", "review.redo"),
    bound("asterisk", "act('star')", "Star the card, or take its star off", "review.star"),
    bound("minus", "act('bury')", "Bury the card until tomorrow", "review.bury"),
    bound("equals_sign", "act('bury_note')", "Bury all cards of the note until tomorrow", "review.bury_note"),
    bound("at", "act('suspend')", "Suspend the card", "review.suspend"),
    bound("exclamation_mark", "act('suspend_note')", "Suspend all cards of the note", "review.suspend_note"),
    bound("d", "set_due", "Set the day on which the card is due", "review.due"),
    bound("D,delete", "delete", "Delete the card from its file", "review.delete"),
    bound("y", "copy", "Copy question and answer", "review.copy"),
    bound("r", "play", "Play the sounds", "review.play"),
    bound("o", "open", "Open a picture or a link outside of the terminal", "review.open"),
    bound("e", "edit", "Open the card in your editor", "review.edit"),
    bound("n", "add", "Write a new card", "review.new"),
    bound("i", "info", "Card info", "review.info"),
    bound("j,down", "line(1)", "Scroll down", "review.down"),
    bound("k,up", "line(-1)", "Scroll up", "review.up"),
    bound("pagedown", "page(1)", "A page down", "review.page_down"),
    bound("pageup", "page(-1)", "A page up", "review.page_up"),
    bound("g,home", "top", "To the top", "review.top"),
    bound("G,end", "bottom", "To the bottom", "review.bottom"),
    bound("q,escape", "leave", "Back to the decks; everything is saved", "review.leave"),
)
