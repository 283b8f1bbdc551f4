// The workbench's own script: uploads, live jobs, and the map. Every page works without it but uploading.
"use strict";

const csrf = document.querySelector("meta[name=csrf]")?.content ?? "";

/** Asks the server; a refusal becomes an error with its sentences. */
async function ask(method, place, body, type) {
  const headers = { "X-CSRF-Token": csrf };
  if (type) headers["Content-Type"] = type;
  const answer = await fetch(place, { method, headers, body });
  const document_ = await answer.json();
  if (!answer.ok) throw new Error(document_.detail ?? answer.statusText);
  return document_;
}

// Uploads

function startUploader() {
  const place = document.getElementById("uploader");
  if (!place) return;
  place.hidden = false;
  const state = document.getElementById("upload-state");
  const bar = document.getElementById("upload-progress");

  async function upload(files, name) {
    if (files.length === 0) return;
    bar.hidden = false;
    try {
      const { upload } = await ask("POST", "/api/v1/uploads");
      for (let index = 0; index < files.length; index += 1) {
        const { path, file } = files[index];
        state.textContent = `Sending ${index + 1} of ${files.length}: ${path}`;
        bar.value = index / files.length;
        await ask("PUT", `/api/v1/uploads/${upload}/file?path=${encodeURIComponent(path)}`, file,
          "application/octet-stream");
      }
      if (place.dataset.next) {
        location.assign(`${place.dataset.next}?upload=${upload}`);
        return;
      }
      const job = await ask("POST", "/api/v1/imports", JSON.stringify({ upload, name }),
        "application/json");
      location.assign(`/jobs/${job.id}`);
    } catch (error) {
      state.textContent = `Not taken: ${error.message}`;
      bar.hidden = true;
    }
  }

  /** Under which name files are kept: that of the folder or of the one file, else "upload". */
  function nameOf(name, isOne) {
    return isOne && name ? name.slice(0, 60) : "upload";
  }

  function chosen(input) {
    const files = Array.from(input.files, (file) => ({
      path: file.webkitRelativePath || file.name, file
    }));
    const first = files[0]?.path ?? "";
    void upload(files, nameOf(first.split("/")[0], first.includes("/") || files.length === 1));
  }

  for (const id of ["choose-files", "choose-folder"]) {
    const input = document.getElementById(id);
    input?.addEventListener("change", () => chosen(input));
  }

  /** All files below something that was dropped. */
  async function filesOf(entry, folder) {
    const path = folder + entry.name;
    if (entry.isFile) {
      const file = await new Promise((take, refuse) => entry.file(take, refuse));
      return [{ path, file }];
    }
    const reader = entry.createReader();
    const files = [];
    for (;;) {
      const part = await new Promise((take, refuse) => reader.readEntries(take, refuse));
      if (part.length === 0) return files;
      for (const child of part) files.push(...await filesOf(child, `${path}/`));
    }
  }

  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", async (event) => {
    event.preventDefault();
    place.classList.remove("over");
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry())
      .filter((entry) => entry !== null);
    const files = [];
    for (const entry of entries) files.push(...await filesOf(entry, ""));
    void upload(files, nameOf(entries[0]?.name, entries.length === 1));
  });
}

// Live jobs

function startJob() {
  const place = document.getElementById("job");
  const source = place?.dataset.live;
  if (!source) return;
  const events = new EventSource(source);
  const figures = document.getElementById("job-figures");
  let shown = null;
  let isDrawing = false;

  /** Shows what the study shows by now: drawn out of sight first, so that nothing flickers. */
  async function draw() {
    isDrawing = true;
    const wanted = shown;
    try {
      const answer = await fetch(`/jobs/${place.dataset.job}/figures`);
      const text = answer.ok ? await answer.text() : "";
      if (text !== "") {
        const part = document.createElement("div");
        part.className = "arriving";
        part.innerHTML = text;
        for (const details of part.querySelectorAll("details")) {
          const before = figures.querySelector(`#${details.closest("figure")?.id ?? "none"} details`);
          if (before) details.open = before.open;
        }
        figures.append(part);
        if (typeof drawCharts === "function") await drawCharts(part);
        part.className = "";
        figures.replaceChildren(part);
      }
    } catch (error) {
      // The next rehearsals bring the next chance.
    }
    isDrawing = false;
    if (shown !== wanted) void draw();
  }

  events.addEventListener("job", (event) => {
    const job = JSON.parse(event.data);
    document.getElementById("job-message").textContent = job.message;
    const bar = document.getElementById("job-progress");
    if (job.total > 0) bar.value = job.done / job.total;
    if (figures && job.shown && job.shown !== shown) {
      shown = job.shown;
      if (!isDrawing) void draw();
    }
    const word = document.querySelector("#job-state .state");
    const shape = job.state === "running" ? "◐" : "○";
    if (job.state === "running" || job.state === "waiting") {
      word.textContent = `${shape} ${job.state}`
        + (job.total > 0 ? ` · ${Math.floor(100 * job.done / job.total)} %` : "");
    } else {
      events.close();
      location.reload();
    }
  });
}

// The map

function startMap() {
  const place = document.querySelector(".map");
  const drawing = place?.querySelector("svg");
  const tools = document.getElementById("map-tools");
  if (!drawing || !tools || !drawing.viewBox.baseVal?.width) return;
  tools.hidden = false;
  for (const part of document.querySelectorAll("#whole-map, label[for=whole-map]")) part.hidden = true;
  place.classList.add("panned");
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  const whole = drawing.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let seen = { ...full };

  function show() {
    drawing.setAttribute("viewBox", `${seen.x} ${seen.y} ${seen.width} ${seen.height}`);
  }

  /** Changes the scale around a point of the drawing. */
  function zoom(factor, x = seen.x + seen.width / 2, y = seen.y + seen.height / 2) {
    const width = Math.min(Math.max(seen.width * factor, full.width / 60), full.width * 2);
    const scale = width / seen.width;
    seen = {
      x: x - (x - seen.x) * scale, y: y - (y - seen.y) * scale,
      width, height: seen.height * scale
    };
    show();
  }

  function point(event) {
    const place_ = new DOMPoint(event.clientX, event.clientY);
    return place_.matrixTransform(drawing.getScreenCTM().inverse());
  }

  document.getElementById("zoom-in").addEventListener("click", () => zoom(0.7));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 0.7));
  document.getElementById("zoom-all").addEventListener("click", () => { seen = { ...full }; show(); });
  place.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    const at = point(event);
    zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, at.x, at.y);
  }, { passive: false });

  let held = null;
  let moved = false;
  place.addEventListener("pointerdown", (event) => {
    held = point(event);
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const at = point(event);
    const [x, y] = [held.x - at.x, held.y - at.y];
    if (!moved && Math.hypot(x, y) < seen.width / 200) return;
    moved = true;
    place.classList.add("moving");
    seen.x += x;
    seen.y += y;
    show();
  });
  window.addEventListener("pointerup", () => {
    held = null;
    place.classList.remove("moving");
  });
  place.addEventListener("dragstart", (event) => event.preventDefault());
  // What ends a movement is no click on what lies there.
  place.addEventListener("click", (event) => {
    if (moved) event.preventDefault();
  }, true);
  place.tabIndex = 0;
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "Map; arrows move it, plus and minus change its size");
  place.addEventListener("keydown", (event) => {
    const step = seen.width / 10;
    const acts = {
      ArrowLeft: () => { seen.x -= step; }, ArrowRight: () => { seen.x += step; },
      ArrowUp: () => { seen.y -= step; }, ArrowDown: () => { seen.y += step; },
      "+": () => zoom(0.7), "-": () => zoom(1 / 0.7), "0": () => { seen = { ...full }; }
    };
    if (event.target !== place || !acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
    show();
  });

  const search = document.getElementById("map-search");
  const found = document.getElementById("map-found");
  search.addEventListener("input", () => {
    const word = search.value.trim().toLowerCase();
    let count = 0;
    for (const node of drawing.querySelectorAll("g.node")) {
      const isFound = word !== "" && node.textContent.toLowerCase().includes(word);
      node.classList.toggle("found", isFound);
      node.classList.toggle("dim", word !== "" && !isFound);
      if (isFound) count += 1;
    }
    found.textContent = word === "" ? "" : `${count} found`;
  });
}

// A scenario: what is wrong with the text is said while it is typed.

function startEditor() {
  const area = document.getElementById("scenario-text");
  const state = document.getElementById("scenario-state");
  if (!area || !state) return;
  const kept = area.value;
  let waiting = 0;
  let asked = 0;

  async function check() {
    asked += 1;
    const mine = asked;
    const answer = await ask("POST", "/api/v1/scenario-check",
      JSON.stringify({ text: area.value }), "application/json").catch((error) => ({
      problems: [error.message]
    }));
    if (mine !== asked) return;
    state.replaceChildren();
    if (answer.problems.length === 0) {
      state.textContent = "Not kept yet. It can be run.";
      return;
    }
    state.append(`Not kept yet. ${answer.problems.length} problem${answer.problems.length === 1 ? "" : "s"}:`);
    state.append(problemList(answer.problems));
  }

  /** Problems as a list; a line number leads to the line. */
  function problemList(problems) {
    const list = document.createElement("ul");
    list.className = "problems";
    for (const problem of problems.slice(0, 50)) {
      const item = document.createElement("li");
      const place = /:(\d+):(\d+)/.exec(problem);
      if (place) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "quiet-button";
        button.textContent = problem;
        button.addEventListener("click", () => goTo(Number(place[1])));
        item.append(button);
      } else {
        item.textContent = problem;
      }
      list.append(item);
    }
    return list;
  }

  function goTo(line) {
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    area.scrollTop = Math.max(0, (line - 5) * 18);
  }

  const known = document.querySelector("#problems ul.problems");
  if (known) known.replaceWith(problemList(Array.from(known.children, (item) => item.textContent)));

  area.addEventListener("input", () => {
    clearTimeout(waiting);
    if (area.value === kept) { state.textContent = ""; return; }
    waiting = setTimeout(() => { void check(); }, 500);
  });
}

// Sliders: a preview from a few replications

function startSliders() {
  const place = document.getElementById("sliders");
  if (!place) return;
  const state = document.getElementById("preview-state");
  const shown = document.getElementById("preview");
  const inputs = Array.from(place.querySelectorAll("input[type=range]"));
  let asked = 0;
  let waiting = 0;

  async function preview() {
    asked += 1;
    const mine = asked;
    const changes = inputs.filter((input) => input.value !== input.dataset.start)
      .map((input) => `${input.dataset.path}=${input.value}${input.dataset.suffix}`);
    shown.setAttribute("aria-busy", "true");
    const started = performance.now();
    try {
      const answer = await ask("POST", place.dataset.place,
        JSON.stringify({ changes: changes.join("\n") }), "application/json");
      if (mine !== asked) return;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      state.textContent = `Preview from ${answer.replications} rehearsals of each variant, in ${seconds} s;`
        + ` brackets: ${Math.round(100 * answer.level)} % intervals.`;
      shown.replaceChildren(previewTable(answer.variants));
    } catch (error) {
      if (mine !== asked) return;
      state.textContent = `No preview: ${error.message}`;
      shown.replaceChildren();
    }
    shown.removeAttribute("aria-busy");
  }

  function previewTable(variants) {
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const title of ["Variant", ...variants[0].figures.map((figure) => figure.figure)]) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = title;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const variant of variants) {
      const row = body.insertRow();
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = variant.title;
      row.append(name);
      for (const figure of variant.figures) {
        row.insertCell().textContent = `${figure.value} ${figure.interval}`;
      }
    }
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    scroll.append(table);
    return scroll;
  }

  for (const input of inputs) {
    const output = place.querySelector(`output[for=${input.id}]`);
    input.addEventListener("input", () => {
      output.textContent = `${input.value}${input.dataset.suffix}`;
      clearTimeout(waiting);
      waiting = setTimeout(() => { void preview(); }, 150);
    });
  }
  void preview();
}

startUploader();
startJob();
startMap();
startEditor();
startSliders();
