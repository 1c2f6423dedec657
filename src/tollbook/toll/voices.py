"""Voices: the running account of one origin, told count by count; which of its figures stand.

The rules by which a new figure of an origin meets its standing one have names here and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tollbook.codes import STOCKS
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.counts import Count, Part, inside, level
from tollbook.values import ALL, Use

# A running total does not shrink to a fifth: a figure that small is of one episode, not the total again.
EPISODE = 5

# Why a figure takes the place of the one that stood.
TAKES = {
    "first": "It is the first figure of this voice.",
    "grown": "It is the latest total of this voice.",
    "corrected": "The voice says that it replaces its older figure.",
    "own-fall": "The voice itself published it later, though it is lower and no correction is said.",
    "stock": "It is how many there are on a day; the latest count stands, lower or higher.",
    "part": "It is a share of the latest whole that this voice gives.",
}
# Why a figure does not take the place of the one that stands.
LEAVES = {
    "reprint": "It is the same figure of the same voice; reprints count once.",
    "older": "The report itself gives it as an older figure.",
    "vaguer": "It says less exactly what this voice has said already.",
    "episode": "It counts one episode; the running total of this voice holds it.",
    "fell": "It is lower than what this voice had said before and no correction is said: taken as an older total, printed late.",
    "old-wire": "This voice had said it before and has said another figure since; printed late, it is no news.",
    "in-total": "It comes on top of an earlier total; the later total of this voice holds it.",
}


@dataclass(slots=True)
class Entry:
    """What stands for one group in a voice's account.

    Attributes:
        figure: as last said, without later increments.
        day: the day it was first said, or last published by the voice itself.
        claims: the claims it rests on.
        ids: the ids of every claim that says it, reprints too.
        rule: why it stands.
        count: the count it came with.
        within: the group whose whole it is a share of; None where it was said on its own.
        groups: the groups that its breakdowns name, when it is a whole.
        complete: whether a breakdown made it up.
        reports: the reports that give it, reprints too.
        running: whether one of them tells it as a running total since an onset.
        may_rise: whether one of them, not older than the figure's day, says that it could still grow.
    """

    figure: Figure
    day: date | None
    claims: tuple[Claim, ...]
    ids: set[str]
    rule: str
    count: Count
    within: str | None = None
    groups: set[str] = field(default_factory=set)
    complete: bool = False
    reports: set[str] = field(default_factory=set)
    running: bool = False
    may_rise: bool = False

    def __post_init__(self) -> None:
        self.told_in(self.count, self.claims)

    def told_in(self, count: Count, claims: Iterable[Claim]) -> None:
        """Takes note of a count that tells the same figure, with the claims of it that say so."""
        self.reports.add(count.first.report)
        self.running |= count.running
        late = (count.day or date.min) >= (self.day or date.min)
        self.may_rise |= late and any(c.may_rise for c in claims)


@dataclass(slots=True)
class Voice:
    """One origin's account of one outcome, built by telling it counts in the order of ``ordered``.

    Attributes:
        standing: what stands, by group.
        added: increments that may come on top, in order.
        aside: what was set aside, by claim id.
        falls: the counts that fell below what stood, with the figure that stood.
        stood: every figure that ever stood, by group, with its claims.
        last: the latest day it was told of.
    """

    origin: str
    standing: dict[str, Entry] = field(default_factory=dict)
    added: list[Count] = field(default_factory=list)
    aside: dict[str, Use] = field(default_factory=dict)
    falls: list[tuple[Count, Figure, str]] = field(default_factory=list)
    stood: dict[str, list[tuple[Figure, tuple[Claim, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    last: date = date.min
    _alike: dict[tuple[str, tuple[int | None, ...]], list[Count]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _told: dict[str, set[tuple[int | None, ...]]] = field(default_factory=lambda: defaultdict(set))

    def tell(self, count: Count) -> str:
        """Takes a count into the account; returns the rule that fired."""
        self.last = max(self.last, count.day or date.min)
        if count.increment:
            return self._add(count)
        old = self.standing.get(count.group)
        rule = self._rule(count, old)
        if rule in {"own-fall", "fell"} and old is not None:
            self.falls.append((count, old.figure, rule))
        self._told[count.group].add(_ends(count.said))
        if rule in TAKES:
            self._drop(old, "replaced", f"This voice has said a later figure{_from(count)}.")
            self.stood[count.group].append((count.figure, count.claims))
            self.standing[count.group] = Entry(
                figure=count.figure,
                day=count.day,
                claims=count.claims,
                ids=set(count.ids),
                rule=rule,
                count=count,
                groups={p.group for p in count.parts},
                complete=count.complete,
            )
            for part in count.parts:
                self._take_part(count, part)
            self._shares(count)
        elif rule == "reprint" and old is not None:
            self._reprint(count, old)
        else:
            self._leave(count, rule)
        return rule

    def _rule(self, count: Count, old: Entry | None) -> str:
        """The rule by which a total meets what stands for its group."""
        if old is None:
            return "first"
        if any(c.supersedes in old.ids for c in count.claims):
            return "corrected"
        if count.first.outcome in STOCKS and None not in {count.day, old.day} and count.day != old.day:
            return "stock"
        if _same(count.figure, old.figure):
            return "reprint"
        new, was = level(count.said), level(old.count.said if old.within is None else old.figure)
        if new <= was and count.older:
            return "older"
        if (new <= was and inside(old.figure, count.said)) or _more_than(count, old):
            return "vaguer"
        small = not count.running and (old.running or new * EPISODE < was or _apart(count, old.count))
        if new < was and small:
            return "episode"
        if _ends(count.said) in self._told[count.group] and not count.own:
            return "fell" if new < was else "old-wire"
        if new >= was:
            return "grown"
        if count.own:
            return "own-fall" if count.day != old.day else "fell"
        return "fell"

    def _take_part(self, count: Count, part: Part) -> None:
        """A share follows its whole: it stands if the whole does, unless more was said apart on that day."""
        old = self.standing.get(part.group)
        if old is not None and _same(part.figure, old.figure):
            old.ids |= {c.id for c in part.claims}
            old.told_in(count, part.claims)
            old.within = count.group if old.within is None else old.within
            return
        if old is not None and old.day == count.day and level(part.figure) < level(old.figure):
            return
        if old is not None:
            self._drop(old, "replaced", f"A later whole of this voice gives another share{_from(count)}.")
        self.stood[part.group].append((part.figure, part.claims))
        self.standing[part.group] = Entry(
            part.figure, count.day, part.claims, {c.id for c in part.claims}, "part", count, count.group
        )

    def _reprint(self, count: Count, old: Entry) -> None:
        """The same whole again: counted once; a breakdown that the first telling lacked is taken."""
        old.ids |= count.ids
        old.told_in(count, count.claims)
        if count.own and count.day is not None and (old.day is None or count.day > old.day):
            old.day = count.day
        old.complete |= count.complete
        for part in count.parts:
            if part.group not in old.groups:
                self._take_part(count, part)
            elif (stands := self.standing.get(part.group)) and _same(stands.figure, part.figure):
                stands.told_in(count, part.claims)
            old.groups.add(part.group)
        self._leave(count, "reprint")

    def _add(self, count: Count) -> str:
        """An increment: the same one carried twice counts once."""
        alike = self._alike[count.group, _ends(count.figure)]
        if any(_one_day(other, count) for other in alike):
            self._leave(count, "reprint")
            return "reprint"
        alike.append(count)
        self.added.append(count)
        self._shares(count)
        return "increment"

    def _leave(self, count: Count, rule: str) -> None:
        for claim in (*count.claims, *count.shares):
            self.aside[claim.id] = Use(claim.id, rule, LEAVES[rule], self.origin)

    def _drop(self, old: Entry | None, rule: str, why: str) -> None:
        if old is not None:
            for claim in old.claims:
                self.aside[claim.id] = Use(claim.id, rule, why, self.origin)

    def _shares(self, count: Count) -> None:
        """The shares of a whole are never added to it."""
        for claim in count.shares:
            self.aside[claim.id] = Use(
                claim.id, "share", "It is a share of a whole, never added to it.", self.origin
            )

    def increments(self, entry: Entry | None, group: str) -> list[Count]:
        """The increments said on a later day than the total of a group, of that day or later; for ALL those of every group."""
        found = [c for c in self.added if group in {ALL, c.group}]
        if entry is None or entry.day is None:
            return found
        return [c for c in found if c.day is not None and c.day > entry.day and not _held(c, entry)]


def _more_than(count: Count, old: Entry) -> bool:
    """Whether "more than 45,000" only says again what was "some 45,000" on the same day."""
    same_day = count.day is not None and count.day == old.day
    return same_day and count.said.high is None and count.said.floor == level(old.figure) + 1


def _held(count: Count, entry: Entry) -> bool:
    """Whether an increment is of days before a total that its own report gives too, so that the total holds it."""
    last = count.first.date_to
    if count.first.report not in entry.reports or last is None or entry.day is None:
        return False
    return last < entry.day


def _from(count: Count) -> str:
    return f", on {count.day.isoformat()}" if count.day else ""


def _same(a: Figure, b: Figure) -> bool:
    """Whether two figures say the same number, however it was written."""
    return _ends(a) == _ends(b)


def _ends(figure: Figure) -> tuple[int | None, ...]:
    return figure.low, figure.best, figure.high


def _apart(a: Count, b: Count) -> bool:
    """Whether two counts speak of days that do not meet."""
    ends = (a.first.date_from, a.first.date_to, b.first.date_from, b.first.date_to)
    if any(d is None for d in ends):
        return False
    return (a.first.date_to or date.max) < (b.first.date_from or date.min) or (
        b.first.date_to or date.max
    ) < (a.first.date_from or date.min)


def _one_day(a: Count, b: Count) -> bool:
    """Whether two increments may be of the same days: "four more died" twice, with no days given, is a reprint."""
    windows = [(c.first.date_from, c.first.date_to) for c in (a, b)]
    return windows[0] == windows[1] or any(None in w for w in windows)


def ordered(counts: Iterable[Count]) -> list[Count]:
    """The counts in the order in which they are told: by day; on one day what is replaced before what replaces it.

    A running total grows, so on one day the lower figure comes first; increments follow the totals of their day.
    Every tie is broken by what is said, so that the order in which entries came never matters.
    """
    found = list(counts)
    by_id = {i: c for c in found for i in c.ids}
    replacing = {c.supersedes: n for n in found for c in n.claims if c.supersedes in by_id}
    effective = {id(c): c.day or date.min for c in found}
    for old_id, new in sorted(replacing.items(), key=lambda e: e[0] or ""):
        old = by_id[old_id or ""]
        effective[id(old)] = min(effective[id(old)], effective[id(new)])

    def turns(count: Count) -> int:
        """How many counts of the same day replace this one, one after the other."""
        steps, at, seen = 0, count, {id(count)}
        while True:
            follow = next((replacing[i] for i in sorted(at.ids) if i in replacing), None)
            if follow is None or id(follow) in seen or effective[id(follow)] != effective[id(count)]:
                return steps
            seen.add(id(follow))
            steps, at = steps + 1, follow

    return sorted(
        found,
        key=lambda c: (
            effective[id(c)],
            c.increment,
            -turns(c),
            level(c.figure),
            _width(c.figure),
            not c.running,
            _shape(c),
            not c.own,
            c.first.report,
            c.first.span.start,
            c.first.id,
        ),
    )


def _shape(count: Count) -> str:
    """What a count says, without where it stands: a reprint sorts beside what it reprints."""
    return str([count.group, _ends(count.said), [(p.group, _ends(p.figure)) for p in count.parts]])


def _width(figure: Figure) -> int:
    """Minus the width of a range: the most exact of equal figures comes last and stands."""
    return -(10**12) if figure.high is None or figure.low is None else figure.low - figure.high


def by_origin(counts: Sequence[Count]) -> dict[str, list[Count]]:
    """The counts of each origin, ordered."""
    found: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        found[count.origin].append(count)
    return {origin: ordered(found[origin]) for origin in sorted(found)}


def accounts(counts: Sequence[Count]) -> list[Voice]:
    """The account of each origin, by name."""
    voices = []
    for origin, told in by_origin(counts).items():
        voice = Voice(origin)
        for count in told:
            voice.tell(count)
        voices.append(voice)
    return voices
