"""Builds what is measured: Rehearse, the hand-coded limit, and the peers' Python environments."""

import os
import platform
import re
import subprocess
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
BUILD = BENCHMARKS / ".build"
MODELS = BENCHMARKS / "models"
# Debian's own Python, which is built with profile-guided optimisation: others are slower and would
# flatter us.
PYTHON = Path("/usr/bin/python3")


def run(command, **options):
    """Runs a command to its end; says which one failed."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(
            f"bench: this failed with exit code {done.returncode}: {' '.join(map(str, command))}\n"
            f"{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def environment(name, requirements):
    """A virtual environment with pinned packages, made once and again where the pins change."""
    folder = BUILD / name
    stamp = folder / "requirements.txt"
    wanted = (BENCHMARKS / requirements).read_text()
    python = folder / "bin" / "python"
    if not (stamp.exists() and stamp.read_text() == wanted):
        print(f"bench: installing {requirements} into {folder}", flush=True)
        run([PYTHON, "-m", "venv", "--clear", folder])
        run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "-r", BENCHMARKS / requirements])
        stamp.write_text(wanted)
    return python


class Programs:
    """Paths of everything that can be run."""

    def __init__(self, rehearse):
        self.rehearse = Path(rehearse).resolve()
        if not self.rehearse.exists():
            raise SystemExit(f"bench: {self.rehearse} is missing; run `make build` first")
        self.peers = environment("peers", "requirements.txt")
        self.prosimos = environment("prosimos", "requirements-prosimos.txt")
        self.limit = self.build_limit("limit", [])
        self.limit_native = self.build_limit(
            "limit-native", ["-Xswiftc", "-target-cpu", "-Xswiftc", "native"])

    @staticmethod
    def build_limit(name, flags):
        """The hand-coded limit: the compiler's flags and processor are ours unless said otherwise."""
        folder = BUILD / name
        command = ["swift", "build", "-c", "release", "--package-path", BENCHMARKS / "limit",
                   "--scratch-path", folder, *flags]
        run(command)
        return Path(run([*command, "--show-bin-path"]).strip()) / "limit"


def first_match(pattern, text, otherwise="unknown"):
    found = re.search(pattern, text)
    return found.group(1).strip() if found else otherwise


def versions(programs):
    """What was measured, and on what."""
    packages = {}
    for python in (programs.peers, programs.prosimos):
        for line in run([python, "-m", "pip", "freeze", "--disable-pip-version-check"]).splitlines():
            name, _, version = line.partition("==")
            if name.lower() in ("simpy", "ciw", "prosimos", "numpy", "scipy", "pandas"):
                packages[name.lower()] = version
    commit = run(["git", "-C", ROOT, "describe", "--always", "--dirty"]).strip()
    return {
        "rehearse": commit,
        "swift": first_match(r"Swift version (\S+)", run(["swift", "--version"])),
        "python": run([programs.peers, "-c", "import platform; print(platform.python_version())"]).strip(),
        **packages,
        "processor": first_match(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()),
        "processor_family_model": "{}/{}".format(
            *(first_match(rf"{key}\s*: (\d+)\n", Path("/proc/cpuinfo").read_text())
              for key in ("cpu family", "model"))),
        "processors": os.cpu_count(),
        "system": first_match('PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
        + f", Linux {platform.release()}",
    }
