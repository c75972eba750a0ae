"""The step that adds what bags and their master lists keep, and what a clinic allows."""

from __future__ import annotations

from caregiver_app.storage.table_parts import HEAD, TAIL, extend
from caregiver_app.storage.writing import Writer

_BRINGS = "'', 'carer', 'person', 'nobody'"
_CLINIC = "contact TEXT REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED"
_NEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "contact": (
        "rules_food TEXT NOT NULL DEFAULT ''",
        "rules_visitors TEXT NOT NULL DEFAULT ''",
        "rules_fasting TEXT NOT NULL DEFAULT ''",
        "rules_parking TEXT NOT NULL DEFAULT ''",
        "rules_checked TEXT CHECK (length(rules_checked) = 10)",
    ),
    "bag_item": (
        f"brings TEXT NOT NULL DEFAULT '' CHECK (brings IN ({_BRINGS}))",
        "way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'sent', 'received'))",
        "kept_at TEXT NOT NULL DEFAULT ''",
    ),
    "template_item": (
        _CLINIC,
        "starts TEXT NOT NULL DEFAULT '' CHECK (starts IN ('', 'bag', 'maybe'))",
        f"brings TEXT NOT NULL DEFAULT '' CHECK (brings IN ({_BRINGS}))",
        "kept TEXT CHECK (length(kept) = 10)",
    ),
}
_NEW_TABLES: dict[str, str] = {
    "visit_bag": f"""{HEAD}
    visit TEXT NOT NULL REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED,
    template TEXT NOT NULL,
    [order] TEXT NOT NULL,
    forgot TEXT NOT NULL CHECK (forgot IN ('', 'nothing', 'something')),{TAIL}""",
    "bag_list": f"""{HEAD}
    template TEXT NOT NULL,
    {_CLINIC},
    [order] TEXT NOT NULL,{TAIL}""",
}
_INDEXES = (
    "visit_bag_visit ON visit_bag (visit)",
    "template_item_template ON template_item (template)",
)


def add_packing(db: Writer) -> None:
    """Add who brings what, papers on their way, lists of one clinic and a clinic's own rules."""
    extend(db, _NEW_COLUMNS, _NEW_TABLES, _INDEXES)
