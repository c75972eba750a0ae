"""A private print system with one printer that writes PDF files, for tests that really print.

    with print_queue() as queue:
        subprocess.run(..., env={**os.environ, **queue.env})
        file = queue.wait_for_prints(1, tmp_path)[0]

A real `cupsd` runs in a folder of its own and listens on a socket in it; the computer's own
printers are neither used nor seen. Debian: cups-daemon cups-client cups-filters
printer-driver-cups-pdf.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools import need, need_programs
from tests.tools.screen import end, wait_until

PRINTER = "Paper"
_BIN = Path("/usr/lib/cups")
_ANONYMOUS = Path("/var/spool/cups-pdf/ANONYMOUS")
"""Where that printer leaves what somebody without a name here printed; it has no setting for it."""
_PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_FILES = """\
ServerRoot {root}
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/spool/tmp
ServerBin {root}/bin
Printcap {root}/printcap
DataDir /usr/share/cups
AccessLog {root}/access.log
ErrorLog {root}/error.log
PageLog {root}/page.log
SystemGroup root
Sandboxing relaxed
"""
_DAEMON = """\
Listen {socket}
Browsing Off
WebInterface No
DefaultAuthType None
LogLevel info
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_BACKEND = """\
#!/bin/sh
# The real one, under a name that nobody has: what it prints for strangers lies in one known folder.
[ $# -eq 0 ] && exec {bin}/backend/cups-pdf
job=$1; shift 3
if [ $# -gt 2 ]; then file=$3; else file=; fi
touch "{out}/began-$job"
{bin}/backend/cups-pdf "$job" {token} {token} "$1" "$2" $file || exit $?
find {anonymous} -newer "{out}/began-$job" -name "*job_$job.pdf" |
while read -r made; do
    mv "$made" "{out}/job-$job.part" && mv "{out}/job-$job.part" "{out}/job-$job.pdf"
done
"""


@dataclass
class PrintQueue:
    """The print system's socket, and the folder where its printer leaves what it printed."""

    socket: Path
    out: Path
    root: Path

    @property
    def env(self) -> dict[str, str]:
        """What a program needs in its environment to see this print system and no other."""
        return {"CUPS_SERVER": str(self.socket)}

    def wait_for_prints(self, count: int, into: Path, timeout: float = 60.0) -> list[Path]:
        """Copy what was printed, in order, once there is so much of it; return the copies."""

        def found() -> list[Path]:
            files = sorted(self.out.glob("*.pdf"), key=lambda one: one.stat().st_mtime)
            return files if len(files) >= count else []

        files = wait_until(found, f"{count} printed files", timeout)
        return [Path(shutil.copy(one, into)) for one in files]

    def jobs(self) -> list[str]:
        """Return the jobs that are done, as the print system lists them."""
        told = subprocess.run(
            ["lpstat", "-W", "completed", "-o"],
            env={**os.environ, **self.env}, capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
        return told.stdout.splitlines()


@contextmanager
def print_queue() -> Iterator[PrintQueue]:
    """Run a print system of its own, with one printer, the usual one, that writes PDF files."""
    need_programs("cupsd", "lpadmin", "lpstat")
    need(_PPD.exists() and (_BIN / "backend" / "cups-pdf").exists(), "printer-driver-cups-pdf")
    if os.geteuid() != 0:
        pytest.skip("the printer that writes PDF files works for the administrator only")
    # Its parts run as a user of their own, who may not look into the folders of the tests.
    with tempfile.TemporaryDirectory(prefix="print-", dir="/tmp") as made:
        folder = Path(made)
        folder.chmod(0o755)
        queue = PrintQueue(folder / "s", folder / "out", folder)
        for name in ("spool/tmp", "cache", "state/certs", "out", "ppd", "bin/backend"):
            (folder / name).mkdir(parents=True)
        files, daemon = folder / "cups-files.conf", folder / "cupsd.conf"
        files.write_text(_FILES.format(root=folder))
        daemon.write_text(_DAEMON.format(socket=queue.socket))
        _make_backend(queue, folder.name)
        running = subprocess.Popen(
            ["cupsd", "-f", "-c", str(daemon), "-s", str(files)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            wait_until(queue.socket.exists, "the print system's socket")
            _add_printer(queue)
            yield queue
        finally:
            end(running)


def _make_backend(queue: PrintQueue, token: str) -> None:
    own = queue.root / "bin"
    for one in _BIN.iterdir():
        if one.name != "backend":
            (own / one.name).symlink_to(one)
    backend = own / "backend" / "cups-pdf"
    backend.write_text(_BACKEND.format(bin=_BIN, token=token, anonymous=_ANONYMOUS, out=queue.out))
    # One that others may not run is run by the administrator, as that printer asks for.
    backend.chmod(0o700)


def _add_printer(queue: PrintQueue) -> None:
    env = {**os.environ, **queue.env}
    steps = (
        ["lpadmin", "-p", PRINTER, "-v", "cups-pdf:/", "-P", str(_PPD), "-E"],
        ["lpadmin", "-d", PRINTER],
    )
    for step in steps:
        subprocess.run(step, env=env, check=True, timeout=30, capture_output=True)
