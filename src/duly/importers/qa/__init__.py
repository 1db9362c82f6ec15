"""Questions and answers in a text: which lines ask, which answer, and which say more of a card."""
