"""How often something may be tried: token buckets by key, in bounded memory, asked before anything costly."""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock

# Keys that are remembered; the one not seen longest is forgotten, and its bucket is full again.
KEYS = 10_000


class Buckets:
    """A bucket for each key: so many tries at once, then one every so many seconds."""

    def __init__(self, tries: int, seconds: float, keys: int = KEYS) -> None:
        self._tries, self._seconds, self._keys = float(tries), seconds, keys
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, now: float) -> int:
        """Zero if it may be tried now, else the seconds until it may."""
        with self._lock:
            left = self._left(key, now)
            if left < 1:
                self._held[key] = (left, now)
                return ceil((1 - left) * self._seconds)
            self._put(key, left - 1, now)
            return 0

    def give(self, key: str, now: float) -> None:
        """Gives a try back: it was who it said."""
        with self._lock:
            self._put(key, min(self._tries, self._left(key, now) + 1), now)

    def _left(self, key: str, now: float) -> float:
        left, at = self._held.get(key, (self._tries, now))
        return min(self._tries, left + max(0.0, now - at) / self._seconds)

    def _put(self, key: str, left: float, now: float) -> None:
        self._held[key] = (left, now)
        self._held.move_to_end(key)
        while len(self._held) > self._keys:
            self._held.popitem(last=False)

    def __len__(self) -> int:
        return len(self._held)


def neighbourhood(address: str) -> str:
    """The address as it is counted: of an IPv6 one the first 64 bits, since whoever has one has them all."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)
