"""Starting at login: one file among those that the desktop reads when somebody logs in.

The file follows the Desktop Application Autostart Specification and the Desktop Entry
Specification. It is written only when somebody asks for it, and taken away again in the same way;
what the desktop's own settings have made of it counts.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from caregiver_app.errors import DiskTrouble, UserError
from caregiver_app.integrations.files import save_atomically

FILE_NAME: Final = "caregiver-companion.desktop"
IN_BACKGROUND: Final = "--background"

_GROUP: Final = "[Desktop Entry]"
_PLAIN: Final = re.compile(r"[A-Za-z0-9/_.,:+@-]+")
"""An argument of these characters alone needs no quotes."""
_ELSEWHERE: Final = ("win32", "darwin")
_LONGEST: Final = 65_536

_ENTRY: Final = """{group}
Type=Application
Version=1.0
Name=Caregiver Companion
Comment=Waits in the background
TryExec={program}
Exec={command}
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
"""


class Autostart:
    """Tells whether this program is started at login, and switches that.

    It is on only when the file starts *this* copy of the program, with the same data; switching it
    on again mends a file that starts another one.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        system: str = sys.platform,
    ) -> None:
        """`command` starts the program in the background; `system` is a `sys.platform` name."""
        self._command = list(command)
        self._folder = _config_folder(os.environ if env is None else env) / "autostart"
        self._system = system

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._folder / FILE_NAME

    @property
    def why_not(self) -> str:
        """The message key that says why it cannot be switched on here, "" where it can."""
        if self._system in _ELSEWHERE:
            return "autostart.elsewhere"
        # A desktop refuses a program with "=" in its name, and a line cannot hold the others.
        unfit = any(not part.isprintable() for part in self._command)
        return "autostart.path" if unfit or "=" in self._command[0] else ""

    @property
    def is_possible(self) -> bool:
        """Whether it can be switched on here."""
        return not self.why_not

    @property
    def is_on(self) -> bool:
        """Whether the desktop will start this copy of the program with this data."""
        if not self.is_possible:
            return False
        entry = self._read()
        switched_off = (
            entry.get("Hidden", "").lower() in ("true", "1")
            or entry.get("X-GNOME-Autostart-enabled", "").lower() in ("false", "0")
        )  # fmt: skip
        return not switched_off and entry.get("Exec") == exec_line(self._command)

    def set_on(self, on: bool) -> None:
        """Write the file, or take away the one that starts this copy of the program.

        Raises:
            DiskTrouble: the file could not be written or removed.
        """
        if on == self.is_on or not self.is_possible:
            return
        try:
            if on:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                save_atomically(self.path, self.entry().encode())
            else:
                self.path.unlink(missing_ok=True)
        except (OSError, UserError) as error:
            raise DiskTrouble("autostart.write", path=str(self.path)) from error

    def entry(self) -> str:
        """Return what the file says."""
        program = self._command[0].replace("\\", "\\\\")
        return _ENTRY.format(group=_GROUP, program=program, command=exec_line(self._command))

    def _read(self) -> dict[str, str]:
        """Return the keys of the file's first group; nothing where there is no such file."""
        try:
            with self.path.open(encoding="utf-8", errors="replace") as file:
                lines = file.read(_LONGEST).splitlines()
        except (OSError, ValueError):
            return {}
        found: dict[str, str] = {}
        within = False
        for line in lines:
            if line.startswith("["):
                within = line.strip() == _GROUP
            elif within and not line.startswith("#") and "=" in line:
                name, _, value = line.partition("=")
                found.setdefault(name.strip(), value.strip())
        return found


def exec_line(command: Sequence[str]) -> str:
    """Return a command as the `Exec` key of a desktop entry holds it.

    An argument with other than plain characters stands in double quotes, with a backslash before
    what is special in them; "%" is doubled, and so is each backslash, because the value of a key
    has escapes of its own.
    """
    return " ".join(_quoted(part) for part in command)


def _quoted(part: str) -> str:
    if _PLAIN.fullmatch(part):
        return part
    inner = re.sub(r'(["`$\\])', r"\\\1", part).replace("%", "%%")
    return f'"{inner}"'.replace("\\", "\\\\")


def start_command(
    called: str, *, python: str = sys.executable, frozen: bool = False, package: Path | None = None
) -> list[str]:
    """Return the command that starts this program again as it was started.

    Args:
        called: what it was started as, `sys.argv[0]`: an installed script or a Python file.
        python: the interpreter; a link to it stays a link, because it tells which packages it has.
        frozen: it is one bundled program, without an interpreter beside it.
        package: the folder of the package, whose neighbour `main.py` starts a source checkout.
    """
    if frozen:
        return [python]
    script = Path(called).absolute()
    if script.stem.startswith("caregiver-app") and script.is_file() and os.access(script, os.X_OK):
        return [str(script)]
    package = package or Path(__file__).absolute().parents[1]
    main, project = (package.parent / name for name in ("main.py", "pyproject.toml"))
    if main.is_file() and project.is_file():
        return [python, str(main)]
    return [python, "-m", package.name]


def _config_folder(env: Mapping[str, str]) -> Path:
    """Return the folder of the desktop's settings; a path that is not absolute is ignored."""
    told = Path(env.get("XDG_CONFIG_HOME", ""))
    return told if told.is_absolute() else Path(env.get("HOME", "~")).expanduser() / ".config"
