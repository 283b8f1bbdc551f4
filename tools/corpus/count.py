"""Counts what an import takes out of real files, and what an independent query finds in them.

    count.py CORPUS --rehearse PROGRAM [--table FILE.md] [--json FILE.json] [--times]

Every folder of CORPUS is imported by itself. For each format with a module in `queries`, the steps,
calls and human steps that the query finds in a file stand beside those that the program reports of
it. Exit code 1 where a format misses a bar; its files are then listed on the terminal. The table and
the JSON hold no name of a file.

A query module has FORMAT, the format's identifier, and counts(path, data): a dictionary with "steps",
"calls" and "human", or None where the bytes are not of this format. With IS_PART the files may as well
be read as parts of projects of other formats.
"""

import argparse
import collections
import dataclasses
import importlib.util
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

KINDS = ("steps", "calls", "human")
# The share of recognised files without an unexplained problem, of counted things that must be there,
# and the longest time of one file in seconds.
EXPLAINED, PRESENT, SECONDS = 0.97, 0.95, 2.0
ARCHIVE_DEPTH, ARCHIVE_MEMBER_BYTES = 3, 64 << 20


@dataclasses.dataclass
class Tally:
    """What is counted of one format."""

    files: int = 0
    recognised: int = 0
    unrecognised: int = 0
    statuses: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    unexplained: int = 0
    queried: int = 0
    wanted: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    got: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    present: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    slowest: float | None = None
    remarks: list = dataclasses.field(default_factory=list)

    def share(self, kind):
        """Of the things that the query counts, file by file, the share that the import has too."""
        return self.present[kind] / self.wanted[kind] if self.wanted[kind] else None

    def explained(self):
        """Share of the recognised files that were imported without an unexplained problem."""
        return 1 - self.unexplained / self.recognised if self.recognised else None

    def misses(self):
        """The bars that are missed, in words."""
        found = []
        if self.unrecognised:
            found.append(f"{self.unrecognised} files are not recognised")
        if self.recognised and self.explained() < EXPLAINED:
            found.append(f"{self.explained():.1%} without an unexplained problem")
        for kind in KINDS:
            if self.wanted[kind] and self.share(kind) < PRESENT:
                found.append(f"{self.share(kind):.1%} of {kind}")
        if self.slowest is not None and self.slowest > SECONDS:
            found.append(f"a file takes {self.slowest:.1f} s")
        return found


def load_queries(folder):
    queries = []
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("_"):
            continue
        spec = importlib.util.spec_from_file_location(f"query_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        queries.append(module)
    return queries


def is_opened(data):
    """Whether bytes are an archive that the import opens: ZIP, and no document of an office program."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
    parts = ("xl/workbook.", "word/document.", "ppt/presentation.", "visio/document.")
    return not ("[Content_Types].xml" in names and any(n.startswith(parts) for n in names))


def files_below(path, data, depth=0):
    """A file, or the files in it where it is an archive, each with its path as the import shows it."""
    if depth >= ARCHIVE_DEPTH or not is_opened(data):
        yield path, data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.is_dir() or member.file_size > ARCHIVE_MEMBER_BYTES:
                continue
            name = member.filename.replace("\\", "/")
            try:
                content = archive.read(member)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile):
                continue
            yield from files_below(f"{path}!/{name}", content, depth + 1)


def imported(program, paths, may_refuse=False):
    """The program's JSON on paths, in a workspace of its own.

    A single file may be refused with a message where that is said to be allowed.
    """
    with tempfile.TemporaryDirectory() as scratch:
        command = [program, "import", *map(str, paths), "--format", "json"]
        command += ["--workspace", f"{scratch}/rehearse.sqlite"]
        run = subprocess.run(command, capture_output=True)
    try:
        return json.loads(run.stdout)
    except ValueError:
        message = run.stderr.decode(errors="replace").strip()
        # A folder of formats that are none of ours.
        if run.returncode == 2 and (may_refuse or "nothing that can be imported" in message):
            return {"files": []}
        sys.exit(f"{' '.join(command)} ended with {run.returncode}: {message}")


def counted(query, member, data):
    """What a query counts in a file; none where it cannot make anything of the bytes."""
    try:
        return query.counts(member, data)
    except Exception:  # Queries read what they expect; every other file ends here.
        return None


def count_folder(folder, program, queries, tallies):
    # Files that are part of projects of several formats count where they stand alone.
    parts = {q.FORMAT for q in queries if getattr(q, "IS_PART", False)}
    documents = {d["path"]: d for d in imported(program, [folder])["files"]}
    formats = collections.Counter(
        d["format"] for d in documents.values() if d["format"] not in (None, "archive")
    )
    queried = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        shown = path.relative_to(folder).as_posix()
        for member, data in files_below(shown, path.read_bytes()):
            for query in queries:
                if (counts := counted(query, member, data)) is not None:
                    queried.setdefault(member, []).append((query.FORMAT, counts))
    # Files of no format belong to the one that the folder is mostly of.
    main = formats.most_common(1)[0][0] if formats else None
    for path, document in documents.items():
        if document["format"] == "archive":
            continue
        home = document["format"] or (queried[path][0][0] if path in queried else main)
        if home is None:
            continue
        tally = tallies[home]
        tally.files += 1
        tally.statuses[document["status"]] += 1
        shown = f"{folder.name}/{path}"
        if document["format"] is not None:
            tally.recognised += 1
            severities = [p["severity"] for p in document["problems"]]
            isSilent = document["status"] == "partial" and not severities and not document["unknowns"]
            if document["status"] == "failed" or isSilent:
                tally.unexplained += 1
                why = document["problems"][0]["message"] if severities else "partial without a word"
                tally.remarks.append(f"{document['status']}: {shown}: {why}")
        for format, counts in queried.get(path, []):
            if format in parts and document["format"] not in (None, format):
                continue
            compare(document, format, counts, shown, tallies[format])
    for path in sorted(queried.keys() - documents.keys()):
        for format, _ in queried[path]:
            tallies[format].unrecognised += 1
            tallies[format].remarks.append(f"not read: {folder.name}/{path}")


def compare(document, format, counts, shown, tally):
    if document["format"] != format:
        if document["status"] != "not_inventory" and any(counts.values()):
            tally.unrecognised += 1
            tally.remarks.append(f"read as {document['format']}: {shown}")
        elif any(counts.values()):
            tally.unrecognised += 1
            tally.remarks.append(f"not recognised: {shown}")
        return
    tally.queried += 1
    for kind in KINDS:
        tally.wanted[kind] += counts[kind]
        tally.got[kind] += document[kind]
        tally.present[kind] += min(counts[kind], document[kind])
        if document[kind] < counts[kind]:
            tally.remarks.append(f"{kind} {document[kind]} of {counts[kind]}: {shown}")


def time_files(corpus, program, tallies):
    """The slowest file of each format, each imported by itself, start of the program included."""
    for folder in folders(corpus):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            start = time.monotonic()
            documents = imported(program, [path], may_refuse=True)["files"]
            seconds = time.monotonic() - start
            for format in {d["format"] for d in documents} & tallies.keys():
                tallies[format].slowest = max(tallies[format].slowest or 0, seconds)


def folders(corpus):
    return sorted(p for p in corpus.iterdir() if p.is_dir() and not p.name.startswith("."))


def table(tallies):
    def pair(tally, kind):
        if not tally.queried:
            return "–"
        if not tally.wanted[kind]:
            return "0 / 0"
        return f"{tally.wanted[kind]:,} / {tally.got[kind]:,} ({tally.share(kind):.1%})"

    lines = [
        "# Formats, measured on real files",
        "",
        "Written by `make corpus CORPUS=folder`; the files themselves, exports of real products that"
        " others published, are no part of this repository. What each format gives is in"
        " [formats](formats.md).",
        "",
        "*files*: of folders that hold this format, members of archives included. *unexplained*:"
        " failed, or partial without saying why. *steps*, *calls*, *human*: counted by a query that"
        " shares no code with the import (`tools/corpus/queries`) / found by the import; in brackets"
        " the share of the counted that is there, file by file, so that too many in one file do not"
        " make up for too few in another. The import may find more than the query, which counts"
        " only what the format says in plain words. *slowest*: one file by itself, start of the"
        " program included.",
        "",
        "| format | files | recognised | imported | partial | failed | not inventory | unexplained"
        " | steps | calls | human | slowest |",
        "|---|" + "--:|" * 11,
    ]
    for format, tally in sorted(tallies.items()):
        cells = [f"`{format}`", tally.files, tally.recognised]
        cells += [tally.statuses[s] for s in ("imported", "partial", "failed", "not_inventory")]
        cells += [tally.unexplained] + [pair(tally, kind) for kind in KINDS]
        cells.append("–" if tally.slowest is None else f"{tally.slowest:.2f} s")
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def as_json(tallies):
    return {
        format: {
            "files": tally.files,
            "recognised": tally.recognised,
            "unrecognised": tally.unrecognised,
            **{s: tally.statuses[s] for s in ("imported", "partial", "failed", "not_inventory")},
            "unexplained": tally.unexplained,
            "queried": tally.queried,
            **{
                kind: {
                    "query": tally.wanted[kind],
                    "import": tally.got[kind],
                    "share": tally.share(kind),
                }
                for kind in KINDS
            },
            "slowest_seconds": tally.slowest,
            "misses": tally.misses(),
        }
        for format, tally in sorted(tallies.items())
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--rehearse", default=".build/release/rehearse", help="the program")
    parser.add_argument("--table", type=pathlib.Path, help="Markdown file to write")
    parser.add_argument("--json", type=pathlib.Path, help="JSON file to write")
    parser.add_argument("--times", action="store_true", help="time each file by itself")
    parser.add_argument("--only", help="only folders whose name contains this")
    parser.add_argument("--verbose", action="store_true", help="list every file that differs")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        sys.exit(f"{options.corpus} is no folder; name the one that holds a folder for each format")
    program = os.path.abspath(options.rehearse)
    queries = load_queries(pathlib.Path(__file__).parent / "queries")
    tallies = collections.defaultdict(Tally)
    for folder in folders(options.corpus):
        if not options.only or options.only in folder.name:
            count_folder(folder, program, queries, tallies)
    if options.times:
        time_files(options.corpus, program, tallies)
    text = table(tallies)
    if options.table:
        options.table.write_text(text)
    if options.json:
        options.json.write_text(json.dumps(as_json(tallies), indent=2) + "\n")
    print(text[text.index("| format") :], end="")
    isMissed = False
    for format, tally in sorted(tallies.items()):
        if misses := tally.misses():
            isMissed = True
            print(f"\n{format} misses: {'; '.join(misses)}")
        if misses or options.verbose:
            for remark in tally.remarks:
                print(f"  {format}: {remark}")
    sys.exit(1 if isMissed else 0)


if __name__ == "__main__":
    main()
