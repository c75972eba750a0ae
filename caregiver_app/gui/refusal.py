"""A refusal shown where it belongs: each sentence beside its field, the rest on one line."""

from __future__ import annotations

from collections.abc import Mapping

from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.text import Text
from caregiver_app.messages import explain


def show_refusal(error: UserError, fields: Mapping[str, Field], elsewhere: Text) -> None:
    """Show each refusal beside its field, and in `elsewhere` what belongs to none.

    What was typed is never touched.
    """
    errors: list[UserError] = list(error.errors) if isinstance(error, FormRefused) else [error]
    rest: list[str] = []
    for one in errors:
        field = fields.get(one.field or "")
        if field is None:
            rest.append(explain(one))
        else:
            field.set_error(explain(one))
    elsewhere.setText(" ".join(dict.fromkeys(rest)))
    elsewhere.setVisible(bool(rest))
