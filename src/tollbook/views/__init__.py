"""What a verb prints and a page shows of a book, as plain rows: built once here, for `cli` and `desk` alike."""
