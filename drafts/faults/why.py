import sys, anyio, run, logging
from functools import partial
from bareasgi_ws.conformance import run as kit
logging.getLogger("asyncio").setLevel(99)
r=anyio.run(partial(kit, run.everything()[sys.argv[1]], deadline=0.5, select=sys.argv[2:]))
for x in r.results:
    if x.outcome.value in ("fail","non-strict"):
        print(x.requirement.id, x.step,"|", x.expected,"|", x.actual)
        for s in x.steps: print("   ", round(s.began,3), round(s.ended,3), s.connection, s.side, s.action[:100], "->", str(s.result)[:100])
