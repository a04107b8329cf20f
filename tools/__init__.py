"""Tools of the house: set-up, guards, texts. Nothing in here is part of the running city."""
