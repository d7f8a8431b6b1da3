"""What a real server is given to serve: a handler for each stage at which it may end."""

import asyncio

import anyio
import anyio.lowlevel

from bareasgi_ws import Application, Info, RouteMatches, Scope, SupportsDenial, WebSocket, messages

application = Application()
on = application.on_ws_request


@on("/echo")
async def echo(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    async for message in messages(web_socket):
        await web_socket.send(message)


@on("/tutorial", content=str)
async def tutorial(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket[str]) -> None:
    await web_socket.accept()
    while (text := await web_socket.receive()) is not None:
        await web_socket.send("You said: " + text)
    await web_socket.close()


@on("/impatient")
async def impatient(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    """Echo, with many a receive that is cancelled before a message comes, or as it comes."""
    await web_socket.accept()
    received: list[bytes | str | None] = []

    async def receive() -> None:
        received.append(await web_socket.receive())

    while None not in received:
        for turns in range(6):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(receive)
                for _ in range(turns):
                    await anyio.lowlevel.checkpoint()
                tasks.cancel_scope.cancel()
        while received and received[0] is not None:
            await web_socket.send(received.pop(0) or "")


@on("/both")
async def closes_while_it_waits(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    waiting = anyio.Event()

    async def receive() -> None:
        waiting.set()
        await web_socket.receive()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(receive)
        await waiting.wait()
        await anyio.lowlevel.checkpoint()
        await web_socket.close(3000)


@on("/raises/open")
async def raises_open(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    raise LookupError("raised while open")


@on("/cancelled/{when}")
async def awaits_a_cancelled_future(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    if matches["when"] == "open":
        await web_socket.accept()
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


@on("/denies/twice")
async def denies_with_a_header_twice(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    if isinstance(web_socket, SupportsDenial):
        await web_socket.deny(401, [(b"x-one", b"1"), (b"x-one", b"2")], b"no entry")


@on("/denies/cookies")
async def denies_with_two_cookies(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    if isinstance(web_socket, SupportsDenial):
        await web_socket.deny(401, [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")])


@on("/closes/{code:int}")
async def closes(scope: Scope, info: Info, matches: RouteMatches, web_socket: WebSocket) -> None:
    await web_socket.accept()
    await web_socket.close(matches["code"])
