"""What is said to a person, in words and in lines of characters, without a terminal."""
