"""The list of reports, and adding one."""

from __future__ import annotations

from tollbook.desk.ways import Ways

ways = Ways()
