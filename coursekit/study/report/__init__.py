"""What was studied, to be reread: `collected` reads it from the record, `markdown` and `html` write it."""
