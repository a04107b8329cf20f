"""The pages on which a thing is made: the list, the editor, the file, and the word of each department."""
