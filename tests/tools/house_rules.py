"""The rules of the house that no linter knows, each a function over one module's syntax tree.

Who may import whom is said in pyproject.toml (import-linter). Here stands what that cannot say.
Each rule takes a module and yields the breaches that it finds, as `line: what is wrong`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 60

# Heavy packages that only what needs them imports, inside functions, so that a start is quick.
LAZY = (
    "sqlite_utils",
    "icalendar",
    "plyer",
    "PySide6.QtPrintSupport",
    "cryptography",
    "hashlib",  # brings all of OpenSSL
)
# These two choose what to start, so they may wait with it.
LAZY_LAYERS = {
    "bootstrap.py": (
        "caregiver_app.after_paint",
        "caregiver_app.cli",
        "caregiver_app.gui",
        "caregiver_app.pages",
        "caregiver_app.services.more",
        "caregiver_app.window",
    ),
    "cli.py": ("caregiver_app.gui", "caregiver_app.pages"),
}

FOUNDATION = (
    "assets",
    "claim",
    "clock",
    "config",
    "errors",
    "messages",
    "platform_check",
    "values",
)

# Which modules of Qt a layer may use; a layer that is not named may use none.
QT_OF = {
    "gui": None,  # all
    "pages": {"QtCore", "QtGui"},
    "integrations": {"QtCore", "QtDBus"},
    "bootstrap.py": {"QtCore"},
    "window.py": {"QtCore"},
    "after_paint.py": {"QtCore"},
}

# Only here the real clock is read; everything else is handed the time (or a clock).
CLOCKS = ("clock.py",)


@dataclass(frozen=True)
class Module:
    """One source file of the package; `name` is its path inside the package."""

    name: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, name: str, text: str) -> Module:
        """Parse a module."""
        return cls(name, text, ast.parse(text, name))

    @property
    def layer(self) -> str:
        """Return the folder, or for a module at the top the file's name."""
        return PurePosixPath(self.name).parts[0]


def modules(package: Path) -> list[Module]:
    """Return every module of the package."""
    return [
        Module.of(path.relative_to(package).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
    ]


# ---- helpers -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Import:
    """One imported module or name, with the place where it stands."""

    line: int
    target: str
    in_function: bool
    for_types: bool


def imports(
    tree: ast.AST, *, in_function: bool = False, for_types: bool = False
) -> Iterator[Import]:
    """Yield what is imported; `from a import b` counts as `a.b`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name, in_function, for_types)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                target = f"{'.' * node.level}{node.module or ''}.{alias.name}"
                yield Import(node.lineno, target, in_function, for_types)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            block = ast.Module(node.body, [])
            yield from imports(block, in_function=in_function, for_types=True)
            rest = ast.Module(node.orelse, [])
            yield from imports(rest, in_function=in_function, for_types=for_types)
        else:
            deeper = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(node, in_function=in_function or deeper, for_types=for_types)


def within(target: str, package: str) -> bool:
    """Tell whether an import target is a package or lies inside it."""
    return target == package or target.startswith(f"{package}.")


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the nodes that are docstrings or other bare strings."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def last_name(node: ast.expr) -> str:
    """Return `c` for `a.b.c` and for `c`, else nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def first_text(node: ast.expr) -> str:
    """Return the text that a string, f-string or sum of strings begins with."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and node.values:
        return first_text(node.values[0])
    if isinstance(node, ast.BinOp):
        return first_text(node.left)
    return ""


# ---- size and docstrings -----------------------------------------------------------------------
def file_size(module: Module) -> Iterator[str]:
    """No file grows beyond what can be overseen."""
    lines = len(module.text.splitlines())
    if lines > MOST_LINES_OF_A_FILE:
        yield f"1: the file has {lines} lines, {MOST_LINES_OF_A_FILE} are allowed"


def function_size(module: Module) -> Iterator[str]:
    """No function does either."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield (
                    f"{node.lineno}: {node.name} has {lines} lines, "
                    f"{MOST_LINES_OF_A_FUNCTION} are allowed"
                )


def module_docstring(module: Module) -> Iterator[str]:
    """Each module says what it is for."""
    if not ast.get_docstring(module.tree):
        yield "1: the module has no docstring"


# ---- imports -----------------------------------------------------------------------------------
def lazy_imports(module: Module) -> Iterator[str]:
    """The heavy packages are imported inside functions, and nothing else is."""
    allowed = (*LAZY, *LAZY_LAYERS.get(module.name, ()))
    for found in imports(module.tree):
        if found.for_types:
            continue
        if found.in_function and not any(within(found.target, name) for name in allowed):
            yield f"{found.line}: {found.target} is imported inside a function"
        if not found.in_function and any(within(found.target, name) for name in LAZY):
            yield f"{found.line}: {found.target} is imported at the top of the module"


def qt_by_layer(module: Module) -> Iterator[str]:
    """Widgets only in gui, painting in pages, the message bus in integrations, no Qt elsewhere."""
    allowed = QT_OF.get(module.layer, set())
    for found in imports(module.tree):
        if not within(found.target, "PySide6"):
            continue
        part = found.target.split(".")[1] if "." in found.target else ""
        if allowed is not None and part not in allowed:
            yield f"{found.line}: {found.target} is not for {module.layer}"


def database_by_layer(module: Module) -> Iterator[str]:
    """Only storage knows the database."""
    if module.layer == "storage":
        return
    for found in imports(module.tree):
        if within(found.target, "sqlite3") or within(found.target, "sqlite_utils"):
            yield f"{found.line}: {found.target} outside storage"


def foundation_stands_alone(module: Module) -> Iterator[str]:
    """The foundation modules use nothing of ours but each other."""
    if module.name.removesuffix(".py") not in FOUNDATION:
        return
    for found in imports(module.tree):
        if within(found.target, "caregiver_app") and not any(
            within(found.target, f"caregiver_app.{name}") for name in FOUNDATION
        ):
            yield f"{found.line}: {found.target} in a foundation module"


def no_relative_imports(module: Module) -> Iterator[str]:
    """Imports are written in full, so that the rules above can read them."""
    for found in imports(module.tree):
        if found.target.startswith("."):
            yield f"{found.line}: relative import {found.target}"


# ---- time --------------------------------------------------------------------------------------
_READS_CLOCK = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"},
    "QDate": {"currentDate"},
    "QTime": {"currentTime"},
    "QDateTime": {"currentDateTime", "currentDateTimeUtc", "currentMSecsSinceEpoch"},
}


def time_is_given(module: Module) -> Iterator[str]:
    """The time is an argument or comes from the clock that was handed in; nobody reads it."""
    if module.name in CLOCKS:
        return
    known: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("datetime", "time"):
            for alias in node.names:
                known[alias.asname or alias.name] = alias.name
                if node.module == "time" and alias.name in _READS_CLOCK["time"]:
                    yield f"{node.lineno}: time.{alias.name} reads the clock"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name] = alias.name
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = last_name(node.func.value)
        owner = known.get(owner, owner)
        if node.func.attr in _READS_CLOCK.get(owner, ()):
            yield f"{node.lineno}: {owner}.{node.func.attr}() reads the clock"


# ---- SQL ---------------------------------------------------------------------------------------
_SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b"
    r"|\bDELETE\s+FROM\b|\b(CREATE|DROP|ALTER)\s+(TEMP\s+|VIRTUAL\s+|UNIQUE\s+)*"
    r"(TABLE|INDEX|TRIGGER|VIEW)\b|\bPRAGMA\s+\w+|^\s*(VACUUM|BEGIN IMMEDIATE|SAVEPOINT \w+)",
    re.DOTALL,
)
_SQL_ANY_CASE = re.compile(_SQL.pattern, re.DOTALL | re.IGNORECASE)
_RUNS_SQL = {"execute", "executemany", "executescript", "query"}
_CONNECTIONS = {"conn", "_conn", "connection", "_connection"}
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)


def sql_only_in_storage(module: Module) -> Iterator[str]:
    """SQL stands in storage: by its capital keywords, or by being handed to `execute`."""
    if module.layer == "storage":
        return
    told = docstrings(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            if _SQL.search(node.value):
                yield f"{node.lineno}: SQL outside storage: {node.value[:40]!r}"
        elif (
            isinstance(node, ast.Call)
            and last_name(node.func) in _RUNS_SQL
            and node.args
            and _SQL_ANY_CASE.match(first_text(node.args[0]))
        ):
            yield f"{node.lineno}: SQL outside storage is run here"


def writes_only_in_atomic(module: Module) -> Iterator[str]:
    """Nothing is written past `db.atomic()`: not on the bare connection, not in `with db.conn`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                if last_name(item.context_expr) in _CONNECTIONS:
                    yield f"{node.lineno}: `with` on a connection does not roll back what we write"
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _RUNS_SQL
            and last_name(node.func.value) in _CONNECTIONS
            and node.args
            and _WRITES.match(first_text(node.args[0]))
        ):
            yield f"{node.lineno}: a write on the bare connection"


RULES = (
    file_size,
    function_size,
    module_docstring,
    lazy_imports,
    qt_by_layer,
    database_by_layer,
    foundation_stands_alone,
    no_relative_imports,
    time_is_given,
    sql_only_in_storage,
    writes_only_in_atomic,
)
