"""The pytest door, used wrongly."""

from typing import Any

from bareasgi_ws.backends.asgi import backend
from bareasgi_ws.conformance.pytest import ConformanceTests


class NoBackend(ConformanceTests):
    backend = "my_backend:backend"  # E


class NoSelection(ConformanceTests):
    backend = backend
    select = 1  # E
    level = "MAY"  # E
    deviations = ["WS-CLOSE-07"]  # E
    deadline = "2"  # E
    libraries = None  # E


class NoIds(ConformanceTests):
    select = [1]  # E
    deviations = {1: "a reason"}  # E
    libraries = (1,)  # E


class NoReason(ConformanceTests):
    deviations = {"WS-CLOSE-07": 1}  # E


ConformanceTests().test_requirement("WS-CLOSE-01")  # E
ConformanceTests().test_requirement(1, "asyncio")  # E
ConformanceTests().test_requirement("WS-CLOSE-01", 1)  # E
ConformanceTests().pytest_generate_tests()  # E
ConformanceTests().backend = backend  # E
ConformanceTests(backend)  # E
print(ConformanceTests().test_requirement("WS-CLOSE-01", "asyncio").nothing)  # E
print(ConformanceTests.__init_subclass__().nothing)  # E


def generates(door: ConformanceTests, metafunc: Any) -> None:
    print(door.pytest_generate_tests(metafunc).nothing)  # E
