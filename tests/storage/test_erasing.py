"""After erasing, no byte of the data folder holds a word of it; the rest is as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import KINDS, Contact, Entity, Note, Person, Phase, Setting
from caregiver_app.errors import DataBusy, DataReadOnly
from caregiver_app.storage import erasing
from caregiver_app.storage.backups import BACKUPS_NAME, daily_backup, make_backup, problems_of
from caregiver_app.storage.belongings import BLANKS, ERASED_AT, columns_of
from caregiver_app.storage.checks import recorded_counts
from caregiver_app.storage.connection import log_of
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.differences import differences
from caregiver_app.storage.erasing import Wanted
from caregiver_app.storage.restoring import restore
from caregiver_app.storage.rows import codec_of
from tests.storage.making import NOW, any_of, content, filled, note, opened, tamper, visit
from tests.storage.test_older_schemas import STORED

CANARY = "Zeisigkanarienwort"
BEN = Person(id="ben", name="Ben")
# What names another entry, a place in a list of ours, or one of a few words of ours.
STRUCTURE = {
    *("id", "person", "visit", "contact", "plan", "series", "authorisation", "clinic"),
    *("entry", "key", "template", "card", "role", "type", "status", "unit", "every_unit", "room"),
    *("about", "state", "brings", "starts", "way", "forgot", "tier", "kind", "answer", "urgency"),
    *("mood", "follow_up"),
}
OWN = {
    ("plan", "medicine"): True,
    ("sign_choice", "sign"): False,
    ("blocked_days", "clinic"): False,
    ("appointment", "medicine"): False,
    ("dose", "medicine"): False,
    ("clinic_call", "about"): True,
    ("question", "note"): False,
    ("question", "answer"): True,
    ("self_check", "answers"): False,
    ("authorisation", "plan"): False,
    ("call", "authorisation"): False,
    ("note", "visit"): False,
}
"""Fields that hold words under one kind and name something under another."""


def holds_words(kind: str, name: str) -> bool:
    made = KINDS[kind]
    annotation = next(str(field.type) for field in fields(made) if field.name == name)
    if annotation not in ("str", "str | None", "tuple[str, ...]", "tuple[Phase, ...]"):
        return False
    return OWN.get((kind, name), name not in STRUCTURE)


def sung(entity: Entity) -> Entity:
    """Return the entity with the canary in every field that can hold words."""
    kind = next(name for name, made in KINDS.items() if made is type(entity))
    told: dict[str, object] = {}
    for field in fields(entity):
        if not holds_words(kind, field.name):
            continue
        if field.type == "tuple[Phase, ...]":
            told[field.name] = (
                Phase(begins=1, begins_unit="week", offsets=(0,), unit="week", name=CANARY),
            )
        elif str(field.type).startswith("tuple"):
            told[field.name] = (CANARY, f"more {CANARY}")
        else:
            told[field.name] = f"{CANARY} {field.name}"
    return replace(entity, **told)


def left(folder: Path, word: str = CANARY) -> list[str]:
    """Name the files in which the word still stands, in any usual writing."""
    seeds = {word, word.lower()}
    needles = [one.encode(code) for one in seeds for code in ("utf-8", "utf-16-le")]
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def everywhere(folder: Path) -> None:
    """Leave the words wherever they can be: log, backups, kept files, unfinished ones."""
    backups = folder / BACKUPS_NAME
    for days in (40, 3, 0):
        daily_backup(folder, NOW - timedelta(days=days), edited=True)
    make_backup(folder / DATA_NAME, backups / "before-migration-7-2026-11-20T0930.sqlite3")
    make_backup(folder / DATA_NAME, folder / "caregiver-before-restore-2026-11-20T093000.sqlite3")
    (backups / ".caregiver-x.sqlite3.ab12.part").write_text(CANARY)
    (folder / "packing-lists-1.json").write_text("{}")


def erased(folder: Path, wanted: Wanted, *, remove: bool = False) -> erasing.Outcome:
    path = folder / DATA_NAME
    erasing.erase(path, wanted, remove_copies=remove, now=NOW)
    outcome = erasing.finish(path, NOW)
    assert outcome is not None
    assert outcome.trouble is None
    assert erasing.pending(path) is None
    return outcome


def test_every_field_that_can_hold_words_is_blanked_or_says_why_not():
    missing = [
        f"{kind}.{field.name}"
        for kind, made in KINDS.items()
        for field in fields(made)
        if holds_words(kind, field.name)
        and field.name not in BLANKS.get(kind, {})
        and field.name not in ("uid", "id")
    ]
    assert missing == []


@pytest.mark.parametrize("remove", [False, True], ids=["cleaned", "removed"])
@given(data=st.data())
@settings(max_examples=2)
def test_erased_entries_of_every_kind_are_in_no_byte(data, remove: bool, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    kinds = [kind for kind in KINDS if kind != "person"]
    with filled(folder) as store:
        with store.change("x"):
            store.put_all([sung(replace(data.draw(any_of(kind)), id="gone")) for kind in kinds])
        with store.change("x"):
            for kind in kinds:
                store.remove(KINDS[kind], "gone", NOW)
        everywhere(folder)
        assert log_of(folder / DATA_NAME).exists()
        outcome = erased(
            folder, Wanted(keys=tuple((kind, "gone") for kind in kinds)), remove=remove
        )
        assert left(folder) == []
        # Of those that are removed, today's is made anew.
        assert (outcome.cleaned, outcome.removed) == ((0, 4) if remove else (5, 0))
        assert store.search(CANARY) == []
        assert [one.id for one in store.all(Note)] == ["n1"]
        assert [kind for kind in kinds if store.removed_since(KINDS[kind], NOW)] == []
        assert store.full_check() == []
    assert all(problems_of(copy) == [] for copy in erasing.copies(folder))


def everything_of(data: st.DataObject, person: str) -> list[Entity]:
    made: list[Entity] = []
    for kind in KINDS:
        if kind in ("person", "setting", "self_check", "template_item", "bag_list"):
            continue
        one = sung(replace(data.draw(any_of(kind)), id=f"{person}-{kind}"))
        told = {"person": person} if hasattr(one, "person") else {}
        if hasattr(one, "visit"):
            told["visit"] = f"{person}-appointment"
        if kind == "answer":
            told["entry"] = f"{person}-appointment"
        if kind == "appointment":
            told["id"] = f"{person}-appointment"
        made.append(replace(one, **told))
    return made


@pytest.mark.parametrize("remove", [False, True], ids=["cleaned", "removed"])
@given(data=st.data())
@settings(max_examples=2)
def test_an_erased_person_is_in_no_byte_and_the_others_are_as_they_were(
    data, remove: bool, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("data")
    with filled(folder) as store:
        with store.change("x", undoable=False):
            store.put(replace(sung(BEN), id="ben"))
            store.put_all(everything_of(data, "ben"))
            store.put(Contact(id="ben-clinic", person="ben", name=CANARY))
            store.put(sung(replace(data.draw(any_of("template_item")), contact="ben-clinic")))
            store.put(Setting(id="draft.call.ben", value=f'"{CANARY}"'))
        everywhere(folder)
        before = {kind: rows_of(folder, kind, but="ben") for kind in KINDS}
        erased(
            folder,
            Wanted(people=("ben",), keys=(("setting", "draft.call.ben"),)),
            remove=remove,
        )
        assert left(folder) == []
        after = {kind: rows_of(folder, kind, but="ben") for kind in KINDS}
        del before["setting"], after["setting"], before["template_item"], after["template_item"]
        assert after == before
        assert [one.id for one in store.all(Person)] == ["ana"]
        assert store.search("Mondschein")[0].id == "n1"
        assert store.full_check() == []
    for copy in erasing.copies(folder):
        assert problems_of(copy) == []
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("SELECT text FROM note WHERE id = 'n1'").fetchall()


def rows_of(folder: Path, kind: str, *, but: str) -> list[tuple[object, ...]]:
    return [
        row for row in content(folder)[kind] if not any(str(part).startswith(but) for part in row)
    ]


def test_after_erasing_everything_the_folder_is_as_on_the_first_day(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x", undoable=False):
            store.put(note("n2", CANARY))
            store.put(Setting(id="emergency_number", value='"112"'))
        everywhere(tmp_path)
        (tmp_path / "packing-lists-1.json").write_text(f'{{"{CANARY}": 1}}')
        outcome = erased(tmp_path, Wanted(everything=True))
    assert (outcome.cleaned, outcome.removed) == (0, 5)
    assert left(tmp_path) == []
    assert left(tmp_path, "Mondschein") == []
    assert erasing.copies(tmp_path) == []
    rows = content(tmp_path)
    assert [(kind, len(found)) for kind, found in rows.items() if found] == [("setting", 1)]
    assert set(recorded_counts(tmp_path).values()) == {0, 1}
    with opened(tmp_path) as again:
        assert again.vanished() == {}
        assert again.full_check() == []


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_backups_of_older_versions_lose_the_words_too(stored: Path, tmp_path):
    with closing(sqlite3.connect(stored)) as raw:
        has = {kind for kind in KINDS if columns_of(raw.execute, kind)}
        kinds = sorted(
            kind
            for kind in has
            if raw.execute(f"SELECT 1 FROM [{kind}] LIMIT 1").fetchall()  # noqa: S608
        )
        who = raw.execute("SELECT id, name FROM person WHERE deleted IS NULL").fetchall()
    with opened(tmp_path) as store:
        with store.change("x", undoable=False):
            store.put_all([Person(id=person, name=name) for person, name in who])
        folder = tmp_path / BACKUPS_NAME
        folder.mkdir(mode=0o700)
        copy = folder / "before-migration-1-2026-01-01T0000.sqlite3"
        shutil.copyfile(stored, copy)
        outcome = erased(tmp_path, Wanted(people=tuple(person for person, _ in who)))
        assert outcome.cleaned == 1
    assert problems_of(copy) == []
    with closing(sqlite3.connect(copy)) as raw:
        for kind in kinds:
            if "person" in columns_of(raw.execute, kind):
                gone = raw.execute(
                    f"SELECT DISTINCT deleted FROM [{kind}] WHERE person IS NOT NULL"  # noqa: S608
                ).fetchall()
                assert gone in ([(ERASED_AT,)], [])
        assert raw.execute("SELECT count(*) FROM search").fetchone() <= (4,)
    assert all(left(tmp_path, name) == [] for _, name in who if len(name) > 3)


def test_a_cleaned_backup_can_be_brought_back(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        copy = daily_backup(tmp_path, NOW, edited=True)
        assert copy is not None
        erased(tmp_path, Wanted(keys=(("note", "n2"),)))
    restore(tmp_path, copy, now=NOW)
    with opened(tmp_path) as store:
        assert [one.id for one in store.all(Note)] == ["n1"]


def test_what_is_somebody_elses_by_now_stays_in_the_backups(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(BEN)
            store.put(note("n2", "Sonnenschein"))
        copy = daily_backup(tmp_path, NOW, edited=True)
        assert copy is not None
        with store.change("x"):
            store.put(replace(note("n2", "Sonnenschein"), person="ben"))
        erased(tmp_path, Wanted(people=("ana",)))
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT text FROM note WHERE id = 'n2'").fetchall() == [
            ("Sonnenschein",)
        ]
        assert raw.execute("SELECT text FROM note WHERE id = 'n1'").fetchall() == [("",)]


@pytest.mark.parametrize("spoil", ["damaged", "foreign", "empty", "newer"])
def test_a_copy_that_cannot_be_cleaned_is_removed(tmp_path, spoil: str):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put_all([note(f"m{number}", CANARY * 20) for number in range(200)])
        copy = daily_backup(tmp_path, NOW, edited=True)
        assert copy is not None
        if spoil == "damaged":
            raw = bytearray(copy.read_bytes())
            raw[40_000:60_000] = b"\x55" * 20_000
            copy.write_bytes(raw)
        elif spoil == "newer":
            with closing(sqlite3.connect(copy)) as newer:
                newer.execute("PRAGMA user_version = 99")
        else:
            copy.write_bytes(b"" if spoil == "empty" else CANARY.encode() * 500)
        outcome = erased(
            tmp_path, Wanted(keys=tuple(("note", f"m{number}") for number in range(200)))
        )
    assert (outcome.cleaned, outcome.removed) == (0, 1)
    assert left(tmp_path) == []


def test_a_kept_file_with_a_log_of_its_own_is_cleaned(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        kept = tmp_path / "caregiver-before-restore-2026-11-20T093000.sqlite3"
        path = tmp_path / DATA_NAME
        shutil.copyfile(path, kept)
        shutil.copyfile(log_of(path), log_of(kept))
        outcome = erased(tmp_path, Wanted(keys=(("note", "n2"),)))
    assert outcome.cleaned == 1
    assert not log_of(kept).exists()
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT text FROM note WHERE id = 'n1'").fetchall() != []
    assert left(tmp_path) == []


@pytest.mark.parametrize("spoilt", [False, True])
def test_the_journal_of_a_kept_file_goes_and_so_does_a_log_without_its_file(tmp_path, spoilt):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        kept = tmp_path / "caregiver-before-restore-2026-11-20T093000.sqlite3"
        make_backup(tmp_path / DATA_NAME, kept)
        if spoilt:
            kept.write_text(CANARY)
        for ends in ("0.sqlite3-journal", "1.sqlite3-journal", "2.sqlite3-wal"):
            (tmp_path / f"caregiver-before-restore-2026-11-20T09300{ends}").write_text(CANARY)
        outcome = erased(tmp_path, Wanted(keys=(("note", "n2"),)))
        assert log_of(tmp_path / DATA_NAME).exists()
    assert (outcome.cleaned, outcome.removed) == (not spoilt, spoilt)
    assert left(tmp_path) == []


def test_what_could_not_be_done_at_once_is_done_later(tmp_path):
    path = tmp_path / DATA_NAME
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        daily_backup(tmp_path, NOW, edited=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            # Somebody reads the state of before and goes on reading.
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM note").fetchall()
            erasing.erase(path, Wanted(keys=(("note", "n2"),)), remove_copies=False, now=NOW)
            outcome = erasing.finish(path, NOW)
            assert outcome is not None
            assert isinstance(outcome.trouble, DataBusy)
            assert store.get(Note, "n2") is None
        assert erasing.pending(path) is not None
        # More is decided meanwhile: both are done.
        with store.change("x"):
            store.put(note("n3", f"also {CANARY}"))
        erasing.erase(path, Wanted(keys=(("note", "n3"),)), remove_copies=False, now=NOW)
        outcome = erasing.finish(path, NOW)
        assert outcome == erasing.Outcome(cleaned=1)
        assert erasing.finish(path, NOW) is None
    assert left(tmp_path) == []


def test_erasing_what_is_not_there_changes_nothing_else(tmp_path):
    with filled(tmp_path):
        before = content(tmp_path)
        erased(tmp_path, Wanted(keys=(("note", "nobody"),), people=("nobody",)))
        after = content(tmp_path)
    assert {kind: rows for kind, rows in after.items() if kind != "setting"} == {
        kind: rows for kind, rows in before.items() if kind != "setting"
    }


def test_rows_that_erasing_took_are_no_loss(tmp_path):
    with filled(tmp_path) as store, store.change("x"):
        store.put_all([visit(f"v{number}", NOW.date()) for number in range(40)])
    assert recorded_counts(tmp_path)["appointment"] == 41
    erased(tmp_path, Wanted(everything=True))
    with opened(tmp_path) as store:
        assert store.vanished() == {}


def test_a_folder_that_cannot_be_written_to_erases_nothing(tmp_path, monkeypatch):
    with filled(tmp_path):
        pass

    def refuse(*_told: object, **_more: object):
        raise PermissionError(13, "no")

    monkeypatch.setattr(erasing, "connect", refuse)
    with pytest.raises(DataReadOnly):
        erasing.erase(tmp_path / DATA_NAME, Wanted(everything=True), remove_copies=True, now=NOW)
    assert content(tmp_path)["note"] != []


def test_what_goes_is_counted_before(tmp_path):
    since = NOW - timedelta(days=30)
    with filled(tmp_path) as store:
        path = tmp_path / DATA_NAME
        assert erasing.counted(path, Wanted(people=("ana",)), since).living == {
            "person": 1, "note": 1, "appointment": 1, "side_effect": 1
        }  # fmt: skip
        assert erasing.counted(path, Wanted(everything=True), since).living["note"] == 1
        with store.change("x"):
            for name in ("n2", "n3", "n4"):
                store.put(note(name, CANARY))
        with store.change("x"):
            store.remove(Note, "n2", NOW)
            store.remove(Note, "n3", NOW - timedelta(days=31))
        erased(tmp_path, Wanted(keys=(("note", "n4"),)))
        for wanted in (Wanted(everything=True), Wanted(people=("ana",))):
            found = erasing.counted(path, wanted, since)
            assert (found.living["note"], found.deleted) == (1, {"note": 1}), "as it can be seen"


def test_only_copies_with_its_words_hold_what_is_erased(tmp_path):
    with filled(tmp_path) as store:
        path = tmp_path / DATA_NAME
        early = daily_backup(tmp_path, NOW - timedelta(days=1), edited=True)
        with store.change("x"):
            store.put(note("n2", CANARY))
        late = daily_backup(tmp_path, NOW, edited=True)
        assert early is not None
        assert late is not None
        wanted = Wanted(keys=(("note", "n2"),))

        def holding() -> list[Path]:
            found = erasing.counted(path, wanted, NOW - timedelta(days=30))
            return erasing.holding(erasing.copies(tmp_path), wanted, found)

        assert holding() == [late]
        damaged = early.with_name("caregiver-2026-01-01T0000.sqlite3")
        damaged.write_bytes(b"nonsense")
        assert holding() == [damaged, late], "nobody can tell of one that cannot be read"
        damaged.unlink()
        erased(tmp_path, wanted)
        assert holding() == []


@pytest.mark.parametrize("how", ["sound", "damaged", "none"])
def test_what_was_erased_stays_erased_when_an_earlier_backup_comes_back(tmp_path, how: str):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        made = daily_backup(tmp_path, NOW, edited=True)
        assert made is not None
        kept = tmp_path.parent / f"{tmp_path.name}-stick.sqlite3"
        shutil.copyfile(made, kept)
        erased(tmp_path, Wanted(keys=(("note", "n2"),)))
    data = tmp_path / DATA_NAME
    if how == "damaged":
        with closing(sqlite3.connect(data)) as raw:
            raw.execute("UPDATE person SET name = 'x'")
            raw.commit()
    if how == "none":
        data.unlink()
    told = [one for one in differences(kept, data) if one.group == "note"] if how != "none" else []
    restore(tmp_path, kept, now=NOW)
    with opened(tmp_path) as store:
        ids = [one.id for one in store.all(Note)]
        assert store.vanished() == {}
        assert store.full_check() == []
    if how == "none":
        assert ids == ["n1", "n2"], "nobody knows of it any more"
        return
    assert ids == ["n1"]
    assert CANARY.encode() not in data.read_bytes()
    assert CANARY.encode() in kept.read_bytes(), "the family's own copy is as it was"
    assert [(one.then, one.only_then, one.stay_erased) for one in told] == [(1, 0, 1)]
    assert told[0].differs


def test_steps_of_undo_forget_the_words(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        store.forget_steps()
        assert store.undo() is None


def test_a_row_that_was_removed_is_listed_with_when(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.remove(Note, "n1", NOW)
        assert [(one.id, at) for one, at in store.removed_since(Note, NOW)] == [("n1", NOW)]
        assert store.removed_since(Note, NOW + timedelta(seconds=1)) == []


def test_a_kill_in_the_middle_of_everything_looks_like_no_loss(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put_all([note(f"m{number}") for number in range(30)])
        everywhere(tmp_path)
    erasing.erase(tmp_path / DATA_NAME, Wanted(everything=True), remove_copies=True, now=NOW)
    with opened(tmp_path) as store:
        assert store.vanished() == {}


def test_the_second_folder_is_cleaned_too_but_not_the_familys_own_files_in_it(tmp_path):
    second, data = tmp_path / "stick", tmp_path / "data"
    second.mkdir()
    with filled(data) as store:
        with store.change("x"):
            store.put(note("n2", CANARY))
        for name in ("caregiver-2026-11-20T0930.sqlite3", "caregiver-backup-2026-11-20.sqlite3"):
            make_backup(data / DATA_NAME, second / name)
        assert len(erasing.copies(data, str(second))) == 1
        erasing.erase(
            data / DATA_NAME,
            Wanted(keys=(("note", "n2"),)),
            remove_copies=False,
            now=NOW,
            second=str(second),
        )
        assert erasing.finish(data / DATA_NAME, NOW) == erasing.Outcome(cleaned=1)
    assert left(tmp_path) == ["stick/caregiver-backup-2026-11-20.sqlite3"]


def test_a_second_folder_that_is_not_there_is_no_trouble(tmp_path):
    with filled(tmp_path):
        assert erasing.copies(tmp_path, str(tmp_path / "gone")) == []


def test_every_kind_has_a_codec_whose_blank_row_the_tables_take(tmp_path):
    unknown = {
        f"{kind}.{name}"
        for kind, blanks in BLANKS.items()
        for name in blanks
        if name not in codec_of(KINDS[kind]).columns
    }
    assert unknown == set()
    with filled(tmp_path):
        tamper(tmp_path, "UPDATE note SET crc = 1 WHERE id = 'n1'")
        # Also what is damaged can be erased.
        erased(tmp_path, Wanted(keys=(("note", "n1"),)))
