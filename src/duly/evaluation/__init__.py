"""How well schedulers predict what a learner remembers, measured on the learner's own journal."""
