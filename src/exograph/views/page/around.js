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

// The claims of what is chosen, alone. If the filters leave none of an entity, they give way.
function aroundChoice() {
  const { what, id } = state.chosen;
  if (what !== "entity") {
    const claims = claimsOfChoice();
    return drawAlone([...new Set(claims.flatMap((c) => [CLAIMS.get(c).subject, CLAIMS.get(c).object]))], claims);
  }
  const touching = [...CLAIMS].filter(([, c]) => c.subject === id || c.object === id).map(([claim]) => claim);
  const kept = () => touching.filter((claim) => !leftOut(claim));
  if (!kept().length) for (const claim of touching) for (const s of CLAIMS.get(claim).statements) state.filters.off.delete(s.source);
  if (!kept().length) state.filters.hidden.clear();
  const claims = kept();
  return drawAlone([...new Set([id, ...claims.flatMap((c) => [CLAIMS.get(c).subject, CLAIMS.get(c).object])])], claims);
}

let insist = false; // on drawing the choice alone, whatever drawing has it

function goAlone(what, id) {
  insist = true;
  choose(what, id);
}

function goAround() {
  if (state.chosen.what !== "entity") forced = new Set([...forced, ...claimsOfChoice()]);
  kept.around = { ...state.chosen };
  changeScene(AROUND);
}
