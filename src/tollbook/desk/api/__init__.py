"""The REST API of the desk: what pages show and do, as typed JSON."""

from tollbook.desk.api import bulk, deeds, description, events, record, statements
from tollbook.desk.ways import Ways

# The files stand before the things: ``/claims.csv`` is no claim.
API: tuple[Ways, ...] = (
    bulk.ways,
    events.ways,
    statements.ways,
    record.ways,
    deeds.ways,
    description.ways,
    description.pages,
)
