"""The place list as it lies on disk: three packed files in ``data/``, read only where a look-up needs them.

``keys.bin``: folded names in blocks, sorted by skeleton, each block compressed alone: a look-up
unpacks one in a tenth of a millisecond, and keeps it: all of them are eleven megabytes. ``points.bin``: where each place lies, how many live there. ``labels.bin``: the names
for people, in blocks. The list is sorted by country, so that a place's number tells its country.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

MAGIC = b"TOLL2\n"
LABELS = 512  # names in one block of labels.bin
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}

CITY, SITE, AREA, ADMIN, COUNTRY = "c", "s", "r", "a", "n"


class DataError(Exception):
    """The place list is damaged or missing: which file, and how to make it again."""


class Spot(NamedTuple):
    """One place of the list.

    Attributes:
        number: its row.
        kind: CITY, SITE (camp, prison, quarter), AREA (a region without borders), ADMIN or COUNTRY.
        code: ISO 3166 alpha-2 of the country.
        admin: name of the first-level unit, or empty.
        latitude: degrees.
        longitude: degrees.
        people: inhabitants, to about one part in twelve; 0 where unknown.
    """

    number: int
    kind: str
    code: str
    admin: str
    latitude: float
    longitude: float
    people: int


def pack(blocks: Sequence[tuple[str, bytes]], head: object) -> bytes:
    """A packed file: a head (any JSON), the first key and length of each block, then the blocks."""
    # LZMA packs a tenth better and unpacks eight times slower, which every first look-up would wait for.
    shrunk = [(key, zlib.compress(raw, 9)) for key, raw in blocks]
    index = json.dumps([head, [[key, len(data)] for key, data in shrunk]], ensure_ascii=False).encode()
    front = zlib.compress(index, 9)
    return MAGIC + struct.pack("<I", len(front)) + front + b"".join(data for _, data in shrunk)


class Packed:
    """A packed file opened: ``head``, the first ``keys`` of its blocks, and ``block(n)``.

    Raises:
        DataError: the bytes are no packed file.
    """

    def __init__(self, data: bytes, name: str = "") -> None:
        self._name = name
        if not data.startswith(MAGIC):
            raise DataError(f"the place list {name} is damaged; run: make gazetteer")
        (length,) = struct.unpack_from("<I", data, len(MAGIC))
        start = len(MAGIC) + 4
        self.head, index = json.loads(self._open(data[start : start + length]))
        self.keys: list[str] = [key for key, _ in index]
        self._data = data
        self._ends = [start + length]
        for _, size in index:
            self._ends.append(self._ends[-1] + size)

    def _open(self, data: bytes) -> bytes:
        try:
            return zlib.decompress(data)
        except zlib.error as error:
            raise DataError(f"the place list {self._name} is damaged; run: make gazetteer") from error

    def block(self, number: int) -> bytes:
        """The bytes of one block."""
        return self._open(self._data[self._ends[number] : self._ends[number + 1]])


def number_of(digits: str) -> int:
    """The row that three digits of base 64 say."""
    return _VALUES[digits[0]] << 12 | _VALUES[digits[1]] << 6 | _VALUES[digits[2]]


def digits_of(number: int) -> str:
    """A row in three digits of base 64."""
    return "".join(DIGITS[number >> shift & 63] for shift in (12, 6, 0))


# Inhabitants are kept as a step on a scale of twelfths, which is finer than any of the counts is true.
STEP = 1.08


@dataclass(frozen=True)
class Columns:
    """The columns of points.bin, one value a place."""

    kinds: bytes
    latitudes: Sequence[int]
    longitudes: Sequence[int]
    people: bytes
    admins: Sequence[int]

    def pack(self, head: object) -> bytes:
        """The packed file; numbers lie as differences, byte planes apart, because that packs best."""
        blocks = [("kinds", self.kinds), ("people", self.people)]
        for name in ("latitudes", "longitudes", "admins"):
            values: Sequence[int] = getattr(self, name)
            steps = array("i", [b - a for a, b in zip([0, *values], values, strict=False)])
            raw = _little(steps).tobytes()
            blocks.append((name, b"".join(raw[plane::4] for plane in range(4))))
        return pack(blocks, head)

    @classmethod
    def unpack(cls, packed: Packed) -> Columns:
        """The columns that ``pack`` wrote."""
        raw = {name: packed.block(i) for i, name in enumerate(packed.keys)}
        return cls(
            raw["kinds"],
            _running(raw["latitudes"]),
            _running(raw["longitudes"]),
            raw["people"],
            _running(raw["admins"]),
        )


def _little(values: array[int]) -> array[int]:
    """The array in little-endian byte order on any machine."""
    if struct.pack("=I", 1) != struct.pack("<I", 1):
        values.byteswap()
    return values


def _running(planes: bytes) -> array[int]:
    """The values of a column from its byte planes of differences."""
    size = len(planes) // 4
    raw = bytearray(len(planes))
    for plane in range(4):
        raw[plane::4] = planes[plane * size : (plane + 1) * size]
    steps = array("i")
    steps.frombytes(bytes(raw))
    _little(steps)
    return array("i", accumulate(steps))


class Gazetteer:
    """The place list over three packed files.

    Args:
        keys: bytes of keys.bin.
        points: bytes of points.bin.
        labels: bytes of labels.bin.
    """

    def __init__(self, keys: bytes, points: bytes, labels: bytes) -> None:
        self._keys = Packed(keys, "keys.bin")
        self._points = Packed(points, "points.bin")
        self._labels = Packed(labels, "labels.bin")
        head = self._points.head
        self.countries: dict[str, str] = head["countries"]
        self._starts: list[int] = [start for start, _ in head["ranges"]]
        self._codes: list[str] = [code for _, code in head["ranges"]]
        ends = [*self._starts[1:], len(DIGITS) ** 3]
        self._rows_of = {c: range(a, b) for c, a, b in zip(self._codes, self._starts, ends, strict=True)}
        self._admins: list[str] = head["admins"]
        # All blocks of keys are eleven megabytes; labels as strings would be thirty, and few are asked for.
        self._block = lru_cache(maxsize=None)(self._keys.block)
        self._names = lru_cache(maxsize=64)(self._unpacked)
        self._find = lru_cache(maxsize=2048)(self._looked_up)
        self._spot = lru_cache(maxsize=8192)(self._row)

    @cached_property
    def _columns(self) -> Columns:
        return Columns.unpack(self._points)

    def __len__(self) -> int:
        return len(self._columns.kinds)

    def find(self, skeleton: str) -> Mapping[str, tuple[int, ...]]:
        """The folded names with that skeleton, each with the rows it may mean."""
        return self._find(skeleton)

    def _looked_up(self, skeleton: str) -> Mapping[str, tuple[int, ...]]:
        at = bisect_right(self._keys.keys, skeleton) - 1
        if at < 0:
            return {}
        block = self._block(at)
        mark = f"\n={skeleton}\n".encode()
        start = block.find(mark)
        if start < 0:
            return {}
        end = block.find(b"\n=", start + len(mark) - 1)
        lines = block[start + len(mark) : end if end >= 0 else None].decode().split("\n")
        return {
            folded: tuple(number_of(rows[i : i + 3]) for i in range(0, len(rows), 3))
            for folded, _, rows in (line.partition("\t") for line in lines if line)
        }

    def spot(self, number: int) -> Spot:
        """The place in that row."""
        return self._spot(number)

    def _row(self, number: int) -> Spot:
        c = self._columns
        step = c.people[number]
        return Spot(
            number,
            chr(c.kinds[number]),
            self._codes[bisect_right(self._starts, number) - 1],
            self._admins[c.admins[number]],
            c.latitudes[number] / 1000,
            c.longitudes[number] / 1000,
            round(STEP**step) if step else 0,
        )

    def kind(self, number: int) -> str:
        """The kind of the place in that row."""
        return chr(self._columns.kinds[number])

    def rows_of(self, code: str) -> range:
        """The rows of a country."""
        return self._rows_of.get(code, range(0))

    def towns(self, least: int) -> Iterator[Spot]:
        """The towns of so many people at least, in the order of the list."""
        kinds, people = self._columns.kinds, self._columns.people
        for number in range(len(kinds)):
            if chr(kinds[number]) == CITY and people[number] and STEP ** people[number] >= least:
                yield self._row(number)

    def label(self, number: int) -> str:
        """The name for people of the place in that row."""
        return self._names(number // LABELS)[number % LABELS]

    def _unpacked(self, block: int) -> list[str]:
        return self._labels.block(block).decode().split("\n")


@lru_cache(maxsize=1)
def opened() -> Gazetteer:
    """The place list that is shipped, opened once.

    Raises:
        DataError: a file is missing or damaged.
    """
    folder = files("tollbook.places") / "data"
    try:
        parts = [(folder / name).read_bytes() for name in ("keys.bin", "points.bin", "labels.bin")]
    except OSError as error:
        raise DataError(f"the place list is not there ({error}); run: make gazetteer") from error
    return Gazetteer(*parts)
