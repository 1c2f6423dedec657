"""Country outlines for locator maps: simplified Natural Earth borders, one block a country, read on demand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from tollbook.places.store import DataError, Packed

Point = tuple[float, float]
Box = tuple[float, float, float, float]

HALF = 180  # degrees

# Outlines are kept in hundredths of a degree, which is about a kilometre.
SCALE = 100


class Outline(NamedTuple):
    """A country's shape.

    Attributes:
        code: ISO 3166 alpha-2 ("XK" for Kosovo).
        name: English name.
        box: west, south, east, north, in degrees.
        rings: closed rings of (longitude, latitude); a ring inside another is a hole.
    """

    code: str
    name: str
    box: Box
    rings: tuple[tuple[Point, ...], ...]


def encode(rings: Sequence[Sequence[tuple[int, int]]]) -> bytes:
    """Rings of whole hundredths of a degree as bytes: counts and zigzag differences, seven bits a byte."""
    out = bytearray()
    for ring in rings:
        _write(out, len(ring))
        x = y = 0
        for px, py in ring:
            for step in (px - x, py - y):
                _write(out, step << 1 if step >= 0 else (-step << 1) - 1)
            x, y = px, py
    return bytes(out)


def _write(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def decode(data: bytes) -> tuple[tuple[Point, ...], ...]:
    """The rings that ``encode`` wrote, in degrees."""
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            values.append(value)
            value = shift = 0
    rings, at = [], 0
    while at < len(values):
        size = values[at]
        at += 1
        ring, x, y = [], 0, 0
        for i in range(at, at + 2 * size, 2):
            x += (values[i] >> 1) ^ -(values[i] & 1)
            y += (values[i + 1] >> 1) ^ -(values[i + 1] & 1)
            ring.append((x / SCALE, y / SCALE))
        at += 2 * size
        rings.append(tuple(ring))
    return tuple(rings)


@lru_cache(maxsize=1)
def _packed() -> Packed:
    try:
        return Packed((files("tollbook.places") / "data" / "outlines.bin").read_bytes(), "outlines.bin")
    except OSError as error:
        raise DataError(f"the country outlines are not there ({error}); run: make gazetteer") from error


@lru_cache(maxsize=64)
def _outline(number: int) -> Outline:
    packed = _packed()
    name, west, south, east, north = packed.head[number]
    return Outline(packed.keys[number], name, (west, south, east, north), decode(packed.block(number)))


def outlines(box: Box) -> tuple[Outline, ...]:
    """The countries that reach into a box of degrees (west, south, east, north).

    Raises:
        DataError: the file of outlines is missing or damaged.
    """
    west, south, east, north = box
    return tuple(
        _outline(number)
        for number, (_, w, s, e, n) in enumerate(_packed().head)
        if w <= east and e >= west and s <= north and n >= south
    )


def unwrapped(ring: Sequence[Point]) -> list[Point]:
    """The ring with no step across the date line: longitudes may go past 180 instead; one round the pole is left."""
    found: list[Point] = []
    turn = 0
    for x, y in ring:
        if found and abs(x + turn - found[-1][0]) > HALF:
            turn += 2 * HALF if x + turn < found[-1][0] else -2 * HALF
        found.append((x + turn, y))
    return found if not turn else list(ring)


def country_at(latitude: float, longitude: float) -> Outline | None:
    """The country in which a point lies; None at sea, or within a kilometre or so of a border."""
    for outline in outlines((longitude, latitude, longitude, latitude)):
        if _holds(outline.rings, longitude, latitude):
            return outline
    return None


def _holds(rings: Sequence[Sequence[Point]], x: float, y: float) -> bool:
    """Whether an odd number of borders lies east of the point."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside
