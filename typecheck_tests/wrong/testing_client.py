"""The client's end, used wrongly."""

from bareasgi_ws.testing import Client, Handshake

Client()  # E
Client(None)  # E
Client(None, "1")  # E


async def steps(client: Client) -> None:
    await client.handshake(1)  # E
    await client.send(1)  # E
    await client.send()  # E
    await client.receive(1)  # E
    await client.close("1000")  # E
    await client.close(1000, b"reason")  # E
    await client.close(1000, None)  # E
    await client.close(status=1000)  # E
    await client.drop(1006)  # E
    await client.server_error(1)  # E
    client.pause(1)  # E
    client.resume(1)  # E
    client.inject("event")  # E
    client.inject({1: 2})  # E
    client.inject()  # E
    client.cancel(1)  # E
    await client.cancelled(1)  # E
    (await client.cancelled()).nothing  # E
    await client.accept()  # E


async def not_awaited(client: Client) -> None:
    client.handshake()  # E
    client.send("text")  # E
    client.receive()  # E
    client.close()  # E
    client.drop()  # E
    client.server_error()  # E


async def awaited(client: Client) -> None:
    await client.pause()  # E
    await client.resume()  # E
    await client.inject({})  # E
    await client.cancel()  # E


async def text_without_looking(client: Client) -> None:
    print("You said: " + await client.receive())  # E


async def a_handshake_without_await(client: Client) -> None:
    print(client.handshake().status)  # E


async def an_error_without_looking(client: Client) -> None:
    print((await client.server_error()).splitlines())  # E


def attributes(client: Client) -> None:
    client.code = 1000  # E
    client.reason = "reason"  # E
    client.reported = {}  # E
    print(client.code())  # E
    print(client.state)  # E


def a_code_of_none(client: Client) -> None:
    print(client.code + 1)  # E


def a_reason_of_none(client: Client) -> None:
    print(client.reason.upper())  # E


def an_event_of_none(client: Client) -> None:
    print(client.reported["code"])  # E


def an_event_written(client: Client) -> None:
    if client.reported:
        client.reported["code"] = 1  # E


def a_handshake(handshake: Handshake) -> None:
    handshake.status = 101  # E
    print(handshake.code)  # E
    print(handshake.body + "")  # E
    print(handshake.status + "")  # E
    print(handshake.subprotocol.upper())  # E
    print(handshake.headers[b"host"])  # E


Handshake(101, [], None)  # E
Handshake("101", [], None, b"")  # E
Handshake(101, {}, None, b"")  # E
Handshake(101, [("host", "")], None, b"")  # E
Handshake(101, [], b"chat", b"")  # E
Handshake(101, [], None, "")  # E
Handshake(101, [], None, None)  # E
