"""The toll: standing claims of an incident become low, best and high, with the working of each."""

from tollbook.toll.methods import METHODS, Method, TollError
from tollbook.toll.sifting import CIVILIANS, OTHER, group_of
from tollbook.toll.sums import add_up
from tollbook.toll.tolls import compute, history, table

__all__ = [
    "CIVILIANS",
    "METHODS",
    "OTHER",
    "Method",
    "TollError",
    "add_up",
    "compute",
    "group_of",
    "history",
    "table",
]
