// SPDX-License-Identifier: Apache-2.0
// How many routes lead from each cell source to each phase of healing, of which sign, and how good
// the evidence of the best one is. A number opens its paths.

// The grade of a claim: that of its best supporting statement; of a path: that of its worst effect.
const gradeOfClaim = (id) => STYLE.grades.find((grade) => CLAIMS.get(id).statements.some((s) => s.stance === "supports" && !s.retracted && s.grade === grade)) || null;

function gradeOfPath(path) {
  const grades = path.claims.filter((_, n) => path.signs[n] !== null).map(gradeOfClaim);
  return grades.length && grades.every(Boolean) ? STYLE.grades[Math.max(...grades.map((grade) => STYLE.grades.indexOf(grade)))] : null;
}

function cell(start, end) {
  const asked = new URLSearchParams({ start, end, top: 1000 });
  const { paths, complete } = answerTo(asked);
  if (!paths.length) return el("td", { class: "none" }, "–");
  const signs = Object.keys(SIGN_OF).map((sign) => [sign, paths.filter((path) => path.sign === sign).length]).filter(([, n]) => n);
  const best = STYLE.grades.find((grade) => paths.some((path) => gradeOfPath(path) === grade));
  asked.delete("top");
  const made = el("td", {}, el("button", { class: "link", type: "button", "data-cell": `${start} ${end}`, onclick: () => choose("find", asked.toString()) },
    el("strong", {}, `${paths.length}${complete ? "" : "+"}`), " ", signs.map(([sign, n]) => el("span", { class: signClass(SIGN_OF[sign]) }, `${sign.replace("-", "−")}${n} `)), best ? el("span", { class: "tag", title: word("grade_help") }, best) : null));
  made.style.setProperty("--share", String(Math.min(1, Math.log2(1 + paths.length) / 7)));
  return made;
}

function drawMatrix() {
  const rows = walkEntities(ground(), "type:Source", false).map((node) => ground().nodes[node]).sort((a, b) => labelOf(a).localeCompare(labelOf(b), state.lang));
  const columns = [...ENTITIES].filter(([, e]) => e.type === "HealingPhase").map(([id]) => id);
  const order = layout ? (id) => (layout.boxes[id] ? layout.boxes[id][1] : 0) : () => 0;
  columns.sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const cells = rows.map((row) => [row, columns.map((column) => cell(row, column))]);
  const filled = cells.filter(([, held]) => held.some((each) => !each.classList.contains("none")));
  const bare = cells.filter(([, held]) => held.every((each) => each.classList.contains("none"))).map(([row]) => labelOf(row));
  byId("list").replaceChildren(el("div", { class: "matrix" }, el("h2", {}, word("scene.matrix")), el("p", {}, word("matrix_intro")),
    el("table", {}, el("caption", { class: "unseen" }, word("matrix_intro")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, word("layer.source")), columns.map((id) => el("th", { scope: "col" }, entityLink(id))))),
      el("tbody", {}, filled.map(([row, held]) => el("tr", {}, el("th", { scope: "row" }, entityLink(row)), held)))),
    bare.length ? el("p", { class: "where" }, `${word("matrix_none")} ${bare.join(joiner())}`) : null));
}
