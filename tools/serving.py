"""`rehearse serve` over a workspace, on a free port of loopback, for what checks and measures it."""

import os
import re
import signal
import subprocess


class Server:
    """The program over a workspace; `log` is what it said before it answered."""

    def __init__(self, program: str, workspace: str, **environment: str) -> None:
        self.log = ""
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", "--workspace", workspace],
            env={**os.environ, **environment}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
            text=True)
        for line in self.process.stderr or []:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.address, self.port = found[0].rstrip("/"), int(found[1])
                return
            self.log += line
        raise RuntimeError(f"the server did not start: {self.log}")

    def memory(self) -> float:
        """Resident memory in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            found = re.search(r"VmRSS:\s+(\d+)", status.read())
        return int(found[1]) / 1024 if found else 0

    def end(self, how: int = signal.SIGTERM) -> int:
        """Ends it and returns how it ended."""
        self.process.send_signal(how)
        return self.process.wait(timeout=120)
