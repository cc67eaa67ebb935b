"""Runs the command line as ``python -m ui.cli``."""

import sys

from ui.cli.app import main

sys.exit(main())
