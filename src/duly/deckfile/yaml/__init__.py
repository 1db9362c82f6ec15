"""The YAML of a deck file as nodes with their places, and what can be wrong with it as YAML."""
