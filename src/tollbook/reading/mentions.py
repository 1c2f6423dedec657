"""Noun phrases that can name a speaker: where they begin and end, left or right of a verb of speech.

A regular expression mangles such names ("near the border with Norland local people said"), so the words
are walked one by one with a small closed set of tags from ``rules/en/roles.toml``.
"""

from __future__ import annotations

from typing import NamedTuple

from tollbook.reading.tags import LINKS, QUOTES, SPEAKERS, TIES, Word, adverbial, common, heads, sign

_FEW = 4  # unknown small words that may stand between a determiner and its head ("a bulldozer driver's mate said")
MADE = frozenset(("kept", "made", "given", "put"))  # participles of papers that do not end in "-ed"
_ORDINAL = ("st", "nd", "rd", "th")
_DEMONYM = ("ian", "ean", "an", "ish", "ese", "aeli", "aqi", "eni", "ani", "ench", "eek", "ssi", "abi", "i")


class Phrase(NamedTuple):
    """Words ``first`` to ``last`` (included) of a sentence that name somebody; ``head`` holds the head's classes."""

    first: int
    last: int
    head: str
    name: tuple[int, int] | None = None  # words of a person's own name, where the phrase gives one apart


def before(row: list[Word], at: int, floor: int = 0) -> Phrase | None:
    """The phrase that ends at word ``at``, found by walking left, not beyond ``floor``; None if no speaker ends there."""
    if at < floor:
        return None
    word = row[at]
    if "r" in word.kinds:
        return Phrase(at, at, "r")
    if word.low in QUOTES:
        return _entitled(row, at, floor)
    if word.low.isdigit() and at > floor and row[at - 1].cap and set("ay") & set(row[at - 1].kinds):
        numbered = before(row, at - 1, floor)  # "Channel 12"
        return numbered._replace(last=at) if numbered else None
    if not (heads(word) or common(word) or word.kinds == "j"):
        return None
    first: int | None = at if heads(word) else None
    plural = "P" in word.kinds and not word.cap
    # "killed five civilians witnesses said": before a plural or a name an unknown word belongs to another phrase
    room = 0 if plural or (first is not None and word.cap) else _FEW if first is not None else _FEW - 1
    k = at
    while k > floor:
        step = _joined(row, k, floor, named=heads(word))
        if step is not None:
            tied = any(w.low in TIES or w.low == "and" for w in row[step:at])
            if plural and not tied and row[step].low in {"a", "an"}:
                return Phrase(at, at, word.kinds)  # "in the centre of a southern town police said"
            if plural and {"P"} == set(row[step].kinds) and step == k - 1:
                break
            if k - step > 1 and row[k - 1].low in TIES:
                room = _FEW  # "an official at the governor's press office in Port Saint"
            first, k = step, step
            continue
        left = row[k - 1]
        if "D" in row[k].kinds and not row[k].cap:
            named = _apposed(row, k, floor)
            first = first if named is None else named
            break
        if not room or not common(left) or (first is not None and adverbial(left)):
            break
        room -= 1
        k -= 1
    if first is None or not (
        heads(word) or "D" in row[first].kinds or first == floor or sign(row[first - 1])
    ):
        return None
    return Phrase(first, at, _head(row, first, at), _proper(row, first, at))


def _apposed(row: list[Word], k: int, floor: int) -> int | None:
    """Where a name begins that stands right before "a member of ..." without a comma, at the head of its clause."""
    if k - 1 < floor or not row[k - 1].cap or row[k - 1].kinds:
        return None
    start = k - 1
    while start > floor and row[start - 1].cap and not row[start - 1].kinds:
        start -= 1
    if start == k - 1:
        return None  # one word may be an adverb ("Puzzlingly the ministry said")
    return start if start == floor or row[start - 1].low in {".", '"', "'", ";", ":"} else None


def _entitled(row: list[Word], close: int, floor: int) -> Phrase | None:
    """A name in quotation marks with what leads to it: 'a post from "The Plain Truth"'."""
    start = next((k for k in range(close - 1, max(floor, close - 8), -1) if row[k].low in QUOTES), -1)
    if (
        start < 0
        or not row[start + 1].cap
        or start - 1 < floor
        or row[start - 1].low not in {"from", "by", "of", "page"}
    ):
        return None
    return Phrase(start + 1, close - 1, "N")


def _joined(row: list[Word], k: int, floor: int, *, named: bool) -> int | None:
    """Where the phrase begins after taking in the word left of ``k``, or None if that word does not belong to it."""
    left, here = row[k - 1], row[k]
    if "D" in here.kinds and not here.cap:
        return _linked(row, k, floor) if "D" not in left.kinds else None
    if "D" in left.kinds:
        return k - 1
    if left.low == "'s" and k - 1 > floor:
        return k - 2 if not sign(row[k - 2]) else None
    if left.low in {"&", "/", "@"} or (left.low[0].isdigit() and left.low.endswith(_ORDINAL) and here.cap):
        return k - 1  # "the 6th Infantry Brigade"
    if left.low == ")":
        return _bracket(row, k - 1, floor)
    if heads(left) or "j" in left.kinds or "t" in left.kinds:
        if (
            left.cap
            and not here.cap
            and "j" in here.kinds
            and not (SPEAKERS & set(here.kinds))
            and not left.low.endswith(_DEMONYM)
            and not (
                k - 1 == floor
                or sign(row[k - 2])
                or "D" in row[k - 2].kinds
                or left.low in {"un", "us", "uk", "eu"}
            )
        ):
            return None  # "the border with Norland local people said"
        if not left.cap and here.cap and set("Pd") & set(left.kinds) and "t" not in here.kinds:
            return None  # "killed two soldiers Colonel X said" keeps to the name
        return k - 1
    if left.cap and here.cap and k - 1 > floor and row[k - 2].cap and "b" in left.kinds:
        return k - 1  # "East Now News"
    if left.low.count("-") and left.low[0].isalpha() and not adverbial(left) and left.low[-4:] != "-old":
        return k - 1
    return _linked(row, k, floor) if named else None


def _linked(row: list[Word], k: int, floor: int) -> int | None:
    """Takes in "head of", "spokesman for", "ministry in" or "officials and" left of word ``k``."""
    link = row[k - 1].low
    if k - 2 < floor:
        return None
    left, here = row[k - 2], row[k]
    speaking = bool(SPEAKERS & set(left.kinds))
    if link in {"of", "for"} and (speaking or left.cap):
        return k - 2
    if (
        link in {"by", "from"}
        and k - 3 >= floor
        and "d" in (left.kinds or row[k - 3].kinds)
        and (left.kinds or left.low.endswith("ed"))
    ):
        return k - 2 if left.kinds else k - 3  # "a communique released by the army"
    if link == "in" and left.cap and "j" in left.kinds and k - 3 > floor and row[k - 3].low == "of":
        return k - 2  # "the Ministry of Health in Strelsau"
    if (
        link in {"in", "at", "from", "on", "to"}
        and speaking
        and not ({"P", "p"} & set(here.kinds) and not here.cap)
    ):
        return k - 2 if here.cap or "D" in here.kinds or "j" in here.kinds else None
    listed = here.cap or (here.low == "other" and "j" in here.kinds)  # "the Guild and other groups"
    if link in {"and", "or"} and (speaking or (left.cap and listed and _clean(row, k - 2, floor))):
        return k - 2
    return None


def _clean(row: list[Word], at: int, floor: int) -> bool:
    """Whether only names stand between a clause's beginning and word ``at`` ("Smith and Jones said")."""
    while at >= floor and (row[at].cap or row[at].low in {"of", "for", "the", "'s"} or row[at].kinds):
        at -= 1
    return at < floor or row[at].low in {",", '"', ";", "that", "and", "but"}


def _bracket(row: list[Word], close: int, floor: int) -> int | None:
    """The opening of a short bracket that closes at ``close``, with the word before it."""
    for k in range(close - 1, max(floor, close - 8), -1):
        if row[k].low == "(":
            return k - 1 if k > floor else None
    return None


def after(row: list[Word], at: int, *, wide: bool = False) -> Phrase | None:
    """The phrase that begins at word ``at``, found by walking right; ``wide`` takes unknown words without a determiner."""
    k, last, open_, size, tie = at, -1, wide, len(row), at
    while k < size:
        word = row[k]
        small = "D" in word.kinds and not word.cap
        if "r" in word.kinds and k == at:
            return Phrase(at, at, "r")
        if small and last < 0:
            open_ = True
        elif "T" in word.kinds or (small and row[k - 1].low not in TIES):
            break
        elif heads(word) or (word.cap and word.low not in LINKS):
            last = k
        elif word.low == "(" and last == k - 1:
            close = next((n for n in range(k + 1, min(size, k + 8)) if row[n].low == ")"), None)
            if close is None:
                break
            last, k = close, close
        elif _fills(row, k, at, last, open_=open_):
            pass
        elif last >= 0 and _continues(row, k):
            tie = k
        elif common(word) and (open_ or (last >= 0 and "-" in word.low)) and k - max(last, tie) < _FEW:
            made = adverbial(word)
            if (
                made
                and last >= 0
                and not (word.low.endswith("ed") and k + 1 < size and row[k + 1].low == "by")
            ):
                break
            last = k if open_ and not made else last
        else:
            break
        k += 1
    return Phrase(at, last, _head(row, at, last), _proper(row, at, last)) if last >= 0 else None


def _fills(row: list[Word], k: int, at: int, last: int, *, open_: bool) -> bool:
    """Whether word ``k`` belongs to a phrase without being its head: adjective, title, sign, number in a name."""
    word = row[k]
    if (
        set("jtD") & set(word.kinds)
        or word.low in {"'s", "&", "@", "#", "/"}
        or (word.low == '"' and k == at)
    ):
        return True
    if "V" in word.kinds and last == k - 1 and row[k + 1 : k + 2] and row[k + 1].low == "by":
        return "d" in row[k - 1].kinds  # "statistics released by the ministry"
    if "V" in word.kinds:
        return open_ and last < 0  # "in an updated toll"
    return word.low[0].isdigit() and last >= 0 and (row[k - 1].cap or word.low.endswith(_ORDINAL))


def _continues(row: list[Word], k: int) -> bool:
    """Whether "of", "for", "in", "and" at ``k`` lead on to more of the same name."""
    if k + 1 >= len(row):
        return False
    link, here, left = row[k].low, row[k + 1], row[k - 1]
    ahead = (
        here.cap
        or here.low in {"@", "#"}
        or "D" in here.kinds
        or "j" in here.kinds
        or bool(SPEAKERS & set(here.kinds))
    )
    if "T" in here.kinds or "V" in here.kinds:
        return False
    if link in {"of", "for"}:
        return ahead
    if link == "by":
        return ahead and ("d" in left.kinds or left.low.endswith("ed") or left.low in MADE)
    if link in {"in", "at", "from", "on"}:
        return ahead and bool(SPEAKERS & set(left.kinds)) and not (here.low[0].isdigit())
    if link in {"and", "or"}:
        return ahead and _group(row, k + 1)
    return False


def _group(row: list[Word], k: int) -> bool:
    """Whether a further speaker, and not a new clause, follows an "and" ("officials and witnesses")."""
    nxt = after(row, k)
    if nxt is None or "r" in nxt.head or not (SPEAKERS & set(nxt.head)):
        return False
    end = nxt.last + 1
    return (
        end >= len(row)
        or sign(row[end])
        or "T" in row[end].kinds
        or row[end].low in {"in", "on", "who", "of", "at", "from"}
    )


def _head(row: list[Word], first: int, last: int) -> str:
    """The classes of the head: of what stands before the first "of", "for", "in"; a proper name adds ``N``."""
    stop = next(
        (k for k in range(first + 1, last + 1) if row[k].low in {"of", "for", "in", "from", "at", "on"}),
        last + 1,
    )
    if row[stop - 1].low == ")":
        stop = next((k for k in range(stop - 1, first, -1) if row[k].low == "("), stop)
    head = row[max(first, stop - 1)]
    return head.kinds + ("N" if head.cap else "")


def _proper(row: list[Word], first: int, last: int) -> tuple[int, int] | None:
    """The person's own name at the end of "Observatory director Rami Haddad", if a role or title stands before it."""
    while first < last and "t" in row[first].kinds and row[first].cap:
        first += 1
    k = first
    while k <= last and row[k].cap and not row[k].kinds:
        k += 1
    opens = k <= last and ("D" in row[k].kinds or (set("pj") & set(row[k].kinds) and not row[k].cap))
    if k - first >= 2 and opens and any("p" in w.kinds for w in row[k : min(last + 1, k + 4)]):
        return (first, k - 1)  # "Rami Haddad the head of the office"
    k = last
    while k >= first and (row[k].cap and not (set("ptoyam") & set(row[k].kinds))):
        k -= 1
    if k < first or k == last or not (set("pt") & set(row[k].kinds)):
        return None
    staff = k and row[k - 1].low == "the" and k + 1 == last  # "an aide of the General Staff"
    return None if staff else (k + 1, last)
