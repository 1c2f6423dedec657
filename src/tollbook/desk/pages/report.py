"""One report: its text with every claim marked on its words."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
