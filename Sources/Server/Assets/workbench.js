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
      const job = await ask("POST", "/api/v1/imports", JSON.stringify({ upload, name }),
        "application/json");
      location.assign(`/jobs/${job.id}`);
    } catch (error) {
      state.textContent = `Not imported: ${error.message}`;
      bar.hidden = true;
    }
  }

  function chosen(input) {
    const files = Array.from(input.files, (file) => ({
      path: file.webkitRelativePath || file.name, file
    }));
    const first = files[0]?.path ?? "";
    const name = (first.includes("/") ? first.split("/")[0] : first) || "upload";
    void upload(files, name.slice(0, 60));
  }

  for (const id of ["choose-files", "choose-folder"]) {
    const input = document.getElementById(id);
    input.addEventListener("change", () => chosen(input));
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
    void upload(files, (entries[0]?.name ?? "upload").slice(0, 60));
  });
}

// Live jobs

function startJob() {
  const place = document.getElementById("job");
  const source = place?.dataset.live;
  if (!source) return;
  const events = new EventSource(source);
  events.addEventListener("job", (event) => {
    const job = JSON.parse(event.data);
    document.getElementById("job-message").textContent = job.message;
    const bar = document.getElementById("job-progress");
    if (job.total > 0) bar.value = job.done / job.total;
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

startUploader();
startJob();
startMap();
