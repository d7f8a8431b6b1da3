"""What a peer may offer beyond every peer, in a wrong form."""

from bareasgi_ws.conformance import SupportsInject, SupportsWrite, Peer, SupportsCancelled
from bareasgi_ws.testing import Client


class ReportsAtOnce:
    def cancelled(self) -> bool:
        return True


class ReportsByText:
    async def cancelled(self) -> str:
        return "yes"


reports_at_once: SupportsCancelled = ReportsAtOnce()  # E
reports_by_text: SupportsCancelled = ReportsByText()  # E


async def how_it_ended(reports: SupportsCancelled) -> None:
    await reports.cancelled(1)  # E
    (await reports.cancelled()).nothing  # E


async def how_it_ended_without_await(reports: SupportsCancelled) -> None:
    reports.cancelled()  # E


class SendsOnly:
    async def send(self, content: bytes | str) -> None: ...


class WritesAtOnce:
    def write(self, data: bytes) -> None: ...


class WritesText:
    async def write(self, data: str) -> None: ...


class WritesWhatCanBeChanged:
    async def write(self, data: bytearray) -> None: ...


class WritesAndCounts:
    async def write(self, data: bytes) -> int:
        return len(data)


class WritesNothing:
    async def write(self) -> None: ...


class WritesFrames:
    async def write(self, data: bytes, opcode: int) -> None: ...


class WritesByPosition:
    async def write(self, data: bytes, /) -> None: ...


class WritesByName:
    async def write(self, *, data: bytes) -> None: ...


class WritesOtherNames:
    async def write(self, frames: bytes) -> None: ...


class HasWritten:
    write: bytes = b""


sends_only: SupportsWrite = SendsOnly()  # E
writes_at_once: SupportsWrite = WritesAtOnce()  # E
writes_text: SupportsWrite = WritesText()  # E
writes_what_can_be_changed: SupportsWrite = WritesWhatCanBeChanged()  # E
writes_and_counts: SupportsWrite = WritesAndCounts()  # E
writes_nothing: SupportsWrite = WritesNothing()  # E
writes_frames: SupportsWrite = WritesFrames()  # E
writes_by_position: SupportsWrite = WritesByPosition()  # E !mypy
writes_by_name: SupportsWrite = WritesByName()  # E
writes_other_names: SupportsWrite = WritesOtherNames()  # E !mypy
has_written: SupportsWrite = HasWritten()  # E
of_the_class: SupportsWrite = WritesAndCounts  # E
SupportsWrite()  # E


async def what_it_writes(writes: SupportsWrite) -> None:
    await writes.write("")  # E
    await writes.write(1)  # E
    await writes.write([0x81, 0])  # E
    await writes.write(None)  # E
    await writes.write()  # E
    await writes.write(b"", True)  # E
    await writes.write(content=b"")  # E
    await writes.send(b"")  # E
    writes.write(b"")  # E


async def what_writing_gives(writes: SupportsWrite) -> None:
    written: int = await writes.write(b"")  # E
    (await writes.write(b"")).nothing  # E
    print(written)


def what_writes_is_no_peer(writes: SupportsWrite) -> None:
    peer: Peer = writes  # E
    print(peer)


async def whether_it_writes_was_not_asked(peer: Peer, client: Client) -> None:
    of_a_peer: SupportsWrite = peer  # E
    of_a_client: SupportsWrite = client  # E
    await client.write(b"")  # E
    print(of_a_peer, of_a_client)


async def another_was_asked_for(peer: Peer) -> None:
    if isinstance(peer, SupportsInject):
        await peer.write(b"")  # E


async def asked_for_and_not_there(peer: Peer) -> None:
    if not isinstance(peer, SupportsWrite):
        await peer.write(b"")  # E


async def asked_for_and_used_wrongly(peer: Peer) -> None:
    if isinstance(peer, SupportsWrite):
        await peer.write("")  # E
        peer.write(b"")  # E !zuban
