"""What the reading is scored by: the measures of each set, the sets themselves, and what breaks the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tollbook.codes import Outcome, Phase, Scope, Status, VictimsClass

TOLLS = ("wad", "airwars", "gva", "displacement")
SETS = ("dev", "muc4", *TOLLS)
HALVES = ("all", "open", "held")

# What each set is: texts, how many, where they come from. None of them is part of the project.
ABOUT = {
    "dev": ("conflict news with every claim annotated by hand", "208 texts, 1,466 claims", "dev/README.md in the folder"),
    "muc4": ("wire copy and radio of the 1980s: who was killed or hurt, how many", "1,494 texts", "github.com/xinyadu/gtt, DEV, TST1, TST2"),
    "wad": ("short descriptions of single atrocities, 1994-2017", "1,059 texts", "github.com/SriduttN/The-Political-Use-of-Atrocities-Replication"),
    "airwars": ("incident pages with named sources in conflict", "469 texts", "github.com/klinares/airwars_scraping_project"),
    "gva": ("gun-violence incidents told by one to six articles", "600 incidents, 987 texts", "github.com/cltl/LongTailQATask"),
    "displacement": ("report excerpts on people displaced", "171 texts", "github.com/Data4Democracy/internal-displacement"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: where its score stands in a scorer's report, and what it is held against."""

    of: str
    name: str
    path: tuple[str, ...]
    floor: float | None = None
    laboratory: float | None = None
    peer: float | None = None
    bar: float | None = None
    stretch: float | None = None


def _of_dev() -> Iterator[Measure]:
    yield Measure("dev", "figure F1", ("figure", "f1"), 0.60, 0.85, 0.95, 0.86, 0.92)
    yield Measure("dev", "claim F1", ("claim", "f1"), 0.04, 0.39, 0.81, 0.65, 0.80)
    held = {
        "speaker": (0.79, 0.96, 0.88),
        "victims_class": (0.70, 0.90, 0.84),
        "scope": (0.83, 0.98, 0.88),
        "status": (0.95, 0.99, 0.96),
    }
    for name, (laboratory, peer, bar) in held.items():
        yield Measure("dev", name, ("attributes", name, "accuracy"), None, laboratory, peer, bar)
    for name in ("party", "perpetrator", "place", "date_from", "date_to", "part_of", "supersedes"):
        yield Measure("dev", name, ("attributes", name, "accuracy"))
    yield Measure("dev", "texts without a claim", ("clean",), None, 0.64, 1.0, 0.95, 1.0)


MEASURES = (
    *_of_dev(),
    Measure("muc4", "F1, relevant texts", ("relevant", "f1"), 0.28, 0.66, 0.674, 0.69, 0.75),
    Measure("muc4", "F1, all texts", ("all", "f1"), 0.26, 0.52, 0.617, 0.52, 0.62),
    Measure("muc4", "F1, numbers above one", ("numbers", "f1"), None, None, 0.586),
    Measure("muc4", "F1, distinct", ("distinct", "f1"), None, None, 0.679),
    Measure("wad", "killed, best", ("killed", "best"), 0.68, 0.78, 0.813, 0.82, 0.86),
    Measure("wad", "wounded, best", ("wounded", "best"), 0.58, 0.77, None, 0.78, 0.84),
    Measure("wad", "killed, ratio", ("killed", "ratio")),
    Measure("airwars", "killed, inside", ("killed", "inside"), 0.67, 0.86, None, 0.87, 0.92),
    Measure("airwars", "killed, low", ("killed", "low"), 0.61, None, None, 0.80),
    Measure("airwars", "killed, high", ("killed", "high"), 0.52, 0.66, None, 0.72),
    Measure("airwars", "wounded, inside", ("wounded", "inside"), 0.40, 0.70, None, 0.74, 0.82),
    Measure("airwars", "killed, ratio", ("killed", "ratio")),
    Measure("gva", "killed, exact", ("killed", "exact"), 0.72, 0.85, None, 0.87, 0.92),
    Measure("gva", "wounded, exact", ("wounded", "exact"), 0.49, 0.71, None, 0.75, 0.82),
    Measure("gva", "killed of two or more, best", ("killed 2+", "best"), 0.53, None, None, 0.70),
    Measure("gva", "wounded of two or more, best", ("wounded 2+", "best"), 0.49, None, None, 0.70),
    Measure("gva", "killed, ratio", ("killed", "ratio")),
    Measure("displacement", "displaced, best", ("displaced", "best"), 0.46, 0.87, 0.90, 0.91, 0.95),
    Measure("displacement", "displaced, ratio", ("displaced", "ratio")),
)


def breaches(record: Mapping[str, Any], body: str) -> list[str]:
    """What in a contract object breaks the contract: words not at their span, unknown codes, indexes out of range."""
    found: list[str] = []
    claims, events, incidents = record["claims"], record["events"], record["incidents"]
    for kind, statements in (("claim", claims), ("event", events)):
        for number, s in enumerate(statements):
            start, end = s["span"]
            if not (0 <= start < end <= len(body) and body[start:end] == s["quote"]):
                found.append(f"{kind} {number}: the quote does not stand at its span")
            if s["status"] not in set(Status):
                found.append(f"{kind} {number}: unknown status {s['status']!r}")
    codes: dict[str, set[str]] = {
        "outcome": set(Outcome),
        "victims_class": set(VictimsClass),
        "scope": set(Scope),
    }
    for number, claim in enumerate(claims):
        found += [
            f"claim {number}: unknown {k} {claim[k]!r}" for k, known in codes.items() if claim[k] not in known
        ]
        for key in ("part_of", "supersedes"):
            if claim[key] is not None and not (0 <= claim[key] < len(claims) and claim[key] != number):
                found.append(f"claim {number}: {key} is out of range")
        ends = [claim[k] for k in ("low", "high") if claim[k] is not None]
        if ends != sorted(ends) or any(n < 0 for n in ends):
            found.append(f"claim {number}: low and high are not in order")
    found += [
        f"event {n}: unknown phase {e['phase']!r}"
        for n, e in enumerate(events)
        if e["phase"] not in set(Phase)
    ]
    for number, incident in enumerate(incidents):
        for key, of in (("claims", claims), ("events", events)):
            if not all(0 <= i < len(of) for i in incident[key]):
                found.append(f"incident {number}: {key} are out of range")
        if not set(incident["toll"]) <= set(Outcome):
            found.append(f"incident {number}: unknown outcome in its toll")
    if incidents and sum(i["main"] for i in incidents) != 1:
        found.append("not exactly one incident is the main one")
    return found
