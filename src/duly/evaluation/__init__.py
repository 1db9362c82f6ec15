"""Measures how well schedulers predict a learner's recall, on the learner's own journal."""
