"""The command line: exit codes, one plain line, and nothing acknowledged is ever lost."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app import claim as claims
from caregiver_app import cli
from caregiver_app.claim import Claim
from caregiver_app.errors import DataBusy
from caregiver_app.messages import words
from caregiver_app.services.reminders import ReminderService
from tests.factories import NEW_YORK, line, pills, plan_line, visit_line
from tests.pages.reading import words_of
from tests.programs import RING, ROOT, Program, child, due_at
from tests.tools import need_programs


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    return Program(tmp_path / "data", capsys, monkeypatch)


# ---- adding and listing ------------------------------------------------------------------------
def test_each_line_is_acknowledged_by_its_id(program: Program):
    told = program.add(line("note", id="n1", text="x"), "", line("note", text="y"), plan_line())
    assert (told.code, told.err) == (0, [])
    assert [one.split()[0] for one in told.out] == ["ACK"] * 3
    assert told.out[0] == "ACK n1"
    assert told.out[2] == "ACK p1"
    assert {json.loads(one)["text"] for one in program("list", "notes").out} == {"x", "y"}


def test_a_refused_line_is_named_and_the_others_are_kept(program: Program):
    told = program.add(
        line("note", id="n1", text="x"), "nonsense", line("note", text=""),
        line("plan", medicine="", first="2026-11-24", offsets=[], every=0),
        line("note", id="n2", text="y"),
    )  # fmt: skip
    assert told.code == 20
    assert told.out == ["ACK n1", "ACK n2"]
    assert [one.split(":")[0] for one in told.err[:-1]] == [
        "line 2", "line 3", "line 4", "line 4", "line 4", "line 4",
    ]  # fmt: skip
    assert told.err[1].startswith("line 3: text: ")
    assert told.err[-1].startswith("3 of 5 lines")
    assert len(program("list", "notes").out) == 2


@pytest.mark.parametrize(
    ("typed", "acks", "refused"),
    [
        (b"\xef\xbb\xbf" + line("note", id="n", text="x").encode(), 1, 0),
        (b"\xef\xbb\xbf\r\n\r\n  \n" + line("note", id="n", text="x").encode() + b"\r\n", 1, 0),
        (b"\xff\xfe\n" + line("note", id="n", text="x").encode(), 1, 1),
        ('{"kind":"note","text":"头痛"}'.encode("utf-16"), 0, 1),
        (b"\0\0\0", 0, 1),
        (b"[" * 200_000 + b"\n" + line("note", text="x").encode(), 1, 1),
        (b'{"kind":"note","text":"\\ud800"}', 0, 1),
        (b"", 0, 0),
    ],
)
def test_odd_bytes(program: Program, typed: bytes, acks: int, refused: int):
    told = program("add", typed=typed)
    assert told.code == (20 if refused else 0)
    assert len(told.out) == acks
    assert len([one for one in told.err if one.startswith("line ")]) == refused


@pytest.mark.parametrize(
    "value", ["x" * 10_000, "\u001b[31mred", "a\nb\rc\u2028d", "\u0085", "\ud800"]
)
def test_what_was_typed_never_breaks_the_sentence(program: Program, value: str):
    told = program.add(line("note", text="x", room=value), json.dumps({"kind": value}))
    assert told.code == 20
    assert len(told.err) == 3
    assert all(len(one) < 700 and one.isprintable() for one in told.err)


def test_schema_is_json(program: Program):
    told = program("add", "--schema")
    assert told.code == 0
    assert json.loads("\n".join(told.out))["appointment"]["start"]["required"] is True
    assert not program.folder.exists()


def test_list_takes_both_days(program: Program):
    program.add(pills(), visit_line("a1", "2026-11-24T09:30"))
    told = program("list", "appointments", "--from", "2026-11-24", "--to", "2026-11-24")
    assert [json.loads(one)["id"] for one in told.out] == ["pills", "a1"]
    for wrong in (
        ("--from", "soon"),
        ("--to", "2026-02-30"),
        ("--from", "2026-11-25", "--to", "2026-11-24"),
    ):
        told = program("list", "appointments", *wrong)
        assert (told.code, len(told.err), told.out) == (20, 1, [])


def test_days_that_do_not_suit(program: Program):
    told = program.add(
        line("blocked_days", id="b1", first="2026-11-23", last="2026-11-27", reason="Ana is away"),
        line("blocked_days", id="b2", first="2026-12-01", weekdays=[0, 3]),
        line("blocked_days", id="b3", first="2026-12-01", last="2026-11-30"),
        line("blocked_days", id="b4", first="2026-12-01", weekdays=[7]),
        line("blocked_days", id="b5", first="2026-12-01", person="nobody"),
    )
    assert (told.code, told.out) == (20, ["ACK b1", "ACK b2"])
    assert [one.split(": ")[1] for one in told.err[:-1]] == ["last", "weekdays", "person"]
    listed = [json.loads(one) for one in program("list", "blocked-days").out]
    assert [(one["id"], one["last"], one["weekdays"]) for one in listed] == [
        ("b1", "2026-11-27", []), ("b2", None, [0, 3]),
    ]  # fmt: skip
    days = ("--from", "2026-11-27", "--to", "2026-11-30")
    found = program("list", "blocked-days", *days).out
    assert [json.loads(one)["id"] for one in found] == ["b1"]


def test_days_are_of_the_computers_zone(program: Program, monkeypatch):
    program.add(due_at(start="2026-11-24T21:30"))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    day = ("--from", "2026-11-25", "--to", "2026-11-25")
    assert len(program("list", "appointments", *day).out) == 1
    monkeypatch.setenv("TZ", NEW_YORK)
    assert program("list", "appointments", *day).out == []


# ---- usage -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "arguments",
    [["dance"], ["list"], ["list", "pills"], ["ack"], ["ack", "x", "--later", "soon"],
     ["ack", "x", "--later", "5", "--skip"], ["print", "year", "--pdf", "x"], ["print", "bag"],
     ["restore"], ["--nonsense"], ["export"]],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_2(program: Program, arguments: list[str]):
    told = program(*arguments)
    assert (told.code, told.out, len(told.err)) == (2, [], 1)
    assert "--help" in told.err[0]


@pytest.mark.parametrize("now", ["soon", "", "2026-02-30T09:30", "0001-01-01T00:00+14:00"])
def test_a_now_that_is_none(program: Program, now: str):
    told = program("list", "notes", now=now)
    assert (told.code, len(told.err)) == (20, 1)
    assert told.err[0].startswith("--now: ")


def test_now_with_and_without_offset(program: Program):
    program.add(due_at())
    assert program("remind", now="2026-11-24T12:29+00:00").out == []
    assert program("remind", now="2026-11-24T07:29").out == []
    assert program("remind", now="2026-11-24T12:30Z").out == [f"SHOW {RING}"]


# ---- reminding and answering -------------------------------------------------------------------
def test_show_digest_and_nothing_twice(program: Program):
    program.add(due_at(), plan_line(first="2026-11-28T09:30"))
    told = program("remind", now="2026-11-24T07:30")
    shows = [one for one in told.out if one.startswith("SHOW")]
    (digest,) = [one for one in told.out if one.startswith("DIGEST")]
    assert shows == [f"SHOW {RING}"]
    count, *ids = digest.split()[1:]
    assert int(count) == len(ids) > 3
    assert program("remind", now="2026-11-24T07:30").out == []
    program.add(*(due_at(id=f"b{n}") for n in range(6)))
    (digest,) = program("remind", now="2026-11-24T07:30").out
    assert digest.startswith("DIGEST 6 b0/")


def test_answers(program: Program):
    program.add(due_at([1440, 120]))
    at = "2026-11-24T07:30"
    program("remind", now=at)
    assert program("ack", RING, "--later", "30", now=at).out == [f"ACK {RING}"]
    assert program("remind", now="2026-11-24T07:59").out == []
    assert program("remind", now="2026-11-24T08:00").out == [f"SHOW {RING}"]
    assert program("ack", RING, now="2026-11-24T08:01").out == [f"ACK {RING}"]
    told = program("ack", RING, "--later", "5", now="2026-11-24T08:02")
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    assert program("ack", "a1", "--skip", now="2026-11-24T08:02").out == [
        "ACK a1/2026-11-24T09:30/1440"
    ]
    states = [json.loads(one)["state"] for one in program("list", "reminders").out]
    assert states == ["skipped", "done"]
    for wrong in (("nobody",), (RING, "--later", "0"), (RING, "--later", "999999999"), ("\udcff",)):
        told = program("ack", *wrong)
        assert (told.code, told.out, len(told.err)) == (20, [], 1)


def test_beside_a_window_it_says_held(program: Program):
    program.add(due_at())
    for holder in (claims.WINDOW, claims.FOLLOW):
        window = Claim(program.folder)
        assert window.take(holder)
        for command in (("remind",), ("remind", "--follow")):
            told = program(*command, now="2026-11-24T07:30")
            assert (told.code, told.out) == (0, ["HELD"])
        told = program("restore", str(program.folder / "x"))
        assert (told.code, len(told.err)) == (12, 1)
        window.release()
    assert program("remind", now="2026-11-24T07:30").out == [f"SHOW {RING}"]


def test_another_pass_is_waited_for(program: Program, monkeypatch):
    program.add(due_at())
    other = Claim(program.folder)
    other.take(claims.PASS)
    monkeypatch.setattr(claims, "PASS_WAIT", 0.1)
    told = program("remind", now="2026-11-24T07:30")
    assert (told.code, told.out, len(told.err)) == (12, [], 1)
    other.release()


def test_programs_that_tick_together_say_each_once(program: Program):
    program.add(*(due_at(id=f"a{n}") for n in range(4)))
    running = [child(program.folder, "remind", now="2026-11-24T07:30") for _ in range(3)]
    said = [one for each in running for one in each.communicate(timeout=60)[0].splitlines()]
    assert sorted(said) == [f"SHOW a{n}/2026-11-24T09:30/120" for n in range(4)]
    assert [each.returncode for each in running] == [0, 0, 0]


def test_a_pass_that_is_killed_between_saying_and_recording_is_said_again(
    program: Program, monkeypatch
):
    program.add(due_at())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ReminderService, "record", killed)
        told = program("remind", now="2026-11-24T07:30")
        assert (told.code, told.out) == (130, [f"SHOW {RING}"])
    assert program("remind", now="2026-11-24T07:30").out == [f"SHOW {RING}"]


def read_line(running: subprocess.Popen[str], seconds: float = 20.0) -> str:
    ready, _, _ = select.select([running.stdout], [], [], seconds)
    return running.stdout.readline().strip() if ready else ""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_following_rings_when_due_and_ends_when_asked(program: Program, stop: signal.Signals):
    program.add(due_at(), due_at(id="a2", start="2026-11-24T09:29"))
    running = child(program.folder, "remind", "--follow", now="2026-11-24T07:29:59.4")
    assert read_line(running) == "SHOW a2/2026-11-24T09:29/120"
    assert program("remind", now="2026-11-24T07:30").out == ["HELD"]
    assert read_line(running) == f"SHOW {RING}"
    running.send_signal(stop)
    out, err = running.communicate(timeout=10)
    assert (running.returncode, out, err) == (0, "", "")


def test_following_goes_on_when_the_data_is_busy(program: Program, monkeypatch):
    program.add(due_at())
    tries: list[int] = []

    def busy(self: ReminderService) -> list:
        tries.append(1)
        os.kill(os.getpid(), signal.SIGTERM)
        raise DataBusy("data.busy")

    monkeypatch.setattr(ReminderService, "due", busy)
    before = {n: signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        told = program("remind", "--follow")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert (told.code, len(told.err), len(tries)) == (0, 1, 1)


def test_the_wait_never_spins_and_is_never_long(program: Program):
    class House:
        def __init__(self, left: float | None) -> None:
            self.care = type("C", (), {"now": datetime(2026, 11, 24, tzinfo=UTC)})
            due = None if left is None else self.care.now + timedelta(seconds=left)
            self.reminders = type("R", (), {"next_due": staticmethod(lambda: due)})

    waits = [cli._wait(House(left)) for left in (None, -100, 0.2, 7, 3000)]  # type: ignore[arg-type]
    assert waits == [30.0, 1.0, 1.0, 7.0, 30.0]


# ---- files -------------------------------------------------------------------------------------
def test_export(program: Program, tmp_path: Path):
    program.add(plan_line())
    target = tmp_path / "out.ics"
    assert program("export", str(target)).code == 0
    again = tmp_path / "again.ics"
    program("export", str(again), now="2026-11-21T23:00")
    assert target.read_bytes() == again.read_bytes()
    assert program("export", str(target), "--neutral", "--to", "2026-12-31").code == 0
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 2
    assert b"Infusion" not in target.read_bytes()
    told = program("export", str(tmp_path / "nowhere" / "x.ics"))
    assert (told.code, len(told.err)) == (20, 1)


def test_export_to_standard_output(program: Program, tmp_path: Path):
    program.add(plan_line())
    running = child(program.folder, "export", "-")
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")
    assert out.startswith("BEGIN:VCALENDAR")


def test_backup_check_and_restore(program: Program, tmp_path: Path):
    program.add(line("note", id="n1", text="x"))
    copy = tmp_path / "copy.sqlite3"
    assert program("backup", str(copy)).code == 0
    assert program("backup").code == 0
    assert program("check").out == [words("check.good")]
    program.add(line("note", id="n2", text="y"))
    told = program("restore", str(copy))
    assert (told.code, len(told.out)) == (0, 1)
    assert [json.loads(one)["id"] for one in program("list", "notes").out] == ["n1"]
    program.folder = tmp_path / "another"
    assert program("restore", str(copy)).code == 0
    assert len(program("list", "notes").out) == 1
    told = program("restore", str(tmp_path / "nothing"))
    assert (told.code, len(told.err)) == (20, 1)
    program.folder = Path("/proc/nowhere/data")
    told = program("restore", str(copy))
    assert (told.code, len(told.err)) == (13, 1)


def test_print_bag(program: Program, tmp_path: Path):
    target = tmp_path / "bag.pdf"
    told = program("print", "bag", "--pdf", str(target))
    assert (told.code, len(told.err)) == (20, 1)  # no visit yet
    program.add(plan_line())
    for wrong in (("--on", "2026-12-09"), ("--on", "soon"), ("--person", "nobody")):
        told = program("print", "bag", "--pdf", str(target), *wrong)
        assert (told.code, len(told.err)) == (20, 1)
    # In a process of its own: Qt takes only one application in each.
    for chosen in ((), ("--on", "2026-12-08")):
        running = child(program.folder, "print", "bag", "--pdf", str(target), *chosen)
        _, err = running.communicate(timeout=60)
        assert (running.returncode, err) == (0, "")
        assert target.read_bytes().startswith(b"%PDF")
        target.unlink()


def test_print_emergency_works_for_an_empty_family(program: Program, tmp_path: Path):
    target = tmp_path / "sheet.pdf"
    running = child(program.folder, "print", "emergency", "--pdf", str(target), DISPLAY="")
    _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")
    assert target.read_bytes().startswith(b"%PDF")
    assert program("list", "people").out == [], "printing makes nobody"


@pytest.mark.usefixtures("qapp")
def test_print_emergency_asks_whose_sheet_in_plain_words(program: Program, tmp_path: Path):
    target = tmp_path / "sheet.pdf"
    page = ("print", "emergency", "--pdf", str(target))
    program.add(line("person", id="rosa", name="Rosa", allergies="penicillin"))
    assert program(*page).code == 0
    assert program(*page, "--paper", "Letter").code == 0
    target.unlink()
    program.add(line("person", id="mei", name="王梅"))
    for words_, refused in (
        ((), "There are 2 people here. Say whose page it is with --person and an id"),
        (("--person", "nobody"), "Nobody has the id “nobody”"),
        (("--person", "mei", "--on", "2026-11-24"), "belongs to no day"),
    ):
        told = program(*page, *words_)
        assert (told.code, told.out, len(told.err)) == (20, [], 1)
        assert refused in told.err[0]
        assert not target.exists()
    assert program(*page, "--person", "mei").code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert program("print", "emergency", "--pdf", str(tmp_path / "no" / "x.pdf"),
                   "--person", "mei").code == 20  # fmt: skip
    assert program("print", "bag", "--pdf", str(target)).err == [words("print.which", count=2)], (
        "the bag asks in the same words"
    )


# ---- the words ---------------------------------------------------------------------------------
def test_every_sentence_that_the_code_names_has_its_words():
    named = re.compile(
        r"(?:InputRefused|AsksFirst|Data(?:Busy|Damaged|Newer|ReadOnly)|DiskTrouble|words|\.change)"
        r'\(\s*"([a-z_]+\.[a-z_0-9]+)"'
    )
    keys = {
        key
        for path in (ROOT / "caregiver_app").rglob("*.py")
        for key in named.findall(path.read_text(encoding="utf-8"))
    }
    assert len(keys) > 50
    catalogue = json.loads((ROOT / "resources/messages/en.json").read_text(encoding="utf-8"))
    assert keys - catalogue.keys() <= {"storage.wiped"}


def test_the_made_up_family_takes_no_command(program: Program):
    told = program("--demo", "add", typed=line("note", text="x"))
    assert (told.code, told.out, len(told.err)) == (2, [], 1)
    assert not program.folder.exists()


def test_another_zone_of_the_computer_is_told(program: Program, monkeypatch):
    program("remind")
    assert program("remind").err == []
    monkeypatch.setenv("TZ", "Europe/Berlin")
    (said,) = program("remind").err
    assert "Europe/Berlin" in said
    assert program("remind").err == []


@pytest.mark.usefixtures("qapp")
def test_the_bag_of_a_day_is_that_of_any_infusion_that_takes_place(
    program: Program, tmp_path: Path
):
    need_programs("pdftotext")
    single = {"type": "infusion", "title": "Once", "start": "2026-12-01T09:00", "zone": NEW_YORK}
    program.add(
        line("appointment", id="off", status="cancelled", **single),
        line("appointment", id="ride", **{**single, "type": "drive"}),
    )
    program.add(plan_line(first="2026-12-01T10:00", offsets=[0], every=None, at_home=True))
    page = ("print", "bag", "--pdf", str(tmp_path / "bag.pdf"), "--on", "2026-12-01")
    assert program(*page).code == 20
    program.add(line("appointment", id="lab", **{**single, "type": "lab", "title": "Blood"}))
    assert program(*page).code == 0
    assert "Blood" in words_of((tmp_path / "bag.pdf").read_bytes())
    program.add(line("appointment", id="on", **single))
    assert program(*page).code == 0
    assert "Once" in words_of((tmp_path / "bag.pdf").read_bytes()), "an infusion goes before"
