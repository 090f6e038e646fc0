// SPDX-License-Identifier: Apache-2.0
// The key, which is the filter: sources, other tissues and vesicles, kinds, lines, bases, the phase
// a route leads to, the cells it is from.

const SIGNS = Object.keys(STYLE.signs);
const BASES = Object.keys(STYLE.opacity);

const SCOPES = ["lead", "sources", "all"];
const CONTEXTS = ["organism", "tissue", "cell", "model", "condition", "donor", "comparator"];
const ASIDE = ["other_tissue", "comparator"];
const kept = { around: null }; // what the neighbourhood is of

// Sources and what stands aside stay as they were chosen, unless all is to be as at the start.
function freshFilters(all = false) {
  const before = all ? null : state.filters;
  const asked = DRAWINGS.has("selection"); // surroundings that were asked for are shown whole
  state.filters = {
    off: before ? before.off : new Set(asked ? [] : Object.keys(DATA.sources).filter((id) => !DATA.sources[id].lead)),
    hidden: before ? before.hidden : new Set(asked ? [] : ASIDE),
    kinds: new Set(),
    signs: new Set(layout && !layout.background ? ["background"] : []),
    bases: new Set(),
    grades: new Set(),
    phase: "",
    source: "",
    context: "",
  };
}

// The drawing for a scene under the filters: the narrowest that has all of what they admit.
function drawingFor(key) {
  const { off, hidden } = state.filters;
  const more = Object.keys(DATA.sources).some((id) => !DATA.sources[id].lead && !off.has(id));
  const wanted = ASIDE.some((name) => !hidden.has(name)) ? 2 : more ? 1 : 0;
  const drawn = DRAWINGS.get(key);
  return [...SCOPES.slice(wanted), ...SCOPES.slice(0, wanted).reverse()].map((scope) => drawn[scope]).find(Boolean);
}

// What a choice of phase or of cells leaves of a drawing, drawn anew if it is much less.
function compact(drawing) {
  if (!(state.filters.phase || state.filters.source) || shown.nodes.size > 0.6 * Object.keys(drawing.boxes).length || !shown.nodes.size) return drawing;
  const claims = drawing.claims.filter((id) => shown.nodes.has(CLAIMS.get(id).subject) && shown.nodes.has(CLAIMS.get(id).object));
  return { ...drawAlone([...shown.nodes], claims), key: drawing.key, background: drawing.background, whole: drawing };
}

// Which way influence runs along a claim, for "leads to" and "comes from".
function arcs() {
  const found = [];
  for (const [id, claim] of CLAIMS) {
    if (leftOut(id)) continue;
    if (claim.walk === "forward" || claim.predicate === "loaded_in") found.push([claim.subject, claim.object]);
    else if (claim.walk === "backward") found.push([claim.object, claim.subject]);
  }
  return found;
}

function closure(starts, pairs) {
  const onward = new Map();
  for (const [a, b] of pairs) {
    if (!onward.has(a)) onward.set(a, []);
    onward.get(a).push(b);
  }
  const reached = new Set(starts);
  const waiting = [...starts];
  while (waiting.length) {
    for (const next of onward.get(waiting.pop()) || []) {
      if (!reached.has(next)) { reached.add(next); waiting.push(next); }
    }
  }
  return reached;
}

function applyFilters() {
  const scene = layout;
  const { kinds, signs, bases, grades, phase, source, context } = state.filters;
  shown = { nodes: new Set(), claims: new Set() };
  strongest.clear();
  marked.clear();
  if (!scene) return;
  const open = scene.claims.filter((id) => !leftOut(id));
  const ends = (ids) => new Set(ids.flatMap((id) => [CLAIMS.get(id).subject, CLAIMS.get(id).object]));
  const [joined, bare] = [ends(open), ends(scene.claims)];
  const pairs = arcs();
  const back = pairs.map(([a, b]) => [b, a]);
  let kept = new Set(Object.keys(scene.boxes).filter((id) => !kinds.has(ENTITIES.get(id).type) && (joined.has(id) || !bare.has(id) || (state.chosen && state.chosen.id === id))));
  const limits = [];
  if (phase) limits.push(closure([phase], back));
  if (source) {
    const before = pairs.filter(([, b]) => b === source).map(([a]) => a);
    limits.push(new Set([...closure([source], pairs), ...before]));
  }
  if (limits.length) kept = new Set([...kept].filter((id) => limits.every((each) => each.has(id))));
  for (const id of open) {
    const claim = CLAIMS.get(id);
    if (context && claim.sign !== "flow" && !shownIn(claim, context)) continue;
    if (!signs.has(claim.sign) && !bases.has(basisOf(id)) && !grades.has(gradeOfClaim(id) || "none") && kept.has(claim.subject) && kept.has(claim.object)) shown.claims.add(id);
  }
  const narrowed = [...signs].some((sign) => sign !== "background") || bases.size > 0 || grades.size > 0 || context;
  if (narrowed) {
    for (const id of shown.claims) { shown.nodes.add(CLAIMS.get(id).subject); shown.nodes.add(CLAIMS.get(id).object); }
  } else shown.nodes = kept;
}

// Whether a statement names what is asked for, such as "organism:rat".
const shownIn = (claim, context) => claim.statements.some((s) => admitted(s) && contextsOf(s).includes(context));
const contextsOf = (s) => Object.entries(s.context || {}).flatMap(([field, ids]) => ids.map((id) => `${field}:${id}`));

function toggle(set, name, face, text, help, filter = name) {
  return el("button", {
    class: "toggle", type: "button", "aria-pressed": String(!set.has(name)), title: help, "data-filter": filter,
    onclick: () => { if (!set.delete(name)) set.add(name); refilter(false); },
  }, face, text);
}

function drawKey() {
  const key = byId("key");
  const had = key.contains(document.activeElement) ? document.activeElement.dataset.filter : null;
  const scene = layout;
  key.replaceChildren();
  if (!scene) return;
  const whole = scene.whole || scene;
  const { off, hidden, kinds, signs, bases, grades } = state.filters;
  const here = (values) => new Set(values);
  const kindsHere = here(Object.keys(whole.boxes).map((id) => ENTITIES.get(id).type));
  const signsHere = here(scene.claims.map((id) => CLAIMS.get(id).sign));
  const basesHere = here(scene.claims.map(basisOf));
  const gradesSeen = here(scene.claims.filter((id) => !leftOut(id)).map((id) => gradeOfClaim(id) || "none"));
  const gradesHere = STYLE.grades.filter((g) => gradesSeen.has(g));
  const rolesHere = here(Object.keys(scene.boxes).flatMap((id) => (ENTITIES.get(id).roles || []).slice(0, 1)));
  const group = (title, ...children) => el("div", { class: "group", role: "group", "aria-label": word(title) }, el("span", { class: "title" }, word(title)), children);
  const counted = (wanted) => [...CLAIMS.values()].filter(wanted).length;
  const sources = Object.keys(DATA.sources).sort((a, b) => DATA.sources[b].lead - DATA.sources[a].lead);
  const aside = { other_tissue: counted((c) => c.statements.every((s) => s.other_tissue)), comparator: counted(beside) };
  const marks = Object.keys(STYLE.marks).filter((name) => [...CLAIMS.keys()].some((id) => marksOf(id).includes(name)));
  const parts = [
    sources.length + DATA.left_out.length < 2 ? null : group("sources", sources.map((id) => toggle(off, id, null, `${sourceName(id)} (${counted((c) => c.statements.some((s) => s.source === id))})`, DATA.sources[id][state.lang === "zh" ? "title_zh" : "title_en"], "source:" + id)),
      DATA.left_out.map(({ id, claims }) => el("span", { class: "flag", title: word("left_out_help") }, `${sourceName(id)} (${claims}) ${word("left_out_here")}`))),
    ASIDE.every((name) => !aside[name]) ? null : group("also", ASIDE.filter((name) => aside[name]).map((name) => toggle(hidden, name, null, `${word("aside." + name)} (${aside[name]})`, word("aside_help." + name)))),
    marks.length ? group("marks", marks.map((name) => el("span", { class: "flag " + name, title: word("mark_help." + name) }, `${STYLE.marks[name]} ${word("mark." + name)}`))) : null,
    group("lines", SIGNS.filter((s) => signsHere.has(s)).map((s) => toggle(signs, s, sample(s, "stated"), word("sign." + s)))),
    group("bases", BASES.filter((b) => basesHere.has(b)).map((b) => toggle(bases, b, sample("flow", b), word("basis." + b), word("basis_help." + b)))),
    gradesHere.length < 2 ? null : group("grades", gradesHere.map((g) => toggle(grades, g, null, g, word("grade_help"), "grade:" + g))),
    group("kinds", Object.keys(STYLE.kinds).filter((k) => kindsHere.has(k)).map((k) => toggle(kinds, k, mark(k), kindLabel(k)))),
    group("plates", Object.keys(STYLE.roles).filter((r) => rolesHere.has(r)).map(swatch)),
    pick("phase", "any_phase", (e) => e.type === "HealingPhase"),
    pick("source", "any_source", (e) => (e.roles || []).includes("Source")),
    pickContext(),
    el("button", { class: "reset", type: "button", "data-filter": "reset", onclick: () => { freshFilters(true); refilter(true); } }, word("reset"))
  ];
  key.append(...parts.filter(Boolean));
  if (had) { const again = [...key.querySelectorAll("[data-filter]")].find((e) => e.dataset.filter === had); if (again) again.focus(); }
}

function swatch(role) {
  const made = el("span", { class: "swatch" }, STYLE.roles[role].label[state.lang]);
  made.style.background = dark.matches ? STYLE.roles[role].dark : STYLE.roles[role].tint;
  return made;
}

// Of effects: in what they were shown, by field.
function pickContext() {
  const scene = layout.whole || layout;
  const found = [...new Set(scene.claims.flatMap((id) => CLAIMS.get(id).statements.filter(admitted).flatMap(contextsOf)))].map((each) => each.split(":")).filter(([, id]) => ENTITIES.has(id));
  if (!found.length) return null;
  found.sort(([, a], [, b]) => labelOf(a).localeCompare(labelOf(b), state.lang));
  const groups = CONTEXTS.map((field) => [field, found.filter(([each]) => each === field)]).filter(([, each]) => each.length);
  return choiceBox("context", "any_context", groups.map(([field, each]) => el("optgroup", { label: word("context." + field) }, each.map(([, id]) => el("option", { value: `${field}:${id}` }, labelOf(id))))));
}

function pick(name, any, wanted) {
  const scene = layout.whole || layout;
  const found = Object.keys(scene.boxes).filter((id) => wanted(ENTITIES.get(id)));
  if (!found.length) return null;
  found.sort((a, b) => scene.boxes[a][1] - scene.boxes[b][1]);
  return choiceBox(name, any, found.map((id) => el("option", { value: id }, labelOf(id))));
}

function choiceBox(name, any, options) {
  const box = el("select", { id: "pick-" + name, "data-filter": "pick-" + name, onchange: (event) => { state.filters[name] = event.target.value; refilter(true); } },
    el("option", { value: "" }, word(any)), options);
  box.value = state.filters[name];
  return el("label", { class: "group" }, el("span", { class: "title" }, word(name)), box);
}
