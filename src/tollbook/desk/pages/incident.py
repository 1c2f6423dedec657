"""One incident: its toll, who says what, its course, its map, its findings."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
