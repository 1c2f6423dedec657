"""Incidents: what a report's claims are about; links to what the book knows, or something new."""

from tollbook.incidents.marks import marks
from tollbook.incidents.matching import match
from tollbook.incidents.topics import topics

__all__ = ["marks", "match", "topics"]
