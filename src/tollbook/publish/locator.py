"""A locator map as an SVG: the place with its precision drawn as an area, its country, neighbours, an inset."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from tollbook.places import Outline, country_at, outlines
from tollbook.places.outlines import Box, Point
from tollbook.publish.veil import shown


class Site(NamedTuple):
    """What is shown: a name, a point, and its UCDP precision (1 exact place to 6 country)."""

    name: str
    latitude: float
    longitude: float
    precision: int


# How far around the point the truth may lie, in kilometres, for each precision; the country's is its own shape.
REACH = {1: 0.0, 2: 25.0, 3: 40.0, 4: 80.0, 5: 150.0, 6: 0.0, 7: 0.0}
WORDS = {
    1: "a place that is known exactly",
    2: "somewhere within about 25 km",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "somewhere in a wide area",
    6: "known only to the country",
    7: "at sea or in the air",
}
WIDTH, HEIGHT = 400, 320
_DEGREE = 111.2  # kilometres


class View:
    """A window on the world: degrees to pixels, with parallels as long as at the middle."""

    def __init__(self, latitude: float, longitude: float, degrees: float, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.squeeze = max(0.2, math.cos(math.radians(latitude)))
        self.scale = height / degrees
        self.latitude, self.longitude = latitude, longitude

    @property
    def box(self) -> Box:
        """What the window shows, in degrees."""
        half = self.width / self.scale / self.squeeze / 2
        up = self.height / self.scale / 2
        return (self.longitude - half, self.latitude - up, self.longitude + half, self.latitude + up)

    def xy(self, point: Point) -> Point:
        """Pixels of a point."""
        x = self.width / 2 + (point[0] - self.longitude) * self.squeeze * self.scale
        y = self.height / 2 - (point[1] - self.latitude) * self.scale
        return x, y

    def km(self, distance: float) -> float:
        """Pixels of a distance."""
        return distance / _DEGREE * self.scale


def locator_map(site: Site, prefix: str = "locator") -> str:
    """The map as one ``svg`` element, 400 by 320 pixels, with text alternative."""
    home = country_at(site.latitude, site.longitude) or _nearest(site)
    degrees = 3.2 if site.precision <= 2 else 5.0 if site.precision <= 4 else 9.0
    if site.precision >= 6 and home:
        degrees = min(40.0, max(3.0, (home.box[3] - home.box[1]) * 1.3))
    view = View(site.latitude, site.longitude, degrees, WIDTH, HEIGHT)
    land = [
        f'<path class="{"home" if home and o.code == home.code else "land"}" d="{d}"/>'
        for o in outlines(view.box)
        if (d := shape(view, o))
    ]
    names = [_name(view, o, home) for o in outlines(view.box)]
    words = f"{site.name}{', ' + home.name if home else ''}: {WORDS.get(site.precision, WORDS[5])}."
    hatch = (
        f'<pattern id="{prefix}-h" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern>'
    )
    body = [
        f'<clipPath id="{prefix}-c"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>',
        hatch,
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/><g clip-path="url(#{prefix}-c)">',
        *land,
        *names,
        *_mark(view, site, home, prefix),
        "</g>",
        _bar(view),
        _inset(site, home, prefix) if site.precision < 6 else "",
        f'<rect class="edge" x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}"/>',
    ]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-labelledby="{prefix}-t {prefix}-d"><title id="{prefix}-t">Map</title>'
        f'<desc id="{prefix}-d">{escaped(words)}</desc>{"".join(body)}</svg>'
    )


def place_words(site: Site) -> str:
    """What the map shows, in a sentence."""
    home = country_at(site.latitude, site.longitude) or _nearest(site)
    country = f", {home.name}" if home else ""
    return f"{site.name}{country}: {WORDS.get(site.precision, WORDS[5])}."


def escaped(text: str) -> str:
    """The text as it stands in an SVG."""
    return escape(shown(text))


def _nearest(site: Site) -> Outline | None:
    """The country whose border is nearest, within a degree: a coast or a border town."""
    box = (site.longitude - 1, site.latitude - 1, site.longitude + 1, site.latitude + 1)
    at = (site.longitude, site.latitude)
    near = [(min(math.dist(at, p) for ring in o.rings for p in ring), o) for o in outlines(box)]
    near = [(d, o) for d, o in near if d <= 1]
    return min(near, key=lambda pair: (pair[0], pair[1].code))[1] if near else None


def shape(view: View, outline: Outline) -> str:
    """The country's rings as a path, cut to a little more than the window."""
    west, south, east, north = view.box
    pad = (east - west) * 0.1
    box = (west - pad, south - pad, east + pad, north + pad)
    path = []
    for ring in outline.rings:
        cut = clip(ring, box)
        if len(cut) < 3:
            continue
        xy = [view.xy(p) for p in cut]
        path.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy) + "Z")
    return "".join(path)


def clip(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a ring inside a box, edge after edge (Sutherland and Hodgman)."""
    west, south, east, north = box
    points = list(ring)
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        found: list[Point] = []
        for a, b in zip(points, points[1:] + points[:1], strict=True):
            inside_a, inside_b = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if inside_a:
                found.append(a)
            if inside_a != inside_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                found.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        points = found
    return points


def _name(view: View, outline: Outline, home: Outline | None) -> str:
    """The country's name at the middle of what the window shows of it, if there is room."""
    cut = max((clip(ring, view.box) for ring in outline.rings), key=area_of, default=[])
    if area_of(cut) * view.scale**2 * view.squeeze < 3200:
        return ""
    x, y = view.xy(centre(cut))
    half = len(outline.name) * 4
    x = min(max(x, half + 6), view.width - half - 6)
    y = min(max(y, 18), view.height - 12)
    css = "country" if home and outline.code == home.code else "country other"
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escaped(outline.name.upper())}</text>'


def area_of(ring: Sequence[Point]) -> float:
    """The area that a ring holds, in square degrees."""
    edges = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges)) / 2


def centre(ring: Sequence[Point]) -> Point:
    """The middle of what a ring holds."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * area), y / (3 * area)) if area else ring[0]


def _mark(view: View, site: Site, home: Outline | None, prefix: str) -> list[str]:
    """The place: a point for an exact one, a hatched area for all that could be it."""
    x, y = view.xy((site.longitude, site.latitude))
    parts = []
    reach = REACH.get(site.precision, 0)
    if site.precision == 6 and home:
        parts.append(f'<path class="area" fill="url(#{prefix}-h)" d="{shape(view, home)}"/>')
    elif reach:
        parts.append(
            f'<circle class="area" fill="url(#{prefix}-h)" cx="{x:.1f}" cy="{y:.1f}" r="{view.km(reach):.1f}"/>'
        )
    else:
        parts.append(
            f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="10"/><circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        )
    down = max(view.km(reach), 10) + 16
    parts.append(
        f'<text class="site halo" x="{x:.1f}" y="{y + down:.1f}" text-anchor="middle">{escaped(site.name)}</text>'
    )
    return parts


def _bar(view: View) -> str:
    """A scale bar of a round number of kilometres."""
    km = next(s * 10**e for e in range(1, 5) for s in (1, 2, 5) if view.km(s * 10**e) >= 50)
    wide, y = view.km(km), view.height - 14
    return (
        f'<path class="scale" d="M14 {y - 4}v4h{wide:.1f}v-4"/>'
        f'<text class="axis" x="{14 + wide + 6:.1f}" y="{y + 1}">{km} km</text>'
    )


def _inset(site: Site, home: Outline | None, prefix: str) -> str:
    """The whole country, small, with the window's place in it."""
    if home is None:
        return ""
    west, south, east, north = home.box
    middle = (south + north) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    wide, high = 104, 84
    degrees = max(north - south, (east - west) * squeeze * high / wide) * 1.25
    view = View(middle, (west + east) / 2, degrees, wide, high)
    around = "".join(
        f'<path class="land" d="{d}"/>'
        for o in outlines(view.box)
        if o.code != home.code and (d := shape(view, o))
    )
    x, y = view.xy((site.longitude, site.latitude))
    return (
        f'<g transform="translate({WIDTH - wide - 10} {HEIGHT - high - 10})"><clipPath id="{prefix}-i">'
        f'<rect width="{wide}" height="{high}"/></clipPath><rect class="sea" width="{wide}" height="{high}"/>'
        f'<g clip-path="url(#{prefix}-i)">{around}<path class="home" d="{shape(view, home)}"/>'
        f'<circle class="spot" cx="{x:.1f}" cy="{y:.1f}" r="3"/></g>'
        f'<rect class="edge" width="{wide}" height="{high}"/></g>'
    )
