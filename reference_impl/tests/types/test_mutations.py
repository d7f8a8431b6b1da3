"""The cases' own test: whatever is loosened in the stubs, some case notices."""

import ast

import pytest

from typecheck_tests import mutation
from typecheck_tests.mutants import IMPORTS, Mutant, mutants

STUB = """\
from typing import Literal, Protocol, overload

ContentT = TypeVar("ContentT", bound=str, default=str)
Header: TypeAlias = tuple[bytes, ...]

class Peer(Protocol[ContentT], Sized):
    kind: ReadOnly[Literal["peer"]]
    def close(self, code: int | None, /, *, reason: object = "", more: Any = 0) -> None: ...
    @property
    @abstractmethod
    async def code(self) -> list[int]: ...

@overload
def connect() -> Callable[[int], str]: ...
@overload
def connect(path: str) -> None: ...
"""


@pytest.fixture(scope="module")
def every_mutant() -> list[Mutant]:
    return mutation.all_mutants()


@pytest.mark.nightly
def test_every_mutant_is_noticed_or_listed_with_a_reason(every_mutant: list[Mutant]) -> None:
    result = mutation.run(every_mutant)
    assert not result.complaints(), "\n".join([str(result), *result.complaints()])


def test_what_is_listed_is_a_mutant(every_mutant: list[Mutant]) -> None:
    assert set(mutation.reasons()) <= {mutant.name for mutant in every_mutant}


def test_no_two_mutants_are_the_same(every_mutant: list[Mutant]) -> None:
    assert len({mutant.name for mutant in every_mutant}) == len(every_mutant)
    assert len({(mutant.stub, mutant.source) for mutant in every_mutant}) == len(every_mutant)


def test_each_mutant_differs_from_its_stub(every_mutant: list[Mutant]) -> None:
    stubs = {mutant.stub: (mutation.STUBS / mutant.stub).read_text(encoding="utf-8") for mutant in every_mutant}
    unchanged = {name: IMPORTS + ast.unparse(ast.parse(source)) for name, source in stubs.items()}
    assert not [mutant.name for mutant in every_mutant if mutant.source == unchanged[mutant.stub]]


def test_what_is_mutated() -> None:
    assert [mutant.name.removeprefix("peer.pyi: ") for mutant in mutants("peer.pyi", STUB)] == [
        "ContentT: bound removed",
        "ContentT: default removed",
        "Header = tuple[bytes, ...] becomes Any",
        "Header = bytes becomes Any at 1",
        "Peer: base Protocol[ContentT] removed",
        "Peer: base Sized removed",
        "Peer.kind: ReadOnly[Literal['peer']] becomes Any",
        "Peer.kind: ReadOnly[Literal['peer']] loses ReadOnly",
        "Peer.kind: Literal['peer'] becomes Any",
        "Peer.kind: item removed",
        "Peer.close(code): int | None becomes Any",
        "Peer.close(code): int | None loses None",
        "Peer.close(code): int | None loses int",
        "Peer.close -> None becomes Any",
        "Peer.close: / removed",
        "Peer.close: * removed",
        "Peer.code -> list[int] becomes Any",
        "Peer.code -> int becomes Any",
        "Peer.code: @property removed",
        "Peer.code: @abstractmethod removed",
        "connect#1: overload removed",
        "connect#1 -> Callable[[int], str] becomes Any",
        "connect#1 -> int becomes Any at 1.1",
        "connect#1 -> str becomes Any at 2",
        "connect#2: overload removed",
        "connect#2(path): str becomes Any",
        "connect#2 -> None becomes Any",
    ]


def result_of(*survived: str) -> mutation.Result:
    tested = [*survived, *mutation.reasons(), *(f"mutant {number}" for number in range(1600))]
    return mutation.Result(tested, list(survived), 0.0)


def test_a_survivor_that_is_not_listed_is_a_complaint() -> None:
    complaints = result_of("a new one", *mutation.reasons()).complaints()
    assert complaints == ["no case notices a new one"]


def test_a_listed_mutant_that_was_noticed_is_a_complaint() -> None:
    first, *others = mutation.reasons()
    assert result_of(*others).complaints() == [f"listed in survivors.toml, and noticed: {first}"]


def test_too_many_survivors_are_a_complaint_whatever_their_reasons() -> None:
    listed = list(mutation.reasons())
    many = listed * 20
    assert mutation.Result(many, many, 0.0).complaints() == ["100.0% survive, more than 3%"]


def test_a_sample_is_the_same_for_the_same_seed(every_mutant: list[Mutant]) -> None:
    assert mutation.sample(every_mutant, 10, 7) == mutation.sample(every_mutant, 10, 7)
    assert mutation.sample(every_mutant, 10, 7) != mutation.sample(every_mutant, 10, 8)
