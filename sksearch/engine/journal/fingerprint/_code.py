"""The code of functions and classes that may be edited between two runs.

Installed code is identified by name. Code of the user (a script, a notebook, a module
beside it) is identified by what it does: instructions, defaults, constants, closure
variables, and the globals that it uses. Its place in a file does not count.
"""

from __future__ import annotations

import dis
import functools
import importlib.util
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sksearch.engine.journal.fingerprint._installed import is_installed, is_library

#: Methods that change the list, dict or set that they belong to.
MUTATORS = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "clear",
        "discard",
        "extend",
        "extendleft",
        "insert",
        "pop",
        "popitem",
        "popleft",
        "put",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
        "write",
        "writelines",
    }
)
#: Methods that set attributes of a new object; attributes set elsewhere are run state.
MAKERS = frozenset({"__init__", "__new__", "__post_init__", "__setstate__"})
#: Attributes of a class that are not in its source, or change nothing.
BESIDES = frozenset(
    {
        "__annotate__",
        "__annotate_func__",
        "__annotations__",
        "__dict__",
        "__doc__",
        "__firstlineno__",
        "__module__",
        "__qualname__",
        "__static_attributes__",
        "__weakref__",
    }
)
#: Prefixes of instructions that put nothing on the stack.
TAKING = (
    "CACHE",
    "DELETE",
    "EXTENDED",
    "KW_NAMES",
    "NOP",
    "POP",
    "PRECALL",
    "RESUME",
    "RETURN",
    "STORE",
)
#: The flag of a class that is not written in C.
HEAP_TYPE = 1 << 9
#: Flags of a code object for its way of being called.
CALLED = 0x04 | 0x08 | 0x20 | 0x80 | 0x200


@dataclass
class State:
    """Names that code changes while it runs; they are left out of its description."""

    # Variables of modules and of enclosing functions.
    names: set[str] = field(default_factory=set)
    # Attributes of objects and classes.
    attributes: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.names or self.attributes)


def is_known_by_name(value: Any) -> bool:
    """Tell whether a function or class has a name in an installed module.

    Lambdas and inner functions have none.
    """
    module = getattr(value, "__module__", None)
    if not isinstance(module, str) or not is_installed(module):
        return False
    found: Any = sys.modules.get(module)
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    if isinstance(value, type) and not value.__flags__ & HEAP_TYPE:
        return True
    # The name of an object written in C may lead nowhere.
    return found is value or not isinstance(value, types.FunctionType | type)


def is_changed(value: Any, name: str, changed: set[str]) -> bool:
    """Tell whether a variable or attribute is run state, one of the `changed` names.

    Modules, functions and objects of the user's classes have code of their own, which
    counts; they are never run state.
    """
    if name not in changed:
        return False
    if isinstance(value, types.ModuleType | types.FunctionType | type):
        return False
    return is_known_by_name(type(value))


def parts_of_function(
    function: types.FunctionType, tell: Callable[[Any], Any], state: State
) -> Any:
    """Return what a function of the user does, as plain data.

    ``tell(value)`` describes a value that it holds or uses. Names that code changes
    while it runs are left out.
    """
    code = function.__code__
    contents = map(_content, function.__closure__ or ())
    cells = {
        name: tell(value)
        for name, value in zip(code.co_freevars, contents, strict=True)
        if not is_changed(value, name, state.names) and name != "__classdict__"
    }
    attributes = {
        name: tell(value)
        for name, value in sorted(vars(function).items())
        if not is_changed(value, name, state.attributes) and name != "__wrapped__"
    }
    return [
        instructions(code),
        tell(function.__defaults__),
        tell(function.__kwdefaults__),
        cells,
        attributes,
        _globals(function, tell, state),
    ]


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not assigned yet
        return None


def _globals(
    function: types.FunctionType, tell: Callable[[Any], Any], state: State
) -> dict[str, Any]:
    """Describe the module variables that a function uses."""
    there = function.__globals__
    if is_installed(there.get("__name__")):
        return {}
    codes = list(_nested(function.__code__))
    used = {
        ins.argval
        for code in codes
        for ins in dis.get_instructions(code)
        if ins.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    names = {name for code in codes for name in code.co_names}
    found = {}
    for name in sorted(used & there.keys()):
        value = there[name]
        if is_changed(value, name, state.names):
            continue
        if isinstance(value, types.ModuleType) and not is_installed(value.__name__):
            own = vars(value)
            found[name] = {part: tell(own[part]) for part in sorted(names & own.keys())}
        elif not name.startswith("__"):
            found[name] = tell(value)
    for code in codes:
        found.update(_imported(code))
    return found


def _imported(code: types.CodeType) -> dict[str, Any]:
    """Describe the user's modules that a function imports when it runs."""
    found = {}
    for ins in dis.get_instructions(code):
        if ins.opname == "IMPORT_NAME" and not is_installed(ins.argval):
            with suppress(Exception):  # if it fails, the import itself will fail too
                spec = importlib.util.find_spec(ins.argval)
                path = None if spec is None else spec.origin
                if path and path.endswith(".py") and not is_library(path):
                    source = Path(path).read_bytes()
                    module = compile(source, path, "exec", dont_inherit=True)
                    found[f"import {ins.argval}"] = instructions(module)
    return found


def parts_of_class(kind: type, tell: Callable[[Any], Any], state: State) -> Any:
    """Return what a class of the user consists of, as plain data.

    ``tell(value)`` describes a member. Names that code changes while it runs are left
    out.
    """
    members = {
        name: tell(_unwrapped(member))
        for name, member in sorted(vars(kind).items())
        if not _is_besides(name, member)
        and not is_changed(member, name, state.attributes)
    }
    return [[tell(base) for base in kind.__bases__], tell(type(kind)), members]


def _is_besides(name: str, member: Any) -> bool:
    """Tell whether a member of a class is not in its source, or changes nothing."""
    own = name.startswith("__") and name.endswith("__")
    # Python adds some later, such as `__slotnames__` when an object is first copied.
    made = own and not (callable(member) or hasattr(member, "__get__"))
    descriptor = isinstance(member, types.MemberDescriptorType)
    return name in BESIDES or made or descriptor or name == "_abc_impl"


def _unwrapped(member: Any) -> Any:
    """Return the kind and the functions of a method, property or other member."""
    if isinstance(member, staticmethod | classmethod):
        return [type(member).__name__, member.__func__]
    if isinstance(member, property):
        return ["property", member.fget, member.fset, member.fdel]
    if isinstance(member, functools.cached_property):
        return ["cached_property", member.func]
    return member


def instructions(code: types.CodeType) -> list[Any]:
    """Return the instructions of a code object, without file names and line numbers."""
    called = [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount]
    arguments = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    out: list[Any] = [*called, code.co_flags & CALLED, list(arguments)]
    for ins in dis.get_instructions(code):
        if ins.opname == "STORE_NAME" and ins.argval in BESIDES:
            out.pop()  # the value: a docstring or a place in the source
        else:
            out.append([ins.opname, _argument(ins)])
    return [*out, code.co_exceptiontable.hex()]


def _argument(ins: dis.Instruction) -> Any:
    if ins.opcode in dis.hasconst:
        return _constant(ins.argval)
    if ins.opcode in (*dis.hasname, *dis.haslocal, *dis.hasfree):
        return list(ins.argval) if isinstance(ins.argval, tuple) else ins.argval
    return ins.argval if ins.opcode in (*dis.hasjrel, *dis.hasjabs) else ins.arg


def _constant(value: Any) -> Any:
    if isinstance(value, types.CodeType):
        return instructions(value)
    if isinstance(value, tuple):
        return ["tuple", *map(_constant, value)]
    if isinstance(value, frozenset):
        return ["set", *sorted((_constant(item) for item in value), key=repr)]
    return [type(value).__name__, repr(value)]


def _nested(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield a code object and all those inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _nested(constant)


def note_state(code: types.CodeType, state: State) -> None:
    """Note the names that a function changes, as far as its instructions show.

    The instructions are followed in source order, with a stack of the origins of their
    values: ``("names", "log")``, ``("attributes", "n")`` or None.
    """
    for part in _nested(code):
        stack: list[tuple[str, str] | None] = []
        for ins in dis.get_instructions(part):
            if ins.opname == "STORE_DEREF" and ins.argval in part.co_freevars:
                state.names.add(ins.argval)
            _note(ins, stack, state, making=part.co_name in MAKERS)


def _note(
    ins: dis.Instruction,
    stack: list[tuple[str, str] | None],
    state: State,
    *,
    making: bool,
) -> None:
    name, op = str(ins.argval), ins.opname
    if op in ("STORE_GLOBAL", "DELETE_GLOBAL"):
        state.names.add(name)
    elif op == "STORE_ATTR" and not making:
        state.attributes.add(name)
    elif op in ("LOAD_ATTR", "LOAD_METHOD") and name in MUTATORS and stack:
        _mark(stack[-1], state)
    elif op in ("STORE_SUBSCR", "DELETE_SUBSCR") and len(stack) > 1:
        _mark(stack[-2], state)
    _move(ins, stack)


def _mark(origin: tuple[str, str] | None, state: State) -> None:
    if origin is not None:
        getattr(state, origin[0]).add(origin[1])


def _move(ins: dis.Instruction, stack: list[tuple[str, str] | None]) -> None:
    """Apply an instruction to the stack of origins."""
    op, arg = ins.opname, ins.arg or 0
    if op == "COPY" and len(stack) >= arg:
        stack.append(stack[-arg])
    elif op == "SWAP" and len(stack) >= arg:
        stack[-1], stack[-arg] = stack[-arg], stack[-1]
    else:
        effect = dis.stack_effect(ins.opcode, ins.arg, jump=False)
        stack.extend([None] * effect)
        del stack[max(len(stack) + min(effect, 0), 0) :]
        if stack and not op.startswith(TAKING):
            stack[-1] = _origin(ins)


def _origin(ins: dis.Instruction) -> tuple[str, str] | None:
    """Return the origin of the value that an instruction puts on the stack."""
    if ins.opname in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLASSDEREF"):
        return "names", str(ins.argval)
    if ins.opname in ("LOAD_ATTR", "LOAD_METHOD"):
        return "attributes", str(ins.argval)
    return None
