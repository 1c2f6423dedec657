"""The verb places: where mentioned places lie, and the places that a desk knows better than the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tollbook import notation
from tollbook.cli import given, lines, screen
from tollbook.cli.given import MistakeError
from tollbook.nouns import Site
from tollbook.pipeline import sites
from tollbook.places import among, locate
from tollbook.views import sites as rows_of


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
        latitude, longitude = sites.point(at)
        site = Site(
            name=sites.named(" ".join(rest), "places add"), latitude=latitude, longitude=longitude, geo_precision=precision,
            country=sites.country(country, "--country"), aliases=sites.aliases(alias or (), "--alias"), note=note, recorded_at=given.now(), made_by=by,
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
    own = sorted(given.book(box, None).sites.values(), key=lambda s: s.name)
    if as_json:
        screen.data([rows_of.data(s) for s in own])
    elif not own:
        screen.para("No place was added yet; add one with: tollbook places add NAME --at LAT,LON")
    else:
        rows = [
            (s.name, f"{s.latitude:.4g}, {s.longitude:.4g}", str(s.geo_precision), s.country, s.note, s.id)
            for s in own
        ]
        screen.table(("place", "at", "precision", "country", "note", "id"), rows)
    return 0


def _record(told: Sequence[Site], box: Path | None, *, dry_run: bool, as_json: bool) -> int:
    """Writes the places into the log, all or none; what stands there already changes nothing."""
    with given.opened(box) as opened:
        known = {s.id for s in given.realised(opened).sites.values()}
        new = [s for s in dict.fromkeys(told) if s.id not in known]
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
        MistakeError: it cannot be read.
        SiteError: it is no such file; nothing is recorded then.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MistakeError(f"{path}: {error.strerror or 'cannot be read'}; name a CSV file") from error
    except UnicodeDecodeError as error:
        raise MistakeError(f"{path}: cannot be read as CSV in UTF-8 ({type(error).__name__})") from error
    return sites.told(text, str(path), now=given.now(), by=by)
