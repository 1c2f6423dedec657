"""Closed classes of words that noun phrases are read by: determiners, days, pairs, signs."""

from __future__ import annotations

TIMES = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
        "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon "
        "tue tues wed thu thur thurs fri sat sun christmas ramadan eid"
    ).split()
)
DETERMINERS = frozenset(
    ("the a an his her their its our my your this that these those every each any another some all").split()
)
# Tokens of an age ("12-year-old"), which may also be the whole noun: "killed a 15-year-old in Velden".
AGE = 3
# Relatives: in a list they need no article ("the father, mother and sister").
KIN = frozenset(
    (
        "mother father mom dad son daughter brother sister wife husband grandmother grandfather uncle aunt cousin "
        "nephew niece child baby infant toddler grandson granddaughter stepson stepdaughter boyfriend girlfriend"
    ).split()
)
# "a family of seven", "a group of 20"
COUNTED = frozenset({"family", "group", "crew", "team", "gang", "unit"})
PAIRS = {"couple": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3}
# "IS fighters" and "US troops" are names where case tells them from "is" and "us".
NAMES_TOO = frozenset({"is", "us", "it", "who", "am", "up"})
HARD = frozenset([",", ";", ":", "(", ")", ".", '"', "-", "?", "!", "[", "]", "/", "$", "%"])
DEFINITE = frozenset(("the these those his their its our whom them which all").split())
OF_GROUP = frozenset(
    (
        "member members group crew family families couple followers supporters employees staff personnel "
        "relatives officers soldiers pair leaders leader activist activists cadre cadres"
    ).split()
)
# What people are taken or held as: "took six engineers hostage".
CAPTIVE = frozenset({"hostage", "captive", "prisoner"})
# Titles and offices that stand before a name.
TITLES = frozenset(
    (
        "mr mrs ms dr gen col lt maj capt sgt cpl brig adm president minister general colonel captain major lieutenant sergeant "
        "commander judge father sister imam sheikh ayatollah sheik private corporal specialist pfc sen rep gov mayor officer "
        "msgr mons monsignor archbishop bishop attorney senator congressman engineer inspector professor doctor priest leader "
        "deputy ambassador official reverend comrade"
    ).split()
)
