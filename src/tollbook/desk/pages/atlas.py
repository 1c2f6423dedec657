"""The map of incidents."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
