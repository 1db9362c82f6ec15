"""When a card comes back. Pure: the time is an argument, and nothing is random."""
