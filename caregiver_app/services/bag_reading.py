"""What is in a visit's bag: the lists of its kind seen through what the family did with them.

Nothing is copied when a visit is laid out: a bag is worked out each time it is looked at.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from caregiver_app.domain.advice import BagTemplate, When
from caregiver_app.domain.bag_list import IN_BAG, MasterItem, composed, in_order
from caregiver_app.domain.bundle import VisitFacts, holds, parts_off
from caregiver_app.domain.entities import Appointment, Contact, Medicine, Person, Plan
from caregiver_app.domain.occurrences import occurrences, occurrences_on
from caregiver_app.domain.packing import (
    BagItem,
    BagList,
    TemplateItem,
    VisitBag,
    bag_id,
    list_id,
)
from caregiver_app.domain.plans import visit_step
from caregiver_app.domain.series import is_date, moment_of, moved_to
from caregiver_app.domain.times import Moment, ends, in_zone, instant, to_text, wall
from caregiver_app.domain.weekly_only import WeeklyOnly, weekly_only
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.values import value

_A_WHILE = timedelta(days=3)
_SOME = 20
"""Among so many dates from then on is one that is not over."""


@value
class BagLine:
    """One item of a bag.

    `essential`: it starts in the bag by itself; `own`: the family added it, to this bag or to the
    list (`listed`). `why` and `only_if` come from the template, `category` as well ("" for own
    ones). `brings` is "carer", "person" or "". `way` is "sent" or "received" for a paper that was
    sent off, `kept_at` where it is. `live` names what the program itself knows of it, else "".
    """

    key: str
    label: str
    group: str
    state: str
    essential: bool
    own: bool
    why: str = ""
    only_if: str = ""
    category: str = ""
    brings: str = ""
    way: str = ""
    kept_at: str = ""
    live: str = ""
    listed: bool = True


@value
class ClinicRules:
    """What the visit's clinic allows, as the family wrote it, and the day they last asked."""

    food: str
    visitors: str
    fasting: str
    parking: str
    checked: date | None
    contact: str


@value
class Missing:
    """What is still to pack for a visit; papers on their way have "sent" as their `way`."""

    papers: tuple[BagLine, ...] = ()
    things: tuple[BagLine, ...] = ()

    @property
    def lines(self) -> tuple[BagLine, ...]:
        """All of it, papers first."""
        return (*self.papers, *self.things)


@value
class Bag:
    """A visit's bag. `lines` are in it, `maybe` waits folded to be taken along.

    `template` is the list that somebody chose for it ("": by the visit's type), `lists` the ids of
    those that it is made of; none means that this visit brings no bag by itself. `rules` is None
    where the clinic has none.
    """

    visit: Appointment
    person: Person | None
    contact: Contact | None
    lines: tuple[BagLine, ...]
    maybe: tuple[BagLine, ...]
    template: str = ""
    lists: tuple[str, ...] = ()
    rules: ClinicRules | None = None

    def group(self, name: str) -> list[BagLine]:
        """Return the items of one group ("papers" or "things")."""
        return [line for line in self.lines if line.group == name]

    def line(self, key: str) -> BagLine | None:
        """Return the item with this key, in the bag or waiting, None when there is none."""
        return next((one for one in (*self.lines, *self.maybe) if one.key == key), None)

    @property
    def wanted(self) -> int:
        """How many items are meant to come along."""
        return sum(line.state != "not_needed" for line in self.lines)

    @property
    def packed(self) -> int:
        """How many items are packed."""
        return sum(line.state == "packed" for line in self.lines)

    @property
    def not_needed(self) -> int:
        """How many items are not needed this time."""
        return len(self.lines) - self.wanted

    @property
    def missing(self) -> Missing:
        """What is still to pack."""
        open_ = [line for line in self.lines if line.state == "to_pack"]
        papers = tuple(line for line in open_ if line.group == "papers")
        return Missing(papers, tuple(line for line in open_ if line.group != "papers"))


class BagReader:
    """Reads bags and what is known of their visits."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def visit(self, visit_id: str) -> Appointment:
        """Return a visit; of a repeating appointment one date, as if it stood alone.

        Such a date goes by `<id>/<wall time>`, with dots for colons, whether anything of it is kept
        yet or not; the id of a repeating appointment alone means its next date.

        Raises:
            InputRefused: there is none with this id.
        """
        found = self._care.store.get(Appointment, visit_id)
        if found is not None:
            return self._next_date(found) if found.rrule else found
        series_id, _, key = visit_id.rpartition("/")
        series = self._care.store.get(Appointment, series_id) if series_id else None
        if series is None or not series.rrule:
            raise InputRefused("visit.gone", "id", id=visit_id)
        return self._date(series, moment_of(series, key.replace(".", ":")), visit_id)

    def is_entry(self, visit: Appointment) -> bool:
        """Tell whether a visit is an entry of its own, not a mere date of a series."""
        return visit.series is None or self._care.store.get(Appointment, visit.id) is not None

    def _date(self, series: Appointment, start: Moment, visit_id: str) -> Appointment:
        key = to_text(start)
        own = next(
            (o for o in self._care.store.changed_dates(series.id) if o.original == key), None
        )
        if own is not None:
            return own
        if not is_date(series, wall(start)) or key in series.exdates:
            raise InputRefused("visit.gone", "id", id=visit_id)
        return date_of(series, start)

    def _next_date(self, series: Appointment) -> Appointment:
        """Return the date of a series that is not over, its first one where all are.

        One that became an entry of its own counts as well.
        """
        home, now = self._care.home, self._care.now
        low = wall(series.start)
        low = max(low, in_zone(now, home).replace(tzinfo=None) - _A_WHILE)
        own = [o for o in self._care.store.changed_dates(series.id) if o.status != "cancelled"]
        coming = [one for one in own if ends(one.start, one.minutes, home) > now]
        dates = islice(occurrences(series, low), _SOME)
        found = next((one for one in dates if one.ends(home) > now), None)
        if found is not None:
            coming.append(date_of(series, found.start))
        if not coming:
            return date_of(series, series.start)
        return min(coming, key=lambda one: instant(one.start, home))

    def visits(self, person: str, back: timedelta, ahead: timedelta) -> list[Appointment]:
        """Return a person's visits with a bag from `back` ago until `ahead`, in order."""
        today = self._care.today
        return [one for one in self.dates(person, today - back, today + ahead) if self.brings(one)]

    def dates(self, person: str, first: date, last: date) -> list[Appointment]:
        """Return a person's visits that touch these days and may bring a bag, in order."""
        care = self._care
        served = {kind for one in care.reference.templates for kind in one.types}
        found: list[tuple[datetime, Appointment]] = []
        for one in care.store.appointments_between(first, last, person=person):
            # A mere date of a series brings what its type does, nothing that was picked for it.
            if one.status != "cancelled" and (one.type in served or not one.rrule):
                for date_ in occurrences_on(one, first, last, care.home):
                    visit = date_of(one, date_.start) if one.rrule else one
                    found.append((date_.begins(care.home), visit))
        return [visit for _, visit in sorted(found, key=lambda each: (each[0], each[1].id))]

    def clinic_of(self, visit: Appointment) -> Contact | None:
        """Return the clinic of a visit, None where it has none or that was deleted."""
        return None if visit.contact is None else self._care.store.get(Contact, visit.contact)

    def plan_of(self, visit: Appointment) -> Plan | None:
        """Return the plan that a visit belongs to, None when it stands alone."""
        return None if visit.plan is None else self._care.store.get(Plan, visit.plan)

    def facts(self, visit: Appointment) -> VisitFacts:
        """Return what is known of a visit, but for what else the person takes."""
        plan = self.plan_of(visit)
        if plan is None:
            return VisitFacts(minutes=visit.minutes)
        first = visit.dose is not None and visit_step(plan, visit.dose) == 0
        known = self._care.reference.medicine(plan.medicine)
        return VisitFacts(first, visit.minutes, "" if known is None else known.id)

    def also_takes(self, visit: Appointment, ids: tuple[str, ...]) -> frozenset[str]:
        """Return those of these medicines of the reference that stand on the person's list."""
        store, found = self._care.store, set[str]()
        names = [one.name for one in store.all(Medicine, person=visit.person) if not one.past]
        for id_ in ids if names else ():
            info = self._care.reference.medicine(id_)
            if info is not None:
                known = (WeeklyOnly(info.name, (*info.names, *info.brands)),)
                if any(weekly_only(name, known) for name in names):
                    found.add(id_)
        return frozenset(found)

    def holds(self, when: When, facts: VisitFacts, visit: Appointment) -> bool:
        """Tell whether all that `when` names is so of a visit, also of what the person takes."""
        if when.also_takes:
            facts = replace(facts, also_takes=self.also_takes(visit, when.also_takes))
        return holds(when, facts)

    def brings(self, visit: Appointment) -> bool:
        """Tell whether a visit brings a bag.

        Not where it is switched off, nor for one at home, nor for kinds that no list serves until
        somebody picks a list or puts something in.
        """
        if "bag" in parts_off(visit, self.plan_of(visit)):
            return False
        store = self._care.store
        return bool(self.lists(visit, store.get(VisitBag, bag_id(visit.id)))) or any(
            mark.label for mark in store.all(BagItem, visit=visit.id)
        )

    def lists(self, visit: Appointment, chosen: VisitBag | None) -> tuple[str, ...]:
        """Return the ids of the lists that a visit's bag is made of, the one to pack by first."""
        templates = self._care.reference.templates
        by_id = {one.id: one for one in templates}
        picked = None if chosen is None else by_id.get(chosen.template)
        if picked is None:
            served = [one for one in templates if visit.type in one.types]
        else:
            base = by_id.get(picked.adds_to, picked)
            served = [one for one in templates if one is base or one.adds_to == base.id]
        wanted = [
            one for one in served if one is picked or one.when is None or self._fits(one, visit)
        ]
        return tuple(one.id for one in wanted)

    def _fits(self, template: BagTemplate, visit: Appointment) -> bool:
        return template.when is not None and self.holds(template.when, self.facts(visit), visit)

    def master(self, template: str, contact: str | None) -> list[MasterItem]:
        """Return the items of a list as the family made it, at one clinic or at all of them.

        Raises:
            KeyError: there is no such list.
        """
        store = self._care.store
        orders = [store.get(BagList, list_id(template, None))]
        if contact is not None:
            orders.insert(0, store.get(BagList, list_id(template, contact)))
        return composed(
            self._care.reference.template(template).items,
            store.all(TemplateItem, template=template),
            contact,
            *(order.order for order in orders if order is not None),
        )

    def plain(self, template: str) -> list[MasterItem]:
        """Return the items of a list as ours has them.

        Raises:
            KeyError: there is no such list.
        """
        return composed(self._care.reference.template(template).items, (), None)

    def bag(self, visit_id: str) -> Bag:
        """Return the bag of a visit.

        Raises:
            InputRefused: there is no such visit.
        """
        store, visit = self._care.store, self.visit(visit_id)
        chosen = store.get(VisitBag, bag_id(visit.id))
        lists = self.lists(visit, chosen)
        contact = self.clinic_of(visit)
        lines, maybe = self._lines(visit, lists, None if contact is None else contact.id)
        if chosen is not None and chosen.order:
            lines = in_order(lines, chosen.order)
        picked = "" if chosen is None else chosen.template
        return Bag(
            visit,
            store.get(Person, visit.person),
            contact,
            tuple(lines),
            tuple(maybe),
            picked if any(one.id == picked for one in self._care.reference.templates) else "",
            lists,
            rules_of(contact),
        )

    def _lines(
        self, visit: Appointment, lists: tuple[str, ...], contact: str | None
    ) -> tuple[list[BagLine], list[BagLine]]:
        marks = {mark.key: mark for mark in self._care.store.all(BagItem, visit=visit.id)}
        facts = self.facts(visit)
        lines: list[BagLine] = []
        maybe: list[BagLine] = []
        for item in (item for name in lists for item in self.master(name, contact)):
            mark = marks.pop(item.key, None)
            if item.hidden and (mark is None or not _stays(mark)):
                continue
            asked = item.when is not None and self.holds(item.when, facts, visit)
            starts = item.starts == IN_BAG or (asked and not item.fixed)
            line = _line_of(item, mark, essential=starts)
            (lines if starts or mark is not None else maybe).append(line)
        added = [mark for mark in marks.values() if mark.label]
        lines += map(_line_added, sorted(added, key=lambda m: (m.position, m.created, m.id)))
        return lines, maybe


def date_of(series: Appointment, start: Moment) -> Appointment:
    """Return one date of a repeating appointment as a visit of its own, which is not kept yet.

    Colons set apart what hangs on an entry, so there is none in its id.
    """
    key = to_text(start)
    return replace(
        moved_to(series, start),
        id=f"{series.id}/{key.replace(':', '.')}", rrule="", exdates=(), rdates=(),
        series=series.id, original=key,
    )  # fmt: skip


def rules_of(contact: Contact | None) -> ClinicRules | None:
    """Return what a clinic allows, None where nothing was written down."""
    if contact is None:
        return None
    rules = ClinicRules(
        contact.rules_food,
        contact.rules_visitors,
        contact.rules_fasting,
        contact.rules_parking,
        contact.rules_checked,
        contact.id,
    )
    written = (rules.food, rules.visitors, rules.fasting, rules.parking)
    return rules if any(written) else None


def _line_of(item: MasterItem, mark: BagItem | None, *, essential: bool) -> BagLine:
    line = BagLine(
        item.key, item.label, item.group, "to_pack", essential, item.own, item.why, item.only_if,
        item.category, item.brings, live=item.live,
    )  # fmt: skip
    return line if mark is None else _marked(line, mark)


def _stays(mark: BagItem) -> bool:
    """Tell whether an item stays in its bag although its list leaves it out by now."""
    return mark.state == "packed" or (mark.way == "sent" and mark.state == "to_pack")


def _line_added(mark: BagItem) -> BagLine:
    line = BagLine(
        mark.key, mark.label, mark.group, mark.state, essential=True, own=True, listed=False
    )
    return _marked(line, mark)


def _marked(line: BagLine, mark: BagItem) -> BagLine:
    brings = "" if mark.brings == "nobody" else mark.brings or line.brings
    return replace(line, state=mark.state, brings=brings, way=mark.way, kept_at=mark.kept_at)
