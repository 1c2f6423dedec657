"""Signing in and out, and one's own account."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
