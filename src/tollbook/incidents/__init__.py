"""Incidents: what a report's claims are about; links to what the book knows, or something new."""

from tollbook.incidents.marks import marks
from tollbook.incidents.matching import about, match
from tollbook.incidents.topics import topics
from tollbook.incidents.wars import of_wars

__all__ = ["about", "marks", "match", "of_wars", "topics"]
