"""What a claim says beyond its construction: released, held, of hunger; households; what the people were before."""

from __future__ import annotations

from datetime import date

import pytest

from tollbook import figures
from tollbook.codes import COARSE, Outcome, Unit, coarse
from tollbook.nouns import Claim, Report
from tollbook.reading import read
from tollbook.rules import Example, corpus


def _claims(text: str) -> tuple[Claim, ...]:
    report = Report(said_on=date(2031, 3, 4), publisher="Zenda Monitor", original="0", text="0")
    return read(report, text).claims


def _told(claim: Claim) -> str:
    words = [claim.outcome, figures.show(claim.figure)]
    words += ["households"] if claim.unit is Unit.HOUSEHOLD else []
    words += [f"size {claim.household_size:g}"] if claim.household_size else []
    words += [f"was {claim.formerly}"] if claim.formerly else []
    return " ".join(words)


@pytest.mark.parametrize("example", corpus("en", "finer"), ids=lambda e: f"line{e.line}")
def test_a_sentence_tells_the_finer_outcome(example: Example) -> None:
    found = "; ".join(_told(c) for c in _claims(example.text))
    assert found == ("" if example.expected == "-" else example.expected)


def test_the_contract_knows_every_finer_outcome_by_one_of_its_twelve() -> None:
    assert set(COARSE) == set(Outcome) - {coarse(o) for o in Outcome}
    assert len({coarse(o) for o in Outcome}) == 12
    assert all(coarse(coarse(o)) is coarse(o) for o in Outcome)
