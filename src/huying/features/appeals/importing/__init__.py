"""Import of appeals from tables of other systems. Read in this order: words, columns, rows, readers, run."""
