"""The reader: a report becomes claims, by constructions over cues."""

from tollbook.reading.reader import VERSION, read

__all__ = ["VERSION", "read"]
