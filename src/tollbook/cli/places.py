"""The verb places: where mentioned places lie, and the places that a desk knows better than the list."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tollbook import notation
from tollbook.cli import given, lines, screen
from tollbook.cli.given import MistakeError
from tollbook.nouns import Site
from tollbook.places import among, locate
from tollbook.views import sites as rows_of

# The columns of a file that is imported; the first three must be there.
COLUMNS = ("name", "latitude", "longitude", "precision", "country", "aliases", "note")
# No place has a longer name; the reader looks no further into a phrase either.
LONGEST = 200


def places(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|- | add NAME | import FILE.csv | list]", help="What is asked, or what is added."
        ),
    ] = None,
    *,
    at: Annotated[
        str | None, typer.Option(metavar="LAT,LON", help="For add: where it lies, in degrees.")
    ] = None,
    precision: Annotated[
        int,
        typer.Option(
            min=1, max=7, help="For add: 1 exact, 2 near, 3 district, 4 province, 5 vague, 6 country."
        ),
    ] = 1,
    country: Annotated[str, typer.Option(metavar="CC", help="For add: two letters, as SY.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="For add: another name; may be repeated.")] = None,
    note: Annotated[str, typer.Option(help="For add: what it is, or how the position is known.")] = "",
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> int:
    """Print where mentioned places lie, or add places to the box.

    Without add, import or list it reads JSON lines: {"mention": "Hasakeh", "text": "...", "start": 27} gives
    {"lat": 36.5, "lon": 40.75, "precision": 1}; text and start tell which of several places is meant; nulls where
    none is known; with --box the desk's own places come first. An added place is taken back with: tollbook withdraw.
    """
    first, *rest = words or ["-"]
    if first == "list" and not rest:
        return _list(box, as_json=json)
    if first == "add":
        latitude, longitude = _point(at)
        site = Site(
            name=_name(" ".join(rest), "places add"), latitude=latitude, longitude=longitude, geo_precision=precision,
            country=_country(country, "--country"), aliases=_aliases(alias or (), "--alias"), note=note, recorded_at=given.now(), made_by=by,
        )  # fmt: skip
        return _record([site], box, dry_run=dry_run, as_json=json)
    if first == "import" and len(rest) == 1:
        return _record(_imported(Path(rest[0]), by), box, dry_run=dry_run, as_json=json)
    if rest or first == "import" or at is not None:
        raise MistakeError(
            "say: tollbook places FILE, places add NAME --at LAT,LON, places import FILE.csv, or places list"
        )
    return _answers(first, box)


def _answers(source: str, box: Path | None) -> int:
    """One JSON line for each; the desk's own places come first where a box is named."""
    own = tuple(given.book(box, None).sites.values()) if box is not None else ()

    def answer(row: lines.Row) -> lines.Row:
        name, text, start = lines.mention(row), row.get("text") or "", row.get("start") or 0
        if not isinstance(text, str):
            raise lines.RowError('"text" must be a text')
        if not isinstance(start, int) or isinstance(start, bool) or start < 0:
            raise lines.RowError('"start" must be a character of the text, counted from 0')
        found = among(own, name) or locate(name, text, start)
        kept = {
            k: v for k, v in row.items() if k not in {"text", "lat", "lon", "precision", "name", "country"}
        }
        return {
            **kept,
            "lat": found.latitude if found else None,
            "lon": found.longitude if found else None,
            "precision": found.geo_precision if found else None,
            "name": found.name if found else None,
            "country": found.country if found else None,
        }

    return lines.answer(source, answer)


def _list(box: Path | None, *, as_json: bool) -> int:
    sites = sorted(given.book(box, None).sites.values(), key=lambda s: s.name)
    if as_json:
        screen.data([rows_of.data(s) for s in sites])
    elif not sites:
        screen.para("No place was added yet; add one with: tollbook places add NAME --at LAT,LON")
    else:
        rows = [
            (s.name, f"{s.latitude:.4g}, {s.longitude:.4g}", str(s.geo_precision), s.country, s.note, s.id)
            for s in sites
        ]
        screen.table(("place", "at", "precision", "country", "note", "id"), rows)
    return 0


def _record(sites: Sequence[Site], box: Path | None, *, dry_run: bool, as_json: bool) -> int:
    """Writes the places into the log, all or none; what stands there already changes nothing."""
    with given.opened(box) as opened:
        known = {s.id for s in given.realised(opened).sites.values()}
        new = [s for s in dict.fromkeys(sites) if s.id not in known]
        if not dry_run:
            opened.log.append(new)
    if as_json:
        screen.data([rows_of.data(s) for s in new])
        return 0
    if dry_run:
        screen.say("not recorded, because of --dry-run:")
    if not new:
        screen.say("these places are known already; nothing changed")
    for site in new:
        screen.line(f"{site.id} {notation.show(site)}")
    return 0


def _imported(path: Path, by: str) -> list[Site]:
    """The places of a CSV file.

    Raises:
        MistakeError: it cannot be read, lacks a column, or a row is no place; nothing is recorded then.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise MistakeError(f"{path}: {error.strerror or 'cannot be read'}; name a CSV file") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise MistakeError(f"{path}: cannot be read as CSV in UTF-8 ({type(error).__name__})") from error
    missing = [c for c in COLUMNS[:3] if not rows or c not in rows[0]]
    if missing:
        raise MistakeError(
            f"{path}: no column {missing[0]}; its first line must name {', '.join(COLUMNS)}, the last four may lack"
        )
    found: list[Site] = []
    for number, row in enumerate(rows, 2):
        where = f"{path}, line {number}"
        latitude, longitude = _point(f"{row['latitude'] or ''},{row['longitude'] or ''}", where)
        name = _name(row["name"] or "", where)
        grade = (row.get("precision") or "1").strip()
        if grade not in set("1234567"):
            raise MistakeError(
                f"{where}: precision is {grade!r}, not a number from 1 to 7; nothing was recorded"
            )
        aliases = _aliases((row.get("aliases") or "").split(";"), where)
        found.append(
            Site(
                name=name, latitude=latitude, longitude=longitude, geo_precision=int(grade),
                country=_country((row.get("country") or "").strip(), where), aliases=aliases, note=(row.get("note") or "").strip(), recorded_at=given.now(), made_by=by,
            )
        )  # fmt: skip
    return found


def _name(text: str, where: str) -> str:
    """A name as it is recorded: on one line, blanks squeezed.

    Raises:
        MistakeError: it is none: blank, endless, or with characters that no screen shows.
    """
    name = " ".join(text.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        reason = "no name" if not name else f"{name[:20]!r} is no name"
        raise MistakeError(
            f"{where}: {reason}; give up to {LONGEST} characters that can be read; nothing was recorded"
        )
    return name


def _aliases(names: Iterable[str], where: str) -> tuple[str, ...]:
    return tuple(_name(n, where) for n in names if n.strip())


def _point(text: str | None, where: str = "--at") -> tuple[float, float]:
    """Latitude and longitude.

    Raises:
        MistakeError: it is no point on the globe.
    """
    pieces = (text or "").split(",")
    try:
        latitude, longitude = (float(p) for p in pieces)
    except ValueError:
        raise MistakeError(
            f"{where}: {text or 'nothing'} is no point; write latitude,longitude in degrees, as 36.48,40.75"
        ) from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise MistakeError(
            f"{where}: {text} lies off the globe; latitude comes first, -90 to 90, then longitude, -180 to 180"
        )
    return latitude, longitude


def _country(code: str, where: str) -> str:
    if code and not (len(code) == len("SY") and code.isascii() and code.isalpha()):  # two letters
        raise MistakeError(f"{where}: {code!r} is no country code; two letters of ISO 3166, as SY")
    return code.upper()
