"""Units: a figure of households becomes one of persons only by a size that somebody declared."""

from __future__ import annotations

from tollbook.codes import Unit
from tollbook.figures import Figure
from tollbook.nouns import Claim

# The group under which a toll counts households: a figure of its own, never added to persons.
HOUSEHOLDS = "households"


def unit_of(group: str) -> Unit:
    """What the toll of a group counts."""
    return Unit.HOUSEHOLD if group == HOUSEHOLDS else Unit.PERSON


def counted(claim: Claim, unit: Unit) -> Claim | None:
    """The claim as it counts in a toll of persons or of households; None where it does not count in it.

    Households with a declared size are persons by multiplication: 120 families of 5 are 600.
    """
    if claim.unit is unit:
        return claim
    size = claim.household_size
    if unit is Unit.HOUSEHOLD or not size or size <= 0:
        return None
    return claim.told_as(figure=times(claim.figure, size), unit=Unit.PERSON)


def times(figure: Figure, size: float) -> Figure:
    """The persons in so many households of one size, rounded to whole persons."""
    low, best, high = (None if n is None else round(n * size) for n in (figure.low, figure.best, figure.high))
    return Figure(low, best, high, f"{figure.as_written} × {size:g}".strip())
