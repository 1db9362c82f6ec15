"""The pieces of screens: they take values and post messages, and decide nothing."""
