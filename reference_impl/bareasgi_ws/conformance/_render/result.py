"""What became of a requirement, with the conversation of one that is not met."""

from collections.abc import Sequence
from itertools import groupby

from ..report import Result, Step
from .markup import HTML, joined, tag
from .parts import kind, outcome, sign

SIDES = ("handler", "client")


def entry(anchor: str, result: Result, level: int) -> HTML:
    """Write a requirement, its outcome, and what there is to say of it."""
    requirement = result.requirement
    number = tag(f"h{level}", tag("a", requirement.id, href=f"#{anchor}", class_="id"))
    heading = tag("div", number, tag("span", requirement.level, class_="level"), outcome(result.outcome), class_="head")
    source = f"Binds the {requirement.binds}. Source: {requirement.source}."
    content = [heading, tag("p", requirement.text), tag("p", source, class_="quiet source"), _why(result)]
    return tag("li", *content, _conversation(result), id=anchor, class_=f"requirement {kind(result.outcome)}")


def _why(result: Result) -> HTML:
    step = "Step" if result.expected else "Why"
    said = {step: result.step, "Expected": result.expected, "Came": result.actual}
    parts = [_part(name, tag("code", text)) for name, text in said.items() if text]
    if result.reason:
        parts.append(_part("Reason", result.reason))
    return tag("dl", *parts, class_="why") if parts else joined()


def _part(name: str, text: str) -> HTML:
    return tag("div", tag("dt", name), tag("dd", text))


def _conversation(result: Result) -> HTML:
    steps = result.steps
    if not steps:
        return joined()
    columns = ["Time in ms", *(side.title() for side in SIDES)]
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in columns)))
    connections = [list(group) for _, group in groupby(steps, key=lambda step: step.connection)]
    bodies = [_connection(steps, heading=len(connections) > 1) for steps in connections]
    summary = tag("summary", f"The conversation, {len(steps)} {'step' if len(steps) == 1 else 'steps'}")
    return tag("details", summary, tag("table", head, *bodies, class_="timeline"), open=result.outcome == "fail")


def _connection(steps: Sequence[Step], *, heading: bool) -> HTML:
    name = tag("th", f"Connection {steps[0].connection}", scope="rowgroup", colspan=str(1 + len(SIDES)))
    return tag("tbody", tag("tr", name, class_="connection") if heading else "", *map(_step, steps))


def _step(step: Step) -> HTML:
    time = tag("th", _span(step), scope="row")
    return tag("tr", time, *_sides(step), class_="failed" if step.failed else False)


def _sides(step: Step) -> list[HTML]:
    failed = joined(sign("fail"), " failed: ") if step.failed else ""
    said = tag("div", tag("code", step.action), " ", tag("span", failed, step.result), class_="step")
    if step.side not in SIDES:
        return [tag("td", said, colspan=str(len(SIDES)), class_="kit")]
    return [tag("td", said if side == step.side else "", class_=side) for side in SIDES]


def _span(step: Step) -> str:
    began, ended = (f"{1000 * getattr(step, end):z.2f}" for end in ("began", "ended"))
    return began if began == ended else f"{began} \N{EN DASH} {ended}"
