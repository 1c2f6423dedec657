"""Acts of speech in a sentence: who speaks, with which verb, and which part of the sentence the verb governs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tollbook.reading.mentions import SPEAKERS, Phrase, Word, after, agencies, before, words
from tollbook.rules import table
from tollbook.text import Document, Sentence

_BE = frozenset("was were is are been be being".split())  # noqa: SIM905  a line of words reads better than a list of them
_AND = frozenset(("and", "but", "or", ","))
_QUOTES = frozenset(('"', "''"))


class Act(NamedTuple):
    """One act of speech; offsets count characters of the body.

    Attributes:
        sentence: index of the sentence.
        kind: clause, object, part, source or head (a headline's colon).
        verb: the word of speech, in small letters.
        start, end: the verb's characters.
        who: characters of the speaker's noun phrase; empty (0, 0) where the sentence does not name one.
        head: classes of the phrase's head (``mentions``), "r" for a pronoun.
        name: characters of a person's own name, if the phrase gives one apart.
        left, right: the characters it governs before and after; empty where none.
        relay: characters of the one it was told to or who quotes it.
    """

    sentence: int
    kind: str
    verb: str
    start: int
    end: int
    who: tuple[int, int]
    head: str
    name: tuple[int, int] | None
    left: tuple[int, int]
    right: tuple[int, int]
    relay: tuple[int, int] | None = None


NOWHERE = (0, 0)
_BEFALLEN = frozenset(("killed", "dead", "missing", "wounded", "injured", "hurt", "captured", "slain"))
_BY = frozenset(
    ("reported", "said", "announced", "confirmed", "claimed", "acknowledged", "denied", "posted", "quoted")
)
_AGAIN = frozenset(("said", "reported", "added", "announced", "confirmed"))
# Verbs so plain that even an unknown noun with an article may be their subject ("the bulldozer driver said").
_PLAIN = frozenset(("said", "says", "told", "added"))


@cache
def frames() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Word of speech → its kind, and the subjects it is limited to (empty: any)."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for frame in table("en", "speech")["frame"]:
        for form in frame["forms"].split():
            found.setdefault(form, (frame["kind"], frozenset(frame.get("only", "").split())))
    return found


@cache
def _closed(name: str) -> frozenset[str]:
    return frozenset(table("en", "speech")["around"][name].split())


def acts(document: Document, sentence: Sentence) -> tuple[Act, ...]:
    """The acts of speech of a sentence, in text order."""
    row = words(document, sentence)
    found: list[Act] = []
    for at, word in enumerate(row):
        if "V" not in word.kinds:
            continue
        act = _act(row, at, sentence, found)
        if act is not None:
            found.append(act)
    head = _headline(row, sentence) if not found else None
    return (head,) if head else tuple(found)


def _act(row: list[Word], at: int, sentence: Sentence, earlier: list[Act]) -> Act | None:
    """The act whose word of speech stands at ``at``, or None if it is none."""
    kind, only = frames()[row[at].low]
    low = row[at].low
    if kind == "source":
        return _source(row, at, sentence)
    if _noun(row, at) or _idiom(row, at):
        return None
    if low == "saying" and at and row[at - 1].low == "as":
        return _quoted(row, at, sentence)
    back = _skip(row, at - 1)
    if any(row[k].low in _BE for k in range(back + 1, at)) and low not in {"saying", "telling", "reporting"}:
        return _passive(row, at, sentence)
    if kind == "part":
        return _participle(row, at, back, sentence, earlier)
    inverted = _inverted(row, at) if kind == "clause" else None
    if inverted is not None:
        return _made(
            row, at, sentence, kind, inverted, left=(_border(row, at, sentence), row[max(0, at - 1)].end)
        )
    who, own = _subject(row, back)
    if who is None:
        if back >= 0 and row[back].low not in _AND:
            return None
        if earlier:
            return _again(row, at, sentence, kind, earlier[-1])
        if back <= 0:  # "And also reported the injury of some"
            return (
                _made(row, at, sentence, kind, None, right=(row[at].end, sentence.end))
                if low in _AGAIN
                else None
            )
        who = _opening(row, at)
        if who is None:
            return None
    if only and row[who.last].low not in only:
        return None
    if not _fit(row, at, who):
        return None
    return _directed(row, at, sentence, kind, who._replace(name=own or who.name))


def _fit(row: list[Word], at: int, who: Phrase) -> bool:
    """Whether a phrase can be the subject of the word of speech at ``at``."""
    low, nxt = row[at].low, row[at + 1].low if at + 1 < len(row) else ""
    if nxt == "by" or (
        low in _PASSED and not (SPEAKERS - {"d"}) & set(who.head) and "N" not in who.head and "d" in who.head
    ):
        return False  # "a video shared by a resident", "one video posted to social media"
    if row[who.first].low in {"a", "an"} and low in _BASE and row[who.last].cap:
        return False  # "a Rights Watch report"
    return _speaks(who) or low in _PLAIN


_PASSED = frozenset(("shared", "posted", "published", "relayed", "seen"))
_BASE = frozenset(("report", "claim", "estimate", "say", "add"))


def _directed(row: list[Word], at: int, sentence: Sentence, kind: str, who: Phrase) -> Act:
    """The act with a subject on the left: what follows the verb tells which side it governs."""
    nxt, relay = at + 1, None
    if row[at].low in {"told", "tell", "tells", "informed", "informs"}:
        relay, nxt = _addressee(row, nxt)
    what = _follows(row, nxt)
    border = _border(row, who.first, sentence)
    text = who.first - next((k for k, w in enumerate(row) if w.start >= border), 0)
    clause = text >= 4 or (text >= 2 and row[who.first - 1].low in {",", '"'})
    left = right = NOWHERE
    if (
        kind == "clause"
        and clause
        and (what in {"end", "comma", "conj"} or (what == "quote" and row[who.first - 1].low in {",", '"'}))
    ):
        left = (border, row[who.first].start)
    if left == NOWHERE or what in {"comma", "quote"}:
        right = (row[at].end, sentence.end)
    return _made(row, at, sentence, kind, who, left=left, right=right, relay=relay)


def _made(
    row: list[Word], at: int, sentence: Sentence, kind: str, who: Phrase | None, *,
    left: tuple[int, int] = NOWHERE, right: tuple[int, int] = NOWHERE, relay: tuple[int, int] | None = None,
) -> Act:  # fmt: skip
    """An act in characters."""
    word = row[at]
    name = (row[who.name[0]].start, row[who.name[1]].end) if who and who.name else None
    span = (row[who.first].start, row[who.last].end) if who else NOWHERE
    return Act(
        sentence.index,
        kind,
        word.low,
        word.start,
        word.end,
        span,
        who.head if who else "r",
        name,
        left,
        right,
        relay,
    )


def _noun(row: list[Word], at: int) -> bool:
    """Whether a word that may be a verb or a noun is a noun here ("reports of", "the claims", "SOHR posts said")."""
    if at and row[at - 1].low == "to":
        return True  # "days to confirm the results"
    if "d" not in row[at].kinds and row[at].low not in {"claimed", "said", "reported", "alleged"}:
        return False
    if at + 1 < len(row) and "V" in row[at + 1].kinds and "d" in row[at].kinds:
        return True
    if "d" in row[at].kinds and at + 1 < len(row) and row[at + 1].low in {"of", "by", "from"}:
        return True
    if at == 0:
        return True
    left = row[at - 1]
    if row[at].low == "alleged" and at + 1 < len(row):
        nxt = row[at + 1]
        if not (nxt.cap or "D" in nxt.kinds or nxt.low == "that" or nxt.low[0].isdigit()):
            return True  # "an alleged raid"
    if "D" in left.kinds or ("R" in left.kinds and left.low != "to"):
        return True
    return "d" in row[at].kinds and ("j" in left.kinds and not SPEAKERS & set(left.kinds))


def _idiom(row: list[Word], at: int) -> bool:
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
        } & set(ahead)
    return (
        low in {"said", "reported", "believed", "feared", "estimated"}
        and ahead[:1] == ["to"]
        and ahead[1:2] in (["be"], ["have"])
    )


def _skip(row: list[Word], k: int) -> int:
    """The word left of adverbs, helping verbs and times ("the army on Sunday also ...")."""
    while k >= 0:
        word = row[k]
        timed = "T" in word.kinds or word.low.isdigit()
        if (
            "b" in word.kinds
            or (word.low.endswith("ly") and not word.kinds and not word.cap)
            or timed
            or (
                word.low in {"on", "in", "late", "early", "of"}
                and k + 1 < len(row)
                and (row[k + 1].low.isdigit() or "T" in row[k + 1].kinds)
            )
        ):
            k -= 1
        elif word.low in _closed("platforms") and k:
            while k and (row[k - 1].low == "/" or row[k - 1].low in _closed("platforms")):
                k -= 1
            if not k or row[k - 1].low not in {"on", "by", "via", "over"}:
                return k
            k -= 2
        else:
            break
    return k


def _subject(row: list[Word], k: int) -> tuple[Phrase | None, tuple[int, int] | None]:
    """The phrase that ends at word ``k``, stepping over appositions; with it a name that an apposition gives."""
    if k < 0:
        return None, None
    if "r" in row[k].kinds and row[k].low in {"who", "which"}:
        k -= 2 if k and row[k - 1].low == "," else 1
        return (before(row, k), None) if k >= 0 else (None, None)
    if row[k].low in {",", ")", "]", "-", "--"}:
        return _apposed(row, k)
    found = before(row, k)
    if found is None or "r" not in found.head:
        relative = next(
            (n for n in range(k - 1, max(0, k - 14), -1) if row[n].low in {"who", "which", ","}), -1
        )
        if not _speaks(found) and relative > 0 and row[relative].low != ",":
            return _subject(row, relative - 1)
    if (
        found is None and row[k].low not in _AND and not _closed_off(row[k])
    ):  # "the outfit in a release dated June 4 said"
        for tie in range(k, max(0, k - 12), -1):
            if row[tie].low in {",", '"', ";"} or "V" in row[tie].kinds:
                break
            other = before(row, tie - 1) if "R" in row[tie].kinds or row[tie].low == "speaking" else None
            if other and SPEAKERS & set(other.head):
                return other, None
    return found, None


def _speaks(phrase: Phrase | None) -> bool:
    """Whether a phrase names one who can speak."""
    return phrase is not None and (
        "r" in phrase.head or "N" in phrase.head or bool(SPEAKERS & set(phrase.head))
    )


def _closed_off(word: Word) -> bool:
    """Whether a word is a sign or digit, across which no subject is sought."""
    return word.low in _QUOTES or word.low in {";", ":"}


def _apposed(row: list[Word], close: int) -> tuple[Phrase | None, tuple[int, int] | None]:
    """The subject before ", head of the office," or "(SDF)"; the name when the apposition is one."""
    opening = {",": ",", ")": "(", "]": "[", "-": "-", "--": "--"}[row[close].low]
    start = next((n for n in range(close - 1, max(-1, close - 40), -1) if row[n].low == opening), -1)
    if start <= 0:
        found = before(row, close - 1) if opening == "," else None
        return (found if found and found.first == 0 else None), None
    inner = row[start + 1 : close]
    found, _ = _subject(row, start - 1)
    if not inner or (found is None and opening == ","):
        # two appositions: "X, head of the office, who fled, said"
        return _apposed(row, start) if opening == "," and start > 1 else (found, None)
    if found is None:
        return None, None
    own = None
    if opening == "," and len(inner) <= 5 and all(w.cap and not SPEAKERS & set(w.kinds) for w in inner):
        own = (start + 1, close - 1)
    if row[close].low == ")":
        found = found._replace(last=close)
    return found, own


def _inverted(row: list[Word], at: int) -> Phrase | None:
    """The speaker after the verb in "CLAIM, said the mayor", or None."""
    if at == 0 or at + 1 >= len(row):
        return None
    left = row[at - 1]
    open_ = left.low in _OPENERS
    ends = after(row, at + 1)
    plain = row[at].low in {"said", "says"}
    open_ = open_ or (ends is not None and _speaks(ends) and ends.last >= len(row) - 2 and plain)
    if not open_ and (before(row, _skip(row, at - 1)) is not None or "b" in left.kinds or "r" in left.kinds):
        return None
    if "V" in row[at].kinds and row[at].low not in _INVERTING:
        return None
    who = after(row, at + 1)
    if who is None or not (SPEAKERS & set(who.head) or ("N" in who.head and open_)):
        return None
    end = who.last + 1
    if end >= len(row):
        return who
    nxt = row[end]
    if "R" in nxt.kinds and _apposed(row, at - 1)[0] is not None if left.low == "," else False:
        return None  # "The mayor, Ivan Petrov, said one man in his town had died"
    closed = nxt.low in {",", ".", ";", ":", '"', "who", "which", "and", "''", "-"} or bool(
        set("TRC") & set(nxt.kinds)
    )
    return who if closed else None


_OPENERS = frozenset((",", '"', "-", "''", "'"))
_INVERTING = frozenset(
    "said says added adds reported reports wrote writes announced warned explained confirmed estimates estimated".split()
)  # noqa: SIM905  a line of words


def _source(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "according to X"."""
    if at + 2 >= len(row) or row[at + 1].low != "to":
        return None
    who = after(row, at + 2, wide=True)
    if who is None:
        return None
    left = right = NOWHERE
    opens = (
        at == 0
        or row[at].cap
        or (at <= 2 and row[at - 1].low in {"and", "but", "meanwhile", ","})
        or row[at - 1].low in {"and", "but", "while", ";", ":"}
    )
    if opens:
        right = (row[who.last].end, sentence.end)
    else:
        left = (_border(row, at, sentence), row[at].start)
        rest = [w for w in row[who.last + 1 :] if w.low not in _QUOTES]
        if rest and rest[0].low == "," and row[at - 1].low in {",", "and", "that"}:
            right = (row[who.last].end, sentence.end)
    return _made(row, at, sentence, "source", who, left=left, right=right)


def _passive(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "it was reported by X that": X speaks."""
    by = next((k for k in range(at + 1, min(len(row), at + 4)) if row[k].low == "by"), -1)
    who = after(row, by + 1) if by > 0 else None
    if by < 0 and row[0].low in {"in", "according"} and row[at + 1 : at + 2] and row[at + 1].low == "that":
        opening = after(row, 1)  # "In a report of the ministry, it was stated that"
        if opening and "d" in opening.head and opening.last > opening.first + 2:
            return _made(row, at, sentence, "clause", opening, right=(row[at].end, sentence.end))
    if who is None or row[at].low not in _BY or not (SPEAKERS & set(who.head) or "N" in who.head):
        return None
    if who.last + 1 < len(row) and row[who.last + 1].low == "that":
        return _made(row, at, sentence, "clause", who, right=(row[who.last].end, sentence.end))
    return _made(row, at, sentence, "clause", who, left=(_border(row, at, sentence), row[at].start))


def _quoted(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "X was quoted as saying" and "the agency quoted X as saying"."""
    verb = next(
        (
            k
            for k in range(at - 1, max(-1, at - 14), -1)
            if row[k].low in {"quoted", "cited", "quotes", "quoting"}
        ),
        -1,
    )
    if verb < 0:
        return None
    back = _skip(row, verb - 1)
    passive = any(row[k].low in _BE for k in range(back + 1, verb))
    other, _ = _subject(row, back)
    who = other if passive else after(row, verb + 1)
    if who is None:
        return None
    by = after(row, at + 2) if passive and at + 2 < len(row) and row[at + 1].low == "by" else None
    told = by if passive else other
    relay = (row[told.first].start, row[told.last].end) if told and "r" not in told.head else None
    what = _follows(row, at + 1)
    left = (_border(row, who.first, sentence), row[who.first].start) if what == "end" else NOWHERE
    right = NOWHERE if what == "end" else (row[at].end, sentence.end)
    return _made(row, at, sentence, "clause", who, left=left, right=right, relay=relay)


def _participle(row: list[Word], at: int, back: int, sentence: Sentence, earlier: list[Act]) -> Act | None:
    """The act of ", adding that": the speaker before goes on; or of "with officials saying"."""
    if at and "D" in row[at - 1].kinds:
        return None  # "what the writing meant"
    if back >= 0 and row[back].low not in _AND and "C" not in row[back].kinds:
        who = before(row, back)
        if (
            who is not None
            and (SPEAKERS & set(who.head))
            and not (earlier and earlier[-1].who[1] == row[who.last].end)
        ):
            return _made(row, at, sentence, "part", who, right=(row[at].end, sentence.end))
    if earlier:
        return _again(row, at, sentence, "part", earlier[-1])
    who = _opening(row, at)
    if at <= 1:  # "While admitting that ..., the minister"
        comma = next((k for k in range(at, len(row)) if row[k].low == ","), len(row))
        who = after(row, comma + 1)
    return _made(row, at, sentence, "part", who, right=(row[at].end, sentence.end)) if who else None


def _again(row: list[Word], at: int, sentence: Sentence, kind: str, last: Act) -> Act:
    """A further act of the same speaker."""
    word = row[at]
    right = (word.end, sentence.end)
    return last._replace(kind=kind, verb=word.low, start=word.start, end=word.end, left=NOWHERE, right=right)


def _opening(row: list[Word], at: int) -> Phrase | None:
    """The subject that opens the sentence, if it is a speaker ("The army hit back, saying ...")."""
    who = after(row, 0)
    return (
        who
        if who and who.last < at and (SPEAKERS & set(who.head) or "r" in who.head or "N" in who.head)
        else None
    )


def _addressee(row: list[Word], nxt: int) -> tuple[tuple[int, int] | None, int]:
    """Whom it was told, if that is a medium, and where the sentence goes on."""
    if nxt < len(row) and row[nxt].low in _closed("addressees"):
        return None, nxt + 1
    who = after(row, nxt)
    if who is None:
        return None, nxt + 1
    said = {row[k].low for k in range(who.first, who.last + 1)}
    medium = (
        bool(said & agencies()) or "a" in who.head or ("N" in who.head and not set("pPyo") & set(who.head))
    )
    return ((row[who.first].start, row[who.last].end) if medium else None), who.last + 1


def _follows(row: list[Word], k: int) -> str:
    """What comes after a verb of speech: that, end, comma, colon, quote, conj or content."""
    size, prepositional, document = len(row), False, True
    while k < size:
        word = row[k]
        if word.low == "that":
            return "that" if document else "end"  # "said in an attack that sent locals fleeing"
        if word.low.endswith("ing") and not word.kinds and not word.cap:
            return "end"
        if word.low in {".", ";", ")", "-", "--"}:
            return "end"
        if word.low in {",", ":"}:
            return "colon" if word.low == ":" else "comma"
        if word.low in _QUOTES:
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
        if word.low == "to" and k + 1 < size and not row[k + 1].kinds and not row[k + 1].cap:
            return "end"  # "... to protect his identity"
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
                or row[phrase.first].low != "an"
                and row[phrase.first].low != "a"
            )
            continue
        if not prepositional or "D" in word.kinds:
            return "content"
        k += 1
    return "end"


def _border(row: list[Word], at: int, sentence: Sentence) -> int:
    """Where the part left of an act begins: after the last act's clause, else with the sentence."""
    return sentence.start


def _headline(row: list[Word], sentence: Sentence) -> Act | None:
    """The act of "Monitor: 43 killed" or "43 killed: monitor"; None where no colon parts off a speaker."""
    for k, word in enumerate(row):
        if word.low != ":" or len(row) < 4:
            continue
        if 1 <= k <= 5:
            who = before(row, k - 1)
            if who and who.first == 0 and SPEAKERS & set(who.head):
                return _made(row, k, sentence, "head", who, right=(word.end, sentence.end))
        if len(row) - 6 <= k < len(row) - 1:
            who = after(row, k + 1)
            if who and who.last >= len(row) - 2 and SPEAKERS & set(who.head):
                return _made(row, k, sentence, "head", who, left=(sentence.start, word.start))
    return None
