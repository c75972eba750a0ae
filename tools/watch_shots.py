"""Pictures of the side-effects tab: finding, writing down, charts, call sheet, report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tools.taking import Shot, button, in_tab, page

if TYPE_CHECKING:
    from tools.studio import Studio

HEADACHE = "rosa-headache-2026-03-19"


def _tab_of(one: Studio, person: str) -> Any:  # noqa: ANN401 - each tab is another class
    one.window.set_person(person if one.filled else None)
    return page(one, "watch")


def find_sign(one: Studio, typed: str) -> None:
    """Show what fits the typed letters."""
    _tab_of(one, "rosa").log.finder.set_text(typed)


def choose_sign(one: Studio, sign: str) -> None:
    """Show what a tapped sign asks and says."""
    _tab_of(one, "rosa").log.choose(sign)


def logged_sign(one: Studio) -> None:
    """Show what is said once a sign was written down."""
    tab = _tab_of(one, "rosa")
    tab.log.choose("headache")
    one.settle()
    # Opening the tab anew would begin with the signs.
    button(tab, "Mild, Now").click()


def sign_page(one: Studio, sign: str) -> None:
    """Show everything about one sign."""
    _tab_of(one, "rosa").show_sign(sign)


def charts(one: Studio, key: str, person: str = "mei") -> None:
    """Show one of the charts, of three months where the days since the infusion hold little."""
    tab = _tab_of(one, person)
    tab.show_charts(key)
    if one.filled and key == "wellbeing":
        one.settle()
        button(tab, "3 months").click()


def call_sheet(one: Studio) -> None:
    """Show what to have at hand when the clinic is rung."""
    _tab_of(one, "rosa").show_call_sheet()


def visit_report(one: Studio) -> None:
    """Show the page for the doctor."""
    _tab_of(one, "mei").show_report()


def check_in(one: Studio) -> None:
    """Show how a day is written down."""
    _tab_of(one, "rosa").written.open_today()


_CHARTS = (("timeline", "mei"), ("signs", "mei"), ("wellbeing", "rosa"))
WATCH_SHOTS: tuple[Shot, ...] = (
    Shot("find_sign", partial(find_sign, typed="tr"), when_empty=True),
    Shot("find_milder", partial(find_sign, typed="swol")),
    Shot("sign_to_call", partial(choose_sign, sign="hives_rash"), when_empty=True),
    Shot("sign_written", logged_sign),
    Shot("sign_page", partial(sign_page, sign="hives_rash")),
    Shot("sign_sheet", in_tab("watch", "side_effect", HEADACHE)),
    Shot("check_in_sheet", check_in, when_empty=True),
    Shot("cycles", partial(charts, key="cycles")),
    *(
        Shot(f"chart_{key}", partial(charts, key=key, person=whose), when_empty=True)
        for key, whose in _CHARTS
    ),
    Shot("clinic_call", call_sheet, when_empty=True),
    Shot("visit_report", visit_report, when_empty=True),
)
