"""The child that reads calendar files: what it may not do, and that it never outlives its use."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from caregiver_app.errors import InputRefused
from caregiver_app.integrations import guard, guard_child
from caregiver_app.integrations.guard import Cancelled, read_guarded
from caregiver_app.integrations.guard_child import SMALL, Answer, TooLong, allowance, watchman
from caregiver_app.integrations.lines import LARGEST_FILE
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.messages import explain
from tests.integrations.monsters import MONSTERS, calendar, event

ROOT = Path(__file__).resolve().parents[2]
VISIT = calendar(
    "X-WR-CALNAME:Clinic — Frühling",
    event("UID:v1@clinic", "SUMMARY:Infusion 王梅", "RRULE:FREQ=WEEKLY", "RDATE:20260107T100000"),
    event("UID:v2@clinic", "SUMMARY:No start").replace("DTSTART", "X-START"),
    "METHOD:REQUEST",
)  # fmt: skip
SLEEP = "import time; time.sleep(60)"
AT_ONCE = 15.0
"""Seconds: far from the minute that such a child would take, on a busy machine as well."""
needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")


@pytest.fixture
def a_child_that(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the child run a piece of code instead of reading."""

    def runs(code: str) -> None:
        monkeypatch.setattr(guard, "_CALL", code.replace("{", "{{").replace("}", "}}"))

    return runs


@pytest.fixture(autouse=True)
def _nothing_stays():
    before = {thread.name for thread in threading.enumerate()}
    handles = open_files()
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert {thread.name for thread in threading.enumerate()} == before
    # What earlier tests left may close on the way; nothing may be opened and stay.
    assert open_files() <= handles


def open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def telling(*lines: object) -> str:
    """Return code of a child that says these lines."""
    text = "".join(
        (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in ({"at": 1}, *lines)
    )
    return f"import sys; sys.stdout.write({text!r})"


# -- Reading ---------------------------------------------------------------------------------------


def test_the_child_reads_what_reading_here_reads():
    reached: list[int] = []
    found = read_guarded(VISIT, progress=reached.append)
    assert found == read_calendar(VISIT)
    assert [one.title for one in found.events] == ["Infusion 王梅"]
    assert [one.line for one in found.skipped] == [11]
    assert found.dropped == {"METHOD": 1}


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_every_byte_arrives(size):
    data = VISIT + b"\r\n" * size
    assert read_guarded(data).events == read_calendar(VISIT).events


def test_a_refusal_of_the_reader_comes_with_its_line():
    with pytest.raises(InputRefused) as refused:
        read_guarded(calendar(*["BEGIN:X-PART"] * 7))
    assert refused.value.key == "import.deep"
    assert "Line 8" in explain(refused.value)


def test_what_is_too_large_starts_no_child(a_child_that):
    a_child_that("this would fail")
    with pytest.raises(InputRefused) as refused:
        read_guarded(b" " * (LARGEST_FILE + 1))
    assert refused.value.key == "import.large"


def test_a_file_that_asks_for_too_much_is_refused_and_names_the_line():
    begun = time.monotonic()
    with pytest.raises(InputRefused) as refused:
        read_guarded(MONSTERS["rule_never_a_day"](190_000))
    assert refused.value.key == "import.too_much"
    assert int(str(refused.value.values["line"])) > 10
    assert time.monotonic() - begun < 30  # 1.3 s on a machine that does nothing else


# -- Waiting ---------------------------------------------------------------------------------------


def test_cancelling_ends_it_at_once(a_child_that):
    a_child_that(SLEEP)
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        read_guarded(VISIT, cancelled=cancelled)
    assert time.monotonic() - begun < AT_ONCE


def test_cancelling_also_ends_it_while_answers_pour_in(a_child_that):
    a_child_that("while True: print('{\"at\": 5}')")
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        read_guarded(VISIT, cancelled=cancelled)
    assert time.monotonic() - begun < AT_ONCE


def test_what_was_cancelled_before_does_not_begin():
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        read_guarded(VISIT, cancelled=cancelled)


def test_patience_ends(a_child_that):
    a_child_that(f"print('{{\"at\": 77}}', flush=True); {SLEEP}")
    begun = time.monotonic()
    with pytest.raises(InputRefused) as refused:
        read_guarded(VISIT, patience=0.6)
    assert refused.value.key == "import.too_long_time"
    assert "Line 77" in explain(refused.value)
    assert time.monotonic() - begun < AT_ONCE


def test_progress_is_told_while_nothing_new_is_reached(a_child_that):
    a_child_that(f"print('{{\"at\": 77}}', flush=True); {SLEEP}")
    begun, told = time.monotonic(), list[tuple[float, int]]()
    with pytest.raises(InputRefused):
        read_guarded(
            VISIT, patience=3.2, progress=lambda line: told.append((time.monotonic(), line))
        )
    times = [begun, *(at for at, _ in told), begun + 3.2]
    assert max(later - earlier for earlier, later in pairwise(times)) < 2.5
    assert {line for _, line in told} <= {0, 77}


def test_an_accident_of_who_listens_ends_the_child(a_child_that):
    a_child_that(SLEEP)

    def accident(_line: int) -> None:
        raise KeyError("listener")

    with pytest.raises(KeyError, match="listener"):
        read_guarded(VISIT, progress=accident)


def test_a_child_that_never_takes_its_file_is_ended(a_child_that):
    a_child_that(SLEEP)
    with pytest.raises(InputRefused):
        read_guarded(b" " * 5_000_000, patience=0.5)


# -- Answers that are none -------------------------------------------------------------------------

GOOD = {
    "uid": "u", "line": 1, "start": "2026-01-05T10:00", "zone": None, "minutes": 30,
    "original": "", "following": False, "title": "", "place": "", "note": "", "status": "booked",
    "rrule": "", "exdates": [], "rdates": [], "alarms": None, "sequence": 0, "created": "",
    "changed": "", "extra": "", "remarks": [], "kind": "",
}  # fmt: skip
DONE = {"done": True, "name": "", "dropped": {}}
WRONG: list[object] = [
    "no JSON", "", "[]", "7", "null", "{", "{}", "[" * 100_000, '{"at": "x"}', '{"at": null}',
    '{"at": true}', {"event": None}, {"event": {}}, {"event": []}, {"event": "x"},
    {"skipped": {}}, {"skipped": {"line": 1, "title": None, "reason": {}}},
    {"skipped": {"line": 1, "title": "", "reason": {"key": "x", "values": {"a": 1}}}},
    {"skipped": {"line": 1, "title": "", "reason": []}},
    {"refused": 5, "values": {}}, {"refused": "import.deep"},
    {"refused": "disk.full", "values": {}},
    {"refused": "import.deep", "values": {"field": "x"}},
    {"refused": "import.deep", "values": {"line": {}}}, {"refused": "import.deep", "values": 3},
    {"done": True}, {**DONE, "name": 5}, {**DONE, "dropped": []} | {"dropped": [1]},
    {**DONE, "dropped": {"a": "b"}}, {**DONE, "dropped": None},
    *({"event": {**GOOD, name: told}} for name in GOOD for told in ({"a": 1}, 1.5, [[1]])),
    {"event": {**GOOD, "start": "never"}}, {"event": {**GOOD, "zone": "Mars/Base"}},
    {"event": {**GOOD, "more": 1}}, {"event": {**GOOD, "line": True}},
    {"event": {**GOOD, "alarms": ["x"]}}, {"event": {**GOOD, "remarks": [{"key": 1}]}},
]  # fmt: skip


def test_the_good_answer_beside_the_wrong_ones_is_taken(a_child_that):
    a_child_that(telling({"event": GOOD}, DONE))
    assert len(read_guarded(VISIT).events) == 1


def test_no_answer_makes_an_accident(monkeypatch):
    for wrong in WRONG:
        answer = guard._Answer(_Said(telling_bytes(wrong, DONE)), lambda _line: None, None, 9.0)
        with pytest.raises(InputRefused) as refused:
            answer.read()
        assert refused.value.key in ("import.too_much", "import.deep"), wrong
        assert explain(refused.value)


class _Said:
    """What a child said, without the child."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = [*pieces, b""]

    def begin(self) -> None:
        pass

    def heard(self) -> bytes:
        return self._pieces.pop(0)


def telling_bytes(*lines: object) -> bytes:
    told = (line if isinstance(line, str) else json.dumps(line) for line in ({"at": 1}, *lines))
    return "".join(f"{line}\n" for line in told).encode()


def test_an_answer_may_come_in_any_pieces():
    whole = telling_bytes({"event": GOOD}, DONE)
    said = _Said(*(whole[at : at + 1] for at in range(len(whole))))
    assert len(guard._Answer(said, lambda _line: None, None, 9.0).read().events) == 1


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("", "import.no_child"),
        ("raise SystemExit(3)", "import.no_child"),
        ("import no_such_module", "import.no_child"),
        (telling(), "import.too_much"),
        (telling({"event": GOOD}), "import.too_much"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "import.no_child"),
        (telling() + "; sys.stdout.flush(); import os; os.abort()", "import.too_much"),
    ],
)
def test_a_child_that_breaks_is_a_refusal(a_child_that, code, key):
    a_child_that(code)
    with pytest.raises(InputRefused) as refused:
        read_guarded(VISIT)
    assert refused.value.key == key
    assert "…" not in explain(refused.value)
    assert "import." not in explain(refused.value)


def test_an_endless_answer_ends(a_child_that, monkeypatch):
    monkeypatch.setattr(guard, "MOST_ANSWER", 1_000_000)
    a_child_that(
        telling().replace("write(", "write(999_999 * ") + "\nwhile True: print('{\"at\": 1}')"
    )
    with pytest.raises(InputRefused) as refused:
        read_guarded(VISIT)
    assert refused.value.key == "import.too_much"


def test_an_endless_line_ends(a_child_that, monkeypatch):
    monkeypatch.setattr(guard, "LONGEST_ANSWER", 300_000)
    a_child_that("while True: print('x' * 10_000, end='')")
    with pytest.raises(InputRefused) as refused:
        read_guarded(VISIT)
    assert refused.value.key == "import.too_much"


def test_no_interpreter_is_a_refusal(monkeypatch):
    for name in ("/no/such/python", "", str(ROOT / "README.md"), "/"):
        monkeypatch.setattr(sys, "executable", name)
        with pytest.raises(InputRefused) as refused:
            read_guarded(VISIT)
        assert refused.value.key == "import.no_child"


def test_no_room_for_a_thread_is_a_refusal(monkeypatch):
    def full(_self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(InputRefused) as refused:
        read_guarded(VISIT)
    assert refused.value.key == "import.no_child"


@needs_proc
def test_two_hundred_readings_leave_nothing_behind(a_child_that, monkeypatch):
    codes = (telling(DONE), telling(), SLEEP, "raise SystemExit", telling("x"))
    handles = open_files()
    for number in range(200):
        a_child_that(codes[number % len(codes)])
        cancelled = threading.Event()
        if codes[number % len(codes)] is SLEEP:
            cancelled.set()
        try:
            read_guarded(VISIT, cancelled=cancelled)
        except (InputRefused, Cancelled):
            assert number % len(codes) != 0
        else:
            assert number % len(codes) == 0
    assert open_files() == handles


def test_several_may_read_at_once():
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(read_guarded(VISIT).events)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 6


# -- The child -------------------------------------------------------------------------------------


@needs_proc
def test_the_child_ends_with_its_parent(tmp_path):
    monster = tmp_path / "file.ics"
    monster.write_bytes(MONSTERS["lines_of_100_kb"](9_000_000))
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from caregiver_app.integrations import guard, guard_child\n"
        "guard._CALL = guard._CALL.replace('; main()', '; import time;"
        " import caregiver_app.integrations.guard_child as g; g.answer = lambda *_: ["
        "sum(range(1000)) for _ in range(10**9)]; main()')\n"
        f"guard.read_guarded(open({str(monster)!r}, 'rb').read())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    try:
        limit = time.monotonic() + 20
        while not children.read_text().split() and time.monotonic() < limit:
            time.sleep(0.02)
        child = Path("/proc") / children.read_text().split()[0]
        while int((child / "stat").read_text().split()[13]) < 20 and time.monotonic() < limit:
            time.sleep(0.02)  # it has its file and works
    finally:
        parent.kill()
        parent.wait()
    limit = time.monotonic() + 5
    while child.exists() and (child / "stat").read_text().split()[2] != "Z":
        assert time.monotonic() < limit, "it goes on without anybody who listens"
        time.sleep(0.02)


PROBE = """
import os, socket, subprocess, sys
import caregiver_app.integrations.guard_child as child
def told(act):
    try: act()
    except BaseException as error: return type(error).__name__
    return 'done'
child.answer = lambda data, say: say.say(
    done=True, name=told(lambda: eval(data, dict(globals()))), dropped=dict()
)
"""


@pytest.mark.parametrize(
    ("act", "ends"),
    [
        ("open('/etc/passwd')", "PermissionError"),
        ("os.open('/etc/passwd', os.O_RDONLY)", "PermissionError"),
        ("open('made.txt', 'w')", "PermissionError"),
        ("open(child.__file__, 'a')", "PermissionError"),
        ("open(child.__file__)", "done"),
        ("socket.socket()", "PermissionError"),
        ("socket.getaddrinfo('localhost', 80)", "PermissionError"),
        ("subprocess.run(['true'])", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("os.remove('made.txt')", "PermissionError"),
        ("os.fork()", "PermissionError"),
        ("bytearray(600_000_000)", "MemoryError"),
        ("bytearray(60_000_000)", "done"),
        ("[os.dup(1) for _ in range(40)]", "OSError"),
        ("os.getcwd()", "done"),
    ],
)
@pytest.mark.skipif(guard_child.resource is None, reason="the system has no such limits")
def test_the_child_can_reach_nothing(monkeypatch, act, ends):
    call = guard._CALL.replace("; main()", f"; exec({PROBE!r}); main()")
    monkeypatch.setattr(guard, "_CALL", call)
    assert read_guarded(act.encode()).name == ends


def test_the_childs_surroundings_are_empty(a_child_that, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("SECRET", "word")
    a_child_that(
        "import os, json; print(json.dumps({'done': 1, 'name': ' '.join(os.environ),"
        " 'dropped': {}}))"
    )
    # The interpreter itself may say which characters it writes.
    names = set(read_guarded(VISIT).name.split())
    assert names <= {"LC_CTYPE", *guard._SURROUNDINGS}


def test_a_program_in_any_place_reads(tmp_path):
    place = tmp_path / "a place, with späces & 'quotes'"
    shutil.copytree(
        ROOT / "caregiver_app",
        place / "caregiver_app",
        ignore=shutil.ignore_patterns("__pycache__", "gui", "pages"),
    )
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    for name in ("json", "tzlocal", "zoneinfo", "sitecustomize"):
        (wrong / f"{name}.py").write_text("raise SystemExit('taken from the current folder')")
    code = (
        f"import sys; sys.path.insert(0, {str(place)!r})\n"
        "from caregiver_app.integrations import guard\n"
        f"assert guard.__file__.startswith({str(place)!r})\n"
        f"print(len(guard.read_guarded({VISIT!r}).events))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=wrong,
        env={"PYTHONPATH": f"{wrong}{os.pathsep}."},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "1", done.stderr


def test_the_child_looks_for_modules_where_we_do(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", "/usr/lib/python3", "relative", "/elsewhere"])
    assert guard._import_path() == ["/usr/lib/python3", "/elsewhere", str(ROOT)]
    monkeypatch.setattr(sys, "path", ["/usr/lib/python3", str(ROOT), "/elsewhere"])
    assert guard._import_path() == ["/usr/lib/python3", str(ROOT), "/elsewhere"]
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", ["", "/usr/lib/python3", "/elsewhere"])
    assert guard._import_path() == [str(ROOT), "/usr/lib/python3", "/elsewhere"]


def test_small_files_may_take_a_second_and_large_ones_more():
    assert allowance(0) == allowance(SMALL) == 1.0
    assert allowance(SMALL * 5) == pytest.approx(5.0)
    assert allowance(LARGEST_FILE) == 15.0


def test_the_watchman_lets_only_its_own_folders_be_read():
    look = watchman(("/own/",))
    look("open", ("/own/zone", "r", 0))
    look("open", ("/own/zone", None, os.O_RDONLY))
    look("import", ("json",))
    look("os.listdir", ("/x",))
    for event_, arguments in (
        ("open", ("/own/../other", "r", 0)),
        ("open", ("/ownother", "r", 0)),
        ("open", ("/own/zone", "w", 0)),
        ("open", ("/own/zone", None, os.O_WRONLY)),
        ("open", (b"/other", "r", 0)),
        ("socket.connect", ()),
        ("subprocess.Popen", ()),
        ("os.exec", ()),
        ("shutil.rmtree", ()),
    ):
        with pytest.raises(PermissionError):
            look(event_, arguments)


def answered(data: bytes) -> list[dict[str, object]]:
    lines: list[str] = []
    guard_child.answer(data, Answer(lines.append))
    return [json.loads(line) for line in lines]


def test_the_childs_answer_line_by_line():
    told = answered(VISIT)
    assert [next(iter(line)) for line in told] == ["at", "event", "skipped", "done"]
    assert answered(calendar(*["BEGIN:X-PART"] * 7))[-1] == {
        "refused": "import.deep", "values": {"line": "8", "most": "6"},
    }  # fmt: skip


@pytest.mark.parametrize("accident", [MemoryError, RecursionError, TooLong])
def test_an_accident_of_reading_is_a_refusal(monkeypatch, accident):
    def breaks(_data: bytes, progress: Callable[[int], None]) -> None:
        progress(41)
        raise accident

    monkeypatch.setattr(guard_child, "read_calendar", breaks)
    assert answered(b"")[-1] == {"refused": "import.too_much", "values": {"line": "41"}}
