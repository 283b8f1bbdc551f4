"""Reads a report in every format with other programs' readers and compares every number.

    .venv/bin/python tools/check_report.py FOLDER [TABLE]

FOLDER holds report.html, report.pdf, report.xlsx, report.json, report.md and the folder tables; TABLE is
the one that the Markdown shows, comparison where nothing is said.
Prints what differs, a line each, and how many numbers were compared; ends with 1 where anything
differs. The JSON is the yardstick: a table of it is compared with its sheet, its CSV file, its table
in the page and the words of the PDF.
"""

import csv
import html.parser
import json
import pathlib
import re
import sys

import openpyxl
import pypdf

NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?")
WORDS = {"all": [100], "none seen": [0], "no difference": [0, 0, 0], "none": None, "any": None}


class Page(html.parser.HTMLParser):
    """Collects the rows of the tables that say which table of the report they are."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.current, self.row, self.cell = {}, None, None, None
        self.of_charts, self.in_figure = set(), False

    def handle_starttag(self, tag, attributes):
        if tag == "figure":
            self.in_figure = True
        elif tag == "table":
            self.current = dict(attributes).get("data-table")
            if self.current:
                self.tables[self.current] = []
                if self.in_figure:
                    self.of_charts.add(self.current)
        elif tag == "tr" and self.current:
            self.row = []
            self.tables[self.current].append(self.row)
        elif tag in ("td", "th") and self.row is not None:
            self.cell = ""
        elif tag == "br" and self.cell is not None:
            self.cell += " "

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.row.append(" ".join(self.cell.split()))
            self.cell = None
        elif tag == "figure":
            self.in_figure = False
        elif tag == "tr":
            self.row = None
        elif tag == "table":
            self.current = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def numbers(text):
    """The numbers that a cell for people shows, as value, lower and upper end."""
    if text in WORDS:
        return WORDS[text]
    if text.startswith(("yes by arithmetic", "no by arithmetic")):
        return [100 if text.startswith("yes") else 0]
    found = [float(n.replace(",", "").replace("−", "-")) for n in NUMBER.findall(text)]
    if text.startswith("under ") and " of " in text:
        return [0, 0, found[0]]
    if text.startswith("over ") and " of " in text:
        return [100, found[0], 100]
    return found


def groups(columns):
    """The columns of a flat table by the column for people that they belong to."""
    result = []
    for column in columns:
        name = column["id"]
        if result and name.startswith(result[-1][0] + "_") and name.rsplit("_", 1)[1] in (
            "lower", "upper", "share", "unit"
        ):
            result[-1].append(name)
        else:
            result.append([name])
    return result


class Comparison:
    def __init__(self):
        self.problems, self.count = [], 0

    def say(self, *words):
        self.problems.append(" ".join(map(str, words)))

    def same(self, place, a, b):
        self.count += 1
        if a in (None, "") and b in (None, ""):
            return
        if isinstance(a, (int, float)) and not isinstance(a, bool):
            try:
                if float(b) == float(a):
                    return
            except (TypeError, ValueError):
                pass
        elif str(a) == str(b) or "'" + str(a) == str(b):
            return
        self.say(place, "has", repr(b), "where the JSON has", repr(a))


def check_page(result, table, rows):
    """A table of the page against the JSON."""
    columns = groups(table["columns"])
    body = rows[1:]
    if len(body) != len(table["rows"]):
        result.say("page,", table["id"], "has", len(body), "rows, the JSON", len(table["rows"]))
        return
    for place, (shown, row) in enumerate(zip(body, table["rows"])):
        for text, names in zip(shown, columns):
            values = [row[name] for name in names if not name.endswith("_unit")]
            where = f"page, {table['id']}, row {place + 1}, {names[0]}"
            if all(not isinstance(value, (int, float)) for value in values):
                if values[0] is not None:
                    result.same(where, values[0], text)
                elif text not in ("–", ""):
                    result.say(where, "shows", repr(text), "where the JSON has nothing")
                continue
            read = numbers(text)
            if read is None:
                result.say(where, "shows no number:", repr(text))
                continue
            for index, value in enumerate(values):
                if value is not None:
                    result.same(where, value, read[index] if index < len(read) else None)


def check_layout(result, reader):
    """Nothing is cut off at the right, and no page is nearly empty but the last of a chapter."""
    sparse = None
    for number, page in enumerate(reader.pages, start=1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        places = []

        def note(text, cm, tm, _, size):
            # Text within a drawing has the coordinates of the drawing.
            if text.strip() and not text.startswith("Page ") and list(cm[:4]) != [1, 0, 0, 1]:
                x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
                y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
                places.append((x, y, text.strip(), size * abs(tm[0])))

        page.extract_text(visitor_text=note)
        result.count += 1
        beyond = [place for place in places if place[0] > width - 30]
        if beyond:
            result.say(f"PDF, page {number}: {beyond[0][2][:40]!r} stands beyond the margin")
        # A chapter begins with a heading of 16 pixels.
        top = max(places, key=lambda place: place[1], default=None)
        if sparse and not (top and top[3] > 15):
            result.say(sparse)
        sparse = None
        lowest = min((place[1] for place in places if place[1] > 45), default=height)
        if lowest > height * 2 / 3 and b" Do" not in page.get_contents().get_data():
            sparse = f"PDF, page {number} is filled to {1 - lowest / height:.0%} only"


def squeezed(text):
    return "".join(text.split())


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    short = sys.argv[2] if len(sys.argv) > 2 else "comparison"
    document = json.loads((folder / "report.json").read_text())
    result = Comparison()
    book = openpyxl.load_workbook(folder / "report.xlsx")
    names = [table["id"] for table in document["tables"]]
    # What the results rest on comes first: all values, or those that a sweep varied.
    first = next((name for name in ("assumptions", "inputs") if name in names), "summary")
    if book.sheetnames[0] != first:
        result.say("the first sheet is", book.sheetnames[0], "and not", first)
    if short == "comparison" and not any(sheet._charts for sheet in book):
        result.say("the workbook has no chart of its own")
    page = Page()
    page.feed((folder / "report.html").read_text())
    reader = pypdf.PdfReader(folder / "report.pdf")
    paper = squeezed("".join(p.extract_text() for p in reader.pages))
    # What stands at the foot of a page may come between two lines of a cell.
    paper = re.sub(r"Page\d+of\d+", "", paper)
    root = reader.trailer["/Root"]
    if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root:
        result.say("the PDF is not tagged")
    if "/Lang" not in root:
        result.say("the PDF does not say its language")
    last = reader.pages[-1].extract_text()
    if f"Page {len(reader.pages)} of {len(reader.pages)}" not in last:
        result.say("the last page of the PDF has no number")
    for table in document["tables"]:
        name, columns = table["id"], [column["id"] for column in table["columns"]]
        for column in table["columns"]:
            if not column["meaning"]:
                result.say(name, column["id"], "has no meaning")
        sheet = book[name[:31]] if name[:31] in book.sheetnames else None
        if sheet is None:
            result.say("the workbook has no sheet", name)
            continue
        with open(folder / "tables" / f"{name}.csv", newline="") as file:
            lines = list(csv.reader(file))
        cells = list(sheet.iter_rows(values_only=True))
        if list(cells[0]) != columns or lines[0] != columns:
            result.say(name, "has other columns in the workbook or the CSV")
            continue
        if len(cells) != len(table["rows"]) + 1 or len(lines) != len(table["rows"]) + 1:
            result.say(name, "has another number of rows in the workbook or the CSV")
            continue
        for place, row in enumerate(table["rows"]):
            for index, column in enumerate(columns):
                where = f"{name}, row {place + 1}, {column}"
                result.same("workbook, " + where, row[column], cells[place + 1][index])
                result.same("CSV, " + where, row[column], lines[place + 1][index])
                if isinstance(row[column], (int, float)):
                    if not isinstance(cells[place + 1][index], (int, float)):
                        result.say("workbook,", where, "is no number")
        if name in page.tables:
            check_page(result, table, page.tables[name])
    check_layout(result, reader)
    for name, rows in page.tables.items():
        # On paper the data of a chart are left out where there are many, numbers for programs altogether,
        # and so are columns that hold the ends of an interval.
        if name in page.of_charts and len(rows) > 21 or name == "assumptions":
            continue
        if name == "columns":
            rows = [row for row in rows if not row[1].endswith(("_lower", "_upper"))]
        for row in rows[1:]:
            for text in row:
                result.count += 1
                if text and squeezed(text) not in paper:
                    result.say("PDF,", name, "lacks", repr(text))
    markdown = (folder / "report.md").read_text()
    plain = re.sub(r"\\(.)", r"\1", markdown).replace("**", "")
    if short not in page.tables:
        result.say("the page has no table", short)
    for row in page.tables.get(short, [])[1:]:
        for text in row:
            result.count += 1
            if text not in plain:
                result.say("Markdown lacks", repr(text))
    for problem in result.problems[:40]:
        print(problem)
    print(f"{result.count} values compared, {len(result.problems)} differ")
    return 1 if result.problems else 0


if __name__ == "__main__":
    sys.exit(main())
