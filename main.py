"""Start Caregiver Companion from a source checkout: `python main.py`."""

from __future__ import annotations

import sys

from caregiver_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
