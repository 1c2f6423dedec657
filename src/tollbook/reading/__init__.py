"""The reader: a report becomes claims, by constructions over cues."""
