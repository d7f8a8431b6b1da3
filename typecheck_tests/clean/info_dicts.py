"""An info that is a dict: a display, a subclass, a TypedDict."""

from collections import Counter, OrderedDict, defaultdict
from typing import Any, TypedDict, assert_type

from bareasgi_ws import Application, Info, RouteMatches, Router, Scope, WebSocket


class State(dict[str, Any]):
    started: int = 0


class Objects(dict[str, object]): ...


class Texts(dict[str, str]): ...


class Config(TypedDict):
    size: int


async def of_info(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_objects(scope: Scope, info: dict[str, object], matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_state(scope: Scope, info: State, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_a_subclass(scope: Scope, info: Objects, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_texts(scope: Scope, info: Texts, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_config(scope: Scope, info: Config, matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_ints(scope: Scope, info: dict[str, int], matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_numbers(scope: Scope, info: dict[int, str], matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_counter(scope: Scope, info: Counter[str], matches: RouteMatches, web_socket: WebSocket) -> None: ...
async def of_lists(scope: Scope, info: defaultdict[str, list[str]], matches: RouteMatches, ws: WebSocket) -> None: ...
async def of_ordered(
    scope: Scope, info: OrderedDict[str, int], matches: RouteMatches, web_socket: WebSocket
) -> None: ...


def case_a_display() -> None:
    assert_type(Application(info={}), Application[dict[str, Any]])
    assert_type(Application(info={"size": 1}), Application[dict[str, Any]])
    application = Application(info={"size": 1, "rooms": [1], "names": {}, "none": None})
    application.info["more"] = "anything"
    application.ws_router.add("/", of_info)
    application.ws_router.add("/objects", of_objects)


def case_a_call_of_dict() -> None:
    Application(info=dict()).ws_router.add("/", of_info)  # noqa: C408
    Application(info=dict(size=1)).ws_router.add("/", of_info)  # noqa: C408
    Application(info=dict[str, Any]()).ws_router.add("/", of_info)


def case_a_variable() -> None:
    info: Info = {"size": 1}
    Application(info=info).ws_router.add("/", of_info)
    ints: dict[str, int] = {}
    Application(info=ints).ws_router.add("/", of_ints)
    numbers: dict[int, str] = {}
    Application(info=numbers).ws_router.add("/", of_numbers)


def case_what_may_be_none() -> None:
    def make(info: Info | None = None) -> Application:
        return Application(info=info)

    make().ws_router.add("/", of_info)
    make({"size": 1}).ws_router.add("/", of_info)


def case_a_subclass() -> None:
    application = Application(info=State(size=1))
    assert_type(application, Application[State])
    application.info.started += 1
    application.ws_router.add("/", of_state)
    application.ws_router.add("/info", of_info)
    Application(info=Objects()).ws_router.add("/", of_a_subclass)
    state = State()
    Application(info=state, ws_router=Router[State]()).ws_router.add("/", of_state)


def case_a_subclass_by_annotation() -> None:
    application: Application[State] = Application(info=State())
    application.ws_router.add("/", of_state)
    Application[State](info=State()).ws_router.add("/", of_state)


def case_a_subclass_of_other_values() -> None:
    Application(info=Texts()).ws_router.add("/", of_texts)  # FP mypy pyright basedpyright ty pyrefly zuban


def case_the_subclasses_of_the_library() -> None:
    Application(info=Counter[str]()).ws_router.add("/", of_counter)
    Application(info=defaultdict[str, list[str]](list)).ws_router.add("/", of_lists)
    Application(info=OrderedDict[str, int]()).ws_router.add("/", of_ordered)
    visits: Counter[str] = Counter()
    Application(info=visits).ws_router.add("/", of_counter)
    rooms: defaultdict[str, list[str]] = defaultdict(list)
    Application(info=rooms).ws_router.add("/", of_lists)


def case_the_subclasses_of_the_library_without_their_types() -> None:
    Application(info=Counter())  # FP pyright basedpyright
    Application(info=defaultdict(list))  # FP pyright basedpyright


def case_a_typed_dict() -> None:
    Application(info=Config(size=1)).ws_router.add("/", of_config)
    config: Config = {"size": 1}
    Application(info=config).ws_router.add("/", of_config)


def case_a_display_of_a_typed_dict() -> None:
    application: Application[Config] = Application(info={"size": 1})  # FP mypy pyright basedpyright ty pyrefly zuban
    application.ws_router.add("/", of_config)
    Application[Config](info={"size": 1}).ws_router.add("/", of_config)  # FP mypy
