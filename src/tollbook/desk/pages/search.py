"""Full text over reports and claims."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
