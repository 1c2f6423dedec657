"""The pages of the desk, one file each; each has a table of its routes."""

from tollbook.desk.pages import today
from tollbook.desk.ways import Ways

PAGES: tuple[Ways, ...] = (today.ways,)
