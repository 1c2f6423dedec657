"""The verb publish: what a reader gets, every number with its sentence, written to a folder and recorded."""
