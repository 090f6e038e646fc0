// SPDX-License-Identifier: Apache-2.0
// Every entity by kind, as text: what no picture can show at once. A click draws its neighbourhood.

function drawIndex() {
  const claims = new Map();
  const inLead = new Set();
  for (const c of CLAIMS.values()) {
    for (const end of new Set([c.subject, c.object])) {
      claims.set(end, (claims.get(end) || 0) + 1);
      if (c.statements.some((s) => (DATA.sources[s.source] || {}).lead)) inLead.add(end);
    }
  }
  const entry = (id) => el("li", {}, el("button", { class: "link", type: "button", "data-entry": id, onclick: () => goAlone("entity", id) }, labelOf(id), el("small", {}, ` ${claims.get(id) || 0}`)));
  const kinds = Object.keys(STYLE.kinds).map((kind) => [kind, [...ENTITIES].filter(([, e]) => e.type === kind).map(([id]) => id).sort((a, b) => labelOf(a).localeCompare(labelOf(b), state.lang))]);
  const part = (title, ids) => (ids.length ? [el("h4", {}, `${title} (${ids.length})`), el("ul", {}, ids.map(entry))] : []);
  byId("list").replaceChildren(el("div", { class: "index" }, el("h2", {}, word("scene.index")), el("p", {}, word("index_intro").replace("{}", String(ENTITIES.size))),
    kinds.filter(([, ids]) => ids.length).map(([kind, ids]) => el("section", {}, el("h3", {}, mark(kind), " ", kindLabel(kind), ` (${ids.length})`),
      ids.every((id) => inLead.has(id)) ? el("ul", {}, ids.map(entry))
        : [part(sourceNames(true), ids.filter((id) => inLead.has(id))), part(word("index_other"), ids.filter((id) => !inLead.has(id)))]))));
}

const sourceName = (id) => (known("source." + id) ? word("source." + id) : id);
const sourceNames = (lead) => Object.keys(DATA.sources).filter((id) => DATA.sources[id].lead === lead).map(sourceName).join(joiner());

// The sheets that take the place of the picture.
const SHEETS = { index: () => drawIndex(), matrix: () => drawMatrix(), compare: (about) => drawCompare(about), ...(DATA.asking ? { sparql: (about) => drawSparql(about) } : {}) };

const drawSheet = () => SHEETS[state.sheet](state.about);

// ``about`` is what the address says after the name of the sheet.
function showSheet(key, about = "") {
  if (state.sheet === key && state.about === about) return;
  state.sheet = key;
  state.about = about;
  state.list = false;
  const on = key !== null;
  byId("list").hidden = !on;
  byId("picture").hidden = on;
  byId("view-toggle").hidden = on;
  byId("view-toggle").dataset.word = "to_list";
  byId("view-toggle").textContent = word("to_list");
  document.body.classList.toggle("sheet", on);
  counts();
  drawScenes();
  if (on) { drawSheet(); byId("list").scrollTop = 0; } else network.redraw();
}
