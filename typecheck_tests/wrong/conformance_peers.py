"""What a peer may offer beyond every peer, in a wrong form."""

from bareasgi_ws.conformance import ReportsCancellation


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
