"""Advice on what would make a card easier to learn: opinions, not errors, each with its source. Pure."""

from duly.advice.advice import Advice
from duly.advice.checks import on_card, on_note, on_notes

__all__ = ["Advice", "on_card", "on_note", "on_notes"]
