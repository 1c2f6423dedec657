"""The book: what the log says, as one frozen snapshot; a pure function of the entries.

Nothing here is stored. The order in which entries come does not matter, an entry given twice is one,
and the book as known at a moment is the book of the log cut there.
"""

from tollbook.book.growth import grown
from tollbook.book.rulings import CREDIBILITIES, correction, standing
from tollbook.book.snapshot import at, realise

__all__ = ["CREDIBILITIES", "at", "correction", "grown", "realise", "standing"]
