"""Texts for people: sentences, reports and lines of styled characters, independent of a terminal."""
