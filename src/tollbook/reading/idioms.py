"""What only looks like speech, what may speak with which verb, and what follows a verb of speech."""

from __future__ import annotations

from functools import cache

from tollbook.reading.mentions import Phrase, after
from tollbook.reading.tags import QUOTES, SPEAKERS, Word
from tollbook.rules import table

_BEFALLEN = frozenset(("killed", "dead", "missing", "wounded", "injured", "hurt", "captured", "slain"))
# Verbs so plain that even an unknown noun with an article may be their subject ("the bulldozer driver said").
_PLAIN = frozenset(("said", "says", "told", "added"))
PASSED = frozenset(("shared", "posted", "published", "relayed", "seen"))
# How a paper came to those who write of it ("a report seen by AFP"); their names are not its source.
SEEN = frozenset("seen obtained reviewed viewed verified examined read consulted".split())
# Verbs with which somebody gives out a paper or a list, and what else than a paper may be given.
_GIVEN = frozenset(
    "issued issues released releases gave gives provided provides supplied supplies circulated".split()
)
_LISTED = frozenset(
    (
        "names",
        "number",
        "numbers",
        "identities",
        "details",
        "breakdown",
        "assurances",
        "assurance",
        "word",
        "evidence",
    )
)
_ARTICLES = frozenset(("a", "an", "the", "its", "their", "his", "her"))
_BASE = frozenset(("report", "claim", "estimate", "say", "add"))


@cache
def closed(name: str) -> frozenset[str]:
    """The words of a closed group around a name, by the group's name in the table."""
    return frozenset(table("en", "speech")["around"][name].split())


def speaks(phrase: Phrase | None) -> bool:
    """Whether a phrase names one who can speak."""
    return phrase is not None and (
        "r" in phrase.head or "N" in phrase.head or bool(SPEAKERS & set(phrase.head))
    )


def noun(row: list[Word], at: int) -> bool:
    """Whether a word that may be a verb or a noun is a noun here ("reports of", "the claims", "SOHR posts said")."""
    if at and row[at - 1].low == "to":
        return [w.low for w in row[max(0, at - 3) : at]] not in (["went", "on", "to"], ["goes", "on", "to"])
    if "d" not in row[at].kinds and not row[at].low.endswith(("ed", "said")):
        return False
    if at + 1 < len(row) and "V" in row[at + 1].kinds and "d" in row[at].kinds:
        return True
    if "d" in row[at].kinds and at + 1 < len(row) and row[at + 1].low in {"of", "by", "from"} | SEEN:
        return True
    if at == 0:
        return True
    left = row[at - 1]
    if row[at].low in _BASE and _single(row, at):
        return True
    if left.low in _ARTICLES and row[at].low.endswith("ed"):
        return True  # "a feared unit"
    if row[at].low == "alleged" and at + 1 < len(row):
        nxt = row[at + 1]
        if not (nxt.cap or "D" in nxt.kinds or nxt.low == "that" or nxt.low[0].isdigit()):
            return True  # "an alleged raid"
    if "D" in left.kinds or ("R" in left.kinds and left.low != "to"):
        return True
    return "d" in row[at].kinds and ("j" in left.kinds and not SPEAKERS & set(left.kinds))


def _single(row: list[Word], at: int) -> bool:
    """Whether the word before a base form is no plural, so that the form is a noun ("its weekly report on")."""
    if at + 1 < len(row) and row[at + 1].low == "that":
        return False
    k = at - 1
    while k > 0 and "b" in row[k].kinds:
        k -= 1
    word = row[k]
    many = (
        word.low.endswith("s") or "P" in word.kinds or word.low in {"media", "police", "military", "i", "we"}
    )
    return not (many or word.cap or (set("raym") & set(word.kinds) and "j" not in word.kinds))


def idiom(row: list[Word], at: int) -> bool:
    """Whether the words only look like speech ("claimed the lives of", "claimed responsibility", "said to be")."""
    ahead = [w.low for w in row[at + 1 : at + 7]]
    low = row[at].low
    if low == "reported" and row[at + 1 : at + 2] and row[at + 1].low in _BEFALLEN:
        return True  # "48 people reported killed"
    if low in {"states", "state", "learned"}:
        return ahead[:1] != ["that"]
    if low.startswith("claim"):
        return bool({"lives", "life", "responsibility", "victims", "credit"} & set(ahead)) or ahead[:1] == [
            "by"
        ]
    if low in {"held", "hold", "holds"}:
        return "responsible" not in {w.low for w in row[at + 1 :]}
    if low in {"put", "puts", "putting", "updated", "updates"}:
        return not {
            "toll",
            "number",
            "figure",
            "total",
            "dead",
            "losses",
            "casualties",
            "count",
            "report",
        } & {*ahead, *(w.low for w in row[max(0, at - 4) : at])}
    if low in {"believed", "feared", "estimated"}:
        return ahead[:1] == ["to"]  # "three men, believed to belong to a gang, were killed"
    if low in {"charged", "charges", "charging"}:
        return not (
            ahead[:1] in ([], ["."], ["that"], [","])
            or (row[at + 1 : at + 2] and "T" in row[at + 1].kinds)
            or (ahead[0] == "on" and len(row) > at + 2 and "T" in row[at + 2].kinds)
        )
    if low in _GIVEN:
        return not any("d" in word.kinds or word.low in _LISTED for word in row[at + 1 : at + 6])
    if low in {"identified", "identifies", "named"}:
        return ahead[:1] in (["as"], ["by"]) or not ahead or row[at + 1].cap  # "a woman named Rosa"
    if low.startswith("sp"):
        return ahead[:1] != ["of"]  # "residents spoke of nine dead"
    return low in {"said", "reported"} and ahead[:1] == ["to"] and ahead[1:2] in (["be"], ["have"])


def fit(row: list[Word], at: int, who: Phrase) -> bool:
    """Whether a phrase can be the subject of the word of speech at ``at``."""
    low, nxt = row[at].low, row[at + 1].low if at + 1 < len(row) else ""
    if (nxt == "by" and low not in _PLAIN) or (
        low in PASSED and not (SPEAKERS - {"d"}) & set(who.head) and "N" not in who.head and "d" in who.head
    ):
        return False  # "a video shared by a resident", "one video posted to social media"
    if row[who.first].low in {"a", "an"} and low in _BASE and row[who.last].cap:
        return False  # "a Rights Watch report"
    return speaks(who) or low in _PLAIN


def _purpose(word: Word, told: bool) -> str:  # noqa: FBT001 - whether more than the verb stands before
    """What "to" before a word leads to: what is claimed ("claim to have killed"), a purpose ("to protect him"), or nothing."""
    if word.low in {"have", "be"} and not told:
        return "content"
    return "" if word.kinds or word.cap else "end"


def follows(row: list[Word], k: int) -> str:
    """What comes after a verb of speech: that, end, comma, colon, quote, conj or content."""
    size, prepositional, document = len(row), False, True
    while k < size:
        word = row[k]
        if word.low == "that":
            return "that" if document else "end"  # "said of a raid that sent bakers fleeing"
        if word.low.endswith("ing") and not word.kinds and not word.cap:
            return "end"
        if word.low in {".", ";", ")", "-", "--"}:
            return "end"
        if word.low in {",", ":"}:
            return "colon" if word.low == ":" else "comma"
        if word.low in QUOTES:
            return "quote" if k + 2 < size else "end"
        if (
            "T" in word.kinds
            or "b" in word.kinds
            or ("D" in word.kinds and k + 1 < size and "T" in row[k + 1].kinds)
        ):
            k += 1
            continue
        if word.low.endswith("ing") and ("V" in word.kinds or word.low in {"citing", "quoting"}):
            return "end"
        timed = k + 1 < size and ("T" in row[k + 1].kinds or row[k + 1].low[0].isdigit())
        if ("C" in word.kinds or word.low == "and") and not timed:
            return "conj"
        if word.low == "to" and k + 1 < size and (purpose := _purpose(row[k + 1], prepositional)):
            return purpose
        if "R" in word.kinds and not (
            word.low in {"at", "about", "over"}
            and k + 1 < size
            and (row[k + 1].low in {"least", "most"} or row[k + 1].low[0].isdigit())
        ):
            phrase = after(row, k + 1, wide=True)
            k = phrase.last + 1 if phrase else k + 1
            prepositional = True
            document = (
                phrase is None
                or bool(set("daTN") & set(phrase.head))
                or (row[phrase.first].low != "an" and row[phrase.first].low != "a")
            )
            continue
        if not prepositional:
            return "content"
        if "D" in word.kinds:
            return "either"  # "said in 2016 the man had died", "said on Monday the second raid of the week"
        k += 1
    return "end"
