"""Places: names of places as texts write them, resolved to a point with its precision; country outlines.

``resolve`` never guesses: a name that may mean two places of like weight gives None unless the context
tells; ``locate`` gives the likeliest place of a mention in its text. The list is made by ``scripts/gazetteer.py``; its sources and licences are in ``data/README.md``.
"""

from tollbook.places.context import locate
from tollbook.places.outlines import Outline, country_at, outlines
from tollbook.places.own import among, resolver, whereabouts
from tollbook.places.regions import region, regions
from tollbook.places.resolver import Place, resolve
from tollbook.places.spelling import fold, skeleton
from tollbook.places.store import DataError

__all__ = [
    "DataError",
    "Outline",
    "Place",
    "among",
    "country_at",
    "fold",
    "locate",
    "outlines",
    "region",
    "regions",
    "resolve",
    "resolver",
    "skeleton",
    "whereabouts",
]
