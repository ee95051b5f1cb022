"""Finds where a stranger's string could reach the terminal as markup or as raw codes.

A plain ``str`` given to a widget is read as markup: "[/]" in a title ends the app. So what is
drawn must be ``Content`` (or Rich's ``Text``), a literal of ours, or come with ``markup=False``.
What cannot be shown to be one of these from the source alone is reported; an annotation settles it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

SAFE_TYPES: Final = frozenset({"Content", "Text", "Strip"})

ALL: Final = 99
DRAWN: Final[Mapping[str, int]] = {
    "Button": 1,
    "Checkbox": 1,
    "Label": 1,
    "Link": 1,
    "Option": 1,
    "RadioButton": 1,
    "Selection": 1,
    "Static": 1,
    "Tab": 1,
    "TabPane": 1,
    "add_column": 1,
    "add_leaf": 1,
    "add_row": ALL,
    "notify": 1,
    "set_label": 1,
    "update": 1,
}
"""What draws its first arguments, and how many of them."""
DRAWN_KEYWORDS: Final = frozenset(
    {"border_subtitle", "border_title", "content", "label", "message", "prompt", "title", "tooltip"}
)
"""Keywords that are drawn, where one of ``DRAWN``, ``exit`` or ``Collapsible`` is called."""
DRAWN_ATTRIBUTES: Final = frozenset({"border_subtitle", "border_title", "label", "tooltip"})

READS_MARKUP: Final = frozenset({"from_ansi", "from_markup", "render_markup"})
NEVER: Final[Mapping[str, str]] = {
    "open_url": "links are opened by the desk, as an argument list",
}


def functions_that_return_content(trees: Sequence[ast.Module]) -> frozenset[str]:
    """Names of functions that return what is safe to draw wherever they are defined."""
    returns: dict[str, bool] = {}
    for name, returned in (found for tree in trees for found in _callables(tree)):
        returns[name] = returns.get(name, True) and _names_safe_type(returned)
    return frozenset(name for name, safe in returns.items() if safe)


def _callables(tree: ast.Module) -> Iterator[tuple[str, ast.expr | None]]:
    """What can be called and says what it returns: functions, and names annotated as callable."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, node.returns
            case (
                ast.arg(arg=name, annotation=ast.Subscript(value=kind, slice=ast.Tuple(elts=types)))
                | ast.AnnAssign(
                    target=ast.Name(id=name) | ast.Attribute(attr=name),
                    annotation=ast.Subscript(value=kind, slice=ast.Tuple(elts=types)),
                )
            ) if _last_name(kind) == "Callable":
                yield name, types[-1]
            case _:
                pass


def raw_strings(tree: ast.Module, *, safe_functions: frozenset[str] = frozenset()) -> list[str]:
    """One line for each place of a module where a raw string may be drawn, in reading order."""
    finder = _Finder(safe_functions | functions_that_return_content([tree]))
    finder.visit(tree)
    return [f"line {line}: {what}" for line, what in sorted(set(finder.found))]


def _names_safe_type(annotation: ast.expr | None) -> bool:
    if annotation is None:
        return False
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    if isinstance(annotation, ast.BinOp):
        return all(
            _names_safe_type(side) or _is_none(side) for side in (annotation.left, annotation.right)
        )
    if isinstance(annotation, ast.Subscript):
        inner = annotation.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        return all(_names_safe_type(part) or _is_ellipsis(part) for part in parts)
    return _last_name(annotation) in SAFE_TYPES


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


class _Finder(ast.NodeVisitor):
    """Walks a module and remembers, function by function, which names hold safe values."""

    def __init__(self, safe_functions: frozenset[str]) -> None:
        self.safe_functions = safe_functions
        self.found: list[tuple[int, str]] = []
        self._scopes: list[dict[str, bool]] = []
        self._bases: list[str] = []

    # ------------------------------------------------ scopes

    def visit_Module(self, node: ast.Module) -> None:
        self._scopes.append({})
        self._learn_assignments(node.body)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bases.append(next((name for name in map(_last_name, node.bases) if name), ""))
        self.generic_visit(node)
        self._bases.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        known = {arg.arg: _names_safe_type(arg.annotation) for arg in every}
        if node.args.vararg:
            known[node.args.vararg.arg] = _names_safe_type(node.args.vararg.annotation)
        self._scopes.append(known)
        self._learn_assignments(ast.walk(node))
        self.generic_visit(node)
        self._scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the name ast looks for

    def _learn_assignments(self, nodes: Iterable[ast.AST]) -> None:
        """A name is safe if everything assigned to it is."""
        known = self._scopes[-1]
        for name, annotation, value in _assignments(nodes):
            safe = _names_safe_type(annotation) or (value is not None and self._is_safe(value))
            known[name] = known.get(name, True) and safe

    # ------------------------------------------------ findings

    def visit_Call(self, node: ast.Call) -> None:
        name = _last_name(node.func)
        if name == "__init__" and self._bases:
            name = self._bases[-1]
        if name in NEVER:
            self._report(node, f"{name}(): {NEVER[name]}")
        elif name in READS_MARKUP:
            if not node.args or not _is_literal(node.args[0]):
                self._report(node, f"{name}() of what is not a literal of ours")
        elif not _says_no_markup(node):
            for value in _drawn_values(node, name):
                if not self._is_safe(value):
                    self._report(value, f"{name}() draws {ast.unparse(value)[:60]}")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            drawn = isinstance(target, ast.Attribute) and target.attr in DRAWN_ATTRIBUTES
            if drawn and not self._is_safe(node.value):
                self._report(node.value, f"{ast.unparse(target)} = {ast.unparse(node.value)[:60]}")
        self.generic_visit(node)

    def _report(self, node: ast.expr, what: str) -> None:
        self.found.append((node.lineno, what))

    # ------------------------------------------------ what is safe

    def _is_safe(self, node: ast.expr) -> bool:
        parts = _parts(node)
        if parts is not None:
            return all(map(self._is_safe, parts))
        if isinstance(node, ast.Call):
            return self._makes_content(node.func)
        name = _last_name(node) if isinstance(node, ast.Name) else ""
        return next((scope[name] for scope in reversed(self._scopes) if name in scope), False)

    def _makes_content(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Attribute) and _last_name(function.value) in SAFE_TYPES:
            return True
        return _last_name(function) in SAFE_TYPES | self.safe_functions


def _updates_a_set(node: ast.Call, name: str) -> bool:
    several = (ast.GeneratorExp, ast.ListComp)
    return name == "update" and bool(node.args) and isinstance(node.args[0], several)


def _parts(node: ast.expr) -> Sequence[ast.expr] | None:
    """What must be safe for the whole to be so; nothing for what is ours; None: not made of parts.

    A mapping or a set is ours: it is what some other ``update`` takes.
    """
    match node:
        case ast.Constant() | ast.Dict() | ast.Set() | ast.DictComp() | ast.SetComp():
            parts: Sequence[ast.expr] | None = ()
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            parts = (one, other)
        case ast.BoolOp(values=several) | ast.JoinedStr(values=several):
            parts = several
        case ast.Tuple(elts=several) | ast.List(elts=several):
            parts = several
        case ast.Starred(value=one) | ast.NamedExpr(value=one) | ast.Await(value=one):
            parts = (one,)
        case ast.GeneratorExp(elt=one) | ast.ListComp(elt=one):
            parts = (one,)
        case _:
            parts = None
    return parts


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _says_no_markup(node: ast.Call) -> bool:
    return any(
        keyword.arg == "markup"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in node.keywords
    )


def _drawn_values(node: ast.Call, name: str) -> Iterator[ast.expr]:
    if name in DRAWN and not _updates_a_set(node, name):
        yield from node.args[: DRAWN[name]]
    if name in DRAWN or name in {"exit", "Collapsible"}:
        yield from (word.value for word in node.keywords if word.arg in DRAWN_KEYWORDS)


def _assignments(
    nodes: Iterable[ast.AST],
) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    """Each name that is assigned, with its annotation and its value where there is one."""
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, None, value
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield name, None, value
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                yield name, annotation, value
            case _:
                pass
