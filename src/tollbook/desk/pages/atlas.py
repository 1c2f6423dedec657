"""The map of incidents: where each lies as exactly as it is known, and the list of those that lie nowhere."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from json import dumps
from typing import NamedTuple

from starlette.responses import Response

from tollbook.codes import Outcome
from tollbook.desk import render
from tollbook.desk.ask import Ask, View, day
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.ways import Ways
from tollbook.figures import Figure
from tollbook.places import outlines
from tollbook.places.outlines import unwrapped
from tollbook.places.store import opened
from tollbook.publish import overview, words
from tollbook.toll import TollError
from tollbook.views import atlas
from tollbook.views.atlas import Mark, Spot

ways = Ways()


class Ground(NamedTuple):
    """GeoJSON with its digest, as it is and packed."""

    digest: str
    made: bytes
    packed: bytes


# So many rows stand in one part of the list.
ROWS = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """What the address asks for.

    Attributes:
        view: which book.
        outcome: only incidents with a figure of it; None for every incident, whose dead are shown then.
        first, last: only incidents whose days meet these.
        every: every incident of the book.
        marks: those that are shown.
        query: the same as query parameters.
    """

    view: View
    outcome: Outcome | None
    first: date | None
    last: date | None
    every: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    query: Mapping[str, str]

    @property
    def shown(self) -> Outcome:
        """The outcome whose figures are shown."""
        return self.outcome or Outcome.KILLED

    def figure(self, mark: Mark) -> Figure | None:
        """The figure of an incident that is shown, if it has one."""
        return mark.toll.get(self.shown)


def _seen(ask: Ask, *, days: bool = True) -> Seen:
    """What the address asks for; the days may be left to the reader's own browser.

    Raises:
        RefusalError: an outcome, a day, a method or a voice that is none.
    """
    view, methods = ask.view, ask.state.methods
    outcome = None
    if said := ask.query("outcome"):
        try:
            outcome = Outcome(said)
        except ValueError:
            raise RefusalError(
                400, f"There is no outcome “{said}”.", f"There are: {', '.join(Outcome)}."
            ) from None
    first, last = (day(ask.query(name)) for name in ("from", "to")) if days else (None, None)
    try:
        every = view.book.kept(
            f"atlas {view.method}", lambda: atlas.marks(view.book, view.method, view.as_of, methods)
        )
    except TollError as error:
        raise RefusalError(400, f"{error}.") from error
    marks = tuple(m for m in every if (outcome is None or outcome in m.toll) and m.within(first, last))
    query = {
        **view.query,
        "outcome": said,
        "from": first.isoformat() if first else "",
        "to": last.isoformat() if last else "",
    }
    return Seen(view, outcome, first, last, every, marks, {k: v for k, v in query.items() if v})


@ways.page("/map", slow=True)
def the_map(ask: Ask) -> Response:
    """The map with its list; the list says all that the map does, and stands without script."""
    seen = _seen(ask)
    spots = atlas.spots(seen.marks)
    rows = sorted(seen.marks, key=lambda m: (m.first or date.min, m.id), reverse=True)
    after = ask.query("after")
    start = next((n + 1 for n, m in enumerate(rows) if m.id == after), 0)
    part = rows[start : start + ROWS]
    more = {**seen.query, "after": part[-1].id} if start + ROWS < len(rows) else None
    outcomes = [o for o in Outcome if any(o in m.toll for m in seen.every)]
    days = sorted(d for m in seen.every for d in (m.first, m.last) if d)
    return render.page(
        ask, "map.html", seen=seen, rows=[_row(ask, seen, m) for m in part], more=more, spots=spots,
        lost=[(m, ask.state.veil(m.incident.name), ask.state.veil(m.incident.place or "")) for m in atlas.nowhere(seen.marks)],
        outcomes=outcomes, days=(days[0], days[-1]) if days else None, still=_still(ask, seen, spots), ground=grounds(),
        placed=sum(len(s.marks) for s in spots), start=start,
    )  # fmt: skip


def _row(ask: Ask, seen: Seen, mark: Mark) -> dict[str, object]:
    """A row of the list."""
    veil = ask.state.veil
    return {
        "id": mark.id,
        "name": veil(mark.incident.name),
        "when": words.window(mark.first, mark.last),
        "place": veil(mark.incident.place or ""),
        "words": mark.why or (veil(atlas.words(mark.place)) if mark.place else ""),
        "figure": seen.figure(mark),
        "on": not mark.why,
    }


def _most(seen: Seen) -> int:
    """The largest number of the whole book, so that a circle means the same whatever is filtered."""
    found = (seen.figure(m) for m in seen.every)
    return max((f.high if f.high is not None else f.low or 0 for f in found if f), default=0)


def _still(ask: Ask, seen: Seen, spots: tuple[Spot, ...]) -> str:
    """The map as a drawing, for readers without script or WebGL."""
    most, drawn = _most(seen), []
    for spot in spots:
        name, first = ask.state.veil(spot.place.name), spot.marks[0]
        what = atlas.words(spot.place)
        alone = seen.figure(first) if len(spot.marks) == 1 else None
        said = f"{words.plain(alone)} {words.outcome(seen.shown)}, " if alone else ""
        counted = "1 incident" if len(spot.marks) == 1 else f"{words.count(len(spot.marks))} incidents"
        size = overview.radius(alone.low or alone.high, most) if alone else overview.SMALLEST
        drawn.append(
            overview.Spot(
                name, ask.state.veil(f"{said}{counted} {what}"), f"#i-{first.id}", spot.place.latitude,
                spot.place.longitude, spot.reach, spot.place.code if spot.shape == "country" else "", size,
            )
        )  # fmt: skip
    return overview.overview(drawn)


@ways.page("/map/incidents", slow=True)
def map_incidents(ask: Ask) -> Response:
    """What the map draws, as JSON: places with their incidents, whatever the days; and those that lie nowhere."""
    seen = _seen(ask, days=False)
    state = ask.state
    tag = hashlib.sha256(f"{state.head} {sorted(seen.query.items())}".encode()).hexdigest()[:24]
    headers = {"etag": f'"{tag}"', "cache-control": "private, no-cache"}
    if headers["etag"] in ask.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    spots = atlas.spots(seen.marks)
    where = {m.id: s.key for s in spots for m in s.marks}
    most = _most(seen)
    said = {
        "outcome": words.outcome(seen.shown),
        "most": most,
        "legend": [(n, overview.radius(n, most)) for n in _steps(most)],
        "places": [_place(ask, spot) for spot in spots],
        "incidents": [_incident(ask, seen, m, where.get(m.id, ""), most) for m in seen.marks],
    }
    return Response(dumps(said, ensure_ascii=False, separators=(",", ":")), 200, headers, "application/json")


def _steps(most: int) -> list[int]:
    """Round numbers for the legend of sizes."""
    return [n for n in (1, 10, 100, 1_000, 10_000, 100_000) if n <= most] or ([most] if most else [])


def _place(ask: Ask, spot: Spot) -> dict[str, object]:
    """A place as JSON; only an exact one has the shape of a point."""
    place = spot.place
    return {
        "key": spot.key,
        "name": ask.state.veil(place.name),
        "country": place.country,
        "words": ask.state.veil(atlas.words(place)),
        "shape": spot.shape,
        "code": place.code,
        "at": [place.longitude, place.latitude],
        "reach": spot.reach,
        "precision": place.geo_precision,
    }


def _incident(ask: Ask, seen: Seen, mark: Mark, place: str, most: int) -> dict[str, object]:
    """An incident as JSON: its days, its tolls in words, the radius of its least and of its most."""
    figure = seen.figure(mark)
    least = figure.low if figure else None
    top = (figure.high if figure.high is not None else figure.low) if figure else None
    return {
        "id": mark.id,
        "name": ask.state.veil(mark.incident.name),
        "place": place,
        "why": mark.why,
        "when": words.window(mark.first, mark.last),
        "first": (mark.first or mark.last or date.min).isoformat() if mark.first or mark.last else "",
        "last": (mark.last or mark.first or date.min).isoformat() if mark.first or mark.last else "",
        "toll": [[words.outcome(o), words.plain(f)] for o, f in mark.toll.items()],
        "inner": round(overview.radius(least, most), 1),
        "outer": round(overview.radius(top, most), 1),
    }


# Towns of the ground, by how many live there at least.
TOWNS = 100_000


@cache
def _land() -> Ground:
    """The outlines of the countries."""
    return _packed(
        {
            "type": "Feature",
            "properties": {"code": o.code, "name": o.name, "box": o.box},
            "geometry": {"type": "MultiPolygon", "coordinates": [[unwrapped(ring)] for ring in o.rings]},
        }
        for o in outlines((-180, -90, 180, 90))
    )


@cache
def _towns() -> Ground:
    """The larger towns, by which a reader finds the way."""
    listed = opened()
    return _packed(
        {
            "type": "Feature",
            "properties": {"name": listed.label(t.number), "people": t.people},
            "geometry": {"type": "Point", "coordinates": [t.longitude, t.latitude]},
        }
        for t in listed.towns(TOWNS)
    )


def _packed(features: Iterable[Mapping[str, object]]) -> Ground:
    said = {"type": "FeatureCollection", "features": list(features)}
    made = dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return Ground(hashlib.sha256(made).hexdigest()[:16], made, gzip.compress(made, 9, mtime=0))


_GROUNDS = {"land": _land, "towns": _towns}


def grounds() -> dict[str, str]:
    """The addresses of what every map stands on."""
    return {name: f"/map/ground/{name}/{make().digest}" for name, make in _GROUNDS.items()}


@ways.page("/map/ground/{part}/{digest}", slow=True)
def map_ground(ask: Ask) -> Response:
    """Countries or towns as GeoJSON; the same for ever under its digest."""
    make = _GROUNDS.get(ask.part("part"))
    if make is None or ask.part("digest") != make().digest:
        raise absent()
    headers = {"cache-control": "private, max-age=31536000, immutable", "vary": "accept-encoding"}
    if "gzip" in ask.request.headers.get("accept-encoding", ""):
        return Response(make().packed, 200, {**headers, "content-encoding": "gzip"}, "application/geo+json")
    return Response(make().made, 200, headers, "application/geo+json")
