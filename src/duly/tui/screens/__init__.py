"""The screens: each asks the desk or a session, and shows what they say."""
