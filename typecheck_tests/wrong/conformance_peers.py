"""What a peer may offer beyond every peer, in a wrong form."""

from bareasgi_ws.conformance import CanInject, CanWrite, Peer, ReportsCancellation
from bareasgi_ws.testing import Client


class ReportsAtOnce:
    def cancelled(self) -> bool:
        return True


class ReportsByText:
    async def cancelled(self) -> str:
        return "yes"


reports_at_once: ReportsCancellation = ReportsAtOnce()  # E
reports_by_text: ReportsCancellation = ReportsByText()  # E


async def how_it_ended(reports: ReportsCancellation) -> None:
    await reports.cancelled(1)  # E
    (await reports.cancelled()).nothing  # E


async def how_it_ended_without_await(reports: ReportsCancellation) -> None:
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


sends_only: CanWrite = SendsOnly()  # E
writes_at_once: CanWrite = WritesAtOnce()  # E
writes_text: CanWrite = WritesText()  # E
writes_what_can_be_changed: CanWrite = WritesWhatCanBeChanged()  # E
writes_and_counts: CanWrite = WritesAndCounts()  # E
writes_nothing: CanWrite = WritesNothing()  # E
writes_frames: CanWrite = WritesFrames()  # E
writes_by_position: CanWrite = WritesByPosition()  # E !mypy
writes_by_name: CanWrite = WritesByName()  # E
writes_other_names: CanWrite = WritesOtherNames()  # E !mypy
has_written: CanWrite = HasWritten()  # E
of_the_class: CanWrite = WritesAndCounts  # E
CanWrite()  # E


async def what_it_writes(writes: CanWrite) -> None:
    await writes.write("")  # E
    await writes.write(1)  # E
    await writes.write([0x81, 0])  # E
    await writes.write(None)  # E
    await writes.write()  # E
    await writes.write(b"", True)  # E
    await writes.write(content=b"")  # E
    await writes.send(b"")  # E
    writes.write(b"")  # E


async def what_writing_gives(writes: CanWrite) -> None:
    written: int = await writes.write(b"")  # E
    (await writes.write(b"")).nothing  # E
    print(written)


def what_writes_is_no_peer(writes: CanWrite) -> None:
    peer: Peer = writes  # E
    print(peer)


async def whether_it_writes_was_not_asked(peer: Peer, client: Client) -> None:
    of_a_peer: CanWrite = peer  # E
    of_a_client: CanWrite = client  # E
    await client.write(b"")  # E
    print(of_a_peer, of_a_client)


async def another_was_asked_for(peer: Peer) -> None:
    if isinstance(peer, CanInject):
        await peer.write(b"")  # E


async def asked_for_and_not_there(peer: Peer) -> None:
    if not isinstance(peer, CanWrite):
        await peer.write(b"")  # E


async def asked_for_and_used_wrongly(peer: Peer) -> None:
    if isinstance(peer, CanWrite):
        await peer.write("")  # E
        peer.write(b"")  # E !zuban
