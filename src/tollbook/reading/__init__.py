"""The reader: a report becomes claims, by constructions over cues."""

from tollbook.reading.attributes import VERSION
from tollbook.reading.bare import days
from tollbook.reading.reader import read

__all__ = ["VERSION", "days", "read"]
