"""What the made-up family saw and wrote down: signs by severity, and how days were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import wall
from caregiver_app.services.demo.making import BELIMUMAB, MEI, MEI_PAST, ROSA, Maker

_FATIGUE, _HEADACHE, _FLARE = "fatigue", "headache", "joint_flare"

_TIREDNESS = {
    3: ((0, 1), (2, 1), (4, 0), (7, 0), (10, 0), (13, 0), (16, 0), (20, 0), (22, 1), (24, 1),
        (27, 1)),
    2: ((0, 1), (1, 3), (2, 2), (4, 1), (6, 1), (8, 0), (11, 0), (14, 0), (17, 0), (19, 1),
        (21, 1), (23, 2), (25, 2), (27, 3)),
    1: ((0, 2), (2, 2), (3, 1), (5, 0), (7, 0), (9, 0), (12, 0), (15, 0), (18, 1), (20, 1),
        (22, 1), (24, 2), (26, 2)),
    0: ((0, 1), (1, 2), (2, 1), (3, 1), (4, 0), (6, 0), (8, 0), (10, 0), (12, 0), (14, 0),
        (15, 1), (16, 1)),
}  # fmt: skip
"""Mei's last infusions, counted back: day since the infusion and severity, 0 for nothing."""

_WORDS_OF_TIREDNESS = (
    "",
    ("Home, then the sofa", "一整天都有点累", "Carried on, more slowly", ""),
    ("Slowed the day: no shopping", "午睡了很久", "Jian cooked", ""),
    ("Jian helped her to the bath. Called Hillside and told them",
     "很累，起不来。Called Hillside and told them"),
)  # fmt: skip

_OLDER = (
    (_FATIGUE, 1, 1, "20:10", "Early night"),
    (_HEADACHE, 1, 1, "18:40", "Gone by bedtime"),
    (_FATIGUE, 2, 2, "14:00", "走了两条街就想坐下"),
    (_FATIGUE, 1, 0, "19:30", ""),
    (_HEADACHE, 2, 3, "16:15", "Curtains closed for an hour, 头痛"),
    (_FATIGUE, 1, 2, "21:00", "Read two pages and slept"),
    (_FATIGUE, 2, 1, "15:20", "Jian did the shopping"),
    ("nausea", 1, 0, "17:50", "Plain rice, then better"),
    (_FATIGUE, 1, 3, "13:10", "午饭后睡了一会儿"),
    (_HEADACHE, 1, 2, "19:05", "A walk by the river"),
    (_FATIGUE, 2, 0, "20:45", "Straight to bed after the clinic"),
    (_FATIGUE, 1, 1, "16:30", "Did the post, left the ironing"),
    ("cold_symptoms", 1, 9, "18:20", "Told Hillside on the phone"),
    (_FATIGUE, 1, 4, "11:40", "Choir skipped"),
    (_HEADACHE, 1, 0, "22:10", "The bright lamp in the waiting room, she thinks"),
    (_FATIGUE, 2, 2, "17:15", "说话都嫌累"),
    (_FATIGUE, 1, 5, "20:00", "Better than last month, she says"),
)  # fmt: skip
"""What Mei's earlier infusions brought in turn: sign, severity, day, hour, words."""

FLARE_DAYS = 41
"""So many days before Rosa's first infusion her hands were photographed."""
OWN_SIGN = "Dry mouth at night"
_ROSAS_EARLIER = (
    (FLARE_DAYS, _FLARE, 2, "07:50", "Both hands, stiff until ten", "Dr Sol, at the visit"),
    (96, _FATIGUE, 1, "19:15", "After the market", ""),
    (152, _FLARE, 2, "08:20", "Right knee", "Dr Sol, on the phone"),
    (203, OWN_SIGN, 1, "22:40", "Her own words", ""),
    (277, _FLARE, 1, "07:30", "Left wrist, better by noon", ""),
    (331, "cold_symptoms", 1, "18:00", "Half the street has it", ""),
    (402, _FLARE, 3, "06:45", "Needed help to dress", "Willow Lane, on the phone"),
    (468, _FATIGUE, 2, "15:30", "Missed the choir", ""),
    (540, _FLARE, 2, "08:00", "Hands. Soft scarf round the kettle handle", ""),
    (655, _FATIGUE, 1, "20:00", "A long day with the family", ""),
)
"""Days before Rosa's first infusion, sign, severity, hour, words, who was told."""

_PAIN = (5, 6, 5, 7, 6, 4, 5, 6)
_SLEEP = (5, 4, 6, 4, 5, 7, 6)
_FLARE_FROM = 7
"""Rosa calls a day a flare from this much pain on."""
_ON_A_DAY = (
    "Walked to the market and back", "Cooked, sitting down to peel", "", "The post, and the stairs",
    "Choir, from the chair", "", "Hair wash with Ana", "Folded the washing", "",
)  # fmt: skip
_ON_A_BAD_DAY = "Bed, the chair, the radio"
_MEI_CAN = ("下楼走了走", "", "A pot of soup", "", "买菜, one bag", "Two pages of drawing", "")
TEMPERATURE = "Temperature"
"""What Mei's family calls a reading that is no fever yet."""
_DAY = timedelta(days=1)


def effect_id(person: str, sign: str, day: date) -> str:
    """Return the id of a sign that was written down."""
    return f"{person}-{sign}-{day}".lower().replace(" ", "-")


def fill(maker: Maker) -> None:
    """Write down what was seen, and how days were."""
    _Rosa(maker).fill()
    _Mei(maker).fill()


class _Diary:
    """One person's entries."""

    person = ""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker

    def sign(
        self,
        sign: str,
        severity: int,
        day: date,
        hour: str,
        text: str,
        *,
        warmth: float | None = None,
        done: str = "",
        told: str = "",
        going_on: bool = False,
        ended: datetime | None = None,
    ) -> None:
        """Write down a sign with the urgency that the program showed for it."""
        maker = self.maker
        entry = SideEffect(
            id=effect_id(self.person, sign, day),
            person=self.person,
            sign=sign,
            severity=severity,
            at=maker.at(day, hour),
            urgency="",
            temperature_c=warmth,
            text=text,
            done=done,
            told=told,
            going_on=going_on,
            ended=ended,
        )
        shown = maker.house.watch.urgency_of(entry).value
        maker.put(replace(entry, urgency=shown), maker.moment(day, hour))

    def how(
        self,
        day: date,
        hour: str,
        *,
        pain: int | None = None,
        fatigue: int | None = None,
        stiffness: int | None = None,
        sleep: int | None = None,
        mood: int | None = None,
        possible: str = "",
        flare: bool = False,
    ) -> None:
        """Write down how a day was; without numbers it says "nothing today"."""
        entry = CheckIn(
            id=f"{self.person}-day-{day}",
            person=self.person,
            date=day,
            pain=pain,
            fatigue=fatigue,
            stiffness=stiffness,
            sleep=sleep,
            mood=mood,
            possible=possible,
            flare=flare,
        )
        self.maker.put(entry, self.maker.moment(day, hour))


class _Rosa(_Diary):
    """Weeks of stiff hands, and three days since the first infusion."""

    person = ROSA

    def fill(self) -> None:
        """Write down the two years before the first infusion and the days since."""
        first = self.maker.rosa_first
        for days, sign, severity, hour, text, told in _ROSAS_EARLIER:
            self.sign(sign, severity, first - timedelta(days=days), hour, text, told=told)
        for week in range(1, 105):
            pain = _PAIN[week % len(_PAIN)]
            self.how(
                first - timedelta(days=7 * week - 5),
                "20:30",
                pain=pain,
                stiffness=_PAIN[(week + 3) % len(_PAIN)],
                fatigue=_PAIN[(week + 5) % len(_PAIN)] - 1,
                sleep=_SLEEP[week % len(_SLEEP)],
                mood=_SLEEP[(week + 2) % len(_SLEEP)],
                possible=_ON_A_DAY[week % len(_ON_A_DAY)] if pain < _FLARE_FROM else _ON_A_BAD_DAY,
                flare=pain >= _FLARE_FROM,
            )
        day = first
        while day < self.maker.today:
            self._since(day, (day - first).days)
            day += _DAY

    def _since(self, day: date, number: int) -> None:
        if number == 0:
            over = self.maker.moment(day + _DAY, "07:30")
            ended = over if over <= self.maker.now else None
            self.sign(
                _FATIGUE, 1, day, "20:15", "Gone next morning", done="Early night", ended=ended
            )
        elif number == 2:
            lasts = self.maker.today - day <= 2 * _DAY
            over = self.maker.moment(day + _DAY, "11:30")
            self.sign(
                _HEADACHE, 2, day, "16:20", "Slowed the day",
                done="Curtains closed, a cool flannel", told="Ana", going_on=lasts,
                ended=None if lasts else over,
            )  # fmt: skip
        else:
            possible = "Breakfast in the garden, and the post" if number == 1 else ""
            self.how(day, "09:40", possible=possible)


class _Mei(_Diary):
    """Two years of four-week cycles."""

    person = MEI

    def fill(self) -> None:
        """Write down each cycle: the older ones in a few words, the last four day by day."""
        visits = self.maker.house.care.store.visits(BELIMUMAB)
        for visit in visits[:MEI_PAST]:
            day, back = wall(visit.start).date(), MEI_PAST - (visit.dose or 0)
            if back in _TIREDNESS:
                self._day_by_day(day, back)
            else:
                self._in_a_few_words(day, visit.dose or 0)
        self._a_warm_evening(wall(visits[MEI_PAST - 1].start).date() + 4 * _DAY)

    def _day_by_day(self, begun: date, back: int) -> None:
        for number, (days, severity) in enumerate(_TIREDNESS[back]):
            day = begun + days * _DAY
            if day >= self.maker.today:
                continue
            if not severity:
                self.how(day, "20:45")
                continue
            words = _WORDS_OF_TIREDNESS[severity]
            self.sign(_FATIGUE, severity, day, "19:40", words[number % len(words)])

    def _in_a_few_words(self, begun: date, dose: int) -> None:
        for number in range(1 + dose % 2):
            sign, severity, days, hour, text = _OLDER[(dose * 3 // 2 + number) % len(_OLDER)]
            self.sign(sign, severity, begun + days * _DAY, hour, text)
        # The first infusions came two weeks apart.
        for days in (7, 12) if dose <= 2 else (7, 14, 24):
            self.how(
                begun + days * _DAY,
                "20:45",
                pain=(dose + days) % 4,
                fatigue=3 + (dose + days // 7) % 4,
                sleep=5 + dose % 3,
                mood=5 + (dose + days) % 3,
                possible=_MEI_CAN[(dose + days) % len(_MEI_CAN)],
            )

    def _a_warm_evening(self, day: date) -> None:
        self.sign(
            TEMPERATURE, 1, day, "19:05", "After supper. 脸有点红", warmth=37.9,
            done="Measured again at 21:20, 两小时后 37.2。",
            told="Hillside, nurse on duty, at 19:20",
            ended=self.maker.moment(day, "21:20"),
        )  # fmt: skip
        self.sign(_HEADACHE, 1, day - 3 * _DAY, "17:30", "Noted, she went for a walk")
