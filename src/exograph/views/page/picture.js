// SPDX-License-Identifier: Apache-2.0
// The picture: plates and lines on a canvas, where the layout put them; what is in focus stands out.

const FONT = getComputedStyle(document.documentElement).fontFamily;
const glyphs = new Map(Object.entries(STYLE.shapes).map(([name, d]) => [name, new Path2D(d)]));
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let focus = null; // {nodes: Set, claims: Set}, or null when nothing is chosen
let shown = { nodes: new Set(), claims: new Set() };

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let ink = {};
function readColors() {
  ink = { text: css("--ink"), soft: css("--soft"), surface: css("--surface"), line: css("--line"), band: css("--band"), accent: css("--accent") };
}
readColors();

function tinted(color, share) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${share})`;
}

// Size of a plate in the language chosen; its place is the same in both.
function plate(id) {
  const [x, y, en, high, zh, zhHigh] = SCENES.get(state.scene).boxes[id];
  return state.lang === "zh" ? { x, y, width: zh, height: zhHigh } : { x, y, width: en, height: high };
}

function drawPlate({ ctx, id, x, y, state: { selected, hover } }) {
  const entity = ENTITIES.get(id);
  const { width, height } = plate(id);
  return { drawNode: () => paintPlate(ctx, entity, id, x, y, width, height, hover), nodeDimensions: { width, height } };
}

function paintPlate(ctx, entity, id, x, y, width, height, hover) {
  const look = STYLE.kinds[entity.type];
  const color = tone(look);
  const role = entity.roles && STYLE.roles[entity.roles[0]];
  const solid = entity.type === "HealingPhase";
  const chosen = state.chosen && state.chosen.what === "entity" && state.chosen.id === id;
  const left = x - width / 2;
  const top = y - height / 2;
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, 7);
  ctx.fillStyle = ink.surface;
  ctx.fill();
  if (focus && !focus.nodes.has(id)) ctx.globalAlpha = 0.25;
  if (solid) { ctx.fillStyle = color; ctx.fill(); }
  else if (role) { ctx.fillStyle = dark.matches ? role.dark : role.tint; ctx.fill(); }
  ctx.lineWidth = chosen ? 3.5 : hover ? 2.4 : 1.1;
  ctx.strokeStyle = chosen || hover ? color : tinted(color, 0.55);
  if (chosen) { ctx.shadowColor = color; ctx.shadowBlur = 16; }
  ctx.stroke();
  ctx.shadowBlur = 0;
  ctx.save();
  ctx.translate(left + 8, y - 7.5);
  ctx.scale(15 / 24, 15 / 24);
  ctx.fillStyle = solid ? ink.surface : color;
  ctx.fill(glyphs.get(look.shape), "evenodd");
  ctx.restore();
  ctx.fillStyle = solid ? ink.surface : ink.text;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.font = `${solid || role && entity.roles[0] === "Source" ? "600 " : ""}${STYLE.font}px ${FONT}`;
  const lines = entity.lines[state.lang];
  lines.forEach((line, i) => {
    ctx.fillText(line, left + 30, y + (i - (lines.length - 1) / 2) * STYLE.line + 0.5, width - 36);
  });
  ctx.restore();
}

const basisOpacity = { flow: 0.8, background: 0.55 };

function lookOf(id) {
  const claim = CLAIMS.get(id);
  const look = STYLE.signs[claim.sign];
  const given = DRAWN.get(id);
  const lit = focus && focus.claims.has(id);
  let opacity = STYLE.opacity[claim.basis] * (basisOpacity[claim.sign] || 0.72);
  let width = given.width;
  if (lit) { opacity = Math.max(0.9, opacity); width = given.width * 1.35 + 0.4; }
  else if (focus) opacity *= 0.1;
  const chosen = state.chosen && state.chosen.what === "claim" && state.chosen.id === id;
  if (chosen) width += 1.6;
  const color = tinted(tone(look), opacity.toFixed(3));
  const scale = claim.sign === "negative" ? 0.55 : claim.sign === "positive" ? 0.5 : 0.42;
  return {
    id,
    width,
    color: { color, highlight: color, hover: color, inherit: false },
    arrows: { to: { enabled: true, type: look.arrow, scaleFactor: scale * (lit ? 1.15 : 1) } },
    label: focus && lit && focus.named ? verb(claim.predicate) : undefined,
    font: { size: 13, face: FONT, color: ink.text, strokeWidth: 5, strokeColor: css("--ground"), align: "middle" },
    hidden: !shown.claims.has(id),
  };
}

const DRAWN = new Map(DATA.network.edges.map((edge) => [edge.id, edge]));
for (const [id, claim] of CLAIMS) {
  if (!DRAWN.has(id)) DRAWN.set(id, { id, from: claim.subject, to: claim.object, ...DATA.looks[id] });
}

const network = new vis.Network(
  byId("canvas"),
  { nodes, edges },
  { ...DATA.network.options, autoResize: true, nodes: { ...DATA.network.options.nodes, ctxRenderer: drawPlate } }
);

// Curves leave and arrive level, and turn in the space between two columns.
const bend = (distance) => Math.min(0.78, Math.max(0.22, 190 / Math.abs(distance)));

function setScene() {
  const scene = SCENES.get(state.scene);
  edges.clear();
  nodes.clear();
  if (!scene) return;
  nodes.add(Object.entries(scene.boxes).map(([id, [x, y]]) => ({ id, x, y, label: "" })));
  const base = DATA.network.options.edges.smooth;
  const order = ["background", "flow", "no_effect", "unsigned", "positive", "negative"];
  const sorted = [...scene.claims].sort((a, b) => order.indexOf(CLAIMS.get(a).sign) - order.indexOf(CLAIMS.get(b).sign));
  edges.add(sorted.map((id) => {
    const { from, to, dashes } = DRAWN.get(id);
    const [type, roundness] = scene.curves[id] || [base.type, bend(scene.boxes[from][0] - scene.boxes[to][0])];
    return { from, to, dashes, smooth: { ...base, type, roundness }, ...lookOf(id) };
  }));
}

function repaint() {
  const scene = SCENES.get(state.scene);
  if (!scene) return;
  nodes.update(Object.keys(scene.boxes).map((id) => ({ id, hidden: !shown.nodes.has(id) })));
  edges.update(scene.claims.map(lookOf));
}

function extent(ids) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    const { x, y, width, height } = plate(id);
    left = Math.min(left, x - width / 2); right = Math.max(right, x + width / 2);
    top = Math.min(top, y - height / 2); bottom = Math.max(bottom, y + height / 2);
  }
  return left === Infinity ? null : { left, top, right, bottom };
}

// Room that the picture has beside an open panel.
function room() {
  const { clientWidth: width, clientHeight: height } = byId("picture");
  const panel = byId("panel");
  if (panel.hidden) return { width, height, right: 0, below: 0 };
  return panel.offsetWidth >= width - 4
    ? { width, height: height - panel.offsetHeight, right: 0, below: panel.offsetHeight }
    : { width: width - panel.offsetWidth, height, right: panel.offsetWidth, below: 0 };
}

function fit(ids, { move = true, most = 1.2 } = {}) {
  const box = extent(ids);
  if (!box) return;
  box.top -= 44;
  const space = room();
  const least = space.width < 720 ? 0.5 : 0.1;
  const wide = (space.width - 36) / (box.right - box.left);
  const high = (space.height - 30) / (box.bottom - box.top);
  const scale = Math.max(least, Math.min(wide, high, most));
  let x = (box.left + box.right) / 2;
  let y = (box.top + box.bottom) / 2;
  if (scale > wide) x = box.left + (space.width - 36) / scale / 2;
  if (scale > high && least === 0.5) y = box.top + (space.height - 30) / scale / 2;
  view(x, y, scale, space, move);
}

function view(x, y, scale, space, move) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({
    position: { x: x + space.right / 2 / scale, y: y + space.below / 2 / scale },
    scale,
    animation: move && !calm ? { duration: 320, easingFunction: "easeInOutQuad" } : false,
  });
}

// Bring plates into view with as little movement as will do.
function reveal(ids) {
  const box = extent(ids);
  if (!box) return;
  const space = room();
  const scale = network.getScale();
  const a = network.canvasToDOM({ x: box.left, y: box.top });
  const b = network.canvasToDOM({ x: box.right, y: box.bottom });
  const inside = a.x > 4 && a.y > 4 && b.x < space.width - 4 && b.y < space.height - 4;
  if (inside && scale > 0.42) return;
  if (b.x - a.x > space.width || b.y - a.y > space.height) { fit(ids); return; }
  const nearer = Math.max(scale, Math.min(0.8, (space.width - 60) / (box.right - box.left), (space.height - 60) / (box.bottom - box.top)));
  view((box.left + box.right) / 2, (box.top + box.bottom) / 2, nearer, space, true);
}

network.on("beforeDrawing", (ctx) => {
  const scene = SCENES.get(state.scene);
  if (!scene) return;
  ctx.save();
  for (const { key, left, width, top, bottom } of scene.headings) {
    ctx.fillStyle = ink.band;
    ctx.beginPath();
    ctx.roundRect(left - 12, top - 42, width + 24, bottom - top + 54, 12);
    ctx.fill();
    ctx.fillStyle = ink.soft;
    ctx.font = `600 ${STYLE.font}px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillText(heading(key), left, top - 21, width);
  }
  ctx.restore();
});
