"""Asks the interface of the workbench for whatever its own description allows and forbids.

    .venv/bin/python tools/check_interface.py PROGRAM [--seconds 40]

Starts `PROGRAM serve` over a workspace with a small estate and lets Schemathesis make requests of
`/api/v1/openapi.json`, right ones and wrong ones. Ends with 1 where an answer is a fault of the server, has a
status or media type that the description does not name, or where the server has gone. Streams of events
are left out: they last as long as their job.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from serving import Server

REGISTER = """System,Technology,Owner,Purpose,Volume,Failure rate
Invoice Bot,UiPath,Ann Lee,Books invoices,1200 per day,3 %
Claims Flow,Camunda,Bob Ray,Routes claims,,
Night Export,,,,,
"""
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_schema_conformance"]
# One process for each seed, so that requests meet each other. Workers within one process would do the same,
# but threads of Python 3.11 fall over each other in its `ast` ("recursion depth mismatch").
SEEDS = [7, 11]


def start(address: str, seed: int, seconds: int, folder: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(pathlib.Path(sys.executable).with_name("schemathesis")), "run",
         f"{address}/api/v1/openapi.json", "--checks", ",".join(CHECKS),
         "--max-time", str(seconds), "--seed", str(seed), "--workers", "1",
         "--request-timeout", "20", "--suppress-health-check", "all", "--warnings", "off",
         "--exclude-path", "/api/v1/jobs/{job}/events"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("--seconds", type=int, default=40)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        register = pathlib.Path(folder, "register.csv")
        register.write_text(REGISTER, encoding="utf-8")
        workspace = f"{folder}/workspace.sqlite"
        subprocess.run(
            [options.program, "import", str(register), "--workspace", workspace], check=True,
            stdout=subprocess.DEVNULL)
        server = Server(options.program, workspace)
        try:
            runs = [start(server.address, seed, options.seconds, folder) for seed in SEEDS]
            found = [(run.returncode, *texts) for run, texts in [(run, run.communicate()) for run in runs]]
            with urllib.request.urlopen(f"{server.address}/estate") as answer:
                is_well = answer.status == 200
        finally:
            ended = server.end()
    for code, output, errors in found:
        print(output[-6000:] if code else output.strip().splitlines()[-1])
        print(errors[-2000:], file=sys.stderr)
    return 0 if not any(code for code, _, _ in found) and is_well and ended == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
