"""Decides when cards are due. Pure functions: the time is an argument, and nothing is random."""
