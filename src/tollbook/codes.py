"""The enumerations of the field, spelled as the field spells them."""

from enum import StrEnum


class Outcome(StrEnum):
    """What befell people. Figures of different outcomes are never added.

    ``casualties`` are killed and wounded in one figure. ``held``, ``at_large`` and ``in_displacement`` are stocks: how
    many are so on a day; the others are flows: how many became so. ``indirect_deaths`` (of hunger, disease, cold) and
    ``excess_deaths`` (an estimate above a baseline) are no toll of violence and never stand in one figure with it.
    """

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    CAPTURED = "captured"
    SURRENDERED = "surrendered"
    ESCAPED = "escaped"
    RECAPTURED = "recaptured"
    AT_LARGE = "at_large"
    RELEASED = "released"
    EXCHANGED = "exchanged"
    DISPLACED = "displaced"
    RETURNED = "returned"
    IN_DISPLACEMENT = "in_displacement"
    MISSING = "missing"
    BODIES_FOUND = "bodies_found"
    DETAINED = "detained"
    HELD = "held"
    ABDUCTED = "abducted"
    BESIEGED = "besieged_or_trapped"
    INDIRECT_DEATHS = "indirect_deaths"
    EXCESS_DEATHS = "excess_deaths"
    OTHER = "other"


# What the reading contract, which knows twelve outcomes, calls the finer ones.
COARSE = {
    Outcome.CASUALTIES: Outcome.OTHER,
    Outcome.RELEASED: Outcome.OTHER,
    Outcome.EXCHANGED: Outcome.OTHER,
    Outcome.RETURNED: Outcome.OTHER,
    Outcome.EXCESS_DEATHS: Outcome.OTHER,
    Outcome.INDIRECT_DEATHS: Outcome.KILLED,  # the only word for a death that the contract has
    Outcome.RECAPTURED: Outcome.DETAINED,
    Outcome.HELD: Outcome.DETAINED,
    Outcome.AT_LARGE: Outcome.ESCAPED,
    Outcome.IN_DISPLACEMENT: Outcome.DISPLACED,
}


def coarse(outcome: Outcome) -> Outcome:
    """The outcome as the reading contract names it."""
    return COARSE.get(outcome, outcome)


# How many are so on a day. The latest count stands, lower or higher; it is never added to those who became so.
STOCKS = frozenset({Outcome.HELD, Outcome.AT_LARGE, Outcome.IN_DISPLACEMENT})


class Unit(StrEnum):
    """What a figure counts."""

    PERSON = "person"
    HOUSEHOLD = "household"


class VictimsClass(StrEnum):
    """What kind of people a group is."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """What a figure counts over."""

    INCIDENT = "incident"
    CUMULATIVE = "cumulative"
    PERIOD = "period"
    WAR = "war"


class Mode(StrEnum):
    """Whether a figure is a total so far or comes on top of one."""

    TOTAL = "total"
    INCREMENT = "increment"


class Addition(StrEnum):
    """Why people enter a count now, where the speaker says it: the parts of the daily tolls of health ministries."""

    UNSTATED = "unstated"
    NEW = "new"  # they died in the days that the report is of
    RECOVERED = "recovered"  # they died before, and their bodies were found now
    SUCCUMBED = "succumbed"  # they were counted as wounded and died of it
    LATE = "late"  # they died before, and it was reported now
    ACCEPTED = "accepted"  # they died before or were missing, and a review of such cases accepted them now


class Status(StrEnum):
    """How far the speaker stands behind it."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    POSSIBLE = "possible"
    DENIED = "denied"


class Phase(StrEnum):
    """What a course claim says of what happened."""

    BEGAN = "began"
    CONTINUES = "continues"
    ENDED = "ended"
    CONTROL_CHANGED = "control changed"
    ANNOUNCED = "announced"


class SourceKind(StrEnum):
    """What kind of voice a source is."""

    AGENCY = "agency"
    OUTLET = "outlet"
    MONITOR = "monitor"
    PARTY = "party"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    CORRESPONDENT = "correspondent"
    WITNESS = "witness"
    MODEL = "model"
    UNKNOWN = "unknown"


class Verb(StrEnum):
    """What a judgement does."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    WITHDRAW = "withdraw"
    ACKNOWLEDGE = "acknowledge"
    UNDO = "undo"
    NEST = "nest"
    APART = "apart"
    GRADE = "grade"
    RATE = "rate"
    REVIEW = "review"
    UNVERIFIABLE = "unverifiable"
    ASSIGN = "assign"
    COMMENT = "comment"


class Level(StrEnum):
    """How much an incident holds: one event, or the campaign or the war that events belong to."""

    INCIDENT = "incident"
    CAMPAIGN = "campaign"
    WAR = "war"

    @property
    def rank(self) -> int:
        """0 for an incident, more for what holds it; only a higher one may stand above."""
        return list(Level).index(self)


class Grade(StrEnum):
    """How well an incident is established, in the words of Airwars' published grades."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class Review(StrEnum):
    """Where the checking of a claim or an incident by people stands."""

    UNREVIEWED = "unreviewed"
    IN_REVIEW = "in review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNVERIFIABLE = "unverifiable"
    CHANGED = "changed"
