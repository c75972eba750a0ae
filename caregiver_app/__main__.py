"""Where the program begins: `caregiver-app`, `python -m caregiver_app` and `python main.py`."""

from __future__ import annotations

import gc
import sys

# What a start loads is there to stay: looking for garbage in it again and again would only delay
# the window. A command, and the window once it is painted, turn this on again.
gc.disable()

from caregiver_app.bootstrap import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
