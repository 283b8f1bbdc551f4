#!/usr/bin/env python3
"""Measures Rehearse against its peers and against what is possible on this machine.

Every engine plays the same workload in the same session, in rounds; speeds are cases per processor
second of the run phase, medians of the rounds. See docs/background/performance.md.
"""

import argparse
import json
import os
import sys
import time

from bench import programs, report, suite

FIGURES = ["threads", "log", "memory", "backlog", "w3", "twenty_cases", "agreement"]


def main():
    options = arguments()
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"bench: the machine is busy (load {load:.1f}); times will be worse than they could be",
              file=sys.stderr)
    found = programs.Programs(options.rehearse)
    measured = suite.Suite(found, scale=options.scale, workloads=options.workloads)
    began = time.time()
    for number in range(1, options.runs + 1):
        print(f"round {number} of {options.runs}", flush=True)
        measured.round(seed=number)
    result = {"load_before": load, "scale": options.scale, "versions": programs.versions(found)}
    for name in options.figures:
        measure = getattr(measured, name)
        print(f"measuring {name}", flush=True)
        result[name] = measure()
    rates = report.medians(measured)
    result["medians"] = rates
    result["ratios"] = report.ratios(rates, result.get("threads"))
    result["runs"] = {f"{engine} {workload}": runs
                      for (engine, workload), runs in measured.runs.items()}
    result["gates"] = [
        {"name": name, "measured": value, "target": target, "met": met}
        for name, value, target, met in report.gates(result)]
    result["seconds"] = time.time() - began
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    print(report.table(result))
    print(f"\nWritten to {options.output}")
    if options.accept:
        report.accept(result)
        print(f"Written to {report.BASELINE}")
    if options.document:
        report.document(result)
        print(f"Written to {report.PAGE}")
    missed = [gate["name"] for gate in result["gates"] if not gate["met"]]
    if missed and options.check:
        sys.exit(f"bench: missed: {', '.join(missed)}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="rounds (default: 5)")
    parser.add_argument("--scale", type=float, default=1.0,
                        help="share of the cases, to try the benchmark itself (default: 1)")
    parser.add_argument("--workloads", type=lambda text: text.split(","), default=[],
                        help="only these are compared by speed, such as w1,w3")
    parser.add_argument("--figures", type=lambda text: text.split(",") if text else [],
                        default=FIGURES,
                        help=f"only these are measured beside (default: {','.join(FIGURES)})")
    parser.add_argument("--check", action="store_true", help="fail where a target is missed")
    parser.add_argument("--accept", action="store_true",
                        help="make this state the one that later ones must not be slower than")
    parser.add_argument("--document", action="store_true",
                        help="write the figures into docs/background/performance.md")
    parser.add_argument("--rehearse", default=programs.ROOT / ".build/release/rehearse",
                        help="the program (default: .build/release/rehearse)")
    parser.add_argument("--output", type=lambda text: programs.Path(text).resolve(),
                        default=programs.ROOT / "output/benchmarks.json")
    return parser.parse_args()


main()
