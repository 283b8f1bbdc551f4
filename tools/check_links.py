"""Checks that every link from one of our Markdown pages to a file or heading leads somewhere.

    .venv/bin/python tools/check_links.py

Prints each dead link with its place and ends with exit code 1 where there is one. Links to the web
are not followed: nothing here needs a network.
"""

import pathlib
import re
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")


def lines_outside_code(page: pathlib.Path):
    """The lines of a page with their numbers, without fenced blocks and comments."""
    fence = None
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->", lambda comment: "\n" * comment[0].count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), start=1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = None
        elif fence is None:
            yield number, line


def anchors(page: pathlib.Path) -> set[str]:
    """The fragments that the headings of a page can be reached by, as GitHub makes them."""
    found: dict[str, int] = {}
    result = set()
    for _, line in lines_outside_code(page):
        if heading := HEADING.match(line):
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
            name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
            result.add(f"{name}-{found[name]}" if name in found else name)
            found[name] = found.get(name, 0) + 1
    return result


def dead_link(page: pathlib.Path, target: str) -> str | None:
    """Why a link of a page leads nowhere; nothing where it leads somewhere."""
    path, _, fragment = urllib.parse.unquote(target).partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return f"there is no {path}"
    if not file.is_relative_to(ROOT):
        return f"{path} lies outside the checkout"
    if fragment and file.suffix == ".md" and fragment not in anchors(file):
        return f"{file.relative_to(ROOT)} has no heading for #{fragment}"
    return None


def main() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.md"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    dead = 0
    pages = sorted(ROOT / name for name in listed.stdout.split("\0") if name)
    for page in filter(pathlib.Path.is_file, pages):
        for number, line in lines_outside_code(page):
            for match in LINK.finditer(re.sub(r"`[^`]*`", "", line)):
                target = match[1] or match[2]
                if re.match(r"[a-z][a-z0-9+.-]*:", target):
                    continue
                if reason := dead_link(page, target):
                    dead += 1
                    print(f"{page.relative_to(ROOT)}:{number}: {target}: {reason}")
    if dead:
        sys.exit(1)


main()
