// SPDX-License-Identifier: Apache-2.0
// How many routes lead from each cell source to each phase of healing, of which sign, and how good
// the evidence of the best one is. A number opens its paths.

function cellFor({ from, to, routes, complete, signs, grade }) {
  if (!routes) return el("td", { class: "none" }, "–");
  const counts = Object.keys(SIGN_OF).filter((sign) => signs[sign]).map((sign) => el("span", { class: signClass(SIGN_OF[sign]) }, `${sign.replace("-", "−")}${signs[sign]} `));
  const made = el("td", {}, el("button", { class: "link", type: "button", "data-cell": `${from} ${to}`, onclick: () => choose("find", new URLSearchParams({ start: from, end: to }).toString()) },
    el("strong", {}, `${routes}${complete ? "" : "+"}`), " ", counts, grade ? el("span", { class: "tag", title: word("grade_help") }, grade) : null));
  made.style.setProperty("--share", String(Math.min(1, Math.log2(1 + routes) / 7)));
  return made;
}

function drawMatrix() {
  byId("list").replaceChildren(el("div", { class: "matrix" }, el("h2", {}, word("scene.matrix")), el("p", {}, word("matrix_intro")), answering(matrixTable)));
}

function matrixTable() {
  const answer = matrixNow();
  if (!answer || answer.trouble) return instead(answer);
  const cells = new Map(answer.cells.map((cell) => [`${cell.from} ${cell.to}`, cell]));
  const height = layout ? (id) => (layout.boxes[id] ? layout.boxes[id][1] : 0) : () => 0;
  const columns = [...answer.columns].sort((a, b) => height(a) - height(b) || (a < b ? -1 : 1));
  const rows = [...answer.rows].sort((a, b) => labelOf(a).localeCompare(labelOf(b), state.lang));
  const bare = rows.filter((row) => columns.every((column) => !cells.get(`${row} ${column}`).routes));
  return [
    el("table", {}, el("caption", { class: "unseen" }, word("matrix_intro")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, word("layer.source")), columns.map((id) => el("th", { scope: "col" }, entityLink(id))))),
      el("tbody", {}, rows.filter((row) => !bare.includes(row)).map((row) => el("tr", {}, el("th", { scope: "row" }, entityLink(row)), columns.map((column) => cellFor(cells.get(`${row} ${column}`))))))),
    bare.length ? el("p", { class: "where" }, `${word("matrix_none")} ${bare.map(labelOf).join(joiner())}`) : null,
  ];
}
