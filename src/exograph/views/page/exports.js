// SPDX-License-Identifier: Apache-2.0
// What the picture shows now, to take away: as a table, as records, as RDF, as a drawing.

const HOME = "https://w3id.org/exograph/";

function save(name, type, content) {
  const file = URL.createObjectURL(new Blob([content], { type }));
  el("a", { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 10000);
}

// Claims in view by id, or those in focus if some are.
function claimsSeen() {
  const kept = focus && focus.claims.size ? [...focus.claims].filter((id) => shown.claims.has(id)) : [...shown.claims];
  return kept.sort();
}

const entitiesSeen = (claims) => [...new Set([...(focus && focus.claims.size ? [] : shown.nodes), ...claims.flatMap((id) => [CLAIMS.get(id).subject, CLAIMS.get(id).object])])].sort();

// A cell that no spreadsheet takes for a formula.
function quotedCell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function asCsv() {
  const head = ["claim", "subject", "predicate", "object", "sign", "basis", "subject_en", "object_en", "subject_zh", "object_zh", "references"];
  const rows = claimsSeen().map((id) => {
    const c = CLAIMS.get(id);
    const [subject, object] = [ENTITIES.get(c.subject), ENTITIES.get(c.object)];
    return [id, c.subject, c.predicate, c.object, c.sign, basisOf(id), subject.label_en, object.label_en, subject.label_zh, object.label_zh, referencesOf(c).join(" ")];
  });
  return "\ufeff" + [head, ...rows].map((row) => row.map(quotedCell).join(",") + "\r\n").join("");
}

function asJson() {
  const claims = claimsSeen();
  return JSON.stringify({
    address: location.hash,
    entities: entitiesSeen(claims).map((id) => { const { type, label_en, label_zh } = ENTITIES.get(id); return { id, type, label_en, label_zh }; }),
    claims: claims.map((id) => { const { subject, predicate, object, sign, statements } = CLAIMS.get(id); return { claim: id, subject, predicate, object, sign, statements }; }),
  }, null, 1) + "\n";
}

const literal = (text, lang) => `${JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => (c > "\u009f" ? c : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")))}@${lang}`;

// Each claim as the knowledge base has it in RDF, without its statements; and its ends with labels.
function asTurtle() {
  const claims = claimsSeen();
  const iri = (kind, id) => `<${HOME}${kind}/${id}>`;
  const term = (name) => `<${HOME}vocab#${name}>`;
  return [
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n",
    ...entitiesSeen(claims).map((id) => { const e = ENTITIES.get(id); return `${iri("entity", id)} a ${term(e.type)} ; rdfs:label ${literal(e.label_en, "en")}, ${literal(e.label_zh, "zh")} .`; }),
    ...claims.map((id) => { const c = CLAIMS.get(id); return `${iri("claim", id)} a ${term("Claim")} ; rdf:subject ${iri("entity", c.subject)} ; rdf:predicate ${term(c.predicate)} ; rdf:object ${iri("entity", c.object)} .\n${iri("entity", c.subject)} ${term(c.predicate)} ${iri("entity", c.object)} .`; }),
  ].join("\n") + "\n";
}

function asPng(then) {
  const from = byId("canvas").querySelector("canvas");
  const made = el("canvas", { width: from.width, height: from.height });
  const ctx = made.getContext("2d");
  ctx.fillStyle = css("--ground");
  ctx.fillRect(0, 0, made.width, made.height);
  ctx.drawImage(from, 0, 0);
  made.toBlob(then, "image/png");
}

// The same drawing in shapes and text, all of what is in view, however large.
function drawing() {
  const claims = [...shown.claims];
  const box = extent(shown.nodes);
  if (!box) return null;
  const [left, top, width, high] = [box.left - 30, box.top - 60, box.right - box.left + 60, box.bottom - box.top + 90];
  const made = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, width, high].map((n) => n.toFixed(1)).join(" "), width: width.toFixed(0), height: high.toFixed(0), "font-family": "sans-serif" },
    svg("rect", { x: left, y: top, width, height: high, fill: css("--ground") }));
  for (const each of layout.headings) made.append(svgText(heading(each.key), each.left - 4, each.top - 20, 13, ink.soft, "600"));
  for (const id of claims) made.append(...svgLine(id));
  for (const id of shown.nodes) made.append(svgPlate(id));
  return made;
}

function svgText(text, x, y, size, fill, weight = "400") {
  const made = svg("text", { x: x.toFixed(1), y: y.toFixed(1), "font-size": size, fill, "font-weight": weight });
  made.textContent = text;
  return made;
}

function svgLine(id) {
  const claim = CLAIMS.get(id);
  const [look, basis] = [STYLE.signs[claim.sign], basisOf(id)];
  const parts = Array.from({ length: 25 }, (_, n) => spot(id, n / 24)).filter((at) => !inPlate(at, claim.subject) && !inPlate(at, claim.object));
  if (parts.length < 2) return [];
  const lit = !focus || focus.claims.has(id);
  const look2 = { stroke: tone(look), "stroke-opacity": lit ? 0.85 : 0.15 };
  const ends = claim.walk === "backward" ? [parts[1], parts[0]] : [parts[parts.length - 2], parts[parts.length - 1]];
  const title = svg("title", {});
  title.textContent = `${labelOf(claim.subject)} ${verb(claim.predicate)} ${labelOf(claim.object)}`;
  return [svg("g", look2, title,
    svg("polyline", { points: parts.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "), fill: "none", "stroke-width": widthOf(id).toFixed(1), "stroke-dasharray": STYLE.dashes[claim.sign][basis].join(" ") }),
    svgHead(look.arrow, ends, tone(look)))];
}

const inPlate = ({ x, y }, id) => { const p = plate(id); return Math.abs(x - p.x) < p.width / 2 && Math.abs(y - p.y) < p.height / 2; };

function svgHead(kind, [from, to], color) {
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const drawn = { bar: ["path", { d: "M0 -5V5", "stroke-width": 2.4 }], circle: ["circle", { r: 3, fill: color }], box: ["path", { d: "M-6 -3H0V3H-6Z", fill: color }], vee: ["path", { d: "M-6 -4L0 0L-6 4", fill: "none" }] }[kind] || ["path", { d: "M-8 -4L0 0L-8 4Z", fill: color }];
  return svg(drawn[0], { ...drawn[1], transform: `translate(${to.x.toFixed(1)} ${to.y.toFixed(1)}) rotate(${angle.toFixed(1)})` });
}

function svgPlate(id) {
  const entity = ENTITIES.get(id);
  const { x, y, width, height } = plate(id);
  const look = STYLE.kinds[entity.type];
  const role = entity.roles && STYLE.roles[entity.roles[0]];
  const solid = entity.type === "HealingPhase";
  const [left, lines] = [x - width / 2, entity.lines[state.lang]];
  const fill = solid ? tone(look) : role ? (dark.matches ? role.dark : role.tint) : ink.surface;
  const start = y - ((lines.length - 1) * STYLE.line) / 2 + STYLE.font * 0.35;
  return svg("g", { opacity: focus && !focus.nodes.has(id) ? 0.3 : 1 },
    svg("rect", { x: left.toFixed(1), y: (y - height / 2).toFixed(1), width, height, rx: 7, fill, stroke: tone(look), "stroke-opacity": 0.6 }),
    svg("path", { d: STYLE.shapes[look.shape], fill: solid ? ink.surface : tone(look), "fill-rule": "evenodd", transform: `translate(${(left + 7).toFixed(1)} ${(y - 7.5).toFixed(1)}) scale(.625)` }),
    ...lines.map((line, n) => svgText(line, left + 27, start + n * STYLE.line, STYLE.font, solid ? ink.surface : ink.text)));
}

const FORMS = {
  csv: () => save("exograph.csv", "text/csv", asCsv()),
  json: () => save("exograph.json", "application/json", asJson()),
  ttl: () => save("exograph.ttl", "text/turtle", asTurtle()),
  svg: () => { const drawn = drawing(); if (drawn) save("exograph.svg", "image/svg+xml", new XMLSerializer().serializeToString(drawn)); },
  png: () => asPng((blob) => save("exograph.png", "image/png", blob)),
};

byId("export").addEventListener("change", (event) => {
  const form = event.target.value;
  event.target.value = "";
  if (Object.hasOwn(FORMS, form)) FORMS[form]();
});

// On paper the canvas would be empty where its size changes; the drawing has every size.
window.addEventListener("beforeprint", () => {
  const drawn = layout && !byId("picture").hidden ? drawing() : null;
  byId("printed").replaceChildren(...(drawn ? [drawn] : []));
});
window.addEventListener("afterprint", () => byId("printed").replaceChildren());
