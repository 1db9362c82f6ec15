"""Studying: which cards come, asking, grading, counting."""
