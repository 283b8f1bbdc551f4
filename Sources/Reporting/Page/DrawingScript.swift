/// Draws the charts of a page: takes each specification beside its place, and says so where it fails.
///
/// Rows that are packed (`ChartData`) are unpacked. The files that can be downloaded are made of the
/// specifications: their own text, and the data as CSV, rounded as the tables are (`ChartTable.Form`).
/// `ast: true` evaluates expressions without `eval`, as the page's Content-Security-Policy demands. What
/// cannot be drawn leaves its table open. `drawCharts` is for parts that come later, too; it returns a
/// promise of the drawings. It holds neither `<` nor `&`.
package let drawingScript = """
  function unpacked(value) {
    if (Array.isArray(value)) { return value.map(unpacked); }
    if (value === null || typeof value !== "object") { return value; }
    if (!(Array.isArray(value.columns) ? Array.isArray(value.rows) : false)) {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpacked(part)]));
    }
    const words = value.columns.map((column) => (value.words || {})[column]);
    return { values: value.rows.map((row) => Object.fromEntries(value.columns.map(
      (column, place) => [column, words[place] ? words[place][row[place]] : row[place]]))) };
  }
  function specificationAt(part, id) {
    return unpacked(JSON.parse(part.querySelector("[id='" + id + "']").textContent));
  }
  function fileOf(text, type) { return URL.createObjectURL(new Blob([text], { type: type })); }
  function digitsOf(value, form) {
    if (form === "whole") { return Number.isInteger(value) ? 0 : 1; }
    if (form === "coarse") { return 100 > Math.abs(value) ? 1 : 0; }
    if (form === "share") { return 1; }
    if (form !== "significant") { return Number(form); }
    let rest = Math.abs(value) / 1000;
    let digits = 0;
    if (rest === 0) { return 0; }
    while (0.9999999 > rest) { if (digits === 9) { break; } rest *= 10; digits += 1; }
    while (rest >= 9.9999999) { if (digits === -15) { break; } rest /= 10; digits -= 1; }
    return Math.min(3, Math.max(0, digits - 1));
  }
  function rounded(value, form) {
    const shown = form === "share" ? 100 * value : value;
    const scale = Math.pow(10, digitsOf(shown, form));
    const whole = Math.floor(Math.abs(shown) * scale);
    const up = Math.abs(shown) * scale - whole >= 0.5 ? 1 : 0;
    return String(Math.sign(shown) * (whole + up) / scale + 0);
  }
  function cellOf(value, form) {
    if (value === null || value === undefined) { return ""; }
    if (typeof value === "number") { return rounded(value, form); }
    const safe = /^[=+@\\t\\r-]/.test(value) ? "'" + value : value;
    return /[",;\\r\\n]|^ | $/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  }
  function drawCharts(part) {
    for (const link of part.querySelectorAll("a.specification")) {
      const specification = specificationAt(part, link.getAttribute("href").slice(1));
      link.href = fileOf(JSON.stringify(specification, null, 2), "application/json");
    }
    for (const link of part.querySelectorAll("a.data")) {
      const columns = link.dataset.columns.split(" ").map((column) => column.split(":"));
      const lines = [columns.map(([name]) => name).join(",")];
      for (const place of link.closest("figure").querySelectorAll(".chart script")) {
        for (const row of specificationAt(part, place.id).data.values) {
          lines.push(columns.map(([name, form]) => cellOf(row[name], form)).join(","));
        }
      }
      link.href = fileOf(lines.join("\\r\\n") + "\\r\\n", "text/csv;charset=utf-8");
    }
    const drawings = [];
    for (const place of part.querySelectorAll(".chart")) {
      const specification = unpacked(JSON.parse(place.querySelector("script").textContent));
      delete specification.title;
      const view = document.createElement("div");
      view.className = "chart";
      place.after(view);
      drawings.push(vegaEmbed(view, specification, {
        mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false,
        tooltip: { disableDefaultStyle: true }
      }).then(function () {
        // A layer without anything to show has no name, and is no picture.
        for (const layer of view.querySelectorAll("g[role='graphics-symbol']:not([aria-label])")) {
          layer.removeAttribute("role");
          layer.removeAttribute("aria-roledescription");
        }
      }).catch(function (error) {
        view.textContent = "This chart could not be drawn (" + error.message + "); its data stand below.";
        const table = place.closest("figure").querySelector("details");
        if (table) { table.open = true; }
      }));
    }
    return Promise.all(drawings);
  }
  drawCharts(document);
  """
