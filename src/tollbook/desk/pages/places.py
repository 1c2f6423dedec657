"""Parties and places: the lexicon and the gazetteer, and what the desk adds."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
