"""Writes charts.js, the JavaScript that draws the charts of reports, and charts.json about it.

    .venv/bin/python tools/make_chart_bundle.py share/rehearse

charts.js holds Vega, Vega-Lite and vega-embed as one plain script that sets the globals `vega`,
`vegaLite` and `vegaEmbed`, may stand inline in an HTML page, loads nothing, and carries the notices
of its authors. The same versions of the parts give the same bytes.
"""

import hashlib
import json
import os
import pathlib
import re
import sys

import vl_convert

VEGA_LITE = "6.4"  # the version that the specifications of reports are written for
NOTICES = pathlib.Path(__file__).with_name("chart_bundle_notices.txt")


def chart_bundle() -> str:
    """The bundle as text that an HTML `<script>` element can hold."""
    versions = (
        f"Vega {vl_convert.get_vega_version()}, Vega-Lite {VEGA_LITE}, "
        f"vega-embed {vl_convert.get_vega_embed_version()}"
    )
    notices = NOTICES.read_text(encoding="utf-8").strip()
    libraries = vl_convert.javascript_bundle(vl_version=VEGA_LITE).strip()
    # The libraries come as an ES module. A function keeps their names, among them `n` and `t`, out
    # of the page's global scope; modules are strict.
    script = f'/*\n{versions}\n\n{notices}\n*/\n(function () {{\n"use strict";\n{libraries}\n}})();\n'
    return safe_inline(script)


def safe_inline(script: str) -> str:
    """The same program without what would end or hide an inline script.

    Both sequences can stand only in string, template and regular expression literals (or in
    comments), where a backslash before these characters changes nothing.
    """
    script = re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE)
    return script.replace("<!--", "<\\!--")


def write(path: pathlib.Path, text: str) -> None:
    """Replaces the file in one step, so that no reader finds half of it."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    os.replace(unfinished, path)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: make_chart_bundle.py FOLDER")
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    script = chart_bundle()
    content = script.encode("utf-8")
    about = {
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "vega": vl_convert.get_vega_version(),
        "vega-embed": vl_convert.get_vega_embed_version(),
        "vega-lite": VEGA_LITE,
        "vl-convert-python": vl_convert.__version__,
    }
    write(folder / "charts.js", script)
    write(folder / "charts.json", json.dumps(about, indent=2, sort_keys=True) + "\n")


main()
