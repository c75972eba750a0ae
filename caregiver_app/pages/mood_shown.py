"""The strip of moods of a person, ready to be painted, with its table twin in words.

Screen and paper take it from here, so that they say the same. Stretches without a note are in
neither: an empty week draws no comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caregiver_app.pages.chart_parts import Mark
from caregiver_app.pages.chart_values import (
    Shown,
    Table,
    TableRow,
    day_words,
    days_words,
    each_words,
    stretch_words,
)
from caregiver_app.pages.dates import plain_date, tr
from caregiver_app.pages.mood_chart import MoodChart, MoodMark
from caregiver_app.pages.watch_pictures import infusion_name
from caregiver_app.services.household import Household
from caregiver_app.services.mood_days import IN_WORDS, MoodDays, mood_days
from caregiver_app.services.watch_charts import Infusion, Span

KEY: Final = "moods"


def mood_word(mood: str) -> str:
    """Return a mood in words: "Calm"."""
    return {"calm": tr("Calm"), "so-so": tr("So-so"), "low": tr("Low")}[mood]


def moods_shown(house: Household, person: str, about: str, span: Span) -> Shown:
    """Return the strip of a span; `about` is one of ABOUT_WHOM."""
    told = mood_days(house.care, person, about, span)
    marks = tuple(
        MoodMark(*span.bounds(number), IN_WORDS.index(mood), _said(span, number, mood, days))
        for number, moods in told.told.items()
        for mood, days in moods.items()
    )
    infusions = tuple(_mark(span, one) for one in told.infusions)
    names = tuple((mood, mood_word(mood)) for mood in IN_WORDS)
    found = house.people.person(person)
    days = tr("{first} to {last}", first=plain_date(span.first), last=plain_date(span.last))
    return Shown(
        KEY,
        tr("Moods from your notes"),
        " · ".join(part for part in ("" if found is None else found.name, days) if part),
        MoodChart(span.first, span.last, names, marks, infusions),
        _table(told),
        tuple(filter(None, (each_words(span.unit),))),
    )


def _mark(span: Span, one: Infusion) -> Mark:
    label = str(one.dose or "")
    return Mark(one.day, label, f"{day_words(one.day, span.last)}: {infusion_name(one)}")


def _said(span: Span, number: int, mood: str, days: int) -> str:
    return f"{stretch_words(span, number)}: {_mood(span, mood, days)}"


def _mood(span: Span, mood: str, days: int) -> str:
    """Return "Calm", and for a longer stretch on how many of its days it was written."""
    word = mood_word(mood)
    if span.unit == "day":
        return word
    return tr("{mood} on {days}", mood=word, days=days_words(days))


def _table(told: MoodDays) -> Table:
    span = told.span
    infusions: dict[int, list[str]] = {}
    for one in told.infusions:
        number = str(one.dose or "") or one.title
        if span.unit != "day":
            number = tr("{number} on {day}", number=number, day=day_words(one.day, span.last))
        infusions.setdefault(span.number_of(one.day), []).append(number)

    def moods(written: Mapping[str, int]) -> str:
        return ", ".join(_mood(span, mood, days) for mood, days in written.items())

    rows = tuple(
        TableRow(
            stretch_words(span, number),
            (moods(told.told.get(number, {})), ", ".join(infusions.get(number, ()))),
        )
        for number in sorted({*told.told, *infusions}, reverse=True)
    )
    return Table((tr("Mood"), tr("Infusion")), rows, tr("The newest first."))
