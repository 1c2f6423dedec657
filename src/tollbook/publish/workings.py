"""Workings: for each computed figure that is shown, the list of claims it rests on, under an anchor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.publish import words
from tollbook.publish.evidence import Evidence
from tollbook.publish.page import Number, Run, Taken, Voice, Working
from tollbook.values import Toll, Use

SUM = "A sum of the claims below; nobody said it as it stands."
END = "An end of the range is a sum of claims below; nobody said it as it stands."


class Workings:
    """Numbers for tolls; each asks for a working where no single claim gives it."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._found: dict[tuple[object, ...], Working] = {}

    def number(
        self, toll: Toll, voice: str = "", *, explain: bool = False, day: date | None = None
    ) -> Number:
        """A toll's figure as a link.

        Args:
            toll: the figure and the claims it rests on.
            voice: for what one origin alone says, its name.
            explain: link to the working even where one claim gives the figure.
            day: the day of which the figure is, of one that is past.
        """
        giver = "" if explain else self.giver(toll)
        rise = self._rise(toll)
        return Number(
            self._pieces(toll),
            giver or self.working(toll, voice, day),
            self._word(toll),
            self._note(toll),
            summed=self.summed(toll),
            rise=rise,
        )

    def counted(
        self,
        figure: Figure,
        claims: Sequence[str],
        outcome: Outcome,
        group: str,
        origin: str,
        day: date | None = None,
    ) -> Number:
        """A figure that comes with the claims it is made of, as a link to the one that gives it, else to their list."""
        uses = tuple(Use(key, "", "", origin) for key in claims)
        return self.number(Toll("", outcome, group, figure=figure, used=uses), origin, day=day)

    def giver(self, toll: Toll) -> str:
        """The link to the claim that gives the figure as it stands; empty where nobody says it so."""
        claim = self._giving(toll)
        return self.evidence.target(claim.id) if claim else ""

    def _giving(self, toll: Toll) -> Claim | None:
        claims = self.evidence.book.claims
        used = (claims[u.claim] for u in toll.used if u.claim in claims)
        ends = (toll.figure.low, toll.figure.high)
        return next((c for c in used if (c.figure.low, c.figure.high) == ends), None)

    def _pieces(self, toll: Toll) -> words.Pieces:
        """The figure, in the words of the claim that gives it where one does (">370" for "more than 370")."""
        claim = self._giving(toll)
        return words.pieces(
            replace(toll.figure, as_written=claim.figure.as_written) if claim else toll.figure
        )

    def summed(self, toll: Toll) -> bool:
        """Whether an end of the figure is a sum that nobody said as it stands."""
        book = self.evidence.book
        ends: dict[str, set[int | None]] = {}
        for use in toll.used:
            claim = book.claims.get(use.claim)
            if claim:
                ends.setdefault(use.origin, set()).update(
                    (claim.figure.low, claim.figure.best, claim.figure.high)
                )
        said = {end for own in ends.values() for end in own}
        several = any(sum(u.origin == o for u in toll.used) > 1 for o in ends)
        return several and not {toll.figure.low, toll.figure.high} <= said | {None}

    def _rise(self, toll: Toll) -> str:
        if not toll.may_rise:
            return ""
        claims = self.evidence.book.claims
        # A later print of the same figure says it where the first one did not.
        uses = (*toll.used, *(u for u in toll.aside if u.rule == "reprint"))
        says = next((u.claim for u in uses if u.claim in claims and claims[u.claim].may_rise), "")
        return self.evidence.target(says) if says else ""

    def _word(self, toll: Toll) -> str:
        """The vague word of the source, where one claim gives the figure."""
        claim = self._giving(toll)
        return self.evidence.veil(words.vague(claim.figure)) if claim else ""

    def _note(self, toll: Toll) -> str:
        """Why there is no best value, in a few words; empty where there is one."""
        figure = toll.figure
        if figure.best is not None:
            return ""
        if not figure.known:
            return "no figure stands"
        if len(toll.origins) > 1:
            return "sources disagree"
        if figure.high is None:
            return "a least"
        return "a most" if figure.low is None else "the source gives a range"

    def working(self, toll: Toll, voice: str, day: date | None) -> str:
        """The link to how a figure came about; here a place of the same page, and the claims name their days."""
        del day
        key = (
            toll.outcome,
            toll.group,
            voice,
            words.pieces(toll.figure),
            frozenset(u.claim for u in toll.used),
        )
        known = self._found.get(key)
        if known is None:
            anchor = f"w-{len(self._found) + 1}"
            summed = self.summed(toll)
            # What other voices say has no part in what one of them says.
            aside = [u for u in toll.aside if not voice or u.origin == voice]
            known = Working(
                anchor,
                words.outcome(toll.outcome),
                self.evidence.veil(words.group(toll.group)),
                Number(
                    words.pieces(toll.figure), f"#{anchor}", self._word(toll), self._note(toll), summed=summed
                ),
                tuple(self._taken(u, f"#{anchor}") for u in toll.used),
                tuple(self._taken(u, f"#{anchor}") for u in aside),
                self.evidence.voice(voice).full if voice else "",
                (END if len(toll.origins) > 1 else SUM) if summed else "",
            )
            self._found[key] = known
        return f"#{known.anchor}"

    def _taken(self, use: Use, fallback: str) -> Taken:
        evidence = self.evidence
        statement = evidence.statement(use.claim)
        report = evidence.book.reports.get(statement.report) if statement else None
        figure = getattr(statement, "figure", None)
        label = words.plain(figure) if figure is not None else "a claim"
        return Taken(
            Run(evidence.veil(label), evidence.target(use.claim) if statement else fallback),
            evidence.voice(use.origin) if use.origin else Voice("unknown", "unknown"),
            words.day(statement.said_on or (report.said_on if report else None)) if statement else "undated",
            evidence.veil(use.rule),
            evidence.runs(use.why, [use.claim], fallback),
        )

    @property
    def all(self) -> tuple[Working, ...]:
        """The workings that were asked for, in the order of their anchors."""
        return tuple(self._found.values())
