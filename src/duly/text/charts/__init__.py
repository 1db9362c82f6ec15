"""Charts as lines of characters, which are readable without colour and fill a given width."""
