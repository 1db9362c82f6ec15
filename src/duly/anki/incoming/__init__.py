"""What comes from Anki: packages and collections of every generation, read without changing or trusting them."""
