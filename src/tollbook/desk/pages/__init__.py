"""The pages of the desk, one file each; each has a table of its routes."""

from tollbook.desk.pages import (
    admin,
    atlas,
    entrance,
    findings,
    incident,
    incidents,
    log,
    methods,
    places,
    public,
    publish,
    queue,
    report,
    reports,
    search,
    sources,
    today,
)
from tollbook.desk.ways import Ways

PAGES: tuple[Ways, ...] = (
    admin.ways,
    entrance.ways,
    findings.ways,
    incident.ways,
    incidents.ways,
    log.ways,
    atlas.ways,
    methods.ways,
    places.ways,
    public.ways,
    publish.ways,
    queue.ways,
    report.ways,
    reports.ways,
    search.ways,
    sources.ways,
    today.ways,
)
