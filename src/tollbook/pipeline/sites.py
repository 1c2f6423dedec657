"""Places that a person tells, checked before they are recorded: one by one, or the rows of a CSV file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from datetime import datetime

from tollbook.nouns import Site

# The columns of a file that is imported; the first three must be there.
COLUMNS = ("name", "latitude", "longitude", "precision", "country", "aliases", "note")
# No place has a longer name; the reader looks no further into a phrase either.
LONGEST = 200
# UCDP where_prec.
GRADES = frozenset("1234567")


class SiteError(ValueError):
    """What a person told of a place cannot be: where it stands, what is wrong, what to write."""


def told(text: str, where: str, *, now: datetime, by: str) -> list[Site]:
    """The places of a CSV text.

    Args:
        text: the file.
        where: what it is called in a complaint.
        now: the moment of the import.
        by: whose word it is.

    Raises:
        SiteError: it is no such file, lacks a column, or a row is no place; nothing is recorded then.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    except csv.Error as error:
        raise SiteError(f"{where}: cannot be read as CSV in UTF-8 ({type(error).__name__})") from error
    missing = [c for c in COLUMNS[:3] if not rows or c not in rows[0]]
    if missing:
        raise SiteError(
            f"{where}: no column {missing[0]}; its first line must name {', '.join(COLUMNS)}, the last four may lack"
        )
    return [_row(row, f"{where}, line {number}", now, by) for number, row in enumerate(rows, 2)]


def _row(row: dict[str, str | None], where: str, now: datetime, by: str) -> Site:
    latitude, longitude = point(f"{row['latitude'] or ''},{row['longitude'] or ''}", where)
    return Site(
        name=named(row["name"] or "", where), latitude=latitude, longitude=longitude,
        geo_precision=grade(row.get("precision") or "1", where), country=country((row.get("country") or "").strip(), where),
        aliases=aliases((row.get("aliases") or "").split(";"), where), note=(row.get("note") or "").strip(),
        recorded_at=now, made_by=by,
    )  # fmt: skip


def checked(site: Site) -> None:
    """Raises unless a place, corrected as a person wants it, is one.

    Raises:
        SiteError: which field says what cannot be.
    """
    named(site.name, "name")
    aliases(site.aliases, "aliases")
    point(f"{site.latitude},{site.longitude}", "position")
    grade(str(site.geo_precision), "precision")
    country(site.country, "country")


def grade(text: str, where: str) -> int:
    """A UCDP precision.

    Raises:
        SiteError: it is none.
    """
    if text.strip() not in GRADES:
        raise SiteError(
            f"{where}: precision is {text.strip()!r}, not a number from 1 to 7; nothing was recorded"
        )
    return int(text)


def named(text: str, where: str) -> str:
    """A name as it is recorded: on one line, blanks squeezed.

    Raises:
        SiteError: it is none: blank, endless, or with characters that no screen shows.
    """
    name = " ".join(text.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        reason = "no name" if not name else f"{name[:20]!r} is no name"
        raise SiteError(
            f"{where}: {reason}; give up to {LONGEST} characters that can be read; nothing was recorded"
        )
    return name


def aliases(names: Iterable[str], where: str) -> tuple[str, ...]:
    """Other names as they are recorded; blank ones are left out.

    Raises:
        SiteError: one is no name.
    """
    return tuple(named(n, where) for n in names if n.strip())


def point(text: str | None, where: str = "--at") -> tuple[float, float]:
    """Latitude and longitude.

    Raises:
        SiteError: it is no point on the globe.
    """
    pieces = (text or "").split(",")
    try:
        latitude, longitude = (float(p) for p in pieces)
    except ValueError:
        raise SiteError(
            f"{where}: {text or 'nothing'} is no point; write latitude,longitude in degrees, as 36.48,40.75"
        ) from None
    if math.isnan(latitude + longitude) or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise SiteError(
            f"{where}: {text} lies off the globe; latitude comes first, -90 to 90, then longitude, -180 to 180"
        )
    return latitude, longitude


def country(code: str, where: str) -> str:
    """A country's code in capitals, or empty.

    Raises:
        SiteError: it is none.
    """
    if code and not (len(code) == len("SY") and code.isascii() and code.isalpha()):  # two letters
        raise SiteError(f"{where}: {code!r} is no country code; two letters of ISO 3166, as SY")
    return code.upper()
