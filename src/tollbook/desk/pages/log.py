"""The log: entries in notation, and the state of the chain."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
