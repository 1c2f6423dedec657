"""The subject of a verb of speech: left of it over adverbs and appositions, or right of it ("said the mayor")."""

from __future__ import annotations

from tollbook.reading.idioms import PASSED, SEEN, closed, speaks
from tollbook.reading.mentions import Phrase, after, before
from tollbook.reading.tags import QUOTES, SPEAKERS, TIES, Word, common, sign

AND = frozenset(("and", "but", "or", ","))
_OPENERS = frozenset((",", '"', "-", "''", "'"))
_INVERTING = frozenset(
    "said says added adds reported reports wrote writes announced warned explained confirmed estimates estimated".split()
)


# These turn only right after a comma or a quotation (", tweeted the mayor").
_TURNING = frozenset("tweeted posted read reads claimed claims stated insisted noted recalled".split())


def skip(row: list[Word], k: int) -> int:
    """The word left of adverbs, helping verbs and times ("the army on Sunday also ...")."""
    while k >= 0:
        word = row[k]
        if _passing(row, k):
            k -= 1
        elif word.low in QUOTES and k and row[k + 1].start == word.end and row[k - 1].end < word.start:
            k -= 1  # the ministry "claimed that ..."
        elif word.low == "to" and k > 2 and row[k - 1].low == "on" and row[k - 2].low in {"went", "goes"}:
            k -= 3  # "the mayor went on to say"
        elif word.low in closed("platforms") and k:
            while k and (row[k - 1].low == "/" or row[k - 1].low in closed("platforms")):
                k -= 1
            if not k or row[k - 1].low not in {"on", "by", "via", "over"}:
                return k
            k -= 2
        else:
            break
    return k


def _passing(row: list[Word], k: int) -> bool:
    """Whether a word between subject and verb may be passed over: an adverb, a helping verb, part of a date."""
    word = row[k]
    if word.low in PASSED and k and "d" in row[k - 1].kinds:
        return True  # "a video shared online showed"
    if (
        "b" in word.kinds
        or "T" in word.kinds
        or (word.low.endswith("ly") and not word.kinds and not word.cap)
    ):
        return True
    nxt = row[k + 1] if k + 1 < len(row) else None
    dated = (k > 0 and ("T" in row[k - 1].kinds or row[k - 1].low in {"in", ","})) or (
        nxt is not None and "T" in nxt.kinds
    )
    if word.low.isdigit():
        return dated
    return (
        word.low in {"on", "in", "late", "early", "of", "last", "this", "at", "around"}
        and nxt is not None
        and (nxt.low.isdigit() or "T" in nxt.kinds)
    )


def subject(row: list[Word], k: int) -> tuple[Phrase | None, tuple[int, int] | None]:
    """The phrase that ends at word ``k``, stepping over appositions; with it a name that an apposition gives."""
    if k < 0:
        return None, None
    if "r" in row[k].kinds and row[k].low in {"who", "which"}:
        return _related(row, k), None
    if row[k].low in _CLOSING:
        return _apposed(row, k)
    found = before(row, k)
    if found and found.first > 2 and row[found.first - 2].low in _BY_WHOM.get(row[found.first - 1].low, ()):
        shown = subject(row, found.first - 3)  # "a report seen by AFP", "a photographer working for AFP"
        if (
            row[found.first - 2].low in SEEN | _REACHED
            or (shown[0] and "d" in shown[0].head)
            or row[found.first - 1].low != "by"
        ):
            return shown
    if (poster := _posting(row, found)) is not None:
        return poster, None
    if (backed := _backed(row, found) or _placed(row, found)) is not None:
        return backed, None
    if (own := _introduced(row, found)) is not None:
        return found, own
    if (member := _member(row, found)) is not None:
        return member, None
    if found is None or "r" not in found.head:
        relative = next(
            (n for n in range(k - 1, max(0, k - 14), -1) if row[n].low in {"who", "which", ","}), -1
        )
        if not speaks(found) and relative > 0 and row[relative].low != ",":
            return subject(row, relative - 1)
        if found and found.first > 3 and not SPEAKERS & set(found.head) and "R" in row[found.first - 1].kinds:
            who = _told_of(row, found.first)
            return (who, None) if who else (found, None)
    if found is None and row[k].low not in AND and not _closed_off(row[k]):
        return _noting(row, k), None
    return found, None


def _noting(row: list[Word], k: int) -> Phrase | None:
    """Who speaks before a tie left of word ``k`` ("the guild in a note dated May 9 said")."""
    for tie in range(k, max(0, k - 12), -1):
        if row[tie].low in {",", '"', ";"} or "V" in row[tie].kinds:
            break
        other = before(row, tie - 1) if "R" in row[tie].kinds or row[tie].low == "speaking" else None
        if other and SPEAKERS & set(other.head):
            return other
    return None


def _posting(row: list[Word], found: Phrase | None) -> Phrase | None:
    """Who speaks in the paper that the phrase found names ("Zabi Holf in a post on Monday said")."""
    if found is None or found.first < 2 or SPEAKERS & set(found.head) != {"d"}:
        return None
    poster = before(row, found.first - 2) if row[found.first - 1].low in _WAYS else None
    return poster if speaks(poster) else None


def _related(row: list[Word], k: int) -> Phrase | None:
    """Whom "who" or "which" at word ``k`` stands for; None for a place ("in Zenda, which may indicate that")."""
    comma = k > 0 and row[k - 1].low == ","
    found = before(row, k - (2 if comma else 1))
    placed = found and found.first and "R" in row[found.first - 1].kinds and not SPEAKERS & set(found.head)
    return None if placed and row[k].low == "which" else found


def _placed(row: list[Word], found: Phrase | None) -> Phrase | None:
    """Who speaks "in the northern city of Zenda", where the phrase found is the place and its clause begins with a speaker."""
    if found is None or SPEAKERS & set(found.head) or "r" in found.head:
        return None
    for k in range(found.first - 1, max(0, found.first - _FAR), -1):
        if row[k].low in TIES and row[k].low not in {"and", "&"}:
            who = before(row, k - 1)
            if who is None or not _begins(row, who.first):
                continue
            full = (
                sum(w.cap and not w.kinds for w in row[who.first : who.last + 1]) > 1 and who.last > who.first
            )
            if set("pPoyam") & set(who.head) or (
                full and row[k].low in {"in", "at", "from"} and k == who.last + 1
            ):
                return who
        elif not (common(row[k]) or row[k].cap or row[k].low == "'s" or set("Dj") & set(row[k].kinds)):
            return None
    return None


def _introduced(row: list[Word], found: Phrase | None) -> tuple[int, int] | None:
    """The name before an office whose second comma is missing ("CLAIM, Gen. Ivan Petrov, head of the staff told")."""
    if (
        found is None
        or found.name
        or "p" not in found.head
        or found.first < 3
        or row[found.first - 1].low != ","
    ):
        return None
    last = first = found.first - 2
    while first > 0 and row[first - 1].cap and not (SPEAKERS - {"p"}) & set(row[first - 1].kinds):
        first -= 1
    while first < last and set("pt") & set(row[first].kinds):
        first += 1
    opened = first < 2 or sign(row[first - 1]) or set("pt") & set(row[first - 1].kinds)
    named = row[last].cap and not row[last].kinds and last > first
    return (first, last) if named and opened else None


def _member(row: list[Word], found: Phrase | None) -> Phrase | None:
    """The person before "of the guild" at the beginning of a clause ("Rosa Stern of the harbour office said")."""
    if found is None or found.first < 3 or row[found.first - 1].low not in {"of", "from", "with"}:
        return None
    last = first = found.first - 2
    if row[last].low == ",":
        return None
    while first > 0 and row[first - 1].cap and not (SPEAKERS - {"p"}) & set(row[first - 1].kinds):
        first -= 1
    words_ = row[first : last + 1]
    if len(words_) < 2 or not all(w.cap and not w.kinds for w in words_[-2:]) or not _begins(row, first):
        return None
    return Phrase(first, last, "N") if SPEAKERS & set(found.head) and "p" not in found.head else None


def _told_of(row: list[Word], end: int) -> Phrase | None:
    """Who begins the clause, if a relative clause about that one ends at word ``end`` ("the guild, that works in Zenda")."""
    related = next(
        (k for k in range(end - 1, max(0, end - 14), -1) if row[k].low in {"that", "which", "who"}), 0
    )
    if related < 2:
        return None
    if row[related - 1].low == ",":
        return _apposed(row, related - 1)[0] or before(row, related - 2)
    who = before(row, related - 1)
    return who if who and SPEAKERS & set(who.head) and _begins(row, who.first) else None


def _begins(row: list[Word], first: int) -> bool:
    """Whether a clause begins at a word."""
    left = row[first - 1] if first else None
    return left is None or sign(left) or left.low == "that" or bool(set("CV") & set(left.kinds))


_COUNTED = frozenset(("toll", "tolls", "number", "numbers", "figure", "figures", "total", "count"))
_CALLED = frozenset(("identified", "named", "who", "identifying", "giving"))
_WAYS = frozenset(("in", "on", "via", "through"))
_REACHED = frozenset("contacted interviewed reached quoted cited questioned asked".split())
# Participles after a picture, a paper or a person, by the word that joins those who only show, saw or employ it.
_BY_WHOM = {
    "by": SEEN | _REACHED | {"aired", "shared", "broadcast", "circulated", "posted"},
    "on": frozenset(("posted", "shared", "circulating", "circulated", "published")),
    "for": frozenset(("working", "writing", "speaking")),
    "with": frozenset(("working", "shared")),
    "in": frozenset(("working", "based", "living", "stationed")),
}
_LEAD = 8  # words of a place or time before the subject
_FAR = 9  # words from a place back to who is there


def _backed(row: list[Word], found: Phrase | None) -> Phrase | None:
    """Who is "supported by the United States" or "based in Zenda", where the phrase found only says by whom or where."""
    if found is None or found.first < 3 or row[found.first - 1].low not in {"by", "in"}:
        return None
    if row[found.first - 2].low not in _BACKED:
        return None
    who = before(row, found.first - 3)
    return who if who is not None and SPEAKERS & set(who.head) else None


_BACKED = frozenset("backed supported led funded run controlled dominated trained armed based headed".split())


def _closed_off(word: Word) -> bool:
    """Whether a word is a sign or digit, across which no subject is sought."""
    return word.low in QUOTES or word.low in {";", ":"}


# What closes an apposition → what opened it.
_CLOSING = {",": ",", ")": "(", "]": "[", "-": "-", "--": "--", "\u2013": "\u2013", "\u2014": "\u2014"}


def _apposed(row: list[Word], close: int) -> tuple[Phrase | None, tuple[int, int] | None]:
    """The subject before ", head of the office," or "(SDF)"; the name when the apposition is one."""
    opening = _CLOSING[row[close].low]
    start = next((n for n in range(close - 1, max(-1, close - 40), -1) if row[n].low == opening), -1)
    if start <= 0:
        found = before(row, close - 1) if opening == "," else None
        return (found if found and found.first == 0 else None), None
    inner = row[start + 1 : close]
    found, named = subject(row, start - 1)
    if not inner or (found is None and opening == ","):
        # two appositions: "X, head of the office, who fled, said"
        return _apposed(row, start) if opening == "," and start > 1 else (found, None)
    if found is None:
        return None, None
    own = named
    if (
        opening == ","
        and len(inner) <= 6
        and all(w.cap and not (SPEAKERS - {"p"}) & set(w.kinds) for w in inner)
    ):
        first = start + 1
        while first < close - 1 and set("pt") & set(row[first].kinds):
            first += 1
        own = (first, close - 1) if not (SPEAKERS | {"t"}) & set(row[first].kinds) else own
    called = next((n for n, w in enumerate(inner) if w.low == "as"), 0)
    if opening == "," and called and inner[0].low in _CALLED and all(w.cap for w in inner[called + 1 :]):
        own = (start + 2 + called, close - 1) if inner[called + 1 :] else own
    if row[close].low == ")":
        found = found._replace(last=close)
    return found, own


def inverted(row: list[Word], at: int) -> Phrase | None:
    """The speaker after the verb in "CLAIM, said the mayor", or None."""
    if at == 0 or at + 1 >= len(row):
        return None
    if row[at].low not in _INVERTING and not (row[at].low in _TURNING and row[at - 1].low in _OPENERS):
        return None
    left, who = row[at - 1], after(row, at + 1)
    if who is None or not speaks(who) or "r" in who.head or row[who.last].low in _COUNTED:
        return None
    end = who.last + 1
    full = sum(w.cap and not w.kinds for w in row[who.first : end]) >= 2
    plain = row[at].low in {"said", "says"}
    open_ = left.low in _OPENERS or (plain and end >= len(row) - 1)
    if not open_:
        other = before(row, skip(row, at - 1))
        if (
            "b" in left.kinds
            or "r" in left.kinds
            or (other is not None and (speaks(other) or not (plain and full)))
        ):
            return None
    if not SPEAKERS & set(who.head) and not open_ and not (plain and full):
        return None
    if end >= len(row):
        return who
    nxt = row[end]
    other = _apposed(row, at - 1)[0] if left.low == "," else None
    if other is not None and ("R" in nxt.kinds or (other.first == 0 and "N" in other.head)):
        return None  # "The mayor, Ivan Petrov, said one man in his town had died"
    closed = nxt.low in _CLOSERS or bool(set("TRC") & set(nxt.kinds)) or (full and "D" in nxt.kinds)
    return holder(row, who) if closed else None


_CLOSERS = frozenset((",", ".", ";", ":", '"', "who", "which", "and", "''", "-"))


def holder(row: list[Word], who: Phrase) -> Phrase:
    """The phrase with the name that follows an office after a comma ("the mayor of Hofbau, Juan Perez")."""
    end = who.last + 1
    if who.name or "p" not in who.head or end + 2 >= len(row) or row[end].low != ",":
        return who
    last = end
    while last + 1 < len(row) and row[last + 1].cap and not (SPEAKERS - {"p"}) & set(row[last + 1].kinds):
        last += 1
    first = end + 1
    while first < last and "t" in row[first].kinds:
        first += 1
    closed = last + 1 >= len(row) or sign(row[last + 1]) or bool(set("TRCV") & set(row[last + 1].kinds))
    quoted = (
        row[last + 1 : last + 2]
        and row[last + 1].low == ","
        and [w.low for w in row[last + 2 : last + 3]] == ["as"]
    )
    definite = row[who.first].low == "the" or "p" in row[who.last].kinds or quoted
    return who._replace(name=(first, last)) if last > first and closed and definite else who


def opener(row: list[Word], at: int) -> Phrase | None:
    """The subject that opens the sentence, if it is a speaker ("The army hit back, saying ...")."""
    lead = 0
    while lead < at and (
        row[lead].low in {"but", "and", "however", "meanwhile", ","} or "b" in row[lead].kinds
    ):
        lead += 1
    who = after(row, lead)
    if who is None or not (SPEAKERS | {"r"}) & set(who.head):
        comma = next((k for k in range(1, min(at, _LEAD)) if row[k].low == ","), 0)
        led = after(row, comma + 1) if comma else None
        if led and led.last < at and SPEAKERS & set(led.head):
            return led  # "North of Zenda, troops clashed with the rebels, claiming"
    return (
        who
        if who and who.last < at and (SPEAKERS & set(who.head) or "r" in who.head or "N" in who.head)
        else None
    )
