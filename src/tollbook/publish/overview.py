"""A map of many places as an SVG: points for exact ones, hatched areas for the others, each a link."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tollbook.places import Outline, outlines
from tollbook.places.outlines import Box, Point, unwrapped
from tollbook.publish.locator import View, area_of, centre, clip, escaped

WIDTH, HEIGHT = 960, 520
# What the map shows at least, in degrees from south to north, and how much lies round its places.
LEAST, ROUND = 3.0, 1.25
# Points of a border nearer than this many pixels to the one before are left out.
FINE = 1.2
# A name needs this much room, in pixels; a country this much ground for its own.
LINE, GROUND = 16, 5000
LETTER = 6.6


class Spot(NamedTuple):
    """What is drawn of a place.

    Attributes:
        name: of the place.
        words: what it is, for the tooltip and those who hear the page.
        href: where its link leads.
        latitude, longitude: degrees.
        reach: kilometres round it within which the truth lies; 0 for a point.
        code: the country that is the place; empty for a point or a circle.
        size: radius of a point, in pixels.
    """

    name: str
    words: str
    href: str
    latitude: float
    longitude: float
    reach: float = 0
    code: str = ""
    size: float = 5


def overview(spots: Sequence[Spot], prefix: str = "overview") -> str:
    """The map as one ``svg`` element, 960 by 520 pixels, which holds all its places; empty for none."""
    if not spots:
        return ""
    view = _window(spots)
    seen = [o for o in outlines(view.box) if o.code]
    own = {s.code for s in spots if s.code}
    land = [f'<path class="land" d="{d}"/>' for o in seen if (d := _shape(view, o))]
    drawn = [_area(view, s, seen, prefix) for s in spots if s.code or s.reach]
    drawn += [_point(view, s) for s in spots if not s.code and not s.reach]
    hatch = (
        f'<pattern id="{prefix}-h" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern>'
    )
    frame = f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg class="overview" viewBox="0 0 {WIDTH} {HEIGHT}" {frame} role="group" aria-label="Map of the incidents">'
        f'<clipPath id="{prefix}-c"><rect {frame}/></clipPath>{hatch}<rect class="sea" {frame}/>'
        f'<g clip-path="url(#{prefix}-c)">{"".join(land)}{"".join(_countries(view, seen, own))}{"".join(drawn)}'
        f"{''.join(_names(view, spots))}</g></svg>"
    )


def _window(spots: Sequence[Spot]) -> View:
    """The part of the world that holds every place with its reach."""
    boxes = [_box(s) for s in spots]
    west, south = min(b[0] for b in boxes), max(-84.0, min(b[1] for b in boxes))
    east, north = max(b[2] for b in boxes), min(84.0, max(b[3] for b in boxes))
    middle = (south + north) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    degrees = max(LEAST, (north - south) * ROUND, (east - west) * ROUND * squeeze * HEIGHT / WIDTH)
    return View(middle, (west + east) / 2, min(degrees, 180 * ROUND), WIDTH, HEIGHT)


def _box(spot: Spot) -> Box:
    reach = spot.reach / 111.2
    wide = reach / max(0.2, math.cos(math.radians(spot.latitude)))
    x, y = spot.longitude, spot.latitude
    if spot.code:
        whole = next((o.box for o in outlines((-180, -90, 180, 90)) if o.code == spot.code), None)
        # The box of a country that lies on both sides of the date line is the whole world's.
        if whole is not None and whole[2] - whole[0] < 180:
            return whole
    return (x - wide, y - reach, x + wide, y + reach)


def _shape(view: View, outline: Outline) -> str:
    """The country's rings as a path, cut to the window, in no more points than can be seen."""
    path = []
    for ring in outline.rings:
        cut = clip(unwrapped(ring), view.box)
        xy = list(_thinned(view.xy(p) for p in cut))
        if len(xy) > 2:
            path.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in xy) + "Z")
    return "".join(path)


def _thinned(points: Iterable[Point]) -> Iterable[Point]:
    last: Point | None = None
    for point in points:
        if last is None or math.dist(last, point) >= FINE:
            last = point
            yield point


def _countries(view: View, seen: Iterable[Outline], own: set[str]) -> Iterable[str]:
    """The names of the countries of which enough is seen."""
    for outline in seen:
        cut = max((clip(ring, view.box) for ring in outline.rings), key=area_of, default=[])
        if area_of(cut) * view.scale**2 * view.squeeze >= GROUND and outline.code not in own:
            x, y = view.xy(centre(cut))
            yield f'<text class="country other" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{escaped(outline.name.upper())}</text>'


def _area(view: View, spot: Spot, seen: Iterable[Outline], prefix: str) -> str:
    """All that could be the place, hatched."""
    fill = f'class="area" fill="url(#{prefix}-h)"'
    if spot.code:
        shape = "".join(_shape(view, o) for o in seen if o.code == spot.code)
        return _linked(spot, f'<path {fill} d="{shape}"/>')
    x, y = view.xy((spot.longitude, spot.latitude))
    return _linked(
        spot, f'<circle {fill} cx="{x:.1f}" cy="{y:.1f}" r="{max(4.0, view.km(spot.reach)):.1f}"/>'
    )


def _point(view: View, spot: Spot) -> str:
    x, y = view.xy((spot.longitude, spot.latitude))
    return _linked(spot, f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="{spot.size:.1f}"/>')


def _linked(spot: Spot, drawn: str) -> str:
    words = escaped(spot.words)
    return f'<a href="{escaped(spot.href)}" aria-label="{words}"><title>{words}</title>{drawn}</a>'


def _names(view: View, spots: Iterable[Spot]) -> Iterable[str]:
    """The names of places, the largest first, as long as none lies on another."""
    taken: list[tuple[float, float, float]] = []
    for spot in sorted(spots, key=lambda s: -s.size):
        x, y = view.xy((spot.longitude, spot.latitude))
        y += (view.km(spot.reach) if spot.reach else spot.size) + 14
        half = len(spot.name) * LETTER / 2
        free = all(abs(y - b) >= LINE or abs(x - a) >= half + other for a, b, other in taken)
        if free and half < x < view.width - half and y < view.height - 4:
            taken.append((x, y, half))
            yield f'<text class="site halo" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escaped(spot.name)}</text>'


# Circles are read as smaller than they are: the exponent of Flannery, so that twice the dead look like twice.
FLANNERY = 0.57
SMALLEST, LARGEST = 4.0, 26.0


def radius(number: int | None, most: int) -> float:
    """The radius of the circle of a number, in pixels, where ``most`` is the largest number of the map."""
    if not number or most <= 0:
        return 0.0
    share: float = min(1.0, number / most) ** FLANNERY
    return SMALLEST + (LARGEST - SMALLEST) * share
