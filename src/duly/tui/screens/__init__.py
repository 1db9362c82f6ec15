"""The screens: each asks the collection or a session, and shows the answer."""
