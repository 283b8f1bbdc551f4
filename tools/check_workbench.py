"""Uses the workbench in a browser as a person does, and says what is wrong with it.

    .venv/bin/python tools/check_workbench.py PROGRAM [--screenshots FOLDER]

Starts `PROGRAM serve` over a workspace of its own and goes the way from files to a report: imports the
sample estate by upload, finds a planted conflict on the map, puts a fact right, makes a scenario, changes
a value, runs it, watches its figures grow, stops and goes on, kills the server in a run and in an import and
goes on, makes a scenario of an event log, tries a slider, downloads the report in every form. The same
study without the chart bundle has its tables. On each page: no error of the console under the Content-Security-Policy, no request to another
host, nothing wider than a telephone, and no violation of WCAG 2.2 AA that axe-core calls serious or
critical. The description of the interface is held to OpenAPI 3.1. Prints what is wrong, a line each, and
ends with 1 where there is anything.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import sys
import tempfile
import time
import urllib.request

import axe_core_python
from openapi_spec_validator import OpenAPIV31SpecValidator

from browser import Browser
from serving import Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
AXE = pathlib.Path(axe_core_python.__file__).with_name("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Journey:
    """The way through the pages."""

    def __init__(self, program: str, screenshots: str | None) -> None:
        self.problems: list[str] = []
        self.program = program
        self.screenshots = screenshots
        self.seen: set[str] = set()

    def check(self, holds: object, what: str) -> None:
        """Notes what does not hold."""
        if not holds:
            self.problems.append(what)

    def look(self, name: str) -> None:
        """Looks at the page that is open: errors, hosts, barriers, a telephone's width."""
        browser = self.browser
        if name in self.seen:
            return
        self.seen.add(name)
        for error in browser.errors:
            self.problems.append(f"{name}: console: {error}")
        for address in browser.requests:
            if not address.startswith((self.server.address, "data:", "blob:", "about:")):
                self.problems.append(f"{name}: asked {address}")
        browser.errors.clear()
        browser.requests.clear()
        if browser.value("typeof axe") == "undefined":
            browser.value(AXE + "; true")
        found = browser.value(
            "axe.run(document, {resultTypes: ['violations'], runOnly: " + json.dumps(RULES)
            + "}).then((report) => report.violations.map((rule) => [rule.impact, rule.id, rule.help,"
            + " rule.nodes.length, rule.nodes[0].html.slice(0, 200)]))")
        for impact, rule, text, count, node in found:
            if impact in ("serious", "critical"):
                self.problems.append(f"{name}: {impact}: {rule}: {text}: {node} ({count} places)")
        for width in (1440, 390):
            for dark in (False, True):
                path = f"{self.screenshots or tempfile.gettempdir()}/{name}-{width}{'-dark' if dark else ''}.png"
                if self.screenshots:
                    browser.screenshot(path, width, dark)
        browser.call("Emulation.setDeviceMetricsOverride", width=390, height=800,
                     deviceScaleFactor=1, mobile=False)
        wide = browser.value("document.documentElement.scrollWidth")
        self.check(wide <= 390, f"{name}: {wide} pixels wide on a telephone of 390")
        browser.call("Emulation.clearDeviceMetricsOverride")
        browser.call("Emulation.setEmulatedMedia", features=[])

    def open(self, path: str, name: str | None = None) -> None:
        """Opens a page and looks at it."""
        self.browser.open(self.server.address + path)
        if name:
            self.look(name)

    def fill(self, form: str, **values: str) -> None:
        """Fills a form, opens what folds it away, and sends it."""
        script = f"const form = document.querySelector({json.dumps(form)});"
        script += "form.closest('details')?.setAttribute('open', '');"
        for name, value in values.items():
            script += f"form.elements[{json.dumps(name)}].value = {json.dumps(value)};"
        self.browser.act("(() => {" + script + "form.requestSubmit(); return true; })()")

    def job(self, seconds: float = 300) -> str:
        """Waits for the end of the job whose page is open."""
        return self.browser.wait(
            "(() => { const live = document.getElementById('job');"
            " return live && !live.dataset.live && document.querySelector('#job-state').textContent; })()",
            seconds)

    people = "form.value-form:has(input[name=path][value$='.people'])"

    def shown(self, least: int = 2) -> int:
        """Waits until the page of a job shows figures of so many rehearsals, and says of how many."""
        return self.browser.wait(
            "(() => { const text = document.querySelector('#job-figures .facts')?.textContent ?? '';"
            " const count = Number((/from ([0-9,]+) of/.exec(text) ?? [0, '0'])[1].replaceAll(',', ''));"
            f" return count >= {least} && count; }})()", 120)

    def serve_again(self, how: int = signal.SIGTERM, **environment: str) -> None:
        """Ends the server and starts another over the same workspace."""
        self.server.end(how)
        self.browser.errors.clear()
        self.browser.requests.clear()
        self.server = Server(self.program, self.workspace, **environment)

    # The way

    def go(self) -> None:
        """Goes the whole way."""
        with tempfile.TemporaryDirectory() as folder:
            self.workspace = f"{folder}/workspace.sqlite"
            self.server = Server(self.program, self.workspace)
            try:
                with Browser() as self.browser:
                    for step in (self.empty, self.interface, self.imports, self.map, self.audit, self.facts,
                                 self.questionnaires, self.scenario, self.study, self.reports,
                                 self.calibration, self.restart, self.killed_import, self.without_charts):
                        try:
                            step()
                        except Exception as error:  # a step that fails must not hide the others
                            self.problems.append(f"{step.__name__}: {error}")
                self.check(self.server.end() == 0, "the server did not end by itself when asked to")
            finally:
                if self.server.process.poll() is None:
                    self.server.process.kill()

    def empty(self) -> None:
        """Every page of an empty workspace, and the keyboard."""
        for path in ["estate", "import", "map", "audit", "questionnaires", "scenarios", "studies", "jobs"]:
            self.open(f"/{path}")
            self.check(not self.browser.errors, f"empty {path}: {self.browser.errors[:1]}")
        self.open("/import")
        self.browser.press("Tab")
        self.check(
            self.browser.value("document.activeElement.className") == "skip",
            "the first key does not lead to the link to the content")
        self.browser.press("Enter")
        self.check(
            self.browser.wait("location.hash === '#content' && document.activeElement.id", 5)
            == "content", "the link to the content does not lead there")

    def interface(self) -> None:
        """The description of the interface is one by OpenAPI 3.1."""
        with urllib.request.urlopen(f"{self.server.address}/api/v1/openapi.json") as answer:
            document = json.load(answer)
        for error in OpenAPIV31SpecValidator(document).iter_errors():
            self.problems.append(f"openapi.json: {'.'.join(map(str, error.absolute_path))}: {error.message}")

    def imports(self) -> None:
        """Files of the sample estate, by upload."""
        self.open("/import")
        estate = ROOT / "inventories" / "meridian-bank"
        files = [str(path) for path in sorted(estate.rglob("*")) if path.is_file()]
        self.browser._loaded = False
        self.browser.choose_files("#choose-files", files)
        self.browser.wait("location.pathname.startsWith('/jobs/')", 120)
        state = self.job()
        self.check("done" in state, f"the import is {state}")
        self.look("job")
        self.open("/import", "import")
        self.open("/estate", "estate")
        count = self.browser.value("document.querySelectorAll('main tbody tr').length")
        self.check(count > 20, f"the inventory has {count} rows")
        self.open("/estate?q=agent", None)
        fewer = self.browser.value("document.querySelectorAll('main tbody tr').length")
        self.check(0 < fewer < count, f"a search leaves {fewer} of {count} rows")

    def map(self) -> None:
        """The map with pointer and keys."""
        self.open("/map", "map")
        browser = self.browser
        nodes = browser.value("document.querySelectorAll('.map g.node').length")
        self.check(nodes > 5, f"the map has {nodes} nodes")
        browser.value("document.querySelector('.map').focus(); true")
        box = "document.querySelector('.map svg').getAttribute('viewBox')"
        before = browser.value(box)
        browser.press("+")
        nearer = browser.value(box)
        browser.press("ArrowRight")
        self.check(len({before, nearer, browser.value(box)}) == 3, "keys do not move the map")
        browser.value("(() => { const field = document.getElementById('map-search');"
                      "field.value = 'loan'; field.dispatchEvent(new Event('input')); return true; })()")
        self.check(browser.value("document.querySelectorAll('.map .found').length") > 0,
                   "a search on the map finds nothing")
        links = browser.value(
            "Array.from(document.querySelectorAll('.map a')).map((link) => link.href.baseVal)")
        badge = next((link for link in links if "/audit?finding=" in link), None)
        self.check(badge, "no finding is numbered on the map")
        if badge:
            self.open(badge)
            self.check(browser.value("document.querySelectorAll('.wanted').length") == 1,
                       "a number on the map does not lead to its finding")
        self.open("/map?system=nobody")
        self.check(browser.value("document.querySelectorAll('.problem').length") > 0,
                   "a system that is not there is not said to be missing")
        browser.errors.clear()

    def audit(self) -> None:
        """A finding is accepted and taken back; a state is kept to compare with."""
        self.open("/audit", "audit")
        text = self.browser.value("document.body.textContent")
        self.check("conflict" in text.lower(), "the planted conflict is not among the findings")
        self.fill("form[action='/audit/waive']", reason="known", owner="Dee Orr")
        self.check("known" in self.browser.value(
            "document.getElementById('accepted').parentElement.textContent"),
            "an accepted finding is not listed")
        self.fill("form[action='/audit/unwaive']")
        self.check(not self.browser.value("!!document.getElementById('accepted')"),
                   "a finding that is no longer accepted is still listed")
        self.fill("form[action='/audit/baseline']")
        self.check("0 new" in self.browser.value("document.getElementById('change').textContent"),
                   "what is new since the state that was kept is not said")
        self.look("audit-compared")
        self.fill("form[action='/audit/baseline/forget']")

    def facts(self) -> None:
        """A fact is put right; nonsense is refused."""
        self.open("/estate/system?name=KYC%20Screening%20Bot", "system")
        form = "form[action='/estate/fact']:has(input[name=field][value=failure-rate])"
        self.fill(form, value="12 %", author="Dee Orr")
        self.check("12 %" in self.browser.value("document.body.textContent"),
                   "a fact that was put right is not shown")
        self.fill(form, value="often", author="Dee Orr")
        self.check("a share such as" in self.browser.value("document.body.textContent"),
                   "what a value must be is not said where it does not fit")
        self.browser.errors.clear()
        self.open("/estate/corrections", "corrections")

    def questionnaires(self) -> None:
        """A platform is scored, a vendor asked, readiness answered; nonsense is refused."""
        browser = self.browser
        answer = "form[action='/questionnaires/answer']"
        for kind, given in (("platform-scorecard", "2 to 4"), ("vendor-checklist", "partly")):
            self.open(f"/questionnaires?kind={kind}")
            self.fill("form[action='/questionnaires/platform']", title="Acme Orchestrator")
            self.fill(answer, answer=given, author="Dee Orr", because="seen in a demonstration")
            self.check("Dee Orr" in browser.value("document.querySelector('main table').textContent"),
                       f"{kind}: an answer is not shown with who gave it")
            self.look(kind)
        self.open("/questionnaires?kind=platform-scorecard")
        self.fill(answer, answer="plenty", author="Dee Orr")
        self.check("plenty" in browser.value("document.querySelector('main').textContent"),
                   "a score that is none is not said to be wrong")
        browser.errors.clear()
        self.open("/questionnaires?kind=readiness")
        self.fill(answer, item="literacy", answer="yes", author="Dee Orr")
        self.check("Dee Orr" in browser.value("document.querySelector('main table').textContent"),
                   "readiness does not show who answered")
        self.look("readiness")

    def scenario(self) -> None:
        """A scenario of the inventory; a form changes the text, and nonsense stays out."""
        self.open("/scenarios", "scenarios")
        self.fill("form[action='/scenarios']", process="loan-approval", name="loans")
        browser = self.browser
        self.check(browser.value("location.pathname") == "/scenarios/loans",
                   "a scenario of the inventory cannot be made: "
                   + str(browser.value("document.querySelector('main').textContent"))[:300])
        browser.value("document.querySelectorAll('#values details').forEach((d) => { d.open = true; })")
        self.look("scenario")
        form = self.people
        path = browser.value(f"document.querySelector({json.dumps(form)}).elements.path.value")
        self.fill(form, value="9")
        text = browser.value("document.getElementById('scenario-text').value")
        self.check(re.search(r"people:\s*(\{ *value: *)?9\b", text), f"a form did not change {path}")
        self.fill(form, value="many")
        self.check(browser.value("!!document.querySelector('#problems')"),
                   "a value that does not fit is not said to be wrong")
        browser.errors.clear()
        self.open("/scenarios/loans")
        self.check(browser.value("document.getElementById('scenario-text').value") == text,
                   "a value that does not fit was kept")
        browser.value("(() => { const area = document.getElementById('scenario-text');"
                      "area.value = area.value.replace('clock:', 'clok:');"
                      "area.dispatchEvent(new Event('input')); return true; })()")
        self.check(browser.wait(
            "document.querySelectorAll('#scenario-state li').length", 20),
            "what is typed is not checked")

    def study(self) -> None:
        """Two studies, a stop, going on, and what changed between them."""
        browser = self.browser
        self.open("/scenarios/loans")
        self.fill("form[action='/studies']", replications="2000")
        first = self.shown()
        browser.wait("document.querySelectorAll('#job-figures .chart svg').length", 60)
        self.look("job-running")
        self.check(self.shown(first + 1) > first, "the figures of a study that runs do not grow")
        self.fill("form[action$='/cancel']")
        state = self.job()
        self.check("cancelled" in state, f"a study that was stopped is {state}")
        stopped = browser.value("location.pathname")
        self.open("/scenarios/loans")
        people = browser.value(f"document.querySelector({json.dumps(self.people)}).elements.value.value")
        self.fill(self.people, value="11")
        self.open(stopped)
        self.fill("form[action$='/again']")
        self.check("would not go on" in browser.value("document.querySelector('h1').textContent"),
                   "a scenario that was changed meanwhile is run without a question")
        browser.errors.clear()
        self.look("job-changed")
        self.open("/scenarios/loans")
        self.fill(self.people, value=people)
        self.open(stopped)
        self.fill("form[action$='/again']")
        self.check(browser.value("location.pathname").startswith("/jobs/"), "a study cannot go on")
        browser.wait("document.querySelector('#job-progress').value > 0.001", 120)
        self.going_on = browser.value("location.pathname")

    def restart(self) -> None:
        """The server is killed in the middle of a run, and the run goes on after it."""
        self.open("/scenarios/loans")
        self.fill("form[action='/studies']", replications="3000")
        self.browser.wait("document.querySelector('#job-progress').value > 0.001", 120)
        place = self.browser.value("location.pathname")
        time.sleep(2)
        self.serve_again(signal.SIGKILL)
        self.open(place)
        self.check("interrupted" in self.browser.value(
            "document.querySelector('#job-state').textContent"),
            "a study whose server was killed is not interrupted")
        self.browser.errors.clear()
        self.fill("form[action$='/again']")
        self.browser.wait("document.querySelector('#job-progress').value > 0.001", 120)
        self.fill("form[action$='/cancel']")
        self.job()
        text = self.browser.value("document.getElementById('job-message').textContent")
        self.check("stopped after" in text, f"a study that went on was lost: {text}")

    def reports(self) -> None:
        """The page of a study, its charts and every file of its report."""
        browser = self.browser
        self.open(self.going_on)
        self.fill("form[action$='/cancel']")
        self.job()
        self.open("/scenarios/loans")
        for count, tornado in (("2", ""), ("4", "yes")):
            self.open("/scenarios/loans")
            self.fill("form[action='/studies']", replications=count, tornado=tornado)
            state = self.job()
            self.check("done" in state, f"a study of {count} rehearsals is {state}")
        tried = "was not tried" not in browser.value("document.body.textContent")
        self.open("/studies", "studies")
        place = browser.value(
            "document.querySelector('main tbody a').getAttribute('href')")
        self.open(place)
        drawn = browser.wait("document.querySelectorAll('.chart svg').length", 60)
        self.check(drawn > 2, f"{drawn} charts are drawn")
        # With half of its people a team of the sample may have no start state.
        for part in (["sensitivity"] if tried else []) + ["cost-section", "time", "backlog"]:
            self.check(browser.value(f"!!document.querySelector('section:has(#{part}) .chart')"),
                       f"the page of a study has no chart of {part}")
        time.sleep(1)
        self.look("study")
        for form, head in [("html", b"<!DOCTYPE"), ("pdf", b"%PDF-"), ("xlsx", b"PK\3\4"),
                           ("csv", b"PK\3\4"), ("json", b"{"), ("md", b"#")]:
            with urllib.request.urlopen(
                    f"{self.server.address}{place}/report?format={form}", timeout=120) as answer:
                self.check(answer.read(9).startswith(head), f"the report as {form} is something else")
        self.open(f"{place}/report")
        self.check(browser.wait("document.querySelectorAll('.chart svg').length", 60) > 2,
                   "the report as a page has no charts")
        self.check(not browser.errors, f"report: {browser.errors[:2]}")
        browser.errors.clear()
        self.open("/studies")
        self.fill("form[action='/change']")
        self.look("change")
        self.check("--replications" in browser.value("document.body.textContent"),
                   "the comparison of two studies does not name what differs")
        self.open("/scenarios/loans/preview")
        browser.wait("document.querySelectorAll('#preview tbody tr').length", 60)
        self.look("preview")
        browser.value("(() => { const slider = document.querySelector('#sliders input');"
                      "slider.value = slider.max; slider.dispatchEvent(new Event('input'));"
                      "document.getElementById('preview').replaceChildren(); return true; })()")
        browser.wait("document.querySelectorAll('#preview tbody tr').length", 60)
        self.open("/jobs", "jobs")

    def calibration(self) -> None:
        """A scenario of an event log."""
        browser = self.browser
        rows = ["f1,f2,f3,f4,f5"]
        for day in range(2, 28):
            if day % 7 in (0, 1):  # 2026-03-01 is a Sunday
                continue
            for number in range(4):
                start = f"2026-03-{day:02}T{9 + number:02}"
                rows += [f"c{day}-{number},check,{start}:00:00Z,{start}:20:00Z,Ann",
                         f"c{day}-{number},decide,{start}:20:00Z,{start}:50:00Z,Bob"]
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "orders.csv")
            log.write_text("\n".join(rows) + "\n", encoding="utf-8")
            self.open("/scenarios")
            browser.choose_files("#choose-files", [str(log)])
            browser.wait("location.pathname === '/calibrate' && document.readyState === 'complete'", 60)
        # Nothing says which column is what, and the page asks.
        self.check("cannot be read" in browser.value("document.querySelector('h1').textContent"),
                   "a log whose columns are not known is not refused")
        browser.errors.clear()
        self.fill("form[action='/calibrate'][method=get]", **{
            "case": "f1", "activity": "f2", "start": "f3", "end": "f4", "resource": "f5"})
        self.look("log")
        self.fill("form[action='/calibrate'][method=post]", name="orders")
        state = self.job()
        self.check("done" in state, f"the calibration is {state}")
        self.open("/scenarios/orders")
        self.check("It can be run" in browser.value("document.body.textContent"),
                   "the scenario of a log cannot be run")
        self.open("/scenarios/orders/calibration")
        self.check("decide" in browser.value("document.body.textContent"),
                   "the page of a calibration does not name its activities")
        self.check(not browser.errors, f"calibration: {browser.errors[:2]}")
        browser.errors.clear()

    def killed_import(self) -> None:
        """The server is killed in the middle of an import, which has changed nothing and goes on after it."""
        def ask(path: str, method: str = "GET", body: bytes | None = None) -> dict:
            kind = "application/octet-stream" if method == "PUT" else "application/json"
            request = urllib.request.Request(
                self.server.address + path, data=body, method=method,
                headers={"Content-Type": kind} if body else {})
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)

        before = ask("/api/v1/systems")["total"]
        rows = "".join(f"System {number},UiPath,Owner {number},Does things,{number} per day,3 %\n"
                       for number in range(8_000))
        upload = ask("/api/v1/uploads", "POST")["upload"]
        ask(f"/api/v1/uploads/{upload}/file?path=large.csv", "PUT",
            ("System,Technology,Owner,Purpose,Volume,Failure rate\n" + rows).encode())
        job = ask("/api/v1/imports", "POST",
                  json.dumps({"upload": upload, "name": "large"}).encode())["id"]
        self.serve_again(signal.SIGKILL)
        self.open(f"/jobs/{job}")
        self.check("interrupted" in self.browser.value(
            "document.querySelector('#job-state').textContent"),
            "an import whose server was killed is not interrupted")
        self.check(ask("/api/v1/systems")["total"] == before, "an import that was killed left something")
        self.fill("form[action$='/again']")
        state = self.job()
        self.check("done" in state, f"an import that goes on is {state}")
        after = ask("/api/v1/systems")["total"]
        self.check(after >= before + 8_000, f"after an import that went on there are {after} systems")

    def without_charts(self) -> None:
        """Without the chart bundle pages have their tables, and say what is missing."""
        self.serve_again(REHEARSE_SHARE="/nowhere")
        self.check("chart bundle" in self.server.log, "a missing chart bundle is not said at the start")
        self.open("/studies")
        self.open(self.browser.value("document.querySelector('main tbody tr:has(time) a').getAttribute('href')"))
        self.check("make setup" in self.browser.value("document.body.textContent"),
                   "a page without charts does not say why")
        self.look("study-without-charts")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("--screenshots")
    options = arguments.parse_args()
    if options.screenshots:
        os.makedirs(options.screenshots, exist_ok=True)
    journey = Journey(options.program, options.screenshots)
    journey.go()
    for problem in journey.problems[:60]:
        print(problem)
    print(f"{len(journey.seen)} pages looked at, {len(journey.problems)} problems")
    return 1 if journey.problems else 0


if __name__ == "__main__":
    sys.exit(main())
