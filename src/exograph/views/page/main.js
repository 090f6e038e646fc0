// SPDX-License-Identifier: Apache-2.0
// What happens on a click, a key or a change of address: the state changes, then what shows it.

let followed = ""; // the address that is shown
let steady = 0; // milliseconds until the first picture stood still

const has = {
  entity: (id) => ENTITIES.has(id),
  claim: (id) => CLAIMS.has(id),
  reference: (id) => Object.hasOwn(DATA.references, id),
  story: (id) => DATA.mechanisms.some((m) => m.id === id),
  path: (id) => Number(id) in DATA.paths,
  stories: () => true, paths: () => true, about: () => true, find: () => true,
};

// The address holds what is chosen, so that back and forward work and a link leads there.
function choose(what, id) {
  location.hash = addressOf(what, id);
  follow();
}

function clear() {
  const wanted = addressOf("", "");
  if (location.hash !== wanted) location.hash = wanted;
  follow();
}

function follow() {
  followed = location.hash;
  const { what, id, view } = readAddress();
  const back = byId("panel").contains(document.activeElement);
  bringTo(view);
  state.chosen = Object.hasOwn(has, what) && has[what](id) ? { what, id } : null;
  if (Object.hasOwn(SHEETS, what)) showSheet(what, id); else showSheet(null);
  goWhereItIs();
  refocus();
  showPanel();
  repaint();
  if (!state.chosen) fitAgain = () => fit(shown.nodes, { move: false });
  if (state.chosen) show();
  else if (!state.chosen && before) { network.moveTo({ ...before, animation: gently() }); before = null; }
  if (back && !byId("panel").hidden) byId("panel").focus({ preventScroll: true });
  if (state.list) drawList();
  settle();
}

const LEGIBLE = 0.6;

// The part of the picture that the panel leaves free gets all, if that can be read there, or else
// what is in focus; on a phone, of a well-connected entity at least itself.
function show() {
  const { what, id } = state.chosen;
  const wanted = [...(focus && focus.nodes.size ? focus.nodes : shown.nodes)].filter((n) => shown.nodes.has(n));
  if (scaleFor(shown.nodes) >= LEGIBLE) reveal(shown.nodes);
  else reveal(what === "entity" && narrow() && scaleFor(wanted) < 0.4 ? [id] : wanted);
}

function claimsOfChoice() {
  const { what, id } = state.chosen;
  if (what === "claim") return [id];
  if (what === "reference") { // of one that is cited everywhere, what the picture shows now
    const cited = claimsCiting(id);
    return cited.length > 40 ? cited.filter((c) => shown.claims.has(c)) : cited;
  }
  if (what === "story") return DATA.mechanisms.find((m) => m.id === id).steps.filter((s) => CLAIMS.has(s));
  if (what === "path") return DATA.paths[Number(id)].filter((s) => CLAIMS.has(s));
  if (what === "find") return pathClaims(id);
  return null;
}

// The scene and the filters give way to what was chosen; what no drawing has is drawn alone.
function goWhereItIs() {
  if (!layout) return;
  const claims = state.chosen && claimsOfChoice();
  const alone = state.scene === AROUND;
  const held = state.chosen && state.chosen.what === "entity" ? work.ids.has(state.chosen.id) : claims && claims.length > 0 && claims.every((c) => layout.claims.includes(c));
  const stays = alone && !insist && (!state.chosen || held);
  forced = new Set([...DATA.paths.flat(), ...(stays ? layout.claims : [])]);
  if (stays || !state.chosen) return;
  if (insist || (alone && state.chosen.what === "entity")) { insist = false; goAround(); return; }
  const needed = state.chosen.what === "entity" ? [state.chosen.id] : (claims || []).flatMap((c) => [CLAIMS.get(c).subject, CLAIMS.get(c).object]);
  if (!needed.length) return;
  if ((claims || []).some(leftOut)) { goAround(); return; }
  const holds = (drawing) => needed.every((id) => id in drawing.boxes) && (claims || []).every((c) => drawing.claims.includes(c));
  if (!holds(layout)) {
    const home = [...DRAWINGS.keys()].find((key) => holds(drawingFor(key)));
    if (!home) { goAround(); return; }
    changeScene(home);
  }
  const hiddenOnes = !needed.every((id) => shown.nodes.has(id)) || !(claims || []).every((id) => shown.claims.has(id));
  if (hiddenOnes) {
    const lifted = (claims || []).some((id) => CLAIMS.get(id).sign === "background");
    freshFilters();
    if (lifted) state.filters.signs.delete("background");
    applyFilters();
    drawKey();
    counts();
  }
}

function refocus() {
  focus = null;
  if (!state.chosen) return;
  const { what, id } = state.chosen;
  const claims = claimsOfChoice();
  if (claims) focusOn(claims, what === "claim" ? "verb" : "symbol");
  else if (what === "entity") {
    focusOn([...shown.claims].filter((c) => CLAIMS.get(c).subject === id || CLAIMS.get(c).object === id), false);
    focus.nodes.add(id);
  }
}

function focusOn(claims, named) {
  focus = { nodes: new Set(claims.flatMap((c) => [CLAIMS.get(c).subject, CLAIMS.get(c).object])), claims: new Set(claims), named };
}

// A look at one path while the pointer is over its line in the list.
function glance(path) {
  if (path) focusOn(path.filter((c) => CLAIMS.has(c)), "symbol"); else refocus();
  repaint();
}

function showPanel() {
  const panel = byId("panel");
  const opened = panel.hidden && state.chosen;
  panel.hidden = !state.chosen;
  byId("stories").setAttribute("aria-pressed", String(Boolean(state.chosen) && ["story", "stories"].includes(state.chosen.what)));
  byId("find").setAttribute("aria-pressed", String(Boolean(state.chosen) && state.chosen.what === "find"));
  byId("about").setAttribute("aria-pressed", String(Boolean(state.chosen) && state.chosen.what === "about"));
  if (!state.chosen) { byId("panel-body").replaceChildren(); return; }
  byId("panel-body").replaceChildren(...panelContent().flat(3).filter(Boolean));
  if (opened || state.chosen.what !== "path") panel.scrollTop = 0;
}

function clearPicture() {
  focus = null; // clearing draws at once, and nothing may be drawn with the places of the other scene
  shown = { nodes: new Set(), claims: new Set() };
  edges.clear();
  nodes.clear();
}

function changeScene(key) {
  state.scene = key;
  const next = key === AROUND ? aroundChoice() : drawingFor(key);
  clearPicture();
  layout = next; // whose filters they are
  freshFilters();
  redraw(next);
}

// Another drawing in place of the one that is shown.
function redraw(next) {
  clearPicture();
  layout = next;
  applyFilters();
  setScene();
  refocus();
  drawScenes();
  drawKey();
  counts();
  if (state.list) drawList();
  fit(shown.nodes, { move: false });
}

function drawScenes() {
  const keys = [...DRAWINGS.keys(), ...(layout && kept.around ? [AROUND] : []), ...(DRAWINGS.has("selection") ? [] : Object.keys(SHEETS))];
  const on = state.sheet || state.scene;
  byId("scenes").replaceChildren(...keys.map((key) => el("button", { type: "button", "aria-pressed": String(key === on), "data-scene": key,
    onclick: () => { takeScene(key); byId("scenes").querySelector("[aria-pressed=true]").focus(); } }, word("scene." + key))));
}

function takeScene(key) {
  if (Object.hasOwn(SHEETS, key)) { choose(key, ""); return; }
  showSheet(null);
  if (key === AROUND) { goAlone(kept.around.what, kept.around.id); return; }
  forced = new Set(DATA.paths.flat());
  changeScene(key);
  clear();
}

function refilter(fitted) {
  const around = state.scene === AROUND;
  const before = layout;
  layout = !around ? drawingFor(state.scene) : past.length ? drawWork() : state.chosen && state.chosen.what === "entity" ? aroundChoice() : layout;
  applyFilters();
  const next = around ? layout : compact(layout);
  if (next !== before) {
    layout = before; // what is cleared is drawn once more, at its old places
    clearPicture();
    layout = next;
    applyFilters();
    setScene();
    fitted = true;
  }
  showPanel();
  refocus();
  repaint();
  drawKey();
  counts();
  if (state.list) drawList();
  if (state.sheet) drawSheet();
  if (fitted) fit(shown.nodes, { move: next === before });
  settle();
}

function counts() {
  byId("undo").hidden = state.scene !== AROUND || !past.length || Boolean(state.sheet);
  const [entities, claims] = [`${shown.nodes.size} ${word("entities")}`, countOf(shown.claims.size, "claim_one", "claims")];
  byId("counts").textContent = state.lang === "zh" ? `${word("shown")} ${entities}、${claims}` : `${entities} · ${claims} ${word("shown")}`;
  const reasons = new Map();
  for (const id of CLAIMS.keys()) {
    if (shown.claims.has(id)) continue;
    const reason = leftOut(id) || (layout && layout.claims.includes(id) ? "key" : "scene");
    reasons.set(reason, (reasons.get(reason) || 0) + 1);
  }
  byId("left").hidden = state.sheet;
  byId("counts").hidden = state.sheet;
  const told = ["source", ...ASIDE, "key", "scene"].filter((reason) => reasons.has(reason)).map((reason) => leftWords(reason, reasons.get(reason)));
  byId("left").textContent = told.length ? `${word("left_out")}${told.join(state.lang === "zh" ? "；" : " · ")}` : "";
  byId("empty").hidden = shown.nodes.size > 0;
}

// How many claims are not shown, and why; of which sources, if they are the reason.
function leftWords(reason, count) {
  const names = reason === "source" ? [...state.filters.off].map(sourceName).join(joiner()) : "";
  return word("left." + reason).replace("{}", () => String(count)).replace("{source}", () => names);
}

function drawList() {
  const rows = [...shown.claims].map((id) => [id, CLAIMS.get(id)]);
  const head = ["list_subject", "list_relation", "list_object", "basis", "list_references"];
  byId("list").replaceChildren(el("table", {}, el("caption", {}, word("list_caption")),
    el("thead", {}, el("tr", {}, head.map((key) => el("th", { scope: "col" }, word(key))))),
    el("tbody", {}, rows.map(([id, c]) => el("tr", { class: focus && focus.claims.has(id) ? "on" : null },
      el("td", {}, entityLink(c.subject)),
      el("td", {}, link(`${STYLE.signs[c.sign].symbol} ${verb(c.predicate)}`, () => choose("claim", id))),
      el("td", {}, entityLink(c.object)), el("td", {}, word("basis." + basisOf(id)), marksRow(id)),
      el("td", {}, referencesOf(c).flatMap((r, i) => [i ? joiner() : "", referenceLink(r)])))))));
}

function showList(on) {
  state.list = on;
  byId("list").hidden = !on;
  byId("picture").hidden = on;
  byId("view-toggle").dataset.word = on ? "to_picture" : "to_list";
  byId("view-toggle").textContent = word(byId("view-toggle").dataset.word);
  if (on) drawList(); else { network.redraw(); fit(shown.nodes, { move: false }); }
}

function showKey(on) {
  byId("key").hidden = !on;
  byId("key-toggle").setAttribute("aria-expanded", String(on));
}

function changeLanguage(lang) {
  state.lang = lang;
  speak();
  drawScenes();
  drawKey();
  counts();
  showPanel();
  repaint();
  if (state.list) drawList();
  if (state.sheet) drawSheet();
  if (byId("search").value) runSearch();
}

function tipFor(params, title, under) {
  const tip = byId("tip");
  tip.replaceChildren(el("strong", {}, title), under);
  tip.hidden = false;
  const { x, y } = params.pointer.DOM;
  const box = byId("picture");
  tip.style.left = Math.max(4, Math.min(x + 14, box.clientWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = (y + 20 + tip.offsetHeight > box.clientHeight ? y - tip.offsetHeight - 12 : y + 20) + "px";
}

const leave = () => { byId("tip").hidden = true; byId("canvas").classList.remove("pointing"); };
function listen() {
  network.on("hoverNode", (params) => {
    byId("canvas").classList.add("pointing");
    const roles = (ENTITIES.get(params.node).roles || []).map((r) => STYLE.roles[r].label[state.lang]);
    tipFor(params, labelOf(params.node), [otherLabelOf(params.node) === labelOf(params.node) ? "" : otherLabelOf(params.node), [kindLabel(ENTITIES.get(params.node).type), ...roles].join(" · ")].filter(Boolean).join(" — "));
  });
  network.on("hoverEdge", (params) => {
    byId("canvas").classList.add("pointing");
    const c = CLAIMS.get(params.edge);
    tipFor(params, `${labelOf(c.subject)} ${verb(c.predicate)} ${labelOf(c.object)}`, [word("basis." + basisOf(params.edge)), ...marksOf(params.edge).map((name) => `${STYLE.marks[name]} ${word("mark." + name)}`), referencesOf(c).map(citation).join(joiner())].join(" · "));
  });
  network.on("blurNode", leave);
  network.on("blurEdge", leave);
  network.on("dragStart", leave);
  network.on("zoom", leave);
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node && state.scene === AROUND) expand(node); else if (node) goAlone("entity", node);
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    leave();
    if (node) choose("entity", node); else if (edge) choose("claim", edge); else clear();
  });
}

byId("stories").onclick = () => choose("stories", "");
byId("find").onclick = () => choose("find", state.chosen && state.chosen.what === "entity" ? new URLSearchParams({ start: state.chosen.id }).toString() : "");
byId("about").onclick = () => choose("about", "");
byId("language").onclick = () => { changeLanguage(state.lang === "en" ? "zh" : "en"); settle(); };
byId("view-toggle").onclick = () => { showList(!state.list); settle(); };
byId("undo").onclick = undo;
byId("key-toggle").onclick = () => { showKey(byId("key").hidden); if (!state.list && !moved) fitAgain(); };
byId("panel-close").onclick = clear;
byId("fit").onclick = () => fit(focus ? [...focus.nodes].filter((n) => shown.nodes.has(n)) : shown.nodes);
byId("zoom-in").onclick = () => network.moveTo({ scale: network.getScale() * 1.3 });
byId("zoom-out").onclick = () => network.moveTo({ scale: network.getScale() / 1.3 });
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { byId("search").focus(); event.preventDefault(); }
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && !typing && !byId("undo").hidden) { undo(); event.preventDefault(); }
  if (event.key === "Escape" && !event.isComposing) {
    if (typing && byId("search").value) { byId("search").value = ""; runSearch(); }
    else { document.activeElement.blur(); clear(); }
  }
});
window.addEventListener("hashchange", () => { if (location.hash !== followed) follow(); });
dark.addEventListener("change", () => { readColors(); drawKey(); showPanel(); repaint(); });

byId("stories").hidden = !DATA.mechanisms.some((m) => m.steps.length);
showKey(window.innerWidth >= 1200);
speak();
forced = new Set(DATA.paths.flat());
freshFilters(true);
applyFilters();
drawScenes();
drawKey();
counts();
openPicture();
listen();
setScene();
fit(shown.nodes, { move: false });
network.once("afterDrawing", () => requestAnimationFrame(() => { // plates have their size only once drawn
  if (!location.hash && DATA.paths.length) choose("path", "0");
  else if (!location.hash && DATA.centres.length === 1) choose("entity", DATA.centres[0]);
  else follow();
  steady = performance.now();
}));
window.exograph = { network, state, nodes, edges, spot, choose, sparql, marks: marksOf, drawn: () => steady }; // for tests and for the curious
