"""Ratios, gates and the table that `make bench` prints."""

import json
import statistics

from .programs import BENCHMARKS

BASELINE = BENCHMARKS / "baseline.json"
PAGE = BENCHMARKS.parent / "docs/background/performance.md"
# Of the accepted state's speed, relative to the limit, that a change may not fall below.
SLOWER_AT_MOST = 0.95


def medians(suite):
    return {f"{engine} {workload}": statistics.median(run["rate"] for run in runs)
            for (engine, workload), runs in suite.runs.items()}


def ratios(rates, threads):
    def of(first, second):
        return rates[first] / rates[second] if first in rates and second in rates else None

    return {
        "w3_vs_limit": of("rehearse w3", "limit w3"),
        "w3_vs_limit_native": of("rehearse w3", "limit native w3"),
        "w3_vs_simpy": of("rehearse w3", "simpy w3"),
        "w3_vs_ciw": of("rehearse w3", "ciw w3"),
        "w1_vs_limit": of("rehearse w1", "limit w1"),
        "w1_vs_simpy_store": of("rehearse w1", "simpy w1_store"),
        "w1_vs_simpy_process": of("rehearse w1", "simpy w1"),
        "w1_vs_ciw": of("rehearse w1", "ciw w1"),
        "w2_vs_limit": of("rehearse w2", "limit w2"),
        "w4_vs_prosimos": of("rehearse w4", "prosimos w4"),
        "w4_vs_prosimos_log": of("rehearse w4_log", "prosimos w4_log"),
        "two_threads": threads["gain"] if threads else None,
        # How far the limit itself is ahead of the peers on this machine: no engine gets beyond.
        "limit_w3_vs_simpy": of("limit w3", "simpy w3"),
        "limit_w3_vs_ciw": of("limit w3", "ciw w3"),
        "limit_w1_vs_simpy_store": of("limit w1", "simpy w1_store"),
    }


def gates(result):
    """(name, measured, target as text, whether it is met) of everything that is promised."""
    found, rows = result["ratios"], []

    def at_least(name, value, target, text=None):
        if value is not None:
            rows.append((name, value, text or f"at least {target:g}", value >= target))

    def at_most(name, value, target, text=None):
        if value is not None:
            rows.append((name, value, text or f"at most {target:g}", value <= target))

    at_least("w3_vs_limit", found["w3_vs_limit"], 0.35)
    at_least("w3_vs_simpy", found["w3_vs_simpy"], 60)
    at_least("w3_vs_ciw", found["w3_vs_ciw"], 150)
    at_least("w1_vs_simpy_store", found["w1_vs_simpy_store"], 65)
    at_least("w4_vs_prosimos", found["w4_vs_prosimos"], 500)
    at_least("w4_vs_prosimos_log", found["w4_vs_prosimos_log"], 200)
    if threads := result.get("threads"):
        target = min(1.6, 0.95 * threads["limit_gain"])
        at_least("two_threads", threads["gain"], target,
                 f"at least 1.6, or 0.95 x the limit's {threads['limit_gain']:.2f}")
        rows.append(("identical bytes on two threads", float(threads["identical_bytes"]), "yes",
                     threads["identical_bytes"]))
    if log := result.get("log"):
        at_most("event log, µs an activity", log["microseconds_per_activity"], 0.8)
    if memory := result.get("memory"):
        at_most("peak memory of W3, MB", memory["peak_bytes"][1] / 1e6, 64)
        at_most("its growth with 100 x the cases", memory["growth"], 0.10)
    if backlog := result.get("backlog"):
        at_most("time of an event, 10 x the backlog", backlog["slowdown"], 1.25)
    if w3 := result.get("w3"):
        rows.append(("W3: mean cycle time, min", w3["cycle_minutes"], "211.5 ± 1.5",
                     abs(w3["cycle_minutes"] - 211.5) <= 1.5))
        rows.append(("W3: tickets a case", w3["tickets_per_case"], ".500 ± .002",
                     abs(w3["tickets_per_case"] - 0.5) <= 0.002))
    if twenty := result.get("twenty_cases"):
        rows.append(("W4: rows of 20 cases as Prosimos'", twenty["identical"], f"{twenty['rows']}",
                     twenty["identical"] == twenty["rows"] > 0))
    for row in result.get("agreement", []):
        rows.append((f"{row['what']} = {row['peer']}'s", row["difference"],
                     f"0 ± {row['half_width']:.3g} {row['unit']}", row["agrees"]))
    for name, accepted in baseline().items():
        at_least(f"{name}, of the accepted", found[name] / accepted, SLOWER_AT_MOST)
    return rows


def baseline():
    """w1_vs_limit and w3_vs_limit of the accepted state."""
    return json.loads(BASELINE.read_text())["ratios"] if BASELINE.exists() else {}


def accept(result):
    """Makes this state the one that later ones are compared with."""
    kept = {name: result["ratios"][name] for name in ("w1_vs_limit", "w3_vs_limit")}
    BASELINE.write_text(json.dumps(
        {"ratios": kept, "versions": result["versions"]}, indent=2, ensure_ascii=False) + "\n")


def document(result):
    """Writes the tables into the page that explains them, with the machine they were taken on."""
    version = result["versions"]
    begin, end = "<!-- figures: written by benchmarks/run.py --document -->", "<!-- end of figures -->"
    text = PAGE.read_text()
    head, _, rest = text.partition(begin)
    tail = rest.partition(end)[2]
    machine = (
        f"Taken with commit {version['rehearse']} on {version['processors']} processors of "
        f"{version['processor']} (family/model {version['processor_family_model']}), "
        f"{version['system']}; Swift {version['swift']}, Python {version['python']}, "
        f"SimPy {version['simpy']}, Ciw {version['ciw']}, Prosimos {version['prosimos']}. "
        f"Load before: {result['load_before']:.2f}.")
    PAGE.write_text(f"{head}{begin}\n\n{machine}\n{table(result)}\n\n{end}{tail}")


def table(result):
    lines = ["", "| engine | workload | cases a run | cases/s | lowest | highest |",
             "|---|---|---:|---:|---:|---:|"]
    for name, runs in result["runs"].items():
        engine, _, workload = name.rpartition(" ")
        rates = [run["rate"] for run in runs]
        lines.append(
            f"| {engine} | {workload} | {runs[0]['cases']:,} | {statistics.median(rates):,.0f} "
            f"| {min(rates):,.0f} | {max(rates):,.0f} |")
    lines += ["", "| ratio or figure | measured | target | |", "|---|---:|---|---|"]
    gated = gates(result)
    for name, value, target, met in gated:
        lines.append(f"| {name} | {value:.4g} | {target} | {'met' if met else '**missed**'} |")
    shown = {name for name, *_ in gated}
    for name, value in result["ratios"].items():
        if value is not None and name not in shown:
            lines.append(f"| {name} | {value:.4g} | | |")
    return "\n".join(lines)
