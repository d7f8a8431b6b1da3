"""A store for many workers on many machines: history in Redis, news by its publish and subscribe."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import redis.asyncio
from redis.exceptions import RedisError

from .schema import Entry
from .store import Deliver, StoreError

CHANNELS = "chat:news:"
SECONDS_KEPT = 30 * 24 * 3600
SECONDS_KEY_KEPT = 3600
DEADLINE = 10.0
PAUSE = 0.5

# A script runs as one step: no other worker's post comes between its number, its place in the history and its news.
APPEND = """
local number, history, key = KEYS[1], KEYS[2], KEYS[3]
local channel, body, length, kept, key_kept = unpack(ARGV)
if not redis.call('SET', key, '', 'NX', 'EX', key_kept) then
    return 0
end
local now = redis.call('TIME')
redis.call('SET', number, string.format('%s%03d', now[1], math.floor(now[2] / 1000)), 'NX')
local id = string.format('%.0f', redis.call('INCR', number))
redis.call('XADD', history, 'MAXLEN', length, id .. '-0', 'body', body)
redis.call('EXPIRE', number, kept)
redis.call('EXPIRE', history, kept)
redis.call('PUBLISH', channel, id .. ' ' .. body)
return 1
"""


class RedisStore:
    """Keeps the posts in Redis, which every worker can reach."""

    def __init__(self, url: str, history: int) -> None:
        """Use the Redis at this address, and keep so many posts of each room."""
        library: Any = redis.asyncio  # whose types are true in part only
        self._redis = library.Redis.from_url(url, socket_connect_timeout=DEADLINE, socket_keepalive=True)
        self._history = history

    async def append(self, room: str, key: str, body: bytes) -> None:
        """Keep and publish a post."""
        names = [f"chat:{{{room}}}:{name}" for name in ("number", "history", f"key:{key}")]
        values = [CHANNELS + room, body, self._history, SECONDS_KEPT, SECONDS_KEY_KEPT]
        with _told_as_store_error():
            async with asyncio.timeout(DEADLINE):
                await self._redis.eval(APPEND, len(names), *names, *values)

    async def history(self, room: str, after: int) -> list[Entry]:
        """Return the posts after this id."""
        with _told_as_store_error():
            async with asyncio.timeout(DEADLINE):
                kept = await self._redis.xrange(f"chat:{{{room}}}:history", min=f"({after}-0")
        return [Entry(int(id.partition(b"-")[0]), fields[b"body"]) for id, fields in kept]

    @asynccontextmanager
    async def delivering(self, deliver: Deliver, missed: Callable[[], None]) -> AsyncGenerator[None]:
        """Subscribe to the news of all rooms."""
        with _told_as_store_error():
            await self._redis.ping()
        subscribed = asyncio.Event()
        listening = asyncio.create_task(self._listen(deliver, missed, subscribed))
        try:
            with _told_as_store_error():
                async with asyncio.timeout(DEADLINE):
                    await subscribed.wait()
            yield
        finally:
            listening.cancel()
            await asyncio.wait([listening])
            await self._redis.aclose()

    async def _listen(self, deliver: Deliver, missed: Callable[[], None], subscribed: asyncio.Event) -> None:
        while True:
            try:
                async with self._redis.pubsub() as news:
                    await news.psubscribe(CHANNELS + "*")
                    async for message in news.listen():
                        await self._take(message, deliver, missed, subscribed)
            except (RedisError, OSError):
                await asyncio.sleep(PAUSE)

    async def _take(
        self, message: dict[str, Any], deliver: Deliver, missed: Callable[[], None], subscribed: asyncio.Event
    ) -> None:
        if message["type"] == "pmessage":
            id, _, body = message["data"].partition(b" ")
            deliver(message["channel"].decode().removeprefix(CHANNELS), Entry(int(id), body))
        elif subscribed.is_set():
            # Subscribed once more, so the connection had been lost, and the idle ones with it.
            await self._redis.connection_pool.disconnect(inuse_connections=False)
            missed()
        else:
            subscribed.set()


@contextmanager
def _told_as_store_error() -> Generator[None]:
    try:
        yield
    except (RedisError, OSError) as error:  # TimeoutError is an OSError
        raise StoreError(f"Redis cannot be reached: {error!r}") from error
