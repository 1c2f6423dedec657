"""What was published, for everybody."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
