"""Packages and collections of Anki of every generation, read without changing or trusting them."""
