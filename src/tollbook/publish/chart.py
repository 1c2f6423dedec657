"""The toll over time as an SVG: a step line an origin, a hatched range, revisions told on the chart.

The chart holds no computed figure of its own and runs no script; every label is a link where it has a target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from tollbook.publish.veil import shown
from tollbook.publish.words import count, short_day


class Point(NamedTuple):
    """A figure on a day; None is an open end."""

    day: date
    low: int | None
    high: int | None
    text: str
    target: str = ""


class Track(NamedTuple):
    """What one origin said, by day."""

    name: str
    points: tuple[Point, ...]


class Mark(NamedTuple):
    """A revision to tell on the chart: when, at which height, what."""

    day: date
    value: int
    text: str
    target: str = ""


@dataclass(frozen=True)
class Chart:
    """What a chart shows: its name in words, a line an origin, the range of the toll, the revisions."""

    title: str
    words: str
    tracks: tuple[Track, ...]
    band: tuple[Point, ...] = ()
    marks: tuple[Mark, ...] = ()


SHAPES = ("circle", "square", "diamond", "triangle")
_FONT = 12
# Width of a digit or small letter of the text face, in parts of its size; only to keep labels apart.
_ADVANCE = 0.56

STYLE = (
    "svg{--ink:#1b1a17;--soft:#6a665d;--rule:#d9d4c7;--paper:#fffdf8;--accent:#8a3324}"
    "@media(prefers-color-scheme:dark){svg{--ink:#ece7db;--soft:#a8a294;--rule:#3a3731;--paper:#171613;--accent:#e59a86}}"
    "text{font:12px Inter,'Noto Sans','Segoe UI','Helvetica Neue',Arial,sans-serif;font-variant-numeric:tabular-nums;fill:var(--ink)}"
    ".ground{fill:var(--paper)}.grid{stroke:var(--rule)}.axis{fill:var(--soft)}.base{stroke:var(--ink)}"
    ".track{fill:none;stroke:var(--ink);stroke-width:1.75}.t1 .track{stroke-dasharray:6 3}.t2 .track{stroke-dasharray:2 3}"
    ".stands{fill:none;stroke:var(--soft);stroke-dasharray:1 4}.dot{fill:var(--paper);stroke:var(--ink);stroke-width:1.75}"
    ".t0 .dot{fill:var(--ink)}.hatch{stroke:var(--soft);stroke-width:1;opacity:.55}.value,.name{font-weight:650}.told{fill:var(--soft)}"
    ".halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}"
)


def toll_chart(chart: Chart, *, width: int = 720, prefix: str = "chart", standalone: bool = False) -> str:
    """The chart as one ``svg`` element, text alternative included.

    Args:
        chart: what to show; with no point it is an empty string.
        width: pixels; below 500 it is drawn for a phone, with fewer words.
        prefix: begins every id inside, so that two charts can stand on one page.
        standalone: with name space, style and ground of its own, to be kept as a file.
    """
    days = sorted({p.day for t in chart.tracks for p in t.points} | {p.day for p in chart.band})
    if not days:
        return ""
    if standalone:
        chart = _alone(chart)
    frame = _Frame(chart, days, width)
    body = [
        *_grid(frame),
        *_band(frame, chart.band, prefix),
        *(part for n, track in enumerate(chart.tracks) for part in _track(frame, track, n)),
        *_labels(frame, chart),
    ]
    head = f'<svg viewBox="0 0 {width} {frame.height}" width="{width}" height="{frame.height}" role="{"img" if standalone else "group"}" aria-labelledby="{prefix}-t {prefix}-d"'
    if standalone:
        head += ' xmlns="http://www.w3.org/2000/svg"'
        body.insert(
            0, f'<style>{STYLE}</style><rect class="ground" width="{width}" height="{frame.height}"/>'
        )
    told = f'<title id="{prefix}-t">{_text(chart.title)}</title><desc id="{prefix}-d">{_text(chart.words)}</desc>'
    hatch = (
        f'<defs><pattern id="{prefix}-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="hatch" d="M0 0V6"/></pattern></defs>'
    )
    return f"{head}>{told}{hatch}{''.join(body)}</svg>"


def _alone(chart: Chart) -> Chart:
    """The chart without links: in a file of its own they lead nowhere."""

    def bare(points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple(p._replace(target="") for p in points)

    tracks = tuple(Track(t.name, bare(t.points)) for t in chart.tracks)
    marks = tuple(m._replace(target="") for m in chart.marks)
    return Chart(chart.title, chart.words, tracks, bare(chart.band), marks)


class _Frame:
    """Where days and numbers lie in the picture."""

    def __init__(self, chart: Chart, days: Sequence[date], width: int) -> None:
        self.narrow = width < 500
        self.width, self.height = width, 300 if self.narrow else 340
        names = max((len(_short(t.name)) for t in chart.tracks), default=0)
        self.left = 40
        self.right = width - min(24 + round(names * _FONT * 0.62), width // 3)
        self.top, self.bottom = 26, self.height - 34
        self.first, self.last = days[0], days[-1]
        points = [p for t in chart.tracks for p in t.points] + list(chart.band)
        # The upper end of "hundreds" would press every exact figure to the ground: ranges may leave at the top.
        firm = [p.high for p in points if p.high is not None and p.high in {p.low, None}] + [
            _height(p) for p in points
        ]
        self.steps = _nice(max([*firm, 1]))
        self.ceiling = self.steps[-1]

    def x(self, day: date) -> float:
        """Pixels from the left."""
        span = (self.last - self.first).days
        if span == 0:
            return (self.left + self.right) / 2
        return self.left + 14 + (self.right - self.left - 14) * (day - self.first).days / span

    def y(self, value: float) -> float:
        """Pixels from the top; what is higher than the scale lies at its end."""
        value = min(value, self.ceiling)
        return self.bottom - (self.bottom - self.top) * value / self.ceiling


def _nice(most: int) -> list[int]:
    """Round numbers from 0 to at least the most, four to six of them."""
    step = next(s * 10**e for e in range(12) for s in (1, 2, 5) if s * 10**e * 5 >= most)
    return [n * step for n in range(-(-most // step) + 1)]


def _short(name: str, most: int = 26) -> str:
    """A name that fits beside the chart; the whole one is in the mark's own title."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _text(text: str) -> str:
    return escape(shown(text))


def _linked(target: str, inner: str) -> str:
    return f'<a href="{escape(target)}">{inner}</a>' if target.startswith(("#", "/")) else inner


def _grid(frame: _Frame) -> list[str]:
    """Rules with their numbers, and the days below."""
    parts = []
    for n in frame.steps:
        y = frame.y(n)
        css = "base" if n == 0 else "grid"
        parts.append(f'<path class="{css}" d="M{frame.left} {y:.1f}H{frame.right}"/>')
        parts.append(
            f'<text class="axis" x="{frame.left - 6}" y="{y + 4:.1f}" text-anchor="end">{count(n)}</text>'
        )
    span = (frame.last - frame.first).days
    room = max(1, round((frame.right - frame.left) / (62 if frame.narrow else 52)))
    step = next((s for s in (1, 2, 3, 7, 14, 28, 91, 182, 365) if span / s <= room), max(365, span // room))
    for n in range(0, span + 1, step):
        day = frame.first + timedelta(days=n)
        x = frame.x(day)
        parts.append(f'<path class="base" d="M{x:.1f} {frame.bottom}v4"/>')
        parts.append(
            f'<text class="axis" x="{x:.1f}" y="{frame.bottom + 18}" text-anchor="middle">{short_day(day)}</text>'
        )
    return parts


def _band(frame: _Frame, band: Sequence[Point], prefix: str) -> list[str]:
    """The range of the toll, hatched, as it stood from one day to the next; an open end reaches the top."""
    parts = []
    for point, after in zip_longest(band, band[1:]):
        if point.low == point.high and point.low is not None:
            continue
        low, high = point.low or 0, point.high if point.high is not None else frame.ceiling
        x1 = frame.x(point.day)
        x2 = frame.x(after.day) if after else frame.right
        if x2 - x1 < 6:  # the last day has no width of its own
            x1, x2 = x1 - 6, x2 + 6
        parts.append(
            f'<path class="range" fill="url(#{prefix}-h)" d="M{x1:.1f} {frame.y(low):.1f}H{x2:.1f}V{frame.y(high):.1f}H{x1:.1f}Z"/>'
        )
    return parts


def _height(point: Point) -> int:
    """Where a figure is drawn: its only end, or the low one."""
    return point.low if point.low is not None else point.high or 0


def _track(frame: _Frame, track: Track, number: int) -> Iterable[str]:
    """An origin's step line with a mark at each figure; what still stands afterwards is dotted."""
    if not track.points:
        return
    path = ""
    for point in track.points:
        x, y = frame.x(point.day), frame.y(_height(point))
        path += f"H{x:.1f}V{y:.1f}" if path else f"M{x:.1f} {y:.1f}"
    last = track.points[-1]
    yield f'<g class="t{min(number, 3)}">'
    if len(track.points) > 1:
        yield f'<path class="track" d="{path}"/>'
    if frame.x(last.day) < frame.right - 8:
        yield f'<path class="stands" d="M{frame.x(last.day):.1f} {frame.y(_height(last)):.1f}H{frame.right}"/>'
    for point in track.points:
        x, y = frame.x(point.day), frame.y(_height(point))
        bar = ""
        if point.low is not None and point.high is not None and point.low != point.high:
            end = "m-4 0h8" if point.high <= frame.ceiling else "m-3 4l3 -4l3 4"
            bar = f'<path class="track" d="M{x:.1f} {y:.1f}V{frame.y(point.high):.1f}{end}"/>'
        elif point.high is None:
            bar = f'<path class="track" d="M{x:.1f} {y - 5:.1f}v-9m-3 4l3 -4l3 4"/>'
        elif point.low is None:
            bar = f'<path class="track" d="M{x:.1f} {y + 5:.1f}v9m-3 -4l3 4l3 -4"/>'
        told = f"<title>{_text(f'{track.name}, {short_day(point.day)}: {point.text}')}</title>"
        yield _linked(point.target, bar + _dot(SHAPES[number % 4], x, y, told))
    yield "</g>"


def _dot(shape: str, x: float, y: float, inner: str) -> str:
    if shape == "circle":
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4">{inner}</circle>'
    if shape == "square":
        return f'<rect class="dot" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7">{inner}</rect>'
    way = "l5 5l-5 5l-5 -5z" if shape == "diamond" else "l5 9h-10z"
    return f'<path class="dot" d="M{x:.1f} {y - 5:.1f}{way}">{inner}</path>'


class _Room:
    """Boxes that are taken already, so that labels do not lie on each other."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float, float, float]] = []

    def take(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Takes the box if it is free."""
        if any(x1 < c and a < x2 and y1 < d and b < y2 for a, b, c, d in self._taken):
            return False
        self._taken.append((x1, y1, x2, y2))
        return True


def _apart(heights: Sequence[float], floor: float, line: float = 16) -> list[float]:
    """The heights of labels in order, moved so that none lies on another or below the floor."""
    moved: list[float] = []
    for y in heights:
        moved.append(max(y, moved[-1] + line) if moved else y)
    limit = floor
    for n in range(len(moved) - 1, -1, -1):
        moved[n] = min(moved[n], limit)
        limit = moved[n] - line
    return moved


def _labels(frame: _Frame, chart: Chart) -> list[str]:
    """Names at the ends of lines, numbers at their points, revisions beside the point they explain."""
    parts, room = [], _Room()
    ends = sorted(
        ((frame.y(_height(t.points[-1])), t) for t in chart.tracks if t.points), key=lambda end: end[0]
    )
    for y, track in zip(_apart([y for y, _ in ends], frame.bottom - 2), (t for _, t in ends), strict=True):
        room.take(frame.right + 4, y - 8, frame.width, y + 8)
        parts.append(
            f'<text class="name" x="{frame.right + 9}" y="{y + 4:.1f}">{_text(_short(track.name))}</text>'
        )
    points = [(len(t.points), p) for t in chart.tracks for p in t.points]
    # Where room is short, the voice that says most keeps its numbers, the latest first.
    ends_at: dict[Point, float] = {}
    for _, point in sorted(points, key=lambda pair: (-pair[0], -_height(pair[1]))):
        x, y = frame.x(point.day) - (7 if point.high is not None else 11), frame.y(_height(point)) - 6
        wide = len(point.text) * _FONT * _ADVANCE * 1.08
        if room.take(x - wide, y - 11, x + 2, y + 3):
            ends_at[point] = x - wide - 8
            value = f'<text class="value halo" x="{x:.1f}" y="{y:.1f}" text-anchor="end">{_text(point.text)}</text>'
            parts.append(_linked(point.target, value))
    told = {(m.day, m.value): m for m in chart.marks}
    for point, left in ends_at.items():
        mark = told.get((point.day, _height(point)))
        span = len(mark.text) * _FONT * _ADVANCE * 0.95 if mark else 0
        y = frame.y(_height(point)) - 6
        if mark and mark.text and left - span > frame.left and room.take(left - span, y - 11, left, y + 3):
            words = f'<text class="told halo" x="{left:.1f}" y="{y:.1f}" text-anchor="end">{_text(mark.text)}</text>'
            parts.append(_linked(mark.target, words))
    return parts
