// SPDX-License-Identifier: Apache-2.0
// The address of a view: "#", what is chosen, then all that is not as it was at first, so that
// whoever gets the address sees the same.

const SETS = ["off", "hidden", "kinds", "signs", "bases", "grades"];
const CHOICES = ["phase", "source", "context"];
const inOrder = (set) => [...set].sort().join(",");

// The view in words, and what it is in a scene before anything is changed.
function viewNow() {
  const f = state.filters;
  const around = state.scene === AROUND && !state.sheet;
  return {
    lang: state.lang, scene: state.scene || "", list: state.list ? "1" : "",
    ...Object.fromEntries(SETS.map((name) => [name, inOrder(f[name])])),
    ...Object.fromEntries(CHOICES.map((name) => [name, f[name]])),
    with: around ? inOrder(work.ids) : "", pinned: around ? inOrder(work.pinned) : "",
  };
}

function usualView(scene) {
  const drawn = DRAWINGS.get(scene);
  const busy = drawn && Object.values(drawn)[0].background;
  const asked = DRAWINGS.has("selection");
  return {
    lang: DATA.lang === "zh" ? "zh" : "en", scene: DATA.scenes.length ? DATA.scenes[0].key : "", list: "",
    off: asked ? "" : inOrder(Object.keys(DATA.sources).filter((id) => !DATA.sources[id].lead)), hidden: asked ? "" : inOrder(ASIDE),
    kinds: "", signs: busy || scene === AROUND ? "" : "background", bases: "", grades: "", phase: "", source: "", context: "", with: "", pinned: "",
  };
}

function addressOf(what, id) {
  const now = viewNow();
  const usual = usualView(now.scene);
  const rest = Object.keys(now).filter((name) => now[name] !== usual[name]).map((name) => `${name}=${encodeURIComponent(now[name])}`);
  const first = what ? `${what}${id ? "=" + encodeURIComponent(id) : ""}` : "";
  return first || rest.length ? "#" + [first, ...rest].join("&") : "";
}

const addressNow = () => (state.sheet ? addressOf(state.sheet, state.about) : state.chosen ? addressOf(state.chosen.what, state.chosen.id) : addressOf("", ""));

// After a change that is no step of its own: the address follows, without a place in the history.
function settle() {
  const wanted = addressNow();
  if (location.hash !== wanted) history.replaceState(null, "", wanted || location.pathname + location.search);
  followed = location.hash;
}

// What an address says, as far as it makes sense.
function readAddress() {
  const [first = "", ...rest] = location.hash.slice(1).split("&");
  const [what, ...id] = first.split("=");
  const said = Object.fromEntries(rest.map((part) => { const [name, ...value] = part.split("="); return [name, readable(value.join("="))]; }));
  return { what, id: readable(id.join("=")), view: { ...usualView(said.scene || (DATA.scenes.length ? DATA.scenes[0].key : "")), ...said } };
}

// Text of an address; of one that is none, nothing.
function readable(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}

const KNOWN = {
  off: () => Object.keys(DATA.sources), hidden: () => ASIDE, kinds: () => Object.keys(STYLE.kinds), signs: () => SIGNS, bases: () => BASES, grades: () => STYLE.grades,
};

// Brings the page to a view; true if anything had to change.
function bringTo(view) {
  const now = viewNow();
  if (Object.keys(now).every((name) => now[name] === view[name])) return false;
  if (view.lang !== now.lang && ["en", "zh"].includes(view.lang)) changeLanguage(view.lang);
  const ids = (text) => new Set(text.split(",").filter((id) => ENTITIES.has(id)));
  for (const name of SETS) state.filters[name] = new Set(view[name].split(",").filter((each) => KNOWN[name]().includes(each)));
  for (const name of CHOICES) state.filters[name] = ENTITIES.has(view[name].split(":").pop()) ? view[name] : "";
  if (view.scene === AROUND && ids(view.with).size) {
    work = { ids: ids(view.with), pinned: ids(view.pinned) };
    if (!kept.around) kept.around = { what: "entity", id: [...work.ids][0] };
    state.scene = AROUND;
    redraw(drawWork());
  } else {
    if (DRAWINGS.has(view.scene)) state.scene = view.scene;
    if (state.scene && state.scene !== AROUND) redraw(drawingFor(state.scene));
  }
  showList(view.list === "1");
  drawScenes();
  return true;
}
