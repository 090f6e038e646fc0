// SPDX-License-Identifier: Apache-2.0
// The data, the state, and how elements are made: text becomes text nodes, never markup.

const DATA = JSON.parse(document.getElementById("data").textContent);
const STYLE = DATA.style;
const ENTITIES = new Map(Object.entries(DATA.entities));
const CLAIMS = new Map(Object.entries(DATA.claims));
const DRAWINGS = new Map(); // by scene, then by scope
for (const scene of DATA.scenes) DRAWINGS.set(scene.key, { ...DRAWINGS.get(scene.key), [scene.scope]: scene });
let layout = DATA.scenes[0] || null; // the drawing that is shown
const dark = window.matchMedia("(prefers-color-scheme: dark)");

const state = {
  lang: DATA.lang === "zh" ? "zh" : "en",
  scene: DATA.scenes.length ? DATA.scenes[0].key : null,
  chosen: null, // {what: "entity" | "claim" | "reference" | "story" | "path" | "stories" | "paths" | "find" | "about", id}
  list: false,
  sheet: null, // what takes the place of the picture, see SHEETS
  about: "", // what the address says of it
  filters: null,
};

const byId = (id) => document.getElementById(id);

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const tone = (look) => (dark.matches ? look.dark : look.color);

function mark(kind) {
  const look = STYLE.kinds[kind];
  const path = svg("path", { d: STYLE.shapes[look.shape], fill: tone(look), "fill-rule": "evenodd" });
  return svg("svg", { viewBox: "0 0 24 24", class: "mark", "aria-hidden": "true" }, path);
}

// A short piece of line as the picture draws it: colour and head by sign, dashes by basis.
function sample(sign, basis) {
  const look = STYLE.signs[sign];
  const color = tone(look);
  const line = svg("path", {
    d: "M1 6H27", stroke: color, "stroke-width": Math.max(1.4, look.width), fill: "none",
    "stroke-dasharray": STYLE.dashes[sign][basis].join(" "), opacity: STYLE.opacity[basis],
  });
  const heads = {
    triangle: svg("path", { d: "M25 1.5L33 6L25 10.5Z", fill: color }),
    bar: svg("path", { d: "M28.5 1V11", stroke: color, "stroke-width": 2.6 }),
    circle: svg("circle", { cx: 29, cy: 6, r: 3, fill: color }),
    vee: svg("path", { d: "M26 2L32 6L26 10", stroke: color, "stroke-width": 1.4, fill: "none" }),
    box: svg("path", { d: "M26 3H32V9H26Z", fill: color }),
  };
  return svg("svg", { viewBox: "0 0 34 12", class: "sample", "aria-hidden": "true" }, line, heads[look.arrow]);
}

const claimsCiting = (id) => [...CLAIMS].filter(([, c]) => c.statements.some((s) => s.reference === id)).map(([claim]) => claim);
const referencesOf = (claim) => [...new Set(claim.statements.map((s) => s.reference))];
