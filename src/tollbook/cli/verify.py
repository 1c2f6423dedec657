"""The verb verify: whether the log is as it was written, link by link of its chain."""

from __future__ import annotations

from tollbook.cli import given, screen


def verify(box: given.BoxAt = None, *, json: given.AsJson = False) -> int:
    """Verify the hash chain of the log. Exit code 1 if it is not as it was written."""
    with given.opened(box) as opened:
        faults = opened.log.verify()
        count, head = opened.log.head()
    if json:
        screen.data({"entries": count, "head": head, "faults": faults})
    elif not faults:
        screen.para(f"The log is as it was written: {count} entries, head {head}.")
    for fault in faults if not json else ():
        screen.say(f"tollbook: {fault}")
    return 1 if faults else 0
