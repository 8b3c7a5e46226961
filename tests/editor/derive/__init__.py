"""`derive`: from a text that nobody has described to a bot that answers about it."""
