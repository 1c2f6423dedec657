"""Bulletins: composed, confirmed by a second person, published."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
