"""Footing: whether what a clause says of its verb holds: denied, possible, alleged, or not said to be at all."""

from __future__ import annotations

import re

from tollbook.codes import Status

# Words that may stand in a verb group before the verb itself.
ADVERBS = r"(?:also|then|again|still|now|later|finally|only|just|already|recently|reportedly|allegedly|apparently|first|immediately|subsequently|briefly|temporarily|fully|completely|partly|partially|largely|successfully|repeatedly|jointly|simultaneously|soon|suddenly|eventually|once|even|both|all|together|have|has|had|having|be|been|being|was|were|is|are|not|never|n't|would|will|could|may|might|should|must|can|cannot|do|does|did|to|yet|quickly|heavily|intensively|officially|formally|effectively|\w+ly)"
GROUP = re.compile(rf"(?:\b{ADVERBS}\s+)*$")

_NEGATION = re.compile(r"\b(?:not|never|n't|cannot|neither|nor|without|no longer)\b|n't\b")
_NO_SUBJECT = re.compile(r"\b(?:no|nobody|no one|none|neither)\b[^,;.]{0,45}$")
_UNREAL = re.compile(r"\b(?:would|will|could|may|might|should|must|can|shall|'ll|'d)\b")
_PERFECT = re.compile(r"\b(?:may|might|could) (?:also |well )?have\b")
_WISH = re.compile(
    r"\b(?:fail(?:ed|s|ing)?|tr(?:y|ied|ies|ying)|attempt(?:ed|s|ing)?|aim(?:ed|s|ing)?|plan(?:ned|s|ning)?|seek(?:s|ing)?|sought|want(?:ed|s)?|hop(?:e|ed|es|ing)|threat(?:en|ened|ens|ening)?|vow(?:ed|s|ing)?|pledg(?:e|ed|ing)|prepar(?:e|ed|es|ing)|refus(?:e|ed|es|ing)|declin(?:e|ed|es|ing)|intend(?:ed|s|ing)?|order(?:ed|s|ing)?|call(?:ed|s|ing)?|urg(?:e|ed|es|ing)|ask(?:ed|s|ing)?|demand(?:ed|s|ing)?|unable|able|ready|expected|likely|supposed|due|set|poised|conspir\w+|plott\w+|plot|bid|effort|efforts|need(?:ed|s)?|promis\w+|warn\w+|decid\w+|meant|designed|allow\w*|need|help\w*|agreed|encourag\w+|train\w*|forc\w+|told)\b(?: \w+){0,4}? to\s+(?:\w+ly )?$"
)
_DONE = re.compile(r"\b(?:managed|went on|going on|began|started|continued|continue|continues|resumed|succeeded|proceeded|was able|were able)\s+(?:to|in)\s+$")  # fmt: skip
_INFINITIVE = re.compile(r"\bto\s+$")
_TO_HAVE = re.compile(r"\bto have (?:been )?$")
_IF = re.compile(r"\b(?:if|unless|whether|in case|lest|in order to|so that|as if|as though)\b[^,;]{0,80}$")
_HABIT = re.compile(
    r"\b(?:regularly|often|frequently|routinely|usually|typically|always|sometimes|occasionally|periodically|habitually|tend to|tends to|every (?:day|week|month|year|time)|in recent (?:months|years)|over the years|has long|have long|for years|almost daily|on a daily basis|ed daily)\b"
)
_UNSURE = re.compile(
    r"\bno (?:\w+ )?(?:confirmation|sign|signs|evidence|indication|word|proof)\b|\b(?:unclear|not clear|unconfirmed|not known|unknown|not (?:yet )?(?:be )?(?:independently )?(?:verif|confirm))"
)
_DENIED = re.compile(
    r"\b(?:denied|denies|deny|rejected|rejects|dismissed|refuted)\b(?: \w+){0,3}?(?: that| having|ing\b|$|\s)"
)
_UNTRUE = re.compile(r"\bwhich (?:is|was) (?:not true|untrue|false|a lie)\b")
_ALLEGED = re.compile(
    r"\b(?:reportedly|allegedly|alleged|purportedly|accus\w+|claim(?:s|ed|ing)(?! (?:the |at least |more than |about |another |up to )?(?:[\d]|lives|life|responsibility|credit|dozens|scores|hundreds|two|three|four|five|six|seven|eight|nine|ten))|rumou?red|suspected to)\b"
)
_POSSIBLE = re.compile(
    r"\b(?:possibly|perhaps|probably|believed to|thought to|feared|appear(?:s|ed)? to|seem(?:s|ed)? to|apparently|suspected of|presumably|likely)\b"
)


def footing(
    shadow: str, start: int, at: int, end: int, *, future: bool = False
) -> tuple[Status | None, bool]:
    """How far a clause stands behind the verb at ``at``, and whether the verb is negated.

    ``start`` and ``end`` bound the clause. None means that it is not said to have happened: a wish, an
    order, a condition, a habit, a question. ``future`` rows are about what is announced.
    """
    before, clause = shadow[start:at], shadow[start:end]
    group = GROUP.search(before)
    verbs = group.group() if group else ""
    near = before[max(0, len(before) - len(verbs) - 50) :]
    negated = bool(_NEGATION.search(verbs) or _NO_SUBJECT.search(before[: len(before) - len(verbs)][-60:]))
    if clause.rstrip().endswith("?") or _HABIT.search(clause) or _IF.search(before) or _UNSURE.search(before):
        return None, negated
    if _WISH.search(near + " ") or _WISH.search(before[-60:]):
        return None, negated
    status = Status.ASSERTED
    if _UNREAL.search(verbs) and not future:
        if not _PERFECT.search(before[-40:]):
            return None, negated
        status = Status.POSSIBLE
    elif _INFINITIVE.search(verbs) and not future and not (_DONE.search(before) or _TO_HAVE.search(before)):
        return None, negated
    if _DENIED.search(before[-60:]) or _UNTRUE.search(shadow, at, end):
        return Status.DENIED, negated
    if status is Status.ASSERTED and _POSSIBLE.search(near):
        status = Status.POSSIBLE
    if status is Status.ASSERTED and _ALLEGED.search(clause):
        status = Status.ALLEGED
    return status, negated
