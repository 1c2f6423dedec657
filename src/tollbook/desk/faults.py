"""What a desk refuses: a status, one sentence that says what, and one that says what to do."""

from __future__ import annotations


class RefusalError(Exception):
    """A request that is refused.

    Attributes:
        status: of the answer (HTTP).
        what: what is the matter, in a sentence.
        remedy: what the person can do.
    """

    def __init__(self, status: int, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.status, self.what, self.remedy = status, what, remedy


def absent() -> RefusalError:
    """The one answer for what is not there and for what may not be known to be there."""
    return RefusalError(404, "There is nothing at this address.", "Look for it with the search.")
