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
  const [x, y, en, high, zh, zhHigh] = layout.boxes[id];
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
  const dimmed = focus && !focus.nodes.has(id);
  if (dimmed) ctx.globalAlpha = 0.85; // lines in focus show through
  ctx.fillStyle = ink.surface;
  ctx.fill();
  if (dimmed) ctx.globalAlpha = 0.25;
  if (solid) { ctx.fillStyle = color; ctx.fill(); }
  else if (role) { ctx.fillStyle = dark.matches ? role.dark : role.tint; ctx.fill(); }
  ctx.lineWidth = chosen ? 3.5 : hover ? 2.4 : 1.1;
  ctx.strokeStyle = chosen || hover ? color : tinted(color, 0.55);
  if (chosen) { ctx.shadowColor = color; ctx.shadowBlur = 16; }
  ctx.stroke();
  ctx.shadowBlur = 0;
  if (state.scene === AROUND && work.pinned.has(id)) {
    ctx.beginPath();
    ctx.arc(left + width - 1, top + 1, 5, 0, 2 * Math.PI);
    ctx.fillStyle = ink.accent;
    ctx.fill();
  }
  ctx.save();
  ctx.translate(left + 7, y - 7.5);
  ctx.scale(15 / 24, 15 / 24);
  ctx.fillStyle = solid ? ink.surface : color;
  ctx.fill(glyphs.get(look.shape), "evenodd");
  ctx.restore();
  ctx.fillStyle = solid ? ink.surface : ink.text;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.font = `${solid ? "600 " : ""}${STYLE.font}px ${FONT}`;
  const lines = entity.lines[state.lang];
  const below = entity.under ? entity.under[state.lang] : [];
  const start = y - (lines.length * STYLE.line + below.length * STYLE.small_line) / 2 + 0.5;
  lines.forEach((line, i) => ctx.fillText(line, left + 27, start + (i + 0.5) * STYLE.line, width - 32));
  ctx.fillStyle = solid ? ink.surface : ink.soft;
  ctx.font = `${STYLE.small}px ${FONT}`;
  const after = start + lines.length * STYLE.line;
  below.forEach((line, i) => ctx.fillText(line, left + 27, after + (i + 0.5) * STYLE.small_line, width - 32));
  ctx.restore();
}

const SYMBOLS = { positive: "+", negative: "−", unsigned: "?", no_effect: "∅" };
const CALM = { flow: 0.8, background: 0.6 };

function lookOf(id) {
  const claim = CLAIMS.get(id);
  const look = STYLE.signs[claim.sign];
  const basis = basisOf(id);
  const usual = widthOf(id);
  const lit = focus && focus.claims.has(id);
  let opacity = STYLE.opacity[basis] * (layout.background ? 0.9 : CALM[claim.sign] || 0.72);
  let width = usual;
  if (lit) { opacity = Math.max(0.9, opacity); width = usual * 1.35 + 0.4; }
  else if (focus) opacity *= 0.08;
  const chosen = state.chosen && state.chosen.what === "claim" && state.chosen.id === id;
  if (chosen) width += 1.6;
  const color = tinted(tone(look), opacity.toFixed(3));
  const dashed = STYLE.dashes[claim.sign][basis];
  const scale = claim.sign === "negative" ? 0.75 : claim.sign === "positive" ? 0.65 : 0.5;
  return {
    id,
    width,
    dashes: dashed.length ? dashed : false,
    color: { color, highlight: color, hover: color, inherit: false },
    arrows: { [claim.walk === "backward" ? "from" : "to"]: { enabled: true, type: look.arrow, scaleFactor: scale * (lit ? 1.15 : 1) } },
    hidden: !shown.claims.has(id),
  };
}

let network = null;
let moved = false; // by the reader's own hand, since the last fit
let before = null; // the view before a panel opened

function openPicture() {
  network = new vis.Network(byId("canvas"), { nodes, edges }, { ...DATA.network.options, autoResize: true, nodes: { ...DATA.network.options.nodes, ctxRenderer: drawPlate } });
  network.on("beforeDrawing", drawLayers);
  network.on("afterDrawing", (ctx) => { drawMarks(ctx); drawBadges(ctx); drawHeadings(ctx); });
  network.on("dragEnd", () => { moved = true; before = null; });
  network.on("zoom", () => { moved = true; before = null; });
  network.on("resize", () => { if (!moved) setTimeout(() => fitAgain()); });
}

// Curves leave and arrive level, and turn in the space between two columns.
const bend = (distance) => Math.min(0.78, Math.max(0.22, 190 / Math.abs(distance)));

function setScene() {
  markSpots = null;
  const scene = layout;
  if (!scene) return;
  nodes.add(Object.entries(scene.boxes).map(([id, [x, y]]) => ({ id, x, y, label: "" })));
  const base = DATA.network.options.edges.smooth;
  const order = ["background", "flow", "no_effect", "unsigned", "positive", "negative"];
  const sorted = [...scene.claims].sort((a, b) => order.indexOf(CLAIMS.get(a).sign) - order.indexOf(CLAIMS.get(b).sign));
  edges.add(sorted.map((id) => {
    const { subject: from, object: to } = CLAIMS.get(id);
    const [type, roundness] = scene.curves[id] || [base.type, bend(scene.boxes[from][0] - scene.boxes[to][0])];
    return { from, to, smooth: { ...base, type, roundness }, ...lookOf(id) };
  }));
}

function repaint() {
  markSpots = null;
  const scene = layout;
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

const narrow = () => byId("picture").clientWidth < 720;
const MARGIN = { left: 22, right: 22, top: 34, bottom: 12 }; // above: the headings

// The scale at which plates just fill the room that is free.
function scaleFor(ids) {
  const box = extent(ids);
  const space = room();
  if (!box) return Infinity;
  return Math.min((space.width - MARGIN.left - MARGIN.right) / (box.right - box.left), (space.height - MARGIN.top - MARGIN.bottom) / (box.bottom - box.top));
}

let fitAgain = () => fit(shown.nodes, { move: false });

function fit(ids, { move = true, most = 1.2 } = {}) {
  const box = extent(ids);
  if (!box) return;
  moved = false;
  before = null;
  fitAgain = () => fit(ids, { move: false, most });
  const space = room();
  const least = space.width < 720 ? 0.5 : 0.1;
  const wide = (space.width - 36) / (box.right - box.left);
  const high = (space.height - 62) / (box.bottom - box.top);
  const scale = Math.max(least, Math.min(wide, high, most));
  let x = (box.left + box.right) / 2;
  let y = (box.top + box.bottom) / 2;
  if (scale > wide) x = box.left + (space.width - 36) / scale / 2;
  if (scale > high && least === 0.5) y = box.top + (space.height - 62) / scale / 2;
  y -= 18 / scale; // room for the headings
  view(x, y, scale, space, move);
}

const gently = () => !window.matchMedia("(prefers-reduced-motion: reduce)").matches && { duration: 320, easingFunction: "easeInOutQuad" };

function view(x, y, scale, space, move) {
  if (space.width <= 0 || space.height <= 0) return; // the list is shown instead
  network.moveTo({
    position: { x: x + space.right / 2 / scale, y: y + space.below / 2 / scale },
    scale,
    animation: move && gently(),
  });
}

// Bring plates into the free room with as little change of scale as will do.
function reveal(ids, move = true) {
  const box = extent(ids);
  const space = room();
  if (!box || space.width <= 0 || space.height <= 0) return;
  fitAgain = () => reveal(ids, false);
  const scale = network.getScale();
  const a = network.canvasToDOM({ x: box.left, y: box.top });
  const b = network.canvasToDOM({ x: box.right, y: box.bottom });
  const inside = a.x >= MARGIN.left && a.y >= MARGIN.top && b.x <= space.width - MARGIN.right && b.y <= space.height - MARGIN.bottom;
  if (inside && scale > 0.4) return;
  const kept = before || { position: network.getViewPosition(), scale };
  const most = scaleFor(ids);
  if (narrow() && most < 0.5) fit(ids, { move });
  else {
    const wanted = Math.min(Math.max(scale, 0.8), most);
    view((box.left + box.right) / 2, (box.top + box.bottom) / 2 - (MARGIN.top - MARGIN.bottom) / 2 / wanted, wanted, space, move);
    moved = false;
  }
  before = kept;
}

function drawLayers(ctx) {
  const scene = layout;
  if (!scene) return;
  ctx.save();
  for (const { key, left, width, top, bottom } of scene.headings) {
    ctx.fillStyle = ink.band;
    ctx.beginPath();
    ctx.roundRect(left - 11, top - 42, width + 22, bottom - top + 54, 12);
    ctx.fill();
  }
  ctx.restore();
}

// Headings keep their size and stay in sight while their layer is.
function drawHeadings(ctx) {
  const scene = layout;
  if (!scene) return;
  const scale = network.getScale();
  const edge = network.DOMtoCanvas({ x: 0, y: 0 }).y;
  ctx.save();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const size = Math.min(13 / scale, 21);
  ctx.font = `600 ${size}px ${FONT}`;
  for (const { key, left, width, top, bottom } of scene.headings) {
    const y = Math.min(Math.max(top - 24, edge + size + 3 / scale), bottom - 10);
    if (y > top - 24) {
      ctx.fillStyle = ink.band;
      ctx.fillRect(left - 11, y - size, width + 22, 2 * size);
    }
    ctx.fillStyle = ink.soft;
    ctx.fillText(heading(key), left - 4, y, width + 8);
  }
  ctx.restore();
}

// Where a line can be seen best: half-way between the two plates, or another part of that way.
function spot(id, part = 0.5) {
  const { from, to, smooth } = edges.get(id);
  const [a, b] = [plate(from), plate(to)];
  if (smooth.type !== "cubicBezier") {
    const share = smooth.roundness * 0.5 + 0.5;
    const turn = smooth.type === "curvedCW" ? share : 0.5 - smooth.roundness * 0.5; // as vis-network has it
    const reach = share * Math.hypot(b.x - a.x, a.y - b.y);
    const angle = Math.atan2(a.y - b.y, b.x - a.x) + turn * Math.PI;
    const [near, turnAt, far] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
    return { x: near * a.x + turnAt * (a.x + reach * Math.sin(angle)) + far * b.x, y: near * a.y + turnAt * (a.y + reach * Math.cos(angle)) + far * b.y };
  }
  const ahead = Math.sign(b.x - a.x);
  const [leave, arrive] = [a.x + (ahead * a.width) / 2, b.x - (ahead * b.width) / 2];
  const wanted = leave + (arrive - leave) * part;
  const along = (t) => a.x + (b.x - a.x) * (3 * (1 - t) ** 2 * t * smooth.roundness + 3 * (1 - t) * t ** 2 * (1 - smooth.roundness) + t ** 3);
  let [low, high] = [0, 1];
  for (let i = 0; i < 20; i += 1) {
    const t = (low + high) / 2;
    if ((along(t) - wanted) * ahead < 0) low = t; else high = t;
  }
  return { x: wanted, y: a.y + (b.y - a.y) * low ** 2 * (3 - 2 * low) };
}

// What a reader must know of a line before believing it, as a small sign on it: a retracted paper,
// a difference from the primary paper, another tissue.
const ON_LINES = ["retracted", "differs", "other_tissue"];
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88];
let markSpots = null; // where each stands: forgotten whenever lines or plates change

// A part of the line that no plate and no other mark covers, as near to its middle as can be.
function findSpots() {
  markSpots = new Map();
  const plates = [...shown.nodes].map(plate);
  const taken = [];
  for (const id of shown.claims) {
    const found = marksOf(id).filter((name) => ON_LINES.includes(name));
    if (!found.length || !edges.get(id)) continue;
    const free = ({ x, y }) => !plates.some((p) => Math.abs(p.x - x) < p.width / 2 + 6 && Math.abs(p.y - y) < p.height / 2 + 6) && !taken.some((p) => Math.hypot(p.x - x, p.y - y) < 13);
    const at = ALONG.map((part) => spot(id, part)).find(free) || spot(id);
    taken.push(at);
    markSpots.set(id, { found, at });
  }
}

function drawMarks(ctx) {
  if (!markSpots) findSpots();
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.font = `700 11px ${FONT}`;
  for (const [id, { found, at }] of markSpots) {
    if (!shown.claims.has(id) || (focus && !focus.claims.has(id))) continue;
    const badge = focus && focus.named;
    const { x, y } = badge ? spot(id) : at;
    const low = badge ? 19 : 0; // below the badge of the line
    found.forEach((name, i) => {
      const middle = x + (i - (found.length - 1) / 2) * 15;
      ctx.beginPath();
      ctx.arc(middle, y + low, 6.5, 0, 2 * Math.PI);
      ctx.fillStyle = ink.surface;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = ink.text;
      ctx.stroke();
      ctx.fillStyle = ink.text;
      ctx.fillText(STYLE.marks[name], middle, y + low + 0.5);
    });
  }
  ctx.restore();
}

// The sign of each line in focus as a badge, or for a single claim its predicate.
function drawBadges(ctx) {
  if (!focus || !focus.named) return;
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const id of focus.claims) {
    const claim = CLAIMS.get(id);
    const text = focus.named === "verb" ? verb(claim.predicate) : SYMBOLS[claim.sign];
    if (!text || !shown.claims.has(id)) continue;
    const { x, y } = spot(id);
    ctx.font = `600 ${focus.named === "verb" ? 14 : 16}px ${FONT}`;
    const half = Math.max(11, ctx.measureText(text).width / 2 + 9);
    ctx.beginPath();
    ctx.roundRect(x - half, y - 11, 2 * half, 22, 11);
    ctx.fillStyle = tone(STYLE.signs[claim.sign]);
    ctx.fill();
    ctx.strokeStyle = ink.surface;
    ctx.lineWidth = 2;
    ctx.stroke();
    ctx.fillStyle = ink.surface;
    ctx.fillText(text, x, y + 0.5);
  }
  ctx.restore();
}
