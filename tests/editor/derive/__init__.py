"""`derive`: from a new text to a bot that answers about it."""
