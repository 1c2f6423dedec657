"""Feeds the daily casualty reports of Gaza and the West Bank to a book, day by day, and checks every toll on the way.

The figures are not part of the project. They are looked for in ``../shared/yardstick/gaza_daily`` beside the project,
or where the environment variable TOLLBOOK_YARDSTICK says; without them this prints one line and is done.

Every report becomes the claims that it makes: the total since the onset with its shares, the count of its own days with
what it says of them (bodies recovered, died of wounds, accepted by a committee), the wounded likewise. What the
authors of the data filled in (``ext_``, ``fill``, a source that is ``missing``) is nobody's report, and no claim.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tollbook import toll
from tollbook.book import grown, realise
from tollbook.checks import check
from tollbook.codes import Addition, Mode, Outcome, Scope, SourceKind, VictimsClass
from tollbook.figures import Figure
from tollbook.nouns import Claim, Entry, Incident, Link, Report, Source, Span
from tollbook.values import ALL, Book

PROJECT = Path(__file__).resolve().parent.parent
ONSET = date(2023, 10, 7)
MINISTRY, MEDIA = "Ministry of Health", "Government Media Office"
FLASH, VERIFIED = "UN flash reports", "OCHA verified counts"
OFFICES = {"mohtel": MINISTRY, "gmotel": MEDIA}
GAZA = Incident(name="Gaza since 7 October 2023", place="Gaza", said_on=ONSET, date_from=ONSET)
BANK = Incident(name="West Bank since 7 October 2023", place="West Bank", said_on=ONSET, date_from=ONSET)
COUNTED = (Outcome.KILLED, Outcome.WOUNDED)

Row = Mapping[str, Any]

# A share of the total: the field, who they are, the way of cutting, which never adds up with another one.
SHARES = (
    ("killed_children_cum", "children", "age and sex"),
    ("killed_women_cum", "women", "age and sex"),
    ("med_killed_cum", "medical personnel", "work"),
    ("civdef_killed_cum", "civil defence personnel", "work"),
    ("press_killed_cum", "journalists", "work"),
    ("aid_seeker_killed_cum", "aid seekers", "circumstance"),
)
# What a report says of the dead of its own days.
ADDITIONS = (
    ("killed_recovered", "bodies recovered", Addition.RECOVERED),
    ("killed_succumbed", "died of their wounds", Addition.SUCCUMBED),
    ("killed_committee", "accepted by the judicial committee", Addition.ACCEPTED),
    ("killed_truce_new", "newly killed", Addition.NEW),
)


def folder() -> Path:
    """Where the figures are looked for."""
    given = os.environ.get("TOLLBOOK_YARDSTICK")
    return (Path(given) if given else PROJECT.parent / "shared" / "yardstick") / "gaza_daily"


@dataclass
class Told:
    """One report in the making: its text grows by a line a claim."""

    publisher: str
    day: date
    incident: Incident
    lines: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def say(self, name: str, number: int, outcome: Outcome, /, **more: Any) -> int:  # noqa: ANN401  (fields of a claim)
        """Adds a claim of one number; its place among the claims of the report."""
        figure = Figure(number, number, number, str(number))
        self.lines.append((f"{name}: {number}", {"outcome": outcome, "figure": figure, **more}))
        return len(self.lines) - 1

    def entries(self) -> list[Entry]:
        """The report, its claims and their links."""
        head = f"Report of {self.day.isoformat()}"  # else a day on which nothing moved would repeat the text before
        text = "\n".join((head, *(line for line, _ in self.lines)))
        digest = hashlib.sha256(text.encode()).hexdigest()
        at = datetime(self.day.year, self.day.month, self.day.day, 18, tzinfo=UTC)
        report = Report(
            publisher=self.publisher, said_on=self.day, original=digest, text=digest, recorded_at=at,
            document=f"{self.day}-{self.publisher}",
        )  # fmt: skip
        claims: list[Claim] = []
        start = len(head) + 1
        for line, fields in self.lines:
            whole = fields.pop("whole", None)
            part_of = None if whole is None else claims[whole].id
            claims.append(
                Claim(
                    report=report.id,
                    said_on=self.day,
                    span=Span(start, start + len(line)),
                    quote=line,
                    recorded_at=at,
                    part_of=part_of,
                    **fields,
                )
            )
            start += len(line) + 1
        links = [
            Link(said_on=self.day, claim=c.id, incident=self.incident.id, recorded_at=at) for c in claims
        ]
        return [report, *claims, *links]


def _day(row: Row) -> date:
    return date.fromisoformat(row["report_date"])


def _totals(
    told: Told, outcome: Outcome, row: Row, field_name: str, shares: Sequence[tuple[str, str, str]]
) -> None:
    """The running total of an outcome with the shares that the report gives of it."""
    running = {"scope": Scope.CUMULATIVE, "since": "7 October 2023", "date_from": ONSET, "date_to": told.day}
    whole = told.say(field_name, row[field_name], outcome, **running) if field_name in row else None
    for name, victims, dim in shares:
        if name in row:
            told.say(
                name, row[name], outcome, victims=victims, victims_class=VictimsClass.CIVILIAN, dim=dim, whole=whole,
                **running,
            )  # fmt: skip


def _own_days(told: Told, outcome: Outcome, row: Row, field_name: str, hours: int) -> None:
    """The count of the report's own days, with what it says of those people."""
    if field_name not in row or not (hours or row[field_name]):
        return
    first = told.day - timedelta(days=max(1, hours // 24) - 1)
    days = {"mode": Mode.INCREMENT, "date_from": first, "date_to": told.day}
    whole = told.say(field_name, row[field_name], outcome, **days)
    if outcome is not Outcome.KILLED:
        return
    earlier = {**days, "date_from": ONSET, "date_to": first - timedelta(days=1)}
    for name, victims, addition in ADDITIONS:
        if name in row:
            window = days if addition is Addition.NEW else earlier
            told.say(name, row[name], outcome, victims=victims, addition=addition, whole=whole, **window)


def gaza(rows: Sequence[Row]) -> Iterator[tuple[date, list[Entry]]]:
    """The reports of the two offices, day by day; a day without one has no entries."""
    for row in rows:
        day, office = _day(row), OFFICES.get(row["report_source"])
        if office is None:
            yield day, []
            continue
        told = Told(office, day, GAZA)
        _totals(told, Outcome.KILLED, row, "killed_cum", SHARES)
        _own_days(told, Outcome.KILLED, row, "killed", row["report_period"])
        _totals(
            told,
            Outcome.WOUNDED,
            row,
            "injured_cum",
            (("aid_seeker_injured_cum", "aid seekers", "circumstance"),),
        )
        _own_days(told, Outcome.WOUNDED, row, "injured", row["report_period"])
        _totals(
            told,
            Outcome.INDIRECT_DEATHS,
            row,
            "famine_cum",
            (("child_famine_cum", "children", "age and sex"),),
        )
        yield day, told.entries() if told.lines else []


def west_bank(rows: Sequence[Row]) -> Iterator[tuple[date, list[Entry]]]:
    """The flash reports and the verified counts, day by day; what was filled in is no report."""
    children = (("killed_children_cum", "children", "age and sex"),)
    hurt = (("injured_children_cum", "children", "age and sex"),)
    for row in rows:
        day, found = _day(row), list[Entry]()
        for voice, given in (
            (FLASH, row if row["flash_source"] == "un" else {}),
            (VERIFIED, row.get("verified", {})),
        ):
            told = Told(voice, day, BANK)
            _totals(told, Outcome.KILLED, given, "killed_cum", children)
            _own_days(told, Outcome.KILLED, given, "killed", 24)
            _totals(told, Outcome.WOUNDED, given, "injured_cum", hurt)
            _own_days(told, Outcome.WOUNDED, given, "injured", 24)
            if told.lines:
                found += told.entries()
        yield day, found


def begun(incident: Incident) -> list[Entry]:
    """The entries that are there before the first report: the incident and the cards of the voices."""
    voices = (MINISTRY, MEDIA) if incident is GAZA else (FLASH, VERIFIED)
    return [incident, *(Source(name=name, kind=SourceKind.OFFICIAL) for name in voices)]


@dataclass
class Fed:
    """What came of feeding a book day by day.

    Attributes:
        equal: reported totals that the toll by that voice alone gave back on their day, by voice and outcome.
        unlike: those that it did not: day, voice, outcome, reported, given.
        outside: days on which the toll over all voices did not hold what a voice said that day.
        seconds: for the feeding and every toll.
    """

    incident: str
    book: Book
    equal: Counter[tuple[str, str]] = field(default_factory=Counter)
    unlike: list[tuple[date, str, str, int, str]] = field(default_factory=list)
    outside: list[tuple[date, str, str]] = field(default_factory=list)
    seconds: float = 0.0


def feed(incident: Incident, days: Iterator[tuple[date, list[Entry]]]) -> Fed:
    """Feeds the days one by one, as a desk would, and compares the toll of each with what was reported."""
    start = time.perf_counter()
    entries = begun(incident)
    found = Fed(incident.id, realise(entries))
    for day, new in days:
        if not new:
            continue
        found.book = grown(found.book, entries, new)
        entries += new
        for claim in (e for e in new if isinstance(e, Claim)):
            if (
                claim.mode is Mode.TOTAL
                and claim.part_of is None
                and claim.dim is None
                and claim.outcome in COUNTED
            ):
                _compare(found, day, claim)
    found.seconds = time.perf_counter() - start
    return found


def _compare(found: Fed, day: date, claim: Claim) -> None:
    voice = found.book.origin_of[claim.id]
    own = toll.compute(found.book, found.incident, claim.outcome, ALL, f"source:{voice}").figure
    if (own.low, own.high) == (claim.figure.low, claim.figure.high):
        found.equal[voice, claim.outcome] += 1
    else:
        found.unlike.append((day, voice, claim.outcome, claim.figure.best or 0, str(own)))
    every = toll.compute(found.book, found.incident, claim.outcome).figure
    said = claim.figure.floor
    if every.floor > said or (every.high is not None and every.high < said):
        found.outside.append((day, voice, claim.outcome))


def report(found: Fed) -> dict[str, Any]:
    """What one can count: tolls given back, moves by kind, findings by code."""
    moves: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for change in toll.changes(found.book, found.incident, Outcome.KILLED):
        if change.group == ALL:
            for piece in change.pieces:
                moves[piece.kind] += 1
                people[piece.kind] += piece.number
    return {
        "seconds": round(found.seconds, 1),
        "claims": len(found.book.claims),
        "totals given back": {
            f"{voice}, {outcome}": n for (voice, outcome), n in sorted(found.equal.items())
        },
        "totals not given back": [[str(x) for x in one] for one in found.unlike],
        "outside the range of all voices": [[str(x) for x in one] for one in found.outside],
        "moves of the killed": dict(moves.most_common()),
        "people in them": dict(people.most_common()),
        "findings": dict(Counter(f.code for f in check(found.book, ("basic", "strict"))).most_common()),
    }


def main() -> None:
    """Feeds both territories and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print data for programs")
    parser.add_argument("--findings", action="store_true", help="print every finding in a line")
    given = parser.parse_args()
    if not (folder() / "casualties_daily.json").is_file():
        print(f"no daily reports in {folder()}: nothing to measure")
        return
    results = {}
    for name, incident, rows, days in (
        ("Gaza", GAZA, "casualties_daily.json", gaza),
        ("West Bank", BANK, "west_bank_daily.json", west_bank),
    ):
        found = feed(incident, days(json.loads((folder() / rows).read_text(encoding="utf-8"))))
        results[name] = report(found)
        if given.findings:
            for finding in check(found.book, ("basic", "strict")):
                print(f"{name}: {finding.code} [{finding.tier}]: {finding.what}")
    print(json.dumps(results, indent=None if given.json else 2, ensure_ascii=False))


if __name__ == "__main__":
    main()
