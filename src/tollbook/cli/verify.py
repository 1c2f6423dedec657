"""The verb verify: whether the log is as it was written, link by link of its chain, and the kept files too."""

from __future__ import annotations

from tollbook import pipeline
from tollbook.cli import given, screen


def verify(box: given.BoxAt = None, *, json: given.AsJson = False) -> int:
    """Verify that log and kept files are unchanged.

    Exit code 1 if they are not as they were written.
    """
    with given.opened(box) as opened:
        faults = pipeline.verify(opened)
        count, head = opened.log.head()
    if json:
        screen.data({"entries": count, "head": head, "faults": faults})
    elif not faults:
        screen.para(f"The log is as it was written: {screen.counted(count, 'link')}, the last one {head}.")
    for fault in faults if not json else ():
        screen.say(f"tollbook: {fault}")
    return 1 if faults else 0
