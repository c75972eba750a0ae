"""The words for message keys that the domain and the services return.

One JSON file a language under `resources/messages`; this round speaks English.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from caregiver_app.assets import read_text

if TYPE_CHECKING:
    from caregiver_app.errors import UserError


@cache
def _catalogue(language: str) -> dict[str, str]:
    return json.loads(read_text(f"messages/{language}.json"))


def words(key: str, /, **values: object) -> str:
    """Return the sentence for `key` with `values` filled in (the key itself if unknown)."""
    template = _catalogue("en").get(key)
    return key if template is None else template.format_map(_Values(values))


class _Values(dict[str, object]):
    """What fills a sentence; a value that is missing must not hide the sentence itself."""

    def __missing__(self, key: str) -> str:
        return "…"


def explain(error: UserError) -> str:
    """Return the plain sentence that tells what is wrong and what to do."""
    return words(error.key, **error.values)


def counted(kind: str, count: int) -> str:
    """Return how many entries of a kind, such as "3 notes"; infusions go by the kind "visit"."""
    return words(f"count.{kind}_{'one' if count == 1 else 'many'}", count=count)
