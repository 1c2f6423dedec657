"""What an editor should look at."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
