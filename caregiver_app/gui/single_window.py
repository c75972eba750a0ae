"""A second start brings the first one's window to the front instead of opening another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 1500
"""Milliseconds to wait for the other window."""
_HEARD = b"here\n"


def _name(folder: Path) -> str:
    told = QCryptographicHash.hash(
        str(folder.resolve()).encode(), QCryptographicHash.Algorithm.Sha256
    )
    return f"caregiver-companion-{told.toHex().toStdString()[:24]}"


def raise_other(folder: Path) -> bool:
    """Ask the window that has `folder` open to come to the front; tell whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_PATIENCE):
        return False
    # The system takes the call even where the other one is ending and nobody listens any more.
    heard = socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return heard


class Doorbell(QObject):
    """Hears when somebody starts the program again on the same data folder.

    For the holder of the claim on the folder's one window.
    """

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Nobody but the same user may ring. The claim on the folder says that no other window
        # lives, so a name left over from a crash is ours to take.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))
        self._server.listen(_name(folder))
        self._server.newConnection.connect(self._answer)

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_HEARD)
            caller.flush()
            self.rung.emit()

    def stop(self) -> None:
        """Hear nothing more; the name is free again."""
        self._server.close()
