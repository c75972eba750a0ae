"""Every sentence that a module says: what stands in `tr`, in `count_text`, in keys of messages.

Read from the code itself, so that a sentence that is added is found without anybody naming it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "caregiver_app"
_COUNTED = 3
_TAKES = {"tr": slice(0, 1), "count_text": slice(1, _COUNTED)}
"""Which arguments of a call are sentences."""


@dataclass(frozen=True)
class Said:
    """A sentence and the module that says it, like "gui/watchlist/tab"."""

    module: str
    text: str


class Unreadable(Exception):
    """A sentence of the code that cannot be read from it: it has to stand there as a literal."""


def sentences(path: Path) -> list[Said]:
    """Return every sentence of a module, each once, in the order of the code.

    Raises:
        Unreadable: `tr` is given something that is no literal and leads to none.
    """
    module = _module(path)
    return [Said(module.name, text) for text in dict.fromkeys(module.sentences())]


def constants(path: Path) -> set[str]:
    """Return every string of a module; keys of messages are among them."""
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


class _Module:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.relative_to(PACKAGE).with_suffix("").as_posix()
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self._nodes = list(ast.walk(self.tree))

    def sentences(self) -> list[str]:
        """Return what `tr` and `count_text` are given, in the order of the code."""
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        calls.sort(key=lambda node: (node.lineno, node.col_offset))
        return [
            text
            for call in calls
            if (name := _called(call)) in _TAKES
            for argument in call.args[_TAKES[name]]
            for text in self._of(argument)
        ]

    def _of(self, argument: ast.expr) -> list[str]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return [argument.value]
        found = _strings(argument)
        seen: set[tuple[str, str]] = set()
        for name in _names(argument):
            found += self.behind(name, seen)
        if not found and not self._is_handed_on(argument):
            where = f"{self.name}:{argument.lineno}"
            raise Unreadable(f"{where}: no sentence is found behind {ast.unparse(argument)!r}")
        return found

    def _is_handed_on(self, argument: ast.expr) -> bool:
        """Tell whether the sentence is a parameter: whoever calls says it, and is looked at."""
        parameters = {
            one.arg
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef)
            and node.lineno <= argument.lineno <= (node.end_lineno or node.lineno)
            for one in (*node.args.args, *node.args.kwonlyargs)
        }
        return self.name == "pages/dates" or bool(set(_names(argument)) & (parameters - {"self"}))

    def behind(self, name: str, seen: set[tuple[str, str]]) -> list[str]:
        """Return the strings that are assigned to a name, or are in what it walks through.

        `seen` are the modules and names that were looked at already.
        """
        if (self.name, name) in seen:
            return []
        seen.add((self.name, name))
        found: list[str] = []
        for node in self._nodes:
            value = _value_for(node, name)
            if value is not None:
                found += _strings(value)
                for other in _names(value):
                    found += self.behind(other, seen)
            if isinstance(node, ast.ImportFrom) and node.module:
                found += self._imported(node, name, seen)
        return found

    @staticmethod
    def _imported(node: ast.ImportFrom, name: str, seen: set[tuple[str, str]]) -> list[str]:
        original = next((one.name for one in node.names if (one.asname or one.name) == name), None)
        if original is None or not (node.module or "").startswith("caregiver_app."):
            return []
        parts = (node.module or "").split(".")[1:]
        path = PACKAGE.joinpath(*parts).with_suffix(".py")
        return _module(path).behind(original, seen) if path.exists() else []


@cache
def _module(path: Path) -> _Module:
    return _Module(path)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _names(node: ast.AST) -> list[str]:
    return [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]


def _strings(node: ast.AST) -> list[str]:
    """Return the strings in an expression; keys of a table are no sentences."""
    keys = {
        id(key) for one in ast.walk(node) if isinstance(one, ast.Dict) for key in one.keys if key
    }
    slices = {id(one.slice) for one in ast.walk(node) if isinstance(one, ast.Subscript)}
    return [
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant)
        and isinstance(one.value, str)
        and one.value.strip()
        and id(one) not in keys | slices
    ]


def _value_for(node: ast.AST, name: str) -> ast.AST | None:
    """Return what a name is given by this piece of code, None where it is about another."""
    if isinstance(node, ast.Assign):
        return node.value if name in [n for one in node.targets for n in _names(one)] else None
    if isinstance(node, ast.AnnAssign | ast.NamedExpr):
        return node.value if name in _names(node.target) else None
    if isinstance(node, ast.For | ast.comprehension):
        return node.iter if name in _names(node.target) else None
    return None
