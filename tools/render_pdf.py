"""Makes a tagged PDF of a report.

    python tools/render_pdf.py < job.json > report.pdf

Reads JSON from standard input: `html`, the page for paper; `charts`, a list of objects with `id` (of
the place in the page that the drawing takes), `specification` (Vega-Lite), `width` in points and
`description` for those who cannot see it; `variant`, the kind of PDF. Charts become vector drawings.
Nothing is loaded from anywhere, and the same job gives the same bytes where SOURCE_DATE_EPOCH is set.
"""

import base64
import html
import json
import re
import sys

import vl_convert
from weasyprint import HTML
from weasyprint.urls import URLFetcher

VEGA_LITE = "6.4"  # the version that the specifications of reports are written for
INK = "#1b1f23"
HATCH = (
    '<defs><pattern id="owed-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="2" height="6" fill="#767676"/></pattern></defs>'
)


def drawing(chart: dict) -> str:
    """An image element with the chart as SVG."""
    specification = dict(chart["specification"], width=chart["width"], background="white")
    specification.pop("title", None)
    svg = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    svg = svg.replace("currentColor", INK)
    if "#owed-hatch" in svg:
        svg = re.sub(r"(<svg[^>]*>)", lambda found: found[1] + HATCH, svg, count=1)
    source = base64.b64encode(svg.encode()).decode()
    description = html.escape(chart["description"], quote=True)
    return f'<img alt="{description}" src="data:image/svg+xml;base64,{source}"/>'


def main() -> None:
    job = json.load(sys.stdin)
    page = job["html"]
    for chart in job["charts"]:
        place = f'<div class="chart" id="{chart["id"]}"> </div>'
        if page.count(place) != 1:
            raise ValueError(f'the page has no place for the chart {chart["id"]}')
        page = page.replace(place, f'<div class="chart">{drawing(chart)}</div>')
    document = HTML(string=page, base_url=None, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    document.write_pdf(sys.stdout.buffer, pdf_variant=job["variant"])


if __name__ == "__main__":
    main()
