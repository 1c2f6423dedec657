"""``python -m tollbook`` is the command."""

import sys

from tollbook.cli import main

sys.exit(main())
