#!/usr/bin/env python3
"""Measures the workbench in the browser, over loopback and with nothing but Python.

    benchmarks/workbench.py pages   [--program .build/release/rehearse] [--systems 5000]
    benchmarks/workbench.py readers [--program .build/release/rehearse] [--readers 200] [--seconds 60]

`pages` makes a register of so many systems with owners, connections and gaps, imports it, and asks for
each page as a browser does: the first answer (which may say that the page is being computed), when the page
itself was there, and the slowest of five more, with its size.

`readers` serves the sample estate while a study computes all the time, and lets so many readers go from
page to page, each on a connection of its own with a pause of one second on average between an answer and
the next question. It prints how many pages they had, quantiles of the time from question to last byte,
failures, and the memory of the server at the beginning and at its most. A study keeps its replications
while it runs, so what one of them takes is measured first, without readers, and taken off: the rest is
what readers cost.

Both print one line of JSON last, and end with 1 where a bound is missed: a page over 500 ms, readers
over 300 ms at the 99th percentile, any failure, or readers that cost more than 300 MiB.
"""

import argparse
import asyncio
import csv
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from serving import Server  # noqa: E402
SAMPLE = ROOT / "inventories" / "meridian-bank"
HEAD = ["System", "Kind", "Technology", "Purpose", "Owner", "Team", "Integrates with", "Failure rate",
        "Volume", "Human involvement", "Status", "Criticality"]
PRODUCTS = [("rpa", "UiPath"), ("rpa", "Blue Prism"), ("workflow", "Camunda"), ("workflow", "ServiceNow"),
            ("agent", "Copilot Studio"), ("script", "Python"), ("rules", "Drools")]
TARGETS = ["SAP", "Salesforce", "Core Banking", "Outlook", "SharePoint", "Workday", "Oracle", "CRM"]
VERBS = ["Approve", "Post", "Check", "Match", "Archive", "Screen", "Notify", "Reconcile", "Open"]
NOUNS = ["Invoice", "Claim", "Order", "Application", "Account", "Refund", "Contract", "Ticket"]
STUDY = """
rehearse: 1
title: A study that lasts
bpmn: flow.bpmn
clock: { start: 2026-01-05, horizon: 26 weeks, start_state: empty }
calendars: { office: mon-fri 08:00-16:00 }
demand: { arrivals: { rate: 100 per working day } }
teams: { clerks: { people: 3, cost: 40 EUR/h } }
activities: { task: { team: clerks, time: exponential mean 12 min } }
automations:
  robot: { kind: rpa, runners: 4, time: 1 min, failure: 10 %, price: 1 EUR per run }
variants:
  as-is: { title: By hand }
  robot: { title: By a robot, extends: as-is, assign: { robot: [task] } }
exhaustion: { watch: [clerks] }
experiment: { replications: 100000, seed: 3 }
"""
FLOW = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
<process id="one-task"><startEvent id="s" /><task id="task" /><endEvent id="e" />
<sequenceFlow id="f" sourceRef="s" targetRef="task" />
<sequenceFlow id="g" sourceRef="task" targetRef="e" /></process></definitions>
"""


class Reader:
    """A connection that is kept, and asks for one thing after the other."""

    def __init__(self, port):
        self.port = port
        self.streams = None
        self.cookie = None

    async def ask(self, path, method="GET", body=b"", headers=()):
        """Status, bytes of the body, and seconds to its last byte."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 26)
        reader, writer = self.streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: text/html"]
        lines += list(headers)
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if method != "GET":
            lines.append(f"Content-Length: {len(body)}")
        begun = time.perf_counter()
        writer.write("\r\n".join(lines + ["", ""]).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        session = re.search(r"(?im)^set-cookie: *([^;\r]+)", head)
        if session:
            self.cookie = session[1]
        length = re.search(r"(?im)^content-length: *(\d+)", head)
        if length:
            content = await reader.readexactly(int(length[1]))
        else:
            content = b""
            while True:
                size = int(await reader.readline(), 16)
                content += (await reader.readexactly(size + 2))[:-2]
                if size == 0:
                    break
        return status, content, time.perf_counter() - begun

    def close(self):
        if self.streams:
            self.streams[1].close()


def write_register(path, count):
    """Systems that name one another, with the gaps that real lists have."""
    rng = random.Random(7)
    names = [f"{rng.choice(VERBS)} {rng.choice(NOUNS)} {number}" for number in range(count)]
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        for name in names:
            kind, product = rng.choice(PRODUCTS)
            team = f"Team {rng.randrange(60)}"
            others = rng.sample(names, rng.randrange(3)) + rng.sample(TARGETS, rng.randrange(3))
            rows.writerow([
                name, kind, product, f"Does {name.lower()}",
                rng.choice([f"Owner {rng.randrange(300)}", ""]), team, "; ".join(others),
                rng.choice([f"{rng.randrange(1, 90) / 10} %", ""]),
                rng.choice([f"{rng.randrange(1, 5000)} per month", ""]),
                rng.choice([f"{team} approves", ""]), "production", rng.choice(["high", "low", ""])])
    return names


async def measure_pages(program, count, folder):
    """Times of every page over a large estate."""
    names = write_register(folder / "register.csv", count)
    workspace = str(folder / "workspace.sqlite")
    begun = time.perf_counter()
    subprocess.run([program, "import", str(folder / "register.csv"), "--workspace", workspace],
                   check=True, stdout=subprocess.DEVNULL)
    print(f"import of {count} systems: {time.perf_counter() - begun:.1f} s")
    name = names[1234 % count].replace(" ", "%20")
    paths = ["/estate", "/estate?page=40", "/estate?q=invoice", "/estate?missing=owner&sort=owner",
             f"/estate/system?name={name}", "/estate/corrections", "/import", "/map",
             f"/map?system={name}", "/map?team=Team%207", "/audit", "/audit?page=9",
             "/audit?severity=high&order=cost", "/scenarios", "/studies", "/jobs",
             "/api/v1/systems?page=3", f"/api/v1/system?name={name}", "/api/v1/completeness",
             "/api/v1/openapi.json"]
    server = Server(program, workspace)
    worst = 0.0
    try:
        reader = Reader(server.port)
        for path in paths:
            begun = time.perf_counter()
            status, content, seconds = await reader.ask(path)
            first = seconds * 1000
            # As a browser does with a page that says it is being computed.
            while status == 202:
                await asyncio.sleep(1)
                status, content, seconds = await reader.ask(path)
                first = max(first, seconds * 1000)
            there = time.perf_counter() - begun
            times = []
            for _ in range(5):
                status, content, seconds = await reader.ask(path)
                times.append(seconds * 1000)
            worst = max([worst, *times] + ([] if path.startswith("/api/") else [first]))
            print(f"{path:44} {status} first answer {first:6.0f} ms, the page after {there:4.1f} s, then at most "
                  f"{max(times):5.0f} ms, {len(content) / 1024:6.0f} KiB")
        print(f"memory {server.memory():.0f} MiB")
        return {"systems": count, "slowest_ms": round(worst), "memory_mib": round(server.memory())}
    finally:
        server.end()


async def measure_readers(program, count, seconds, folder):
    """Times of pages for many readers while a study computes."""
    workspace = str(folder / "workspace.sqlite")
    subprocess.run([program, "import", str(SAMPLE), "--workspace", workspace], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    scenarios = folder / "workspace.files" / "scenarios"
    scenarios.mkdir(parents=True)
    (scenarios / "flow.bpmn").write_text(FLOW)
    (scenarios / "long.yaml").write_text(STUDY)
    server = Server(program, workspace)
    try:
        asker = Reader(server.port)
        json_type = ["Content-Type: application/json"]
        # A short study first, so that there is a report to read.
        for replications in ("20", "100000"):
            status, content, _ = await asker.ask(
                "/api/v1/studies", "POST",
                json.dumps({"scenario": "long", "replications": replications}).encode(), json_type)
            assert status == 202, content
            job = json.loads(content)["id"]
            for _ in range(600):
                state = json.loads((await asker.ask(f"/api/v1/jobs/{job}"))[1])
                if state["state"] == "done" or state["done"] > 0 and replications != "20":
                    break
                await asyncio.sleep(0.1)
        paths = ["/estate", "/estate?q=agent", "/estate/system?name=KYC%20Screening%20Bot", "/map",
                 "/audit", "/audit?severity=high", "/scenarios", "/scenarios/long", "/studies",
                 "/studies/1", "/jobs", f"/jobs/{job}", "/import", "/api/v1/systems", "/api/v1/jobs"]
        for path in paths:
            status = 202
            while status == 202:
                status, content, _ = await asker.ask(path)
            assert status == 200, f"{path}: {status}"
        async def done():
            return json.loads((await asker.ask(f"/api/v1/jobs/{job}"))[1])["done"]

        alone, first = server.memory(), await done()
        await asyncio.sleep(seconds / 4)
        before = await done()
        start_memory, most_memory = server.memory(), 0.0
        of_replication = (start_memory - alone) / max(before - first, 1)
        times, failures, told = [], [], []
        by_path = {}
        end = time.perf_counter() + seconds

        async def read(number):
            rng = random.Random(number)
            reader = Reader(server.port)
            await asyncio.sleep(rng.random())
            while time.perf_counter() < end:
                path = rng.choice(paths)
                try:
                    status, _, took = await asyncio.wait_for(reader.ask(path), 30)
                except Exception as error:  # whatever happens to a reader is a failure
                    failures.append(f"{path}: {error!r}")
                    reader.close()
                    reader.streams = None
                    continue
                if status == 202:
                    told.append(path)
                    await asyncio.sleep(1)
                elif status != 200:
                    failures.append(f"{path}: {status}")
                times.append(took)
                by_path.setdefault(path, []).append(took)
                await asyncio.sleep(rng.uniform(0.5, 1.5))
            reader.close()

        async def watch():
            nonlocal most_memory
            while time.perf_counter() < end:
                most_memory = max(most_memory, server.memory())
                await asyncio.sleep(0.5)

        await asyncio.gather(watch(), *(read(number) for number in range(count)))
        after = json.loads((await asker.ask(f"/api/v1/jobs/{job}"))[1])
        times.sort()
        for path, own in sorted(by_path.items(), key=lambda item: -max(item[1])):
            own.sort()
            print(f"{path:44} {len(own):5} times, median {1000 * own[len(own) // 2]:5.0f} ms, "
                  f"99 % {1000 * own[int(len(own) * 0.99)]:5.0f} ms, most {1000 * own[-1]:5.0f} ms")
        for failure in failures[:10]:
            print(failure)
        return {
            "readers": count, "seconds": seconds, "pages": len(times), "failures": len(failures),
            "told_to_wait": len(told),
            "median_ms": round(1000 * times[len(times) // 2]),
            "p99_ms": round(1000 * times[int(len(times) * 0.99)]), "most_ms": round(1000 * times[-1]),
            "memory_start_mib": round(start_memory), "memory_most_mib": round(most_memory),
            "replications_meanwhile": round(after["done"] - before),
            "replication_kib": round(1024 * of_replication),
            "readers_mib": round(
                most_memory - start_memory - of_replication * (after["done"] - before)),
            "study": after["state"]}
    finally:
        server.end()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("what", choices=["pages", "readers"])
    arguments.add_argument("--program", default=str(ROOT / ".build" / "release" / "rehearse"))
    arguments.add_argument("--systems", type=int, default=5000)
    arguments.add_argument("--readers", type=int, default=200)
    arguments.add_argument("--seconds", type=int, default=60)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.what == "pages":
            found = asyncio.run(measure_pages(options.program, options.systems, pathlib.Path(folder)))
            missed = found["slowest_ms"] > 500
        else:
            found = asyncio.run(measure_readers(
                options.program, options.readers, options.seconds, pathlib.Path(folder)))
            missed = (found["p99_ms"] > 300 or found["failures"] > 0
                      or found["readers_mib"] > 300)
    print(json.dumps(found))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
