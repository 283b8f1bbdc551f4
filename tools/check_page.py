"""Opens a page in Chromium and checks it with axe-core, an accessibility checker.

    .venv/bin/python tools/check_page.py PAGE.html [TABLES]

With the folder TABLES of the report's CSV files, the CSV that the page offers is held to them. Prints errors of the console, everything the page asked a network for, and violations of WCAG 2.1 A and
AA that axe-core calls serious or critical, a line each; ends with 1 where there are any. CHROMIUM names
the browser.
"""

import csv
import html
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import axe_core_python

AXE = pathlib.Path(axe_core_python.__file__).with_name("axe.min.js")
CHECK = """
window.addEventListener("load", () => setTimeout(async () => {
  const report = { errors: window.collected, loaded: performance.getEntriesByType("resource")
    .map((entry) => entry.name).filter((name) => !name.startsWith("blob:")), tables: {}, charts: document.querySelectorAll(".chart svg").length };
  for (const link of document.querySelectorAll("a[download$='.csv']")) {
    report.tables[link.download] = link.href.startsWith("data:")
      ? new TextDecoder().decode(Uint8Array.from(atob(link.href.split(",")[1]), (c) => c.charCodeAt(0)))
      : await (await fetch(link.href)).text();
  }
  try {
    const found = await axe.run(document, { resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
    report.violations = found.violations.map((rule) => ({ id: rule.id, impact: rule.impact,
      help: rule.help, nodes: rule.nodes.map((node) => node.html.slice(0, 160)) }));
  } catch (error) { report.errors.push("axe: " + error); }
  const place = document.createElement("pre");
  place.id = "check-result";
  place.textContent = JSON.stringify(report);
  document.body.append(place);
}, 3000));
"""
COLLECT = """
window.collected = [];
window.addEventListener("error", (event) => window.collected.push(event.message));
window.addEventListener("unhandledrejection", (event) => window.collected.push("" + event.reason));
const said = console.error; console.error = (...words) => {
  window.collected.push(words.join(" ")); said(...words); };
"""


def chromium(url: str, *more: str) -> subprocess.CompletedProcess:
    browser = os.environ.get("CHROMIUM", "chromium")
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
             "--disable-background-networking", "--disable-component-update", "--no-first-run",
             "--enable-logging=stderr", "--virtual-time-budget=30000", "--dump-dom", *more, url],
            capture_output=True, text=True, timeout=300, check=False)


def rows(text: str) -> list:
    """The cells of a CSV file, numbers as numbers."""

    def cell(word):
        try:
            return float(word)
        except ValueError:
            return word

    return [[cell(word) for word in line] for line in csv.reader(io.StringIO(text, newline=""))]


def main() -> int:
    page = pathlib.Path(sys.argv[1]).resolve()
    problems = []
    # As it is, under its own policy: what the console says.
    plain = chromium(page.as_uri())
    for line in plain.stderr.splitlines():
        if "CONSOLE" in line and ("Error" in line or "error" in line or "Refused" in line):
            problems.append("console: " + line)
    # Without the policy, so that the checker may run, and a request would be one.
    text = page.read_text()
    text, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    if count != 1:
        problems.append("the page has no policy of what it may load")
    scripts = f"<script>{COLLECT}</script><script>{AXE.read_text()}</script><script>{CHECK}</script>"
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "page.html"
        copy.write_text(text.replace("<head>", "<head>" + scripts.replace("\\", "\\"), 1))
        dom = chromium(copy.as_uri()).stdout
    found = re.search(r'<pre id="check-result">(.*?)</pre>', dom, re.S)
    if not found:
        print("the page did not come to its end in the browser")
        return 1
    report = json.loads(html.unescape(found[1]))
    problems += ["error: " + error for error in report["errors"]]
    problems += ["loaded: " + name for name in report["loaded"]]
    for rule in report.get("violations", []):
        line = f"{rule['impact']}: {rule['id']}: {rule['help']}: {rule['nodes'][0]}"
        if rule["impact"] in ("serious", "critical"):
            problems.append(f"{line} ({len(rule['nodes'])} places)")
    if len(sys.argv) > 2:
        for name, text in report["tables"].items():
            with open(pathlib.Path(sys.argv[2]) / name, encoding="utf-8", newline="") as file:
                kept = file.read()
            if rows(text) != rows(kept):
                pairs = zip(rows(text), rows(kept))
                first = next((pair for pair in pairs if pair[0] != pair[1]), "its length")
                problems.append(f"the page's {name} is not the file's: {first}")
        if not report["tables"]:
            problems.append("the page offers no CSV")
    for problem in problems[:40]:
        print(problem)
    print(f"{report['charts']} charts drawn, {len(problems)} problems")
    return 1 if problems or report["charts"] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
