"""Chromium without a window, driven over a pipe by its DevTools protocol; nothing needs to be installed.

    with Browser() as browser:
        browser.open("http://127.0.0.1:8080/")
        browser.value("document.title")

https://chromedevtools.github.io/devtools-protocol/ describes the commands. CHROMIUM names the browser.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from typing import Any


class Browser:
    """A page of its own profile; remembers what its console said and what it asked a network for."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._loaded = False
        self._next = 0
        self._buffer = b""
        self._profile = tempfile.mkdtemp()
        read_commands, self._commands = os.pipe()
        self._answers, write_answers = os.pipe()

        def wire() -> None:
            # The browser reads descriptor 3 and writes descriptor 4; neither end may be in the way.
            reading, writing = os.dup(read_commands), os.dup(write_answers)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self._process = subprocess.Popen(
            [os.environ.get("CHROMIUM", "chromium"), "--headless", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-pipe", f"--user-data-dir={self._profile}", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "about:blank"],
            preexec_fn=wire, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read_commands)
        os.close(write_answers)
        self._session = None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self._session = self.call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"]:
            self.call(f"{domain}.enable")

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._commands)
        os.close(self._answers)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> dict:
        """Gives a command and waits for its answer."""
        self._next += 1
        message: dict[str, Any] = {"id": self._next, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        wanted = self._next
        deadline = time.monotonic() + 120
        while True:
            answer = self._message(deadline)
            if answer is None:
                raise RuntimeError(f"the browser did not answer {method}")
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def _message(self, deadline: float) -> dict | None:
        while b"\0" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._answers], [], [], left)[0]:
                return None
            part = os.read(self._answers, 1 << 20)
            if not part:
                raise RuntimeError("the browser has ended")
            self._buffer += part
        text, self._buffer = self._buffer.split(b"\0", 1)
        message = json.loads(text)
        self._note(message.get("method"), message.get("params", {}))
        return message

    def _note(self, event: str | None, parameters: dict) -> None:
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.errors.append(
                details.get("exception", {}).get("description") or details["text"])
        elif event == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "assert"):
            self.errors.append(
                " ".join(str(word.get("value", word.get("description"))) for word in parameters["args"]))
        elif event == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            entry = parameters["entry"]
            self.errors.append(f"{entry['text']} ({entry.get('url', '')})")

    def open(self, address: str) -> None:
        """Goes to an address and waits until it is loaded."""
        self._loaded = False
        self.call("Page.navigate", url=address)
        self.settle()

    def settle(self, seconds: float = 60) -> None:
        """Waits until the page that was asked for is loaded."""
        deadline = time.monotonic() + seconds
        while not self._loaded:
            if self._message(deadline) is None:
                raise RuntimeError(f"the page is not loaded after {seconds:.0f} s")
        self.value("document.readyState")
        # A page that says it is being computed is followed by the one that was asked for.
        self.wait("!document.getElementById('waiting')", seconds)

    def act(self, script: str) -> None:
        """Does something that leads to another page, and waits for that."""
        self._loaded = False
        self.value(script)
        self.settle()

    def value(self, script: str) -> Any:
        """The value of an expression in the page; promises are awaited."""
        result = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(
                f"{script[:80]}: {details.get('exception', {}).get('description', details['text'])}")
        return result["result"].get("value")

    def wait(self, script: str, seconds: float = 60) -> Any:
        """Waits until an expression is true, over new pages too."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                value = self.value(script)
            except RuntimeError:
                value = None
            if value:
                return value
            time.sleep(0.1)
        raise RuntimeError(f"not so after {seconds:.0f} s: {script[:200]}")

    def press(self, key: str) -> None:
        """Presses a key as a person does."""
        codes = {"Tab": 9, "Enter": 13, "ArrowRight": 39, "ArrowLeft": 37, " ": 32}
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        common = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0]))}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def choose_files(self, selector: str, files: list[str]) -> None:
        """Chooses files in a field."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=files, nodeId=node)

    def screenshot(self, path: str, width: int = 1440, dark: bool = False) -> None:
        """Draws the top of the page into a PNG file."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=1100,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        image = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(image))
