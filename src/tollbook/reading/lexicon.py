"""The words of a language as one look-up: what letter each word or phrase is for the constructions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from tollbook.codes import Outcome, VictimsClass
from tollbook.rules import table

# The letters of outcome forms, by the key of the table; see chunks for the others.
_FORMS = {
    "done": "V",
    "doing": "G",
    "do": "K",
    "happened": "I",
    "happening": "Y",
    "happen": "K",
    "state": "J",
    "noun": "D",
}
_FRAMES = {
    "left": "L",
    "find": "R",
    "take": "c",
    "lives": "E",
    "toll": "T",
    "rise": "U",
    "bring": "B",
    "cause": "A",
}

_FUNCTION = {
    "b": ["is", "are", "was", "were", "be", "been", "being", "am", "'re", "got", "gets", "get", "remain", "remains", "remained", "remaining", "wasn't", "weren't", "isn't", "aren't"],
    "h": ["has", "have", "had", "having", "'ve", "hasn't", "haven't", "hadn't"],
    "m": ["will", "would", "could", "can", "may", "might", "must", "shall", "should", "did", "do", "does", "didn't", "don't", "doesn't", "couldn't", "wouldn't"],
    "p": ["in", "on", "at", "by", "from", "with", "without", "for", "into", "near", "during", "after", "before", "since", "between", "against", "under", "over", "across", "around", "through", "throughout", "within", "outside", "inside", "behind", "off", "onto", "toward", "towards", "among", "amid", "amidst", "amongst", "along", "alongside", "above", "below", "beside", "besides", "despite", "until", "till", "upon", "via", "like", "per", "following", "as", "because", "because-of", "besides", "than", "out", "about"],
    "o": ["of"],
    "t": ["to"],
    "a": ["and", "or", "&", "plus", "but", "nor"],
    "w": ["who", "whom", "which", "that", "whose", "where", "when", "while", "whereas", "if", "although", "though"],
    "l": ["including", "includes", "include", "included", "comprising", "comprise", "comprised", "comprises", "namely", "mostly", "mainly", "notably"],
    "r": ["also", "not", "never", "already", "reportedly", "allegedly", "later", "recently", "still", "then", "now", "yesterday", "today", "tonight", "apparently", "seriously", "critically", "severely", "badly", "slightly", "lightly", "immediately", "instantly", "thus", "so", "far", "too", "again", "once", "twice", "only", "just", "even", "actually", "finally", "subsequently", "meanwhile", "however", "therefore", "thereby", "there", "here", "both", "either", "accidentally", "deliberately", "brutally", "previously", "directly", "since-then", "overnight", "together", "alone"],
    "d": ["the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "that-one", "these", "those", "every", "each", "any", "another", "some", "all"],
    "i": ["he", "she", "it", "they", "we", "i", "you", "him", "them", "us", "me", "himself", "themselves", "one's", "there"],
    "s": ["said", "says", "say", "saying", "told", "tells", "reported", "reports", "announced", "announces", "stated", "states", "claimed", "added", "adds", "according", "confirmed", "declared", "denied", "warned", "noted", "explained", "acknowledged", "admitted", "accused", "believed", "estimated"],
    "z": ["no", "none", "nobody", "zero", "neither"],
    "n": ["'s"],
}  # fmt: skip


class Form(NamedTuple):
    """What a word or phrase can be: its letter, and for an outcome form which and whether it is weak."""

    letter: str
    outcome: Outcome | None = None
    weak: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All words of a language.

    Attributes:
        forms: word to form, for single words.
        phrases: first word to (words, form), longest first.
        people: singular and plural nouns of people to (class, plural).
        things: counted nouns that are no people.
        chance: words that end like a noun of persons and are none.
        turns: words before a noun that change the class of its people.
        offices: nouns whose class is that of the body they serve ("chief"); arms: words for bodies that fight.
        known: the words that a form or a phrase begins with.
    """

    forms: dict[str, Form] = field(default_factory=dict)
    phrases: dict[str, list[tuple[list[str], Form]]] = field(default_factory=dict)
    people: dict[str, tuple[VictimsClass, bool]] = field(default_factory=dict)
    things: frozenset[str] = frozenset()
    chance: frozenset[str] = frozenset()
    turns: dict[str, VictimsClass] = field(default_factory=dict)
    stays: frozenset[str] = frozenset()
    shelters: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    arms: frozenset[str] = frozenset()
    cues: tuple[str, ...] = ()
    strong: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


@cache
def lexicon(lang: str = "en") -> Lexicon:
    """The lexicon of a language, built once."""
    outcomes, groups = table(lang, "outcomes"), table(lang, "groups")
    found = Lexicon(
        people=_people(groups),
        things=_things(groups),
        chance=frozenset(groups["chance"].split()),
        turns={w: VictimsClass(k) for k, ws in groups["turn"].items() for w in ws},
        stays=frozenset(outcomes["housed"]["stay"]),
        shelters=frozenset(outcomes["housed"]["place"]),
        offices=frozenset(n for noun in groups["office"]["nouns"] for n in (noun, plural(noun))),
        arms=frozenset(groups["turn"]["combatant"]) - frozenset(groups["office"]["civil"]),
    )
    for letter, words in _FUNCTION.items():
        for word in words:
            found.forms[word] = Form(letter)
    weak = set(outcomes["weak"]["words"])
    cues: dict[str, bool] = {}
    for key, forms in outcomes.items():
        if key in {"weak", "idiom", "housed", "beside"}:
            continue
        for form, words in forms.items():
            letter = _FRAMES[form] if key == "frame" else _FORMS[form]
            for word in words:
                outcome = (_tolled(word) if letter == "T" else None) if key == "frame" else Outcome(key)
                if letter in "URAB" and " " not in word and word in found.forms:
                    continue
                _enter(found, word, Form(letter, outcome, word in weak))
                if outcome or letter == "E":
                    cues[word] = word not in weak
    for phrase in ("as well as", "along with", "together with", "in addition to"):
        _enter(found, phrase, Form("a" if phrase == "as well as" else "p"))
    _enter(found, "number of", Form("#"))
    cues.update(dict.fromkeys((*outcomes["housed"]["place"], *outcomes["beside"]["words"]), False))
    for phrase in outcomes["idiom"]["phrases"]:
        _enter(found, phrase, Form("n"))
    for rows in found.phrases.values():
        rows.sort(key=lambda r: -len(r[0]))
    object.__setattr__(found, "known", frozenset([*found.forms, *found.phrases]))
    object.__setattr__(found, "cues", tuple(cues))
    object.__setattr__(found, "strong", frozenset(w for w, s in cues.items() if s))
    return found


def _tolled(phrase: str) -> Outcome:
    """The outcome that a toll phrase counts: "number of wounded" is no death toll."""
    if "wounded" in phrase or "injured" in phrase:
        return Outcome.WOUNDED
    return Outcome.OTHER if "casualt" in phrase else Outcome.KILLED


def _enter(found: Lexicon, phrase: str, form: Form) -> None:
    words = phrase.split()
    if len(words) > 1:
        found.phrases.setdefault(words[0], []).append((words, form))
    elif words[0] not in found.forms or found.forms[words[0]].outcome is None:
        found.forms[words[0]] = form


def _people(groups: Mapping[str, Any]) -> dict[str, tuple[VictimsClass, bool]]:
    """Every noun of people with its class; plurals by rule and by the list of irregular ones."""
    found: dict[str, tuple[VictimsClass, bool]] = {}
    kinds = (
        ("plain", VictimsClass.UNKNOWN),
        ("civilian", VictimsClass.CIVILIAN),
        ("combatant", VictimsClass.COMBATANT),
    )
    for key, kind in kinds:
        for noun in groups[key].split():
            if noun not in found:
                found[noun] = (kind, False)
            found[plural(noun)] = (kind, True)
    for noun in groups["invariant"]:
        found[noun] = (found.get(noun, (VictimsClass.UNKNOWN, False))[0], True)
    for form, noun in groups["irregular"].items():
        if noun:
            found[form] = (found.get(noun, (VictimsClass.UNKNOWN, False))[0], True)
    return found


def _things(groups: Mapping[str, Any]) -> frozenset[str]:
    nouns = groups["things"].split()
    return frozenset([*nouns, *map(plural, nouns)])


def plural(noun: str) -> str:
    """The regular plural of an English noun."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def turned(kind: VictimsClass, turn: VictimsClass | None) -> VictimsClass:
    """The class of a noun after the words before it: "security men", "aid workers", "government soldiers"."""
    return turn if turn is not None and kind is VictimsClass.UNKNOWN else kind
