// SPDX-License-Identifier: Apache-2.0
// What is in none of the drawings, or has too much around it there: claims drawn alone, on demand.

const AROUND = "around";
const FEW = { layer: 150, column: 40, row: 44, heading: 46 }; // room for the badges of lines
const MANY = { layer: 54, column: 24, row: 9, heading: 46 };
const sizeOf = (id) => { const [a, b, c, d] = ENTITIES.get(id).plate; return { width: Math.max(a, c), height: Math.max(b, d) }; };

// Layers from left to right, each broken into columns so that the whole has the shape of the room;
// within a layer plates stand at the mean height of their neighbours. The same on every run.
function drawAlone(ids, claims) {
  const GAPS = ids.length > 12 ? MANY : FEW;
  const keys = [...STYLE.layers, ...new Set(ids.map((id) => ENTITIES.get(id).layer).filter((key) => !STYLE.layers.includes(key)))];
  const layers = keys.map((key) => ({ key, ids: ids.filter((id) => ENTITIES.get(id).layer === key).sort() })).filter((layer) => layer.ids.length);
  const near = new Map(ids.map((id) => [id, []]));
  for (const c of claims) { const { subject, object } = CLAIMS.get(c); near.get(subject).push(object); near.get(object).push(subject); }
  const height = new Map();
  const spread = (layer) => layer.ids.forEach((id, i) => height.set(id, (i + 0.5) / layer.ids.length));
  layers.forEach(spread);
  for (let sweep = 0; sweep < 8; sweep += 1) {
    for (const layer of sweep % 2 ? [...layers].reverse() : layers) {
      const mean = new Map(layer.ids.map((id) => [id, near.get(id).reduce((sum, n) => sum + height.get(n), 0) / (near.get(id).length || 1)]));
      layer.ids.sort((a, b) => mean.get(a) - mean.get(b) || (a < b ? -1 : 1));
      spread(layer);
    }
  }
  const totals = layers.map((layer) => layer.ids.reduce((sum, id) => sum + sizeOf(id).height + GAPS.row, 0));
  const widths = layers.map((layer) => Math.max(118, ...layer.ids.map((id) => sizeOf(id).width)));
  const { width, height: high } = room();
  let best = null;
  for (const limit of new Set(totals.flatMap((t) => [1, 2, 3, 4, 5, 6, 7, 8].map((k) => t / k)))) {
    const counts = totals.map((t) => Math.max(1, Math.ceil(t / limit - 1e-9)));
    const across = counts.reduce((sum, n, i) => sum + n * widths[i] + (n - 1) * GAPS.column, GAPS.layer * (layers.length - 1));
    const scale = Math.min(width / across, high / (Math.max(...totals.map((t, i) => t / counts[i])) + GAPS.heading));
    if (!best || scale > best.scale + 1e-9) best = { scale, counts };
  }
  const boxes = {};
  const headings = [];
  let left = 0;
  layers.forEach((layer, n) => {
    const share = Math.ceil(layer.ids.length / best.counts[n]);
    const start = left;
    for (let at = 0; at < layer.ids.length; at += share) {
      // Rows go across the columns, so that the order from top to bottom is kept.
      const columns = Math.ceil(layer.ids.length / share);
      const column = layer.ids.filter((_, i) => i % columns === at / share);
      let y = -column.reduce((sum, id) => sum + sizeOf(id).height + GAPS.row, -GAPS.row) / 2;
      for (const id of column) {
        boxes[id] = [left + widths[n] / 2, y + sizeOf(id).height / 2, ...ENTITIES.get(id).plate];
        y += sizeOf(id).height + GAPS.row;
      }
      left += widths[n] + GAPS.column;
    }
    headings.push({ key: layer.key, left: start, width: left - GAPS.column - start });
    left += GAPS.layer - GAPS.column;
  });
  const ends = Object.values(boxes);
  const top = Math.min(...ends.map((b) => b[1] - Math.max(b[3], b[5]) / 2));
  const bottom = Math.max(...ends.map((b) => b[1] + Math.max(b[3], b[5]) / 2));
  for (const heading of headings) Object.assign(heading, { top, bottom });
  return { key: AROUND, scope: "all", background: true, boxes, headings, claims, curves: bows(claims, boxes) };
}

// Lines inside one column bow to the side, those between the same two plates fan out.
function bows(claims, boxes) {
  const found = {};
  const together = new Map();
  for (const id of claims) {
    const { subject, object } = CLAIMS.get(id);
    const pair = [subject, object].sort().join("|");
    const nth = together.get(pair) || 0;
    together.set(pair, nth + 1);
    const [a, b] = [boxes[subject], boxes[object]];
    if (Math.abs(a[0] - b[0]) < (sizeOf(subject).width + sizeOf(object).width) / 2) found[id] = [a[1] < b[1] ? "curvedCW" : "curvedCCW", Math.min(0.75, 230 / Math.max(Math.abs(a[1] - b[1]), 60)) + 0.12 * nth];
    else if (nth) found[id] = [nth % 2 ? "curvedCW" : "curvedCCW", 0.14 * Math.ceil(nth / 2)];
  }
  return found;
}

// What stands in the close-up: entities, those that stay whatever else goes, and how it was before.
let work = { ids: new Set(), pinned: new Set() };
let past = [];

const admittedAmong = (ids) => [...CLAIMS].filter(([id, c]) => ids.has(c.subject) && ids.has(c.object) && !leftOut(id)).map(([id]) => id);
const touching = (id) => [...CLAIMS].filter(([, c]) => c.subject === id || c.object === id).map(([claim]) => claim);
const endsOf = (claims) => claims.flatMap((c) => [CLAIMS.get(c).subject, CLAIMS.get(c).object]);

function remember() {
  past.push({ ids: new Set(work.ids), pinned: new Set(work.pinned) });
  if (past.length > 100) past.shift();
}

// The claims of what is chosen, alone. If the filters leave none of an entity, they give way.
function aroundChoice() {
  const { what, id } = state.chosen || kept.around;
  if (what !== "entity") {
    const claims = claimsOfChoice() || admittedAmong(work.ids);
    work = { ids: new Set(endsOf(claims)), pinned: new Set() };
    return drawAlone([...work.ids], claims);
  }
  const claims = touching(id);
  const open = () => claims.filter((claim) => !leftOut(claim));
  if (!open().length) for (const claim of claims) for (const s of CLAIMS.get(claim).statements) state.filters.off.delete(s.source);
  if (!open().length) state.filters.hidden.clear();
  work = { ids: new Set([id, ...endsOf(open())]), pinned: new Set([id]) };
  return drawAlone([...work.ids], open());
}

// The close-up as the reader made it.
const drawWork = () => drawAlone([...work.ids], admittedAmong(work.ids));

function rework() {
  redraw(drawWork());
  settle();
}

function expand(id) {
  remember();
  for (const each of endsOf(touching(id).filter((claim) => !leftOut(claim)))) work.ids.add(each);
  rework();
}

// Without an entity, and without those that only it held there; what is pinned stays.
function hideFromWork(id) {
  remember();
  const joined = new Set(endsOf(admittedAmong(work.ids)));
  work.ids.delete(id);
  work.pinned.delete(id);
  const left = new Set(endsOf(admittedAmong(work.ids)));
  for (const each of [...work.ids]) if (joined.has(each) && !left.has(each) && !work.pinned.has(each)) work.ids.delete(each);
  rework();
  clear();
}

function pin(id) {
  remember();
  if (!work.pinned.delete(id)) work.pinned.add(id);
  settle();
  showPanel();
  repaint();
}

function undo() {
  if (!past.length) return;
  work = past.pop();
  rework();
  showPanel();
}

let insist = false; // on drawing the choice alone, whatever drawing has it

function goAlone(what, id) {
  insist = true;
  choose(what, id);
}

function goAround() {
  if (state.chosen.what !== "entity") forced = new Set([...forced, ...claimsOfChoice()]);
  kept.around = { ...state.chosen };
  past = [];
  changeScene(AROUND);
}

// What can be done with an entity in the close-up, or how to get there.
function workButtons(id) {
  const button = (key, action, extra = {}) => el("button", { class: "alone", type: "button", "data-work": key, onclick: action, ...extra }, word("work_" + key));
  if (state.scene !== AROUND || !work.ids.has(id)) return [button("around", () => goAlone("entity", id))];
  const more = endsOf(touching(id).filter((claim) => !leftOut(claim))).some((each) => !work.ids.has(each));
  return [
    more ? button("expand", () => expand(id)) : null,
    button("pin", () => pin(id), { "aria-pressed": String(work.pinned.has(id)) }),
    button("hide", () => hideFromWork(id)),
  ];
}
