"""Every measurement of `make bench`, run in rounds so that a change of the machine's mood hits all alike."""

import csv
import datetime
import statistics
import tempfile
from pathlib import Path

from . import agreement, engines
from .programs import BUILD, MODELS, run

# Cases of one run: slow engines play fewer, and all are compared by cases per processor second.
CASES = {
    ("rehearse", "w1"): 3_000_000, ("limit", "w1"): 10_000_000, ("simpy", "w1"): 200_000,
    ("simpy", "w1_store"): 300_000, ("ciw", "w1"): 50_000,
    ("rehearse", "w2"): 3_000_000, ("limit", "w2"): 10_000_000, ("simpy", "w2"): 200_000,
    ("rehearse", "w3"): 1_000_000, ("limit", "w3"): 1_000_000, ("limit native", "w3"): 1_000_000,
    ("simpy", "w3"): 30_000, ("ciw", "w3"): 5_000,
    ("rehearse", "w4"): 10_000, ("rehearse", "w4_log"): 10_000,
    ("prosimos", "w4"): 10_000, ("prosimos", "w4_log"): 10_000,
}
# 10,000 cases of W4 take Rehearse some hundredths of a second: so many replications are one run.
W4_REPLICATIONS = 20
# Prosimos begins inside its arrival calendar; Rehearse's first case comes when that opens.
W4_START = "2026-01-05T08:00:00+00:00"


class Suite:
    """Measurements so far: a list of runs by (engine, workload)."""

    def __init__(self, programs, scale=1.0, workloads=None):
        self.programs = programs
        self.scale = scale
        self.compared = [
            (engine, workload) for engine, workload in CASES
            if not workloads or workload.partition("_")[0] in workloads]
        self.runs = {}
        self.w4 = None

    def cases(self, engine, workload):
        return max(100, int(CASES[engine, workload] * self.scale))

    # What is measured in every round

    def round(self, seed):
        """One run of everything that is compared by speed."""
        for engine, workload in self.compared:
            if workload.startswith("w4") and engine == "rehearse" and self.w4 is None:
                self.import_w4()
            measured = self.measure(engine, workload, seed)
            measured.pop("bytes", None)
            measured["rate"] = engines.rate(measured)
            self.runs.setdefault((engine, workload), []).append(measured)
            print(f"  {engine:13} {workload:9} {measured['rate']:>14,.0f} cases/s", flush=True)

    def measure(self, engine, workload, seed):
        programs, cases = self.programs, self.cases(engine, workload)
        if engine == "rehearse":
            if workload == "w4":
                return self.rehearse_w4(seed)
            if workload == "w4_log":
                with tempfile.TemporaryDirectory() as folder:
                    return self.rehearse_w4(seed, log=Path(folder) / "log.csv")
            return engines.rehearse(programs, MODELS / f"{workload}.yaml", cases=cases, seed=seed)
        if engine == "prosimos":
            with tempfile.TemporaryDirectory() as folder:
                log = Path(folder) / "log.csv" if workload == "w4_log" else None
                measured = engines.prosimos(programs, "w4", cases, W4_START, seed=seed, log=log)
                if log is not None:
                    measured["times"] = prosimos_times(log)
                return measured
        if engine == "simpy":
            return engines.simpy(programs, workload, cases, seed)
        if engine == "ciw":
            return engines.ciw(programs, workload, cases, seed)
        return engines.limit(programs, workload, cases, seed, native=engine == "limit native")

    def import_w4(self):
        """Makes the scenario of W4 of the very files that Prosimos reads."""
        self.w4 = BUILD / "w4.yaml"
        run([self.programs.rehearse, "scenario", "import", MODELS / "w4.json", "--bpmn",
             MODELS / "w4.bpmn", "--output", self.w4])

    def rehearse_w4(self, seed, log=None, figures=False):
        measured = engines.rehearse(
            self.programs, self.w4, cases=self.cases("rehearse", "w4"), seed=seed, log=log,
            replications=W4_REPLICATIONS, figures=figures)
        if log is not None:
            # The log is written while the run goes on, and put together after it.
            measured["processor_seconds"] += measured["write_processor_seconds"]
        return measured

    # What is measured once

    def threads(self, runs=3):
        """Two replications on one and on two threads, beside the limit's own gain, and their bytes."""
        cases = int(500_000 * self.scale)
        gains, limits, same = [], [], True
        for seed in range(1, runs + 1):
            one, two = (
                engines.rehearse(self.programs, MODELS / "w3.yaml", cases=cases, replications=2,
                                 threads=threads, seed=seed) for threads in (1, 2))
            same = same and one["bytes"] == two["bytes"]
            gains.append(one["wall_seconds"] / two["wall_seconds"])
            single, double = (
                engines.limit(self.programs, "w3", cases, seed, threads=threads)
                for threads in (1, 2))
            limits.append(2 * single["wall_seconds"] / double["wall_seconds"])
        return {"gain": statistics.median(gains), "limit_gain": statistics.median(limits),
                "identical_bytes": same, "runs": gains, "limit_runs": limits}

    def log(self, runs=5):
        """What the event log adds to an activity of W3, in microseconds."""
        cases, costs = int(200_000 * self.scale), []
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(1, runs + 1):
                plain = engines.rehearse(
                    self.programs, MODELS / "w3.yaml", cases=cases, seed=seed)
                logged = engines.rehearse(
                    self.programs, MODELS / "w3.yaml", cases=cases, seed=seed,
                    log=Path(folder) / "log.csv")
                added = logged["all_processor_seconds"] - plain["all_processor_seconds"]
                costs.append(added / logged["activities"] * 1e6)
        return {"microseconds_per_activity": statistics.median(costs), "runs": costs}

    def memory(self):
        """Peak memory of W3 in one replication, for a hundred times as many cases."""
        few, many = int(100_000 * self.scale), int(10_000_000 * self.scale)
        peaks = {
            cases: engines.rehearse(self.programs, MODELS / "w3.yaml", cases=cases)
            ["peak_memory_bytes"] for cases in (few, many)}
        return {"cases": [few, many], "peak_bytes": [peaks[few], peaks[many]],
                "growth": peaks[many] / peaks[few] - 1}

    def backlog(self):
        """Time of an event while tickets pile up: user seconds, as the kernel's are for new memory."""
        result = {"waiting": [], "nanoseconds_per_event": [], "peak_bytes": []}
        for tickets in (int(1_000_000 * self.scale), int(10_000_000 * self.scale)):
            measured = engines.rehearse(
                self.programs, MODELS / "backlog.yaml", cases=tickets,
                max_cases_inside=2 * tickets)
            result["waiting"].append(tickets)
            result["nanoseconds_per_event"].append(
                measured["user_seconds"] / measured["events"] * 1e9)
            result["peak_bytes"].append(measured["peak_memory_bytes"])
        result["slowdown"] = (
            result["nanoseconds_per_event"][1] / result["nanoseconds_per_event"][0])
        return result

    def agreement(self, replications=10):
        """Means of the same model in two programs."""
        rows = []
        for workload, cases, name in (
                ("w2", 100_000, "M/M/10: time in system"),
                ("w3", 30_000, "W3: cycle time"),
                ("shifts", 50_000, "shifts: cycle time")):
            cases = int(cases * self.scale)
            others = [engines.simpy(self.programs, workload, cases, seed)
                      for seed in range(1, replications + 1)]
            ours = engines.rehearse(
                self.programs, MODELS / f"{workload}.yaml", cases=cases,
                replications=4 * replications, threads=2, figures=True)["figures"]
            rows.append(agreement.compare(
                name, "min",
                agreement.Mean.of_estimate(ours["cases"]["timeToCompletion"], 60),
                agreement.Mean.of([other["mean_time"] for other in others]), "simpy"))
            if workload == "w3":
                tickets = next(row for row in ours["work"] if row["kind"] == "ticket")
                rows.append(agreement.compare(
                    "W3: tickets a case", "1", agreement.Mean.of_estimate(tickets["perCase"]),
                    agreement.Mean.of([other["tickets"] / other["cases"] for other in others]),
                    "simpy"))
        return rows + self.agreement_w4()

    def agreement_w4(self):
        logged = self.runs.get(("prosimos", "w4_log"), [])
        if len(logged) < 2:
            return []
        ours = self.rehearse_w4(seed=1, figures=True)["figures"]["cases"]
        names = {"cycle": "timeToCompletion", "waiting": "waiting", "processing": "processing"}
        return [
            agreement.compare(
                f"W4: {name} time a case", "h", agreement.Mean.of_estimate(ours[key]),
                agreement.Mean.of([measured["times"][name] for measured in logged]), "prosimos")
            for name, key in names.items()]

    def twenty_cases(self):
        """The rows of both programs' logs of a run without chance that are the same to the microsecond."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            scenario, ours, theirs = folder / "w4.yaml", folder / "ours.csv", folder / "theirs.csv"
            run([self.programs.rehearse, "scenario", "import", MODELS / "w4-20-cases.json",
                 "--bpmn", MODELS / "w4-20-cases.bpmn", "--cases", 20, "--output", scenario])
            engines.rehearse(self.programs, scenario, log=ours)
            engines.prosimos(
                self.programs, "w4-20-cases", 20, "2026-01-05T09:00:00+00:00", log=theirs)
            # Prosimos counts cases from 0, Rehearse from 1.
            first = log_rows(ours, 1, "enabled", "started", "finished")
            second = log_rows(theirs, 0, "enable_time", "start_time", "end_time")
        return {"rows": len(second),
                "identical": sum(first.get(key) == times for key, times in second.items())}

    def w3(self):
        """W3's own answers over a million cases."""
        cases = int(1_000_000 * self.scale)
        figures = engines.rehearse(
            self.programs, MODELS / "w3.yaml", cases=cases, replications=2, threads=2,
            figures=True)["figures"]
        tickets = next(row for row in figures["work"] if row["kind"] == "ticket")
        return {"cases": 2 * cases,
                "cycle_minutes": figures["cases"]["timeToCompletion"]["mean"] * 60,
                "tickets_per_case": tickets["perCase"]["mean"]}


def log_rows(log, first_case, *columns):
    """Instants of a log's rows in seconds, by case, counted from 0, and activity."""
    rows = {}
    with open(log, newline="") as lines:
        for row in csv.DictReader(lines):
            rows[int(row["case_id"]) - first_case, row["activity"]] = tuple(
                round(datetime.datetime.fromisoformat(row[column]).timestamp(), 6)
                for column in columns)
    return rows


def prosimos_times(log):
    """Hours a case of a Prosimos log: cycle, waiting and processing, by the definitions of the docs."""
    first, last, waiting, processing = {}, {}, 0.0, 0.0
    with open(log, newline="") as lines:
        for row in csv.DictReader(lines):
            enabled, started, ended = (
                datetime.datetime.fromisoformat(row[column]).timestamp()
                for column in ("enable_time", "start_time", "end_time"))
            case = row["case_id"]
            first[case] = min(first.get(case, enabled), enabled)
            last[case] = max(last.get(case, ended), ended)
            waiting += started - enabled
            processing += ended - started
    count = len(first)
    cycle = sum(last[case] - first[case] for case in first)
    return {name: value / count / 3600
            for name, value in (("cycle", cycle), ("waiting", waiting), ("processing", processing))}
