"""Faults in sending: WS-SERVER-33, 34 and 36."""

import asyncio
from typing import Any

from wsproto.events import TextMessage

from .fault import fails
from .server import Healthy


@fails("WS-SERVER-33", waits=True)
class BuffersWithoutLimit(Healthy):
    """A send never waits for the client, as with daphne 4.2."""

    def pause_writing(self) -> None:
        """Go on."""


@fails("WS-SERVER-34")
class CompressesBeforeItWaits(Healthy):
    """The compressor remembers a message that a cancelled send did not write, as with hypercorn 0.18."""

    async def send(self, message: Any) -> None:
        if not message.get("text") or self.transport.is_closing():
            await super().send(message)
            return
        await self.writable.wait()
        data = self.conn.send(TextMessage(message["text"]))
        await asyncio.sleep(0)
        self.transport.write(data)


@fails("WS-SERVER-34")
class LeavesHalfAMessage(Healthy):
    """A send that is cancelled has begun to write its frame."""

    async def send(self, message: Any) -> None:
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.transport.write(b"\x81\x7dhalf")
            raise
        await super().send(message)


@fails("WS-SERVER-36", waits=True)
class ShieldsItsSend(Healthy):
    """A send that waits cannot be cancelled, as with hypercorn 0.18 on trio."""

    async def send(self, message: Any) -> None:
        sending = asyncio.create_task(super().send(message))
        while not sending.done():
            try:
                await asyncio.shield(sending)
            except asyncio.CancelledError:
                if sending.done():
                    raise
