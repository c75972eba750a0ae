"""`python -m caregiver_app` is the same program as `caregiver-app`."""

from __future__ import annotations

import sys

from caregiver_app.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
