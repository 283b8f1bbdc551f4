"""Runs one engine on one workload once, and says what it took."""

import json
import resource
import tempfile
from pathlib import Path

from .programs import BENCHMARKS, MODELS, run

PEERS = BENCHMARKS / "peers"


def rehearse(programs, scenario, cases=None, replications=1, threads=1, seed=None, log=None,
             max_cases_inside=None, figures=False):
    """`rehearse simulate` on a scenario; with `figures` its results are under that name.

    User and system seconds are of the whole process; `processor_seconds` of the run phase.
    """
    with tempfile.TemporaryDirectory() as folder:
        timing, output = Path(folder) / "timing.json", Path(folder) / "figures.json"
        command = [programs.rehearse, "simulate", scenario, "--replications", replications,
                   "--threads", threads, "--timing", timing, "--format", "json", "--output", output]
        if cases is not None:
            command += ["--set", f"clock.horizon={cases} cases"]
        if seed is not None:
            command += ["--seed", seed]
        if log is not None:
            command += ["--log", log]
        if max_cases_inside is not None:
            command += ["--max-cases-inside", max_cases_inside]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        measured = json.loads(timing.read_text())
        text = output.read_bytes()
    phases = measured["phases"]
    result = {
        "engine": "rehearse", "cases": measured["cases"], "activities": measured["activities"],
        "events": measured["events"], "processor_seconds": phases["run"]["processor_seconds"],
        "wall_seconds": phases["run"]["wall_seconds"],
        "user_seconds": after.ru_utime - before.ru_utime,
        "write_processor_seconds": phases["write"]["processor_seconds"],
        "all_processor_seconds": sum(phase["processor_seconds"] for phase in phases.values()),
        "peak_memory_bytes": measured["peak_memory_bytes"], "bytes": text,
    }
    if figures:
        result["figures"] = json.loads(text)
    return result


def limit(programs, workload, cases, seed=42, threads=1, native=False):
    program = programs.limit_native if native else programs.limit
    return json.loads(run([program, workload, cases, seed, threads]))


def simpy(programs, workload, cases, seed=42):
    return json.loads(run([programs.peers, PEERS / "simpy_peer.py", workload, cases, seed]))


def ciw(programs, workload, cases, seed=42):
    return json.loads(run([programs.peers, PEERS / "ciw_peer.py", workload, cases, seed]))


def prosimos(programs, model, cases, start, seed=42, log=None):
    command = [programs.prosimos, PEERS / "prosimos_peer.py", MODELS / f"{model}.bpmn",
               MODELS / f"{model}.json", cases, seed, start]
    if log is not None:
        command.append(log)
    # Prosimos prints warnings of its own before our line.
    return json.loads(run(command).splitlines()[-1])


def rate(measured):
    """Cases per processor second."""
    return measured["cases"] / measured["processor_seconds"]
