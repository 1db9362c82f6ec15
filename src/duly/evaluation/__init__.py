"""How well schedulers foretell what a learner remembers, measured on his own journal."""
