"""The quiz on a terminal screen: one screen or widget a file, with a style sheet of the same name beside it."""
