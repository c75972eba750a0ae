"""The master lists that bags are packed by, as the family makes them: for all clinics or for one.

Ours stay as they are in the template: what the family changes lies over it, item by item, and can
be taken back item by item.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caregiver_app.domain import texts
from caregiver_app.domain.bag_list import MasterItem, moved, rank, says_something
from caregiver_app.domain.entities import Contact
from caregiver_app.domain.packing import (
    BAG_GROUPS,
    BRINGS,
    STARTS,
    BagList,
    TemplateItem,
    list_id,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.bag_reading import BagReader
from caregiver_app.services.care import Care
from caregiver_app.values import value

__all__ = ["BagLists", "ListName", "MasterItem"]


@value
class ListName:
    """A master list: `what_for` says in words which visits are packed by it."""

    id: str
    name: str
    what_for: str


class BagLists:
    """The master lists. Each change is one step of undo and never touches our template."""

    def __init__(self, care: Care) -> None:
        self._care, self._reader = care, BagReader(care)

    def names(self) -> tuple[ListName, ...]:
        """Return the lists there are."""
        return tuple(
            ListName(one.id, one.name, one.serves) for one in self._care.reference.templates
        )

    def items(self, template: str, contact: str | None = None) -> list[MasterItem]:
        """Return the items of a list in order, those left out too: at one clinic, or at all.

        Raises:
            InputRefused: there is no such list.
        """
        self._check_list(template)
        return self._reader.master(template, contact)

    def change(
        self,
        template: str,
        key: str,
        contact: str | None = None,
        *,
        label: str | None = None,
        hidden: bool | None = None,
        starts: str | None = None,
        brings: str | None = None,
    ) -> None:
        """Change an item of a list; what is None stays as it is.

        Args:
            template: the list.
            key: the item's.
            contact: the clinic at which it holds, None for all of them.
            label: the new words; "" brings back those below (ours, or those for all clinics).
            hidden: whether it is left out.
            starts: one of STARTS; "" is as the list below has it.
            brings: one of BRINGS; "" is as the list below has it.

        Raises:
            FormRefused: a field cannot be kept so.
            InputRefused: there is no such list, item or clinic.
        """
        item, below = self._item(template, key, contact), self._below(template, key, contact)
        edit = self._edit(template, key, contact) or self._fresh(template, item, contact, below)
        if label is not None:
            wanted = texts.title(label, "label") if label.strip() or edit.key == edit.id else ""
            edit = replace(edit, label="" if _is_same(wanted, below) else wanted)
        if hidden is not None:
            edit = replace(edit, hidden=hidden)
        if starts is not None:
            edit = replace(edit, starts=texts.one_of(starts, STARTS, "starts"))
        if brings is not None:
            edit = replace(edit, brings=texts.one_of(brings, BRINGS, "brings"))
        named = "done.list_changed"
        if hidden is not None and hidden != item.hidden:
            named = "done.list_left_out" if hidden else "done.list_back"
        with self._care.change(named, label=edit.label or item.label):
            self._keep(edit, hidden_below=below is not None and below.hidden)

    def add(
        self,
        template: str,
        label: str,
        group: str,
        contact: str | None = None,
        *,
        starts: str = "bag",
    ) -> str:
        """Put an item of the family's own on a list; return its key.

        Raises:
            InputRefused: the label is empty, too long, or has control characters; or there is no
                such list, group or clinic.
        """
        label = texts.title(label, "label")
        texts.one_of(group, BAG_GROUPS, "group")
        texts.one_of(starts, STARTS, "starts")
        self._check_list(template)
        self._check_clinic(contact)
        care, key = self._care, self._care.new_id()
        with care.change("done.list_added", label=label):
            care.store.put(
                TemplateItem(
                    id=key, template=template, key=key, label=label, group=group, contact=contact,
                    starts=starts, created=care.now, changed=care.now,
                )
            )  # fmt: skip
        return key

    def reset(self, template: str, key: str, contact: str | None = None) -> None:
        """Make one item as it was: at a clinic as at all of them, else as ours.

        Raises:
            InputRefused: there is no such list or item, or it is one of the family's own, of which
                there is none of ours.
        """
        item = self._item(template, key, contact)
        edit = self._edit(template, key, contact)
        if edit is None:
            return
        if edit.key == edit.id or (item.own and contact is None):
            raise InputRefused("bag.own_item", "key", label=item.label)
        with self._care.change("done.list_reset", label=item.ours or item.label):
            # What says nothing of its own at a clinic would still stand above what holds at all.
            kept = edit.kept if contact is None else None
            plain = replace(edit, label="", hidden=False, starts="", brings="", kept=kept)
            self._keep(plain, hidden_below=False)

    def remove(self, template: str, key: str) -> None:
        """Take an item of the family's own off a list, at every clinic.

        Raises:
            InputRefused: there is no such list or item, or it is one of ours, which is left out
                instead.
        """
        self._check_list(template)
        care = self._care
        edits = care.store.all(TemplateItem, template=template, key=key)
        is_ours = any(one.key == key for one in care.reference.template(template).items)
        if is_ours or not edits:
            raise InputRefused("bag.no_item", "key", key=key)
        label = next((edit.label for edit in edits if edit.key == edit.id), edits[0].label)
        with care.change("done.list_removed", label=label):
            for edit in edits:
                care.store.remove(TemplateItem, edit.id, care.now)

    def move(self, template: str, key: str, to: int, contact: str | None = None) -> None:
        """Put an item at another place of its group, from 0 (left-out items count too).

        Raises:
            InputRefused: there is no such list, item or clinic.
        """
        item = self._item(template, key, contact)
        items = self.items(template, contact)
        keys = [one.key for one in items]
        order = moved(keys, [one.group for one in items], key, to)
        if order == tuple(keys):
            return
        care, made = self._care, list_id(template, contact)
        kept = care.store.get(BagList, made) or BagList(
            id=made, template=template, contact=contact, created=care.now
        )
        with care.change("done.list_moved", label=item.label):
            care.store.put(replace(kept, order=order, changed=care.now))

    def has_order(self, template: str, contact: str | None = None) -> bool:
        """Tell whether the family gave a list an order of its own, at this clinic or at all."""
        kept = self._care.store.get(BagList, list_id(template, contact))
        return kept is not None and bool(kept.order)

    def reset_order(self, template: str, contact: str | None = None) -> None:
        """Bring back the order of our template, at a clinic that of all of them.

        Raises:
            InputRefused: there is no such list.
        """
        self._check_list(template)
        care, made = self._care, list_id(template, contact)
        if care.store.get(BagList, made) is not None:
            with care.change("done.list_order"):
                care.store.remove(BagList, made, care.now)

    # -- Decisions ---------------------------------------------------------------------------------

    def decide(self, template: str, key: str, contact: str | None = None) -> None:
        """Keep that the family decided today to keep an item that was not needed several times.

        Raises:
            InputRefused: there is no such list, item or clinic.
        """
        item, below = self._item(template, key, contact), self._below(template, key, contact)
        edit = self._edit(template, key, contact) or self._fresh(template, item, contact, below)
        care = self._care
        with care.change("done.bag_kept", label=item.label):
            care.store.put(replace(edit, kept=care.today, changed=care.now))

    def kept(self, template: str, key: str, contact: str | None = None) -> date | None:
        """Return the day on which it was last decided to keep an item, None for never."""
        edits = self._care.store.all(TemplateItem, template=template, key=key)
        days = [one.kept for one in edits if one.contact in (None, contact)]
        return max((day for day in days if day is not None), default=None)

    # -- Within -----------------------------------------------------------------------------------

    def _check_list(self, template: str) -> None:
        if all(one.id != template for one in self._care.reference.templates):
            raise InputRefused("bag.no_list", "template", template=template)

    def _check_clinic(self, contact: str | None) -> None:
        if contact is not None and self._care.store.get(Contact, contact) is None:
            raise InputRefused("entry.gone", "contact", id=contact)

    def _item(self, template: str, key: str, contact: str | None) -> MasterItem:
        self._check_clinic(contact)
        found = next((one for one in self.items(template, contact) if one.key == key), None)
        if found is None:
            raise InputRefused("bag.no_item", "key", key=key)
        return found

    def _below(self, template: str, key: str, contact: str | None) -> MasterItem | None:
        """Return an item as it is below the level that is changed, None where it is not there."""
        if contact is not None:
            below = self._reader.master(template, None)
        else:
            below = self._reader.plain(template)
        return next((one for one in below if one.key == key), None)

    def _edit(self, template: str, key: str, contact: str | None) -> TemplateItem | None:
        edits = self._care.store.all(TemplateItem, template=template, key=key, contact=contact)
        return max(edits, key=rank, default=None)

    def _fresh(
        self, template: str, item: MasterItem, contact: str | None, below: MasterItem | None
    ) -> TemplateItem:
        care = self._care
        return TemplateItem(
            id=care.new_id(), template=template, key=item.key, group=item.group, contact=contact,
            hidden=below is not None and below.hidden, created=care.now,
        )  # fmt: skip

    def _keep(self, edit: TemplateItem, *, hidden_below: bool) -> None:
        """Write an edit; one that says nothing any more goes, unless it holds a decision."""
        care = self._care
        own = edit.key == edit.id
        if own or edit.kept is not None or says_something(edit, hidden=hidden_below):
            care.store.put(replace(edit, changed=care.now))
        else:
            care.store.remove(TemplateItem, edit.id, care.now)


def _is_same(label: str, below: MasterItem | None) -> bool:
    return below is not None and label == below.label
