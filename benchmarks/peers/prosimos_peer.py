"""Plays a model in Prosimos' own format in Prosimos and prints one line of JSON.

usage: prosimos_peer.py MODEL.bpmn MODEL.json CASES SEED START [LOG.csv]

`processor_seconds` is the processor time of the simulation with reading its two small files; the
imports are apart. Without LOG.csv only Prosimos' own statistics are written.
"""

import importlib.metadata
import json
import os
import random
import resource
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")
before_imports = time.process_time()
import numpy
from prosimos import simulation_engine


def main():
    bpmn, parameters, cases, seed, start = sys.argv[1:6]
    log = sys.argv[6] if len(sys.argv) > 6 else None
    numpy.random.seed(int(seed))
    random.seed(int(seed))
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        simulation_engine.run_simulation(
            bpmn, parameters, int(cases), os.path.join(folder, "statistics.csv"), log, start)
        after = time.process_time()
    activities = None
    if log is not None:
        with open(log) as lines:
            activities = sum(1 for _ in lines) - 1
    print(json.dumps({
        "engine": "prosimos", "version": importlib.metadata.version("prosimos"), "seed": int(seed),
        "cases": int(cases), "log": log is not None, "activities": activities,
        "import_processor_seconds": before - before_imports, "processor_seconds": after - before,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


main()
