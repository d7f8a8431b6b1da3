"""The transcript of a failure: the connection that failed, its last steps, and how long one waited."""

from bareasgi_ws.conformance import requirements
from bareasgi_ws.conformance._render.outcomes import TRANSCRIPT, transcript
from bareasgi_ws.conformance.report import Result, Step


def of_steps(*steps: Step) -> list[str]:
    return [*transcript(Result.of_failure(requirements()["WS-SERVER-10"], "", "", "", steps))]


def test_it_has_the_last_connection_and_the_end_of_a_step_that_waited() -> None:
    assert of_steps(
        Step(0.0, 0.0, 1, "client", "send", "of another", False),
        Step(0.0, 2.5, 2, "application", "receive()", "{}", False),
        Step(1.0, 1.0, 2, "application", "return()", "", False),
    ) == ["  0.000 s  application  receive() -> {} (until 2.500 s)", "  1.000 s  application  return()"]


def test_it_is_short() -> None:
    steps = [Step(0.0, 0.0, 1, "client", "send", str(number), False) for number in range(TRANSCRIPT + 1)]
    first, *rest = of_steps(*steps)
    assert first == f"the last {TRANSCRIPT} of {TRANSCRIPT + 1} steps (--json and --html have all):"
    assert [line.rpartition(" ")[2] for line in rest] == [str(number) for number in range(1, TRANSCRIPT + 1)]
    assert of_steps() == []
