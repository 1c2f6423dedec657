"""An order: ids sorted by a key of text, from which pages are cut by the key of their last row and never by a count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

_LAST = date.max.toordinal()
_WIDTH = len(str(_LAST))
# Up to so many new keys are put in one by one; more are sorted with the rest.
_FEW = 64


def falling(day: date | None) -> str:
    """A day as a key that sorts the latest first; no day comes last."""
    return f"{_LAST - day.toordinal():0{_WIDTH}}" if day else "9" * _WIDTH


@dataclass
class Order:
    """Keys in their order, and by value of each thing that one filters by.

    A key ends with a dot and the id. Lists are never changed, only replaced: who reads one goes on with what it has.

    Attributes:
        keys: all of them.
        by: name of a filter to value to its keys.
    """

    keys: Sequence[str] = ()
    by: dict[str, dict[str, Sequence[str]]] = field(default_factory=dict)

    def add(self, told: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Adds keys, each with its values by the name of the filter."""
        new: list[str] = []
        under: dict[tuple[str, str], list[str]] = {}
        for key, values in told:
            new.append(key)
            for name, value in values.items():
                under.setdefault((name, value), []).append(key)
        self.keys = _with(self.keys, new)
        for (name, value), more in under.items():
            mine = self.by.setdefault(name, {})
            mine[value] = _with(mine.get(value, ()), more)

    def find(self, wanted: Mapping[str, str]) -> tuple[Sequence[str], Callable[[str], bool]]:
        """The shortest list of keys that holds everything wanted, and whether one of it is."""
        lists = [self.by.get(name, {}).get(value, ()) for name, value in wanted.items()]
        if not lists:
            return self.keys, lambda _: True
        shortest, *others = sorted(lists, key=len)
        return shortest, lambda key: all(_holds(keys, key) for keys in others)

    def page(
        self,
        wanted: Mapping[str, str],
        *,
        after: str = "",
        before: str = "",
        limit: int,
        first: str = "",
    ) -> tuple[list[str], str | None]:
        """So many ids of what is wanted, and the key after which the next ones come, if any do.

        Args:
            wanted: value by the name of the filter.
            after: key of the last row one has; empty for the beginning.
            before: keys from this one on are left out; empty for none.
            limit: how many at most.
            first: keys up to this one are left out; empty for none.
        """
        found = list(islice(self.walk(wanted, after=max(after, first), before=before), limit + 1))
        more = found[limit - 1] if len(found) > limit else None
        return [_id(key) for key in found[:limit]], more

    def walk(self, wanted: Mapping[str, str], *, after: str = "", before: str = "") -> Iterator[str]:
        """The keys of what is wanted, in their order."""
        keys, there = self.find(wanted)
        end = bisect_left(keys, before) if before else len(keys)
        return (key for key in islice(keys, bisect_right(keys, after), end) if there(key))

    def count(self, wanted: Mapping[str, str]) -> int:
        """How many are wanted, of at most one filter exactly, of more at most."""
        return len(self.find(wanted)[0])


def ids(keys: Iterable[str]) -> Iterator[str]:
    """The ids at the end of keys."""
    return map(_id, keys)


def _id(key: str) -> str:
    return key.rpartition(".")[2]


def _holds(keys: Sequence[str], key: str) -> bool:
    at = bisect_left(keys, key)
    return at < len(keys) and keys[at] == key


def _with(keys: Sequence[str], new: list[str]) -> Sequence[str]:
    if not keys:
        return sorted(new)
    made = [*keys]
    if len(new) > _FEW:
        made += new
        made.sort()
        return made
    for key in new:
        made.insert(bisect_left(made, key), key)
    return made
