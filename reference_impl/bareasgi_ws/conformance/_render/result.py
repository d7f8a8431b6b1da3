"""What became of a requirement, with the conversation of one that is not met."""

from collections.abc import Sequence
from itertools import groupby

from .form import MomentForm, ResultForm
from .markup import HTML, joined, tag
from .parts import kind, outcome, sign

LANES = ("handler", "client")


def entry(anchor: str, result: ResultForm, level: int) -> HTML:
    """Write a requirement, its outcome, and what there is to say of it."""
    requirement = result["requirement"]
    number = tag(f"h{level}", tag("a", requirement["id"], href=f"#{anchor}", class_="id"))
    heading = tag(
        "div", number, tag("span", requirement["level"], class_="level"), outcome(result["outcome"]), class_="head"
    )
    source = f"Binds the {requirement['binds']}. Source: {requirement['source']}."
    content = [heading, tag("p", requirement["text"]), tag("p", source, class_="quiet source"), _why(result)]
    return tag("li", *content, _conversation(result), id=anchor, class_=f"requirement {kind(result['outcome'])}")


def _why(result: ResultForm) -> HTML:
    step = "Step" if result["expected"] else "Why"
    said = {step: result["step"], "Expected": result["expected"], "Came": result["came"]}
    parts = [_part(name, tag("code", text)) for name, text in said.items() if text]
    if result["reason"]:
        parts.append(_part("Reason", result["reason"]))
    return tag("dl", *parts, class_="why") if parts else joined()


def _part(name: str, text: str) -> HTML:
    return tag("div", tag("dt", name), tag("dd", text))


def _conversation(result: ResultForm) -> HTML:
    record = result["record"]
    if not record:
        return joined()
    columns = ["Time in ms", *(lane.title() for lane in LANES)]
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in columns)))
    connections = [list(group) for _, group in groupby(record, key=lambda moment: moment["connection"])]
    bodies = [_connection(moments, heading=len(connections) > 1) for moments in connections]
    summary = tag("summary", f"The conversation, {len(record)} {'step' if len(record) == 1 else 'steps'}")
    return tag("details", summary, tag("table", head, *bodies, class_="timeline"), open=result["outcome"] == "fail")


def _connection(moments: Sequence[MomentForm], *, heading: bool) -> HTML:
    name = tag("th", f"Connection {moments[0]['connection']}", scope="rowgroup", colspan=str(1 + len(LANES)))
    return tag("tbody", tag("tr", name, class_="connection") if heading else "", *map(_moment, moments))


def _moment(moment: MomentForm) -> HTML:
    time = tag("th", _span(moment), scope="row")
    return tag("tr", time, *_lanes(moment), class_="failed" if moment["failed"] else False)


def _lanes(moment: MomentForm) -> list[HTML]:
    failed = joined(sign("fail"), " failed: ") if moment["failed"] else ""
    said = tag("div", tag("code", moment["step"]), " ", tag("span", failed, moment["came"]), class_="moment")
    if moment["who"] not in LANES:
        return [tag("td", said, colspan=str(len(LANES)), class_="kit")]
    return [tag("td", said if lane == moment["who"] else "", class_=lane) for lane in LANES]


def _span(moment: MomentForm) -> str:
    began, ended = (f"{1000 * moment[end]:z.2f}" for end in ("began", "ended"))
    return began if began == ended else f"{began} \N{EN DASH} {ended}"
