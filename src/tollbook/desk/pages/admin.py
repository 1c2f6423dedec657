"""People, roles, tokens, sessions, the audit."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
