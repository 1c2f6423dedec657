"""The toll: standing claims of an incident become low, best and high, with the working of each."""

from tollbook.toll.balance import SHEETS, Balance, balance
from tollbook.toll.builtin import METHODS, written
from tollbook.toll.causes import KINDS
from tollbook.toll.days import history
from tollbook.toll.disputes import Disagreement, Side, disagreements
from tollbook.toll.gathered import Row, Under, gathered
from tollbook.toll.headline import headline
from tollbook.toll.landing import Landed, landed
from tollbook.toll.methods import Method
from tollbook.toll.moves import changes, diff, steps
from tollbook.toll.netting import shown_day
from tollbook.toll.policy import MethodError, TollError
from tollbook.toll.rollups import RollUp, Summary, added_up, roll_up
from tollbook.toll.sifting import CIVILIANS, OTHER, group_of
from tollbook.toll.stock import EVERYTHING, Regions, Stock, standing_under, stock
from tollbook.toll.sums import add_up
from tollbook.toll.timeline import PHASES, Moment, timeline
from tollbook.toll.told import TOLD, told, with_best
from tollbook.toll.tolls import compute, table
from tollbook.toll.units import HOUSEHOLDS

__all__ = [
    "CIVILIANS",
    "EVERYTHING",
    "HOUSEHOLDS",
    "KINDS",
    "METHODS",
    "OTHER",
    "PHASES",
    "SHEETS",
    "TOLD",
    "Balance",
    "Disagreement",
    "Landed",
    "Method",
    "MethodError",
    "Moment",
    "Regions",
    "RollUp",
    "Row",
    "Side",
    "Stock",
    "Summary",
    "TollError",
    "Under",
    "add_up",
    "added_up",
    "balance",
    "changes",
    "compute",
    "diff",
    "disagreements",
    "gathered",
    "group_of",
    "headline",
    "history",
    "landed",
    "roll_up",
    "shown_day",
    "standing_under",
    "steps",
    "stock",
    "table",
    "timeline",
    "told",
    "with_best",
    "written",
]
