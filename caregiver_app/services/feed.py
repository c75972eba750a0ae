"""The subscribed file: one calendar file that is kept up to date where the family wants it.

Whoever writes it takes its turn first and reads the data then, so that the last one to write has
the newest state: the window's child process, the command line, or both at once.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Final

from caregiver_app.claim import FEED, Claim
from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.errors import DataBusy, DataReadOnly, DiskTrouble, InputRefused, UserError
from caregiver_app.integrations.files import save_atomically
from caregiver_app.services.care import Care, Change
from caregiver_app.services.exporter import ExportService, Wanted
from caregiver_app.services.reminder_settings import leads_kind
from caregiver_app.services.settings import Settings
from caregiver_app.values import value

EXAMPLE_MARK: Final = ".example"
"""The empty file that tells the made-up family's throw-away folder from one that is named so."""

SUFFIX: Final = ".ics"
_PATH, _NEUTRAL = "feed.path", "feed.neutral"
_PERSON, _KINDS = "feed.person", "feed.kinds"
_MATTERS: Final = frozenset(("appointment", "person", "contact"))
_PATIENCE_S: Final = 10.0
_STEP_S: Final = 0.05
_LARGEST: Final = 64 * 1024**2
_OURS: Final = b"-//Caregiver Companion//"
_BEGINNING: Final = 4096
# Holds the place until the first writing, and shows at once whether that will be possible.
_BLANK: Final = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    b"PRODID:-//Caregiver Companion//Caregiver Companion//EN\r\nEND:VCALENDAR\r\n"
)
_LATER: Final = {
    "export.no_folder": "feed.no_folder",
    "export.read_only": "feed.read_only",
    "export.disk": "feed.disk",
}
"""What stands in the way of a file that is written again by itself, in fitting words."""


@value
class Standing:
    """How the file stands: when it was last written (None: not known), and what is in the way."""

    written: datetime | None = None
    trouble: str = ""


@value
class Choice:
    """Where the file is, and what of the calendar goes into it.

    `person` "" is everybody, `kinds` empty means all kinds.
    """

    path: str
    neutral: bool = True
    person: str = ""
    kinds: tuple[str, ...] = ()


class FeedService:
    """Chooses, writes and gives up the subscribed file."""

    def __init__(self, care: Care, exporter: ExportService) -> None:
        self._care, self._exporter = care, exporter
        self._settings = Settings(care)
        self.standing = Standing()
        """What is known of the file, for the screen; whoever has it written says so here."""

    # -- What is wanted ---------------------------------------------------------------------------

    def choice(self) -> Choice | None:
        """Return what was chosen, None where no file is kept up to date."""
        text = self._settings.text
        path = text(_PATH, "")
        if not path or self.is_example:
            return None
        kinds = tuple(one for one in text(_KINDS, "").split(",") if one in APPOINTMENT_TYPES)
        return Choice(path, text(_NEUTRAL, "yes") != "no", text(_PERSON, ""), kinds)

    def wanted(self) -> Wanted | None:
        """Return what goes into the file, None where no file is kept up to date."""
        chosen = self.choice()
        if chosen is None:
            return None
        kinds = frozenset(chosen.kinds) or None
        return Wanted(person=chosen.person or None, kinds=kinds, neutral=chosen.neutral)

    @property
    def is_example(self) -> bool:
        """Whether this is the made-up family, which writes nothing outside its own folder."""
        return (self._folder / EXAMPLE_MARK).is_file()

    def matters(self, change: Change) -> bool:
        """Tell whether a change may show in the file."""
        if any(one.startswith("feed.") for one in change.ids):
            return True
        leads = any(leads_kind(one) is not None for one in change.ids)
        return (leads or bool(change.kinds & _MATTERS)) and self.choice() is not None

    # -- Choosing and giving up -------------------------------------------------------------------

    def choose(
        self,
        path: str,
        neutral: bool,
        person: str = "",
        kinds: Collection[str] = (),
        *,
        replace: bool = False,
    ) -> None:
        """Keep a calendar file at `path` up to date from now on, as one undoable change.

        `person` "" is everybody, no `kinds` means all. `replace` agrees to write over another
        file that is there.

        Raises:
            InputRefused: no place for a file, our own folder, or another file is there.
            DataReadOnly, DiskTrouble: nothing can be written there, or nothing be kept.
        """
        if self.is_example:
            raise InputRefused("feed.example")
        if self._care.store.read_only:
            # Nothing may be left at a place that cannot be kept.
            raise self._care.store.refusal
        file = self._place_of(path)
        if person:
            self._care.person(person)
        for kind in kinds:
            texts.one_of(kind, APPOINTMENT_TYPES, "kinds")
        before = self.choice()
        same = before is not None and before.path == str(file)
        if not same:
            _hold(file, replace=replace)
        ordered = [one for one in APPOINTMENT_TYPES if one in kinds]
        with self._care.change("done.feed", file=file.name):
            self._settings.put(_PATH, str(file))
            self._settings.put(_NEUTRAL, "yes" if neutral else "no")
            self._settings.put(_PERSON, person)
            self._settings.put(_KINDS, ",".join(ordered))
        if not same:
            self.standing = Standing()

    def stop(self, *, delete: bool = False) -> None:
        """Keep no file up to date any more; it stays where it is unless `delete` says otherwise.

        Raises:
            DataReadOnly: the file could not be deleted; it goes on being kept up to date.
        """
        chosen = self.choice()
        if chosen is None:
            return
        file = Path(chosen.path)
        if delete and is_ours(file):
            try:
                file.unlink()
            except OSError:
                raise DataReadOnly("feed.not_deleted", path=chosen.path) from None
        with self._care.change("done.feed_stopped", file=file.name):
            self._settings.put(_PATH, "")
        self.standing = Standing()

    def _place_of(self, text: str) -> Path:
        try:
            file = Path(text.strip()).expanduser().resolve()
            own = self._folder.resolve()
        except (OSError, ValueError, RuntimeError):
            raise InputRefused("export.no_folder", "path", path=text) from None
        if not text.strip() or not file.name:
            raise InputRefused("feed.no_name", "path")
        if file.suffix.lower() != SUFFIX:
            file = file.with_name(f"{file.name}{SUFFIX}")
        if own in file.parents:
            raise InputRefused("feed.own_folder", "path")
        return file

    @property
    def _folder(self) -> Path:
        return self._care.store.path.parent

    # -- Writing ----------------------------------------------------------------------------------

    def write(self) -> bool:
        """Bring the file up to date, all or nothing; tell whether its bytes had to change.

        Raises:
            InputRefused: its folder is gone, or another program's file has taken its place.
            DataReadOnly, DiskTrouble: it could not be written; the old file is untouched.
            DataBusy: another program was writing it all the time.
        """
        with self._turn():
            wanted, chosen = self.wanted(), self.choice()
            if wanted is None or chosen is None:
                return False
            return _put(Path(chosen.path), self._exporter.calendar(wanted))

    def written(self) -> datetime | None:
        """Return when the file was last written, as the disk says; None where there is none."""
        chosen = self.choice()
        try:
            when = None if chosen is None else Path(chosen.path).stat().st_mtime
        except OSError:
            return None
        return None if when is None else datetime.fromtimestamp(when, UTC)

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Let one write at a time; the next one then reads what is newest."""
        claim, pause, waited = Claim(self._folder, FEED), Event(), 0.0
        while not claim.take("feed"):
            if waited >= _PATIENCE_S:
                raise DataBusy("feed.busy")
            pause.wait(_STEP_S)
            waited += _STEP_S
        try:
            yield
        finally:
            claim.release()


def is_ours(file: Path) -> bool:
    """Tell whether this program wrote a file, by what stands at its beginning."""
    try:
        with file.open("rb") as opened:
            return _OURS in opened.read(_BEGINNING)
    except OSError:
        return False


def _hold(file: Path, *, replace: bool) -> None:
    """Make sure of a place for the file: what is there is asked about, an empty one is made.

    Raises:
        InputRefused: there is another file, or no such place.
        DataReadOnly, DiskTrouble: nothing can be written there.
    """
    try:
        taken = file.exists()
    except OSError:
        raise DataReadOnly("export.read_only", "path", path=str(file)) from None
    if taken and not replace and not file.is_dir():
        raise InputRefused("feed.exists", "path")
    if not taken or not is_ours(file):
        save_atomically(file, _BLANK)


def _bytes_of(file: Path) -> bytes | None:
    """Return what stands in a file, None where there is none or far too much."""
    try:
        return file.read_bytes() if file.stat().st_size <= _LARGEST else None
    except FileNotFoundError:
        return None


def _put(file: Path, data: bytes) -> bool:
    """Write what is new over our own file; tell whether anything was."""
    try:
        if _bytes_of(file) == data:
            return False
        foreign = file.exists() and not is_ours(file)
        if not foreign:
            save_atomically(file, data)
    except OSError:
        raise DataReadOnly("feed.read_only", path=str(file)) from None
    except (InputRefused, DataReadOnly, DiskTrouble) as error:
        raise _for_later(error) from None
    if foreign:
        raise InputRefused("feed.foreign", path=str(file))
    return True


def _for_later(error: UserError) -> UserError:
    key = _LATER.get(error.key)
    return error if key is None else type(error)(key, None, **error.values)
