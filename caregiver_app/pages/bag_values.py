"""What a printed bag says: plain values, ready to be set on a page."""

from __future__ import annotations

from caregiver_app.pages.paper import tr
from caregiver_app.values import value


@value
class BagLine:
    """One line with a tick box. `state` is "to_pack", "packed" or "not_needed".

    `hint` stands small beside it (who brings it, "2 open"). `write` adds a blank to write on
    there, followed by its unit ("°C").
    """

    label: str
    state: str = "to_pack"
    hint: str = ""
    write: str | None = None


@value
class BagPage:
    """What the page says. Every text is ready to print; empty ones leave a blank or nothing.

    `when` is the visit's day and hour in full, `rules` what the clinic allows and when somebody
    last asked, `papers_by` and `things_by` complete the headings ("ready by Sat 28"),
    `not_this_time` names what stays at home, `printed_at` is the time of printing for the footer.
    """

    person: str
    title: str
    when: str
    where: str = ""
    address: str = ""
    phone: str = ""
    phone_after_hours: str = ""
    rules: str = ""
    driver: str = ""
    driver_phone: str = ""
    leave_at: str = ""
    papers: tuple[BagLine, ...] = ()
    things: tuple[BagLine, ...] = ()
    papers_by: str = ""
    things_by: str = ""
    not_this_time: tuple[str, ...] = ()
    before_house: tuple[str | BagLine, ...] = ()
    before_clinic: tuple[str | BagLine, ...] = ()
    printed_at: str = ""

    @property
    def name(self) -> str:
        """What the page is called."""
        return tr("{person}\u2019s bag", person=self.person) if self.person else tr("The bag")

    @property
    def left_out(self) -> tuple[str, ...]:
        """What stays at home this time, each thing once."""
        unneeded = [
            line.label for line in (*self.papers, *self.things) if line.state == "not_needed"
        ]
        return tuple(dict.fromkeys((*unneeded, *self.not_this_time)))
