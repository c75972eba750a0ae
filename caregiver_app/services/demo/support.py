"""What the made-up family keeps around emotional support, besides its notes and questions."""

from __future__ import annotations

from caregiver_app.domain.plans import visit_id
from caregiver_app.domain.support import CardChoice, Company, HelpTask, Outlet
from caregiver_app.domain.watchlist import choice_id
from caregiver_app.services.carer import CHECK_WANTED, TO_CALL
from caregiver_app.services.demo.making import BELIMUMAB, INFLIXIMAB, MEI, MEI_PAST, ROSA, Maker
from caregiver_app.services.demo.people import ANA, ANA_PHONE, JIAN, JIAN_PHONE
from caregiver_app.services.settings import CRISIS_NAME, CRISIS_NUMBER
from caregiver_app.services.support_cards import SupportCards

_KEPT = ((ROSA, "o2"), (ROSA, "r5"), (ROSA, "c5"), (MEI, "o6"), (MEI, "r8"))
_NEVER = ((ROSA, "h3"), (ROSA, "c6"), (MEI, "o10"))
"""The cards that they keep, and those that they never want again."""

_OWN = (
    ("pond", ROSA, "The bench by the pond, feeding nobody", "liked"),
    ("photos", ROSA, "The old photos, one box at a time", "liked"),
    ("basil", ROSA, "Repotting the basil with gloves on", "liked"),
    ("choir", ROSA, "Choir, sitting down", "tried"),
    ("bread", ROSA, "Bread that needs no kneading", ""),
    ("drawing", MEI, "画两张小画，贴在冰箱上", "liked"),
    ("dumplings", MEI, "跟哥哥包饺子 (dumplings with Jian)", "liked"),
    ("film", MEI, "A whole film without a break", "tried"),
)
"""What does them good, in their own words, and what became of it."""
_FROM_IDEAS = ((ROSA, "h2", "liked"), (ROSA, "h1", "tried"), (MEI, "h7", ""))
_NOT_TODAY = "choir"

_CRISIS_LINE, _CRISIS_NUMBER = "Riverside Listening Line", "01632 960188"
"""As this family typed it, and made up like everybody here."""

_SUPPER = "Supper"
_TEO, _TEO_PHONE = "Teo", "01632 960126"


def fill(maker: Maker) -> None:
    """Write down cards, outlets, company and what others took."""
    _cards(maker)
    _outlets(maker)
    _company(maker)
    _help(maker)
    _own_lane(maker)


def _own_lane(maker: Maker) -> None:
    put = maker.house.settings.put
    put(CRISIS_NAME, _CRISIS_LINE)
    put(CRISIS_NUMBER, _CRISIS_NUMBER)
    put(CHECK_WANTED, "on")
    put(TO_CALL, "ana")


def _cards(maker: Maker) -> None:
    for days, (person, card) in enumerate(_KEPT):
        kept = CardChoice(id=choice_id(person, card), person=person, card=card, kept=True)
        maker.put(kept, maker.moment(maker.day(-9 - 11 * days), "20:30"))
    for days, (person, card) in enumerate(_NEVER):
        never = CardChoice(id=choice_id(person, card), person=person, card=card, never=True)
        maker.put(never, maker.moment(maker.day(-14 - 9 * days), "20:35"))


def _outlets(maker: Maker) -> None:
    for days, (key, person, text, state) in enumerate(_OWN):
        own = Outlet(
            id=f"outlet-{key}", person=person, text=text, state=state,
            not_today=maker.today if key == _NOT_TODAY else None,
        )  # fmt: skip
        maker.put(own, maker.moment(maker.day(-60 + 3 * days), "19:20"))
    cards = SupportCards(maker.house.reference)
    for days, (person, card, state) in enumerate(_FROM_IDEAS):
        idea = cards.card(card)
        if idea is not None:
            outlet = Outlet(
                id=f"outlet-{card}", person=person, text=idea.text, card=card, state=state
            )
            maker.put(outlet, maker.moment(maker.day(-30 + 3 * days), "19:25"))


def _company(maker: Maker) -> None:
    rosas, meis = visit_id(INFLIXIMAB, 2), visit_id(BELIMUMAB, MEI_PAST + 1)
    asked = maker.moment(maker.day(-2), "12:10")
    maker.put(
        Company(
            id="company-ana", person=ROSA, visit=rosas, who=ANA, phone=ANA_PHONE, after=0,
            minutes=60, what="Two episodes on the tablet", powered=True,
        ),
        asked,
    )  # fmt: skip
    maker.put(
        Company(
            id="company-teo", person=ROSA, visit=rosas, who=_TEO, phone=_TEO_PHONE, after=60,
            minutes=60, what="Cards, and the crossword",
        ),
        asked,
    )  # fmt: skip
    maker.put(
        Company(
            id="company-jian", person=MEI, visit=meis, who=JIAN, phone=JIAN_PHONE, after=0,
            minutes=60, what="一起听评书 (a story on the radio)", powered=True,
        ),
        asked,
    )  # fmt: skip


def _help(maker: Maker) -> None:
    supper = HelpTask(id="help-supper", person=ROSA, text=_SUPPER, day=maker.rosa_next, who=_TEO)
    maker.put(supper, maker.moment(maker.day(-3), "18:10"))
    chemist = HelpTask(
        id="help-chemist", person=ROSA, text="Collect the eye drops", day=maker.day(-6), who=ANA,
        done=True,
    )  # fmt: skip
    maker.put(chemist, maker.moment(maker.day(-9), "18:10"))
