"""What a stub has of a module, form by form."""

import textwrap
from pathlib import Path

import pytest

from tools.stubs import HEADER, write

FORMS = {
    "a function without its body": (
        """
        def f(x: int) -> int:
            \"\"\"Do it.\"\"\"
            return x
        """,
        """
        def f(x: int) -> int:
            \"\"\"Do it.\"\"\"
        """,
    ),
    "overloads, of which the first has the docstring": (
        """
        from typing import overload

        @overload
        def f(x: int) -> int: ...
        @overload
        def f(x: str) -> str: ...
        def f(x):
            \"\"\"Do it.\"\"\"
            return x
        """,
        """
        from typing import overload

        @overload
        def f(x: int) -> int:
            \"\"\"Do it.\"\"\"

        @overload
        def f(x: str) -> str: ...
        """,
    ),
    "abstract overloads": (
        """
        from abc import abstractmethod
        from typing import Protocol, overload

        class P(Protocol):
            @overload
            def f(self, x: int) -> int: ...
            @overload
            def f(self, x: str) -> str: ...
            @abstractmethod
            def f(self, x):
                \"\"\"Do it.\"\"\"
        """,
        """
        from abc import abstractmethod
        from typing import Protocol, overload

        class P(Protocol):
            @overload
            @abstractmethod
            def f(self, x: int) -> int:
                \"\"\"Do it.\"\"\"
            @overload
            @abstractmethod
            def f(self, x: str) -> str: ...
        """,
    ),
    "an async generator, and a coroutine with one inside": (
        """
        from collections.abc import AsyncIterator

        async def f() -> AsyncIterator[int]:
            for number in range(3):
                yield number

        async def g() -> AsyncIterator[int]:
            async def inner() -> AsyncIterator[int]:
                yield 1

            return inner()
        """,
        """
        from collections.abc import AsyncIterator

        def f() -> AsyncIterator[int]: ...
        async def g() -> AsyncIterator[int]: ...
        """,
    ),
    "a context manager": (
        """
        from collections.abc import AsyncGenerator
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def f() -> AsyncGenerator[int]:
            yield 1
        """,
        """
        from contextlib import AbstractAsyncContextManager

        def f() -> AbstractAsyncContextManager[int]: ...
        """,
    ),
    "a class without what is private": (
        """
        class C:
            __slots__ = ("_x",)
            x: int
            \"\"\"What it is.\"\"\"
            _y: int

            def __init__(self) -> None:
                self._x = 1

            def other(self) -> "C":
                return self

            def _hidden(self) -> None: ...
        """,
        """
        class C:
            x: int
            \"\"\"What it is.\"\"\"

            def __init__(self) -> None: ...
            def other(self) -> C: ...
        """,
    ),
    "an enumeration, with its values": (
        """
        from enum import Enum

        class E(Enum):
            A = "a"
        """,
        """
        from enum import Enum

        class E(Enum):
            A = "a"
        """,
    ),
    "variables: the value of a constant and of an alias, and no other": (
        """
        from typing import Final, TypeAlias

        VERSION: Final = "1.0"
        Name: TypeAlias = str
        # Why it is so.
        known: list[str] = []
        \"\"\"What is known.\"\"\"
        """,
        """
        from typing import Final, TypeAlias

        VERSION: Final = "1.0"
        Name: TypeAlias = str
        # Why it is so.
        known: list[str]
        \"\"\"What is known.\"\"\"
        """,
    ),
    "what is private only where something exported needs it": (
        """
        from typing import TypeVar

        _T = TypeVar("_T")
        _U = TypeVar("_U")

        def f(x: _T) -> _T:
            return _g(x)

        def _g(x: _U) -> _U:
            return x
        """,
        """
        from typing import TypeVar

        _T = TypeVar("_T")

        def f(x: _T) -> _T: ...
        """,
    ),
    "what is exported, and no more": (
        """
        import os
        from sys import argv

        __all__ = ["f"]

        def f() -> None:
            os.remove(argv[0])

        def g() -> None: ...
        """,
        """
        __all__ = ["f"]

        def f() -> None: ...
        """,
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form(form: str, tmp_path: Path) -> None:
    source, stub = map(textwrap.dedent, FORMS[form])
    runtime, folder = tmp_path / "runtime", tmp_path / "stubs"
    runtime.mkdir()
    (runtime / "__init__.py").write_text("")
    (runtime / "module.py").write_text(source.lstrip("\n"))
    write(runtime, folder)
    assert (folder / "module.pyi").read_text() == HEADER + stub.lstrip("\n")


def test_a_private_module_has_what_is_taken_from_it(tmp_path: Path) -> None:
    runtime, folder = tmp_path / "runtime", tmp_path / "stubs"
    (runtime / "_inner").mkdir(parents=True)
    (runtime / "__init__.py").write_text('from ._inner.parts import A\n\n__all__ = ["A"]\n')
    (runtime / "_inner" / "__init__.py").write_text('"""Parts."""\n')
    (runtime / "_inner" / "parts.py").write_text("class A: ...\n\n\nclass B: ...\n")
    (runtime / "_unused.py").write_text("class C: ...\n")
    written = write(runtime, folder)
    assert {path.relative_to(folder).as_posix() for path in written} == {
        "__init__.pyi",
        "_inner/__init__.pyi",
        "_inner/parts.pyi",
    }
    assert (folder / "_inner" / "parts.pyi").read_text() == HEADER + "class A: ...\n"
