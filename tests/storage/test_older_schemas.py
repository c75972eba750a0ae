"""A file of every schema that there ever was opens with everything that was in it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    Authorisation,
    BagItem,
    BagList,
    BlockedDays,
    CheckIn,
    ClinicCall,
    Contact,
    Note,
    OwnSign,
    Person,
    Photo,
    SideEffect,
    SignChoice,
    TemplateItem,
    Version,
    VisitBag,
)
from caregiver_app.domain.packing import bag_id, list_id
from caregiver_app.domain.support import (
    CardChoice,
    Company,
    HelpTask,
    Outlet,
    SelfCheck,
)
from caregiver_app.domain.times import AllDay
from caregiver_app.domain.watchlist import choice_id
from caregiver_app.storage import migrations
from caregiver_app.storage.backups import problems_of
from caregiver_app.storage.connection import look
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.restoring import restore
from tests.storage.making import NOW, opened

STORED = sorted((Path(__file__).parent / "fixtures").glob("schema-*.sqlite3"))

SUPPORTING = (CardChoice, Outlet, Company, HelpTask, SelfCheck)
WATCHED = (Photo, OwnSign, SignChoice, ClinicCall, Version)


def rows(path: Path, table: str) -> list[dict[str, object]]:
    """Read a table past the store, by the names of its columns."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as raw:
        raw.row_factory = sqlite3.Row
        return [dict(row) for row in raw.execute(f"SELECT * FROM [{table}] ORDER BY id")]  # noqa: S608


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as raw:
        return {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def old(request, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(request.param, folder / DATA_NAME)
    return folder


def test_there_is_a_stored_file_of_every_older_schema():
    assert [path.stem for path in STORED] == [
        f"schema-{number}" for number in range(1, len(migrations.STEPS))
    ]


def test_nothing_is_lost_and_every_row_reads_back(old: Path, tmp_path: Path):
    before = tmp_path / "before.sqlite3"
    shutil.copy(old / DATA_NAME, before)
    with opened(old) as store:
        assert store.full_check() == []
        for kind in KINDS.values():
            store.all(kind)
        assert store.search("Marín")
    for kind in set(KINDS) & tables(before):
        then, now = rows(before, kind), rows(old / DATA_NAME, kind)
        assert len(then) == len(now)
        for was, is_now in zip(then, now, strict=True):
            kept = {name: value for name, value in was.items() if name != "crc"}
            assert kept == {name: is_now[name] for name in kept}


def test_what_is_new_can_be_kept_beside_what_is_old(old: Path):
    with opened(old) as store:
        with store.change("x"):
            store.put(Person(id="rosa", name="Rosa", address="14 Orchard Row", fever_c=38.5))
            store.put(Authorisation(id="a", person="rosa", last=NOW.date()))
            store.put(BlockedDays(id="b", first=NOW.date(), weekdays=(0, 6)))
        found = store.get(Person, "rosa")
        assert found is not None
        assert found.fever_c == 38.5
        assert store.undo() is not None
        assert store.full_check() == []


def test_what_the_watchlist_keeps_since_is_as_usual_for_what_is_older(old: Path):
    before = tables(old / DATA_NAME)
    with opened(old) as store:
        if "photo" in before:
            assert len(store.all(Photo)) == 1
            return
        for seen in store.all(SideEffect):
            assert (seen.done, seen.told, seen.going_on, seen.ended) == ("", "", False, None)
        for day in store.all(CheckIn):
            assert (day.possible, day.flare) == ("", False)
        assert not any(store.all(kind) for kind in WATCHED)


def test_what_the_watchlist_keeps_goes_beside_what_is_older(old: Path):
    told = {"person": "rosa", "created": NOW, "changed": NOW}
    seen = SideEffect(
        id="w", sign="Dry mouth", severity=1, at=AllDay(NOW.date()), urgency="note_and_mention",
        done="water", going_on=True, **told,
    )  # fmt: skip
    kept = (
        seen,
        Photo(id="w:photo", entry="w", data="iVBORw0KGgo=", width=2, height=1, **told),
        OwnSign(id="o", name="Dry mouth", also=("口干",), tier="call_today", **told),
        SignChoice(id="rosa:fatigue", sign="fatigue", hidden=True, clinic="Rest", **told),
        ClinicCall(id="c", at=AllDay(NOW.date()), said="Wait", about=("w",), **told),
        Version(id="v", kind="side_effect", entry="w", at=NOW, was="{}", **told),
    )
    with opened(old) as store:
        with store.change("x"):
            store.put_all(kept)
        assert [store.get(type(one), one.id) for one in kept] == list(kept)
        assert [hit.kind for hit in store.search("口干")] == ["own_sign"]
        assert store.full_check() == []
        assert store.undo() is not None
        assert store.get(Photo, "w:photo") is None


def test_what_bags_keep_since_is_as_usual_for_what_is_older(old: Path):
    before = tables(old / DATA_NAME)
    with opened(old) as store:
        if "visit_bag" in before:
            assert len(store.all(VisitBag)) == 1
            return
        for item in store.all(BagItem):
            assert (item.brings, item.way, item.kept_at) == ("", "", "")
        for item in store.all(TemplateItem):
            assert (item.contact, item.starts, item.brings, item.kept) == (None, "", "", None)
        for contact in store.all(Contact):
            assert (contact.rules_food, contact.rules_checked) == ("", None)
        assert not store.all(VisitBag)
        assert not store.all(BagList)


def test_what_bags_keep_goes_beside_what_is_older(old: Path):
    told = {"created": NOW, "changed": NOW}
    with opened(old) as store:
        visit = store.all(Appointment)[0].id
        kept = (
            Contact(
                id="k", person="rosa", name="Willow Lane", role="clinic", **told,
                rules_food="Own food is fine", rules_checked=NOW.date(),
            ),
            VisitBag(id=bag_id(visit), visit=visit, order=("b", "a"), forgot="nothing", **told),
            BagItem(
                id=f"{visit}:papers", visit=visit, key="papers", brings="carer", way="sent",
                kept_at="蓝色文件夹", **told,
            ),
            TemplateItem(id="t", template="lab_visit", key="t", label="Cushion", contact="k",
                         starts="maybe", brings="person", kept=NOW.date(), **told),
            BagList(id=list_id("lab_visit", "k"), template="lab_visit", contact="k",
                    order=("t",), **told),
        )  # fmt: skip
        with store.change("x"):
            store.put_all(kept)
        assert [store.get(type(one), one.id) for one in kept] == list(kept)
        assert {hit.kind for hit in store.search("蓝色")} == {"bag_item"}
        assert store.full_check() == []
        assert store.undo() is not None
        assert store.get(TemplateItem, "t") is None


def test_what_support_keeps_since_is_as_usual_for_what_is_older(old: Path):
    with opened(old) as store:
        notes = store.all(Note)
        assert {(one.tags, one.about, one.visit) for one in notes} <= {((), "person", None)}
        assert not any(store.all(kind) for kind in SUPPORTING)


def test_what_support_keeps_goes_beside_what_is_older(old: Path):
    told = {"created": NOW, "changed": NOW}
    with opened(old) as store:
        visit = store.all(Appointment)[0].id
        kept = (
            Note(id="n", person="rosa", text="<b>\x07 走走", at=NOW, tags=("散步",), about="carer",
                 visit=visit, **told),
            CardChoice(id=choice_id("rosa", "o1"), person="rosa", card="o1", never=True, **told),
            Outlet(id="o", person="rosa", text="散步", state="liked", not_today=NOW.date(), **told),
            Company(id="c", person="rosa", visit=visit, who="Ana", after=30, what="cards", **told),
            HelpTask(id="h", person="rosa", text="Supper", day=NOW.date(), who="Teo", **told),
            SelfCheck(id="s", at=NOW, answers=(0, 1, 2, 3, 0, 1, 2, 0), **told),
        )  # fmt: skip
        with store.change("x"):
            store.put_all(kept)
        assert [store.get(type(one), one.id) for one in kept] == list(kept)
        assert {hit.kind for hit in store.search("散步")} == {"note", "outlet"}
        assert store.full_check() == []
        assert store.undo() is not None
        assert not any(store.all(kind) for kind in SUPPORTING)


def test_it_becomes_what_a_new_file_is(old: Path, tmp_path: Path):
    new = tmp_path / "new"
    for folder in (old, new):
        opened(folder).close()
    assert shape(old / DATA_NAME) == shape(new / DATA_NAME)


def shape(path: Path) -> set[tuple[str, str]]:
    """Every table and index of ours and how it is made, whatever its white space."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as raw:
        made = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, " ".join(sql.split())) for name, sql in made}


@pytest.mark.parametrize(
    ("stored", "table", "entry", "column"),
    [(STORED[0], "person", "rosa", "allergies"), (STORED[4], "side_effect", "old-own", "text"),
     (STORED[4], "checkin", "old-day", "text"), (STORED[5], "template_item", "old-t", "label"),
     (STORED[6], "note", "note7", "text")],
)  # fmt: skip
def test_a_row_that_was_damaged_before_stays_known_as_damaged(
    tmp_path: Path, monkeypatch, stored: Path, table: str, entry: str, column: str
):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(stored, folder / DATA_NAME)
    with closing(sqlite3.connect(folder / DATA_NAME)) as raw:
        raw.execute(f"UPDATE [{table}] SET {column} = 'none' WHERE id = ?", (entry,))  # noqa: S608
        assert raw.total_changes == 1
        raw.commit()
    # The copy that is made before would refuse already; here only the step itself is looked at.
    monkeypatch.setattr("caregiver_app.storage.database.make_backup", lambda *_: None)
    with opened(folder) as store:
        assert store.full_check() == [f"{table} {entry}: the checksum is not that of the row"]


def test_a_backup_of_an_older_schema_is_good_and_comes_home(old: Path, tmp_path: Path):
    assert problems_of(old / DATA_NAME) == []
    home = tmp_path / "home"
    opened(home).close()
    restore(home, old / DATA_NAME, now=NOW)
    with opened(home) as store:
        assert look(store.path).version == len(migrations.STEPS)
        assert store.get(Person, "rosa") is not None
