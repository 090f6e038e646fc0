// SPDX-License-Identifier: Apache-2.0
// The key, which is the filter: kinds, lines, bases, the phase a route leads to, the source it is from.

const SIGNS = Object.keys(STYLE.signs);
const BASES = Object.keys(STYLE.opacity);

function freshFilters() {
  const scene = SCENES.get(state.scene);
  state.filters = {
    kinds: new Set(),
    signs: new Set(scene && !scene.background ? ["background"] : []),
    bases: new Set(),
    phase: "",
    source: "",
  };
}

// Which way influence runs along a claim, for "leads to" and "comes from".
function arcs() {
  const found = [];
  for (const claim of CLAIMS.values()) {
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
  const scene = SCENES.get(state.scene);
  const { kinds, signs, bases, phase, source } = state.filters;
  shown = { nodes: new Set(), claims: new Set() };
  if (!scene) return;
  const pairs = arcs();
  const back = pairs.map(([a, b]) => [b, a]);
  let kept = new Set(Object.keys(scene.boxes).filter((id) => !kinds.has(ENTITIES.get(id).type)));
  const limits = [];
  if (phase) limits.push(closure([phase], back));
  if (source) {
    const before = pairs.filter(([, b]) => b === source).map(([a]) => a);
    limits.push(new Set([...closure([source], pairs), ...before]));
  }
  if (limits.length) kept = new Set([...kept].filter((id) => limits.every((each) => each.has(id))));
  for (const id of scene.claims) {
    const claim = CLAIMS.get(id);
    if (!signs.has(claim.sign) && !bases.has(claim.basis) && kept.has(claim.subject) && kept.has(claim.object)) shown.claims.add(id);
  }
  const narrowed = [...signs].some((sign) => sign !== "background") || bases.size > 0;
  if (narrowed) {
    for (const id of shown.claims) { shown.nodes.add(CLAIMS.get(id).subject); shown.nodes.add(CLAIMS.get(id).object); }
  } else shown.nodes = kept;
}

function toggle(set, name, face, text, help) {
  return el("button", {
    class: "toggle", type: "button", "aria-pressed": String(!set.has(name)), title: help, "data-filter": name,
    onclick: () => { if (!set.delete(name)) set.add(name); refilter(false); },
  }, face, text);
}

function drawKey() {
  const key = byId("key");
  const had = key.contains(document.activeElement) ? document.activeElement.dataset.filter : null;
  const scene = SCENES.get(state.scene);
  key.replaceChildren();
  if (!scene) return;
  const { kinds, signs, bases } = state.filters;
  const here = (values) => new Set(values);
  const kindsHere = here(Object.keys(scene.boxes).map((id) => ENTITIES.get(id).type));
  const signsHere = here(scene.claims.map((id) => CLAIMS.get(id).sign));
  const basesHere = here(scene.claims.map((id) => CLAIMS.get(id).basis));
  const rolesHere = here(Object.keys(scene.boxes).flatMap((id) => (ENTITIES.get(id).roles || []).slice(0, 1)));
  const group = (title, ...children) => el("div", { class: "group", role: "group", "aria-label": word(title) }, el("span", { class: "title" }, word(title)), children);
  const parts = [
    group("lines", SIGNS.filter((s) => signsHere.has(s)).map((s) => toggle(signs, s, sample(s, "stated"), word("sign." + s)))),
    group("bases", BASES.filter((b) => basesHere.has(b)).map((b) => toggle(bases, b, sample("flow", b), word("basis." + b), word("basis_help." + b)))),
    group("kinds", Object.keys(STYLE.kinds).filter((k) => kindsHere.has(k)).map((k) => toggle(kinds, k, mark(k), kindLabel(k)))),
    group("plates", Object.keys(STYLE.roles).filter((r) => rolesHere.has(r)).map(swatch)),
    pick("phase", "any_phase", (e) => e.type === "HealingPhase"),
    pick("source", "any_source", (e) => (e.roles || []).includes("Source")),
    el("button", { class: "reset", type: "button", "data-filter": "reset", onclick: () => { freshFilters(); refilter(true); } }, word("reset"))
  ];
  key.append(...parts.filter(Boolean));
  if (had) { const again = [...key.querySelectorAll("[data-filter]")].find((e) => e.dataset.filter === had); if (again) again.focus(); }
}

function swatch(role) {
  const made = el("span", { class: "swatch" }, STYLE.roles[role].label[state.lang]);
  made.style.background = dark.matches ? STYLE.roles[role].dark : STYLE.roles[role].tint;
  return made;
}

function pick(name, any, wanted) {
  const scene = SCENES.get(state.scene);
  const found = Object.keys(scene.boxes).filter((id) => wanted(ENTITIES.get(id)));
  if (!found.length) return null;
  found.sort((a, b) => scene.boxes[a][1] - scene.boxes[b][1]);
  const box = el("select", { id: "pick-" + name, "data-filter": "pick-" + name, onchange: (event) => { state.filters[name] = event.target.value; refilter(true); } },
    el("option", { value: "" }, word(any)), found.map((id) => el("option", { value: id }, labelOf(id))));
  box.value = state.filters[name];
  return el("label", { class: "group" }, el("span", { class: "title" }, word(name)), box);
}
