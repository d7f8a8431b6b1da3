"""The page that reports are written as."""

import re
from collections import Counter

import pytest

from bareasgi_ws.conformance.render import html

from ..sample_reports import HOSTILE, Json, result_of, run_with, seven, unmet_outcomes
from .html_reader import Element, read_html

pytestmark = pytest.mark.slow
VISIBLE = HOSTILE.replace("\x1b", r"\x1b").replace("\u202e", r"\u202e").replace("\ud800", r"\ud800")
LOADS = ("src", "srcset", "action", "background", "data", "poster", "style")


@pytest.fixture(scope="module")
def together() -> Element:
    return read_html(html(seven()))


@pytest.fixture(scope="module", params=range(7))
def alone(request: pytest.FixtureRequest) -> tuple[Element, Json]:
    report = seven()[request.param]
    return read_html(html([report])), report


def test_it_is_a_page_for_every_reader(together: Element, alone: tuple[Element, Json]) -> None:
    for page in (together, alone[0]):
        assert page.one("html").attributes == {"lang": "en"}
        assert page.one("title").text
        metas = {meta.attributes.get("name"): meta.attributes.get("content") for meta in page.all("meta")}
        assert metas["viewport"] == "width=device-width, initial-scale=1"
        assert metas["color-scheme"] == "light dark"
        assert all(th.attributes["scope"] in ("col", "row", "rowgroup") for th in page.all("th"))
        levels = [int(one.name[1]) for one in page.walk() if re.fullmatch(r"h\d", one.name)]
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in zip([0, *levels], levels, strict=False))


def test_every_link_leads_to_one_place_of_the_page(together: Element, alone: tuple[Element, Json]) -> None:
    for page in (together, alone[0]):
        ids = [one.attributes["id"] for one in page.walk() if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        links = [link.attributes["href"] or "" for link in page.all("a")]
        assert {link[0] for link in links} <= {"#"}
        assert {link[1:] for link in links} <= set(ids)


def test_an_id_of_any_text_has_its_place() -> None:
    report = with_steps({"began": 0, "ended": 0, "side": "kit"})
    report["results"][0]["requirement"] = {**report["results"][0]["requirement"], "id": HOSTILE}
    for page in (read_html(html([report])), read_html(html([report, report]))):
        (link, *_) = (link for link in page.all("a", "id") if link.text == VISIBLE)
        assert page.by_id((link.attributes["href"] or "")[1:]).all("a", "id")[0].text == VISIBLE


def test_it_loads_nothing_and_runs_nothing(together: Element) -> None:
    for one in together.walk():
        assert one.name not in ("script", "iframe", "object", "embed", "img", "base", "form")
        assert not any(name in LOADS or name.startswith("on") for name in one.attributes)
    assert [link.attributes for link in together.all("link")] == [{"rel": "icon", "href": "data:,"}]
    style = together.one("style").text
    assert not re.search(r"url\(|@import|</|\\", style)


def test_every_outcome_has_a_colour(together: Element) -> None:
    style = together.one("style").text
    assert set(re.findall(r"var\((--\w+)\)", style)) <= set(re.findall(r"(--\w+):", style))
    kinds = {kind for one in together.all("span", "outcome") for kind in one.classes if kind != "outcome"}
    assert kinds == set(re.findall(r"\.outcome\.(\S+) \{ color: ", style))


def test_it_can_be_written_to_a_file() -> None:
    html(seven()).encode("utf-8")


def test_it_says_what_was_run_and_what_came_of_it(alone: tuple[Element, Json]) -> None:
    page, report = alone
    name = VISIBLE if report["backend"] == HOSTILE else report["backend"]
    assert page.one("h1").text == name
    verdict = report["verdict"]
    assert page.one("p", "verdict").text == f"{'✗' if report['conforms'] is False else '✓'} {verdict}"
    assert page.one("title").text.startswith(f"{name} {verdict}")
    counts = [item.text.split(" ", 2) for item in page.one("ul", "counts").all("li")]
    assert {outcome: int(count) for count, _, outcome in counts} == {
        outcome: count for outcome, count in report["counts"].items() if count
    }
    facts = {term.text: said.text for term, said in terms(page.one("dl", "facts"))}
    assert facts.pop("Date") == report["date"].replace("T", " ").replace("+00:00", " UTC")
    assert page.one("time").attributes["datetime"] == report["date"]
    expected = {"Specification": report["spec_version"], "Event loop": report["library"], **report["versions"]}
    expected |= {"Profile": report["profile"]} if report["profile"] else {}
    expected |= {"Only": "WS-CLOSE"} if report["select"] else {}
    assert facts == expected


def test_every_requirement_has_its_place(alone: tuple[Element, Json]) -> None:
    page, report = alone
    assert len(page.all("li", "requirement")) == len(report["results"])
    for result in report["results"]:
        requirement = result["requirement"]
        item = page.by_id(requirement["id"])
        assert item.all("a", "id")[0].text == requirement["id"]
        assert item.one("span", "level").text == requirement["level"]
        assert item.one("span", "outcome").text.endswith(f" {result['outcome']}")
        assert [paragraph.text for paragraph in item.all("p")] == [
            requirement["text"],
            f"Binds the {requirement['binds']}. Source: {requirement['source']}.",
        ]


def test_a_chapter_says_how_many_passed() -> None:
    page = read_html(html([seven()[1]]))
    chapters = [chapter.all("summary")[0].text for chapter in page.all("details", "chapter")]
    chapter_of = {result["requirement"]["id"]: result["requirement"]["chapter"] for result in seven()[1]["results"]}
    passed = Counter(chapter_of[one["requirement"]["id"]] for one in seven()[1]["results"] if one["outcome"] == "pass")
    assert [chapter.split(maxsplit=1) for chapter in chapters] == [
        [chapter, f"{passed[chapter]} of {size} passed"] for chapter, size in Counter(chapter_of.values()).items()
    ]


def test_what_is_not_met_is_linked_from_the_top_worst_first() -> None:
    page = read_html(html([seven()[3]]))
    entries = [item.text.split()[1:3] for item in page.one("ul", "unmet").all("li")]
    outcomes = [outcome for outcome, _ in entries]
    assert outcomes == unmet_outcomes(seven()[3])
    assert {"fail", "blocked", "non-strict"} <= set(outcomes)
    assert {number for _, number in entries} == {
        result["requirement"]["id"] for result in seven()[3]["results"] if result["outcome"] != "pass"
    }
    assert read_html(html([seven()[0]])).all("ul", "unmet") == []


def test_a_failure_says_all_that_is_known() -> None:
    item = read_html(html([seven()[1]])).by_id("WS-RECEIVE-04")
    assert {term.text: said.text for term, said in terms(item.one("dl", "why"))} == {
        "Step": "handler: receive()",
        "Expected": "b''",
        "Actual": "returned None",
    }
    assert "open" in item.one("details").attributes


def test_a_deviation_says_its_reason() -> None:
    item = read_html(html([seven()[2]])).by_id("WS-RECEIVE-04")
    assert terms(item.one("dl", "why"))[-1][1].text == VISIBLE


def test_what_is_not_offered_says_why() -> None:
    results = [result for result in seven()[4]["results"] if result["outcome"] == "not offered"]
    page = read_html(html([seven()[4]]))
    for result in results:
        (why,) = terms(page.by_id(result["requirement"]["id"]).one("dl", "why"))
        assert (why[0].text, why[1].text) == ("Why", result["step"])
    assert "SupportsDenial" in page.text


def test_the_conversation_has_a_column_for_each_side() -> None:
    steps = result_of(seven()[1], "WS-RECEIVE-04")["steps"]
    table = read_html(html([seven()[1]])).by_id("WS-RECEIVE-04").one("table", "timeline")
    head, *rows = table.all("tr")
    assert [th.text for th in head.all("th")] == ["Time in ms", "Handler", "Client"]
    assert len(rows) == len(steps) > 3
    for row, step in zip(rows, steps, strict=True):
        column = {"handler": 0, "client": 1}[step["side"]]
        cells = row.all("td")
        marked = "✗ failed: " if step["failed"] else ""
        assert cells[column].text.strip() == f"{step['action']} {marked}{step['result']}"
        assert cells[1 - column].text == ""
        assert ("failed" in row.classes) == step["failed"]


def test_times_are_milliseconds() -> None:
    report = with_steps(
        {"began": 0.00125, "ended": 0.5, "side": "handler"},
        {"began": 2, "ended": 2, "side": "client"},
        {"began": -0.0000001, "ended": 0.0, "side": "kit"},
        {"began": 3, "ended": 3, "side": "a later version's"},
    )
    table = read_html(html([report])).by_id("WS-RECEIVE-04").one("table", "timeline")
    times = [th.text for th in table.all("th") if th.attributes["scope"] == "row"]
    assert times == ["1.25 \N{EN DASH} 500.00", "2000.00", "0.00", "3000.00"]
    assert [cell.attributes.get("colspan") for cell in table.all("td")] == [None, None, None, None, "2", "2"]


def test_several_connections_are_told_apart() -> None:
    table = read_html(html([seven()[3]])).by_id("WS-CLOSE-02").one("table", "timeline")
    groups = [body.all("th")[0].text for body in table.all("tbody")]
    steps = result_of(seven()[3], "WS-CLOSE-02")["steps"]
    assert groups == list(dict.fromkeys(f"Connection {step['connection']}" for step in steps))
    assert len(groups) > 1
    alone = read_html(html([seven()[1]])).by_id("WS-RECEIVE-04").one("table", "timeline")
    assert "Connection" not in alone.text


def test_it_says_what_the_type_checkers_said() -> None:
    page = read_html(html([seven()[1]]))
    checkers = page.one("ul", "checkers")
    said = [item.text for item in checkers.children if isinstance(item, Element)]
    assert said[0].strip() == "mypy 2.4.1 ✓ pass"
    assert said[1].startswith("pyright 1.1.414 ✗ fail")
    assert said[2].startswith("ty 0.1 ⊘ could not run")
    assert [code.text for code in checkers.all("code")] == [
        f"its web_socket is not a WebSocket:\n  {VISIBLE}",
        "it wrote no JSON",
    ]
    assert page.one("ul", "unmet").all("li")[0].text.split() == ["✗", "fail", "What", "the", "type", "checkers", "said"]
    ran = {**seven()[1], "static": [seven()[1]["static"][2]]}
    assert read_html(html([ran])).one("ul", "unmet").all("li")[0].text.startswith("⊘ could not run")
    assert "No type checker was asked." in read_html(html([seven()[0]])).text


def test_the_matrix_has_every_outcome_of_every_report(together: Element) -> None:
    table = together.one("table", "matrix")
    by_id = [{result["requirement"]["id"]: result["outcome"] for result in report["results"]} for report in seven()]
    columns = table.one("thead").all("th")[1:]
    assert [column.text.split()[0] for column in columns] == [str(number) for number in range(1, 8)]
    assert [column.one("small").text for column in columns] == [", ".join(run_with(one)) for one in seven()]
    rows = [row for row in table.all("tr") if row.all("td")]
    assert [row.one("a", "id").text for row in rows] == list(by_id[0])
    for row in rows:
        number = row.one("a", "id").text
        actual = [cell.one("span", "word").text for cell in row.all("td")]
        assert actual == [outcomes.get(number, "not run") for outcomes in by_id]


def test_the_matrix_leads_to_what_is_not_passed(together: Element) -> None:
    cells = together.one("table", "matrix").all("td")
    unpassed = [cell for cell in cells if cell.one("span", "word").text not in ("pass", "not run")]
    assert len(unpassed) > 40
    for cell in unpassed:
        target = together.by_id((cell.one("a").attributes["href"] or "")[1:])
        assert target.one("span", "outcome").text == cell.text


def test_the_legend_has_what_the_matrix_has_and_no_more(together: Element) -> None:
    signs = {cell.text for cell in together.one("table", "matrix").all("td")}
    assert {term.text for term, _ in terms(together.one("dl", "legend"))} == signs
    pair = read_html(html([seven()[0], seven()[0]]))
    assert [term.text for term, _ in terms(pair.one("dl", "legend"))] == ["✓ pass"]


def test_of_several_reports_the_chapters_that_passed_are_closed(together: Element) -> None:
    for chapter in together.all("details", "chapter"):
        outcomes = {outcome.text for outcome in chapter.all("span", "outcome")}
        assert ("open" in chapter.attributes) == (outcomes != {"✓ pass"})


def with_steps(*steps: Json) -> Json:
    """Return a report of one failure with these steps."""
    failure = result_of(seven()[1], "WS-RECEIVE-04")
    filled = [{"connection": 1, "action": "step", "result": "came", "failed": False} | step for step in steps]
    counts = {outcome: int(outcome == "fail") for outcome in seven()[1]["counts"]}
    return {**seven()[1], "counts": counts, "results": [{**failure, "steps": filled}]}


def terms(listed: Element) -> list[tuple[Element, Element]]:
    return list(zip(listed.all("dt"), listed.all("dd"), strict=True))
