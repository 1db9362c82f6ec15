"""Charts as lines of characters: each reads without colour, and fills the width it is given."""
