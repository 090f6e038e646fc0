// SPDX-License-Identifier: Apache-2.0
// Two sources held against each other: which routes to each phase, or to what is named, both have,
// which only one.

const wayLine = (mark, way) => el("li", {}, el("button", { class: "story", type: "button", onclick: () => openPath(way.path) },
  el("strong", {}, mark + " "), routeOf(way.path), el("small", {}, el("span", { class: signClass(SIGN_OF[way.path.sign]) }, `${word("sign." + SIGN_OF[way.path.sign])} (${way.path.sign})`), ` · ${word("telling." + way.path.telling)} · `, way.path.references.map(citation).join(joiner()), way.also.length ? ` · ${word("compare_also")} ${way.also.map(labelOf).join(joiner())}` : "")));

// A path of the comparison in the panel, among those with the same ends.
async function openPath(path) {
  const asked = new URLSearchParams({ start: path.entities[0], end: path.entities[path.entities.length - 1], top: 1000 });
  const { paths = [] } = await new Promise((done) => answered.paths(questionOf(asked), done));
  const same = paths.findIndex((each) => each.claims.join() === path.claims.join());
  if (same >= 10) asked.set("top", same + 1); else asked.delete("top");
  if (same >= 0) asked.set("path", same + 1);
  choose("find", asked.toString());
}

function comparisonOf(one, names) {
  const sides = ([a, b]) => [...a.map((way) => ["A", way]), ...b.map((way) => ["B", way])];
  const groups = [
    ["shared", word("compare_shared"), one.shared.map(([a, b]) => sides([[a], [b]]))],
    ["opposed", word("compare_opposed"), one.opposed.map(sides)],
    ...one.only.map((ways, side) => ["only_" + "ab"[side], word("compare_only").replace("{}", () => names[side]), ways.map((way) => [["AB"[side], way]])]),
  ].filter(([, , routes]) => routes.length);
  const group = ([key, title, routes]) => el("details", { open: routes.length <= 6, "data-group": `${one.end} ${key}` },
    el("summary", {}, `${title} (${routes.length + (one.more[key] || 0)})`), el("ul", { class: "ways" }, routes.flat().map(([mark, way]) => wayLine(mark, way))),
    one.more[key] ? el("p", { class: "where" }, word("compare_best").replace("{}", () => String(routes.length))) : null);
  return el("section", {}, el("h3", {}, entityLink(one.end), el("small", {}, ` A ${one.counts[0]} · B ${one.counts[1]}`)),
    one.complete ? null : el("p", { class: "where" }, word("find_late")), groups.map(group));
}

function drawCompare(id) {
  namesToOffer();
  const asked = new URLSearchParams(id);
  const trouble = el("p", { class: "trouble", role: "alert" });
  const box = (name, title, extra) => el("label", {}, el("span", {}, title), el("input", { name, list: "names", value: asked.get(name) ? nameOfEnd(asked.get(name)) : "", autocomplete: "off", spellcheck: "false", ...extra }));
  const form = el("form", { class: "finder across", onsubmit: (event) => { event.preventDefault(); askCompare(form, trouble); } },
    box("a", "A", { required: true }), box("b", "B", { required: true }), box("to", word("find_end"), { placeholder: anyOf("HealingPhase") }),
    el("button", { type: "submit" }, word("compare_go")), trouble);
  byId("list").replaceChildren(el("div", { class: "compare" }, el("h2", {}, word("scene.compare")), el("p", {}, word("compare_intro")), form, answering(() => comparisons(asked))));
}

function comparisons(asked) {
  const pair = [asked.get("a"), asked.get("b")];
  if (pair.some((each) => !ENTITIES.has(each)) || pair[0] === pair[1]) return [];
  const answer = comparisonTo(...pair, [asked.get("to") || "type:HealingPhase"]);
  if (!answer || answer.trouble) return instead(answer);
  const height = (id) => (layout && layout.boxes[id] ? layout.boxes[id][1] : 0);
  const ends = [...answer.ends].sort((one, other) => height(one.end) - height(other.end) || (one.end < other.end ? -1 : 1));
  const idle = ends.filter((one) => !one.counts[0] && !one.counts[1]);
  return [
    ends.filter((one) => !idle.includes(one)).map((one) => comparisonOf(one, pair.map(nameOfEnd))),
    idle.length ? el("p", { class: "where" }, `${word("compare_neither")} ${idle.map((one) => labelOf(one.end)).join(joiner())}`) : null,
  ];
}

function askCompare(form, trouble) {
  const typed = ["a", "b", "to"].map((name) => [name, form.elements[name].value.trim()]).filter(([, text]) => text);
  const named = typed.map(([name, text]) => [name, endOf(text)]);
  const wrong = typed.findIndex(([name, text]) => (name === "to" ? endOf(text) === null : !ENTITIES.has(endOf(text))));
  const saysNo = (text, name) => { trouble.textContent = text; form.elements[name].focus(); };
  if (wrong >= 0) { saysNo(namesNothing(typed[wrong][1]), typed[wrong][0]); return; }
  if (named[0][1] === named[1][1]) { saysNo(word("find_same"), "b"); return; }
  if (named[2] && named.slice(0, 2).some(([, id]) => id === named[2][1])) { saysNo(word("find_same"), "to"); return; }
  forgetTroubles();
  choose("compare", new URLSearchParams(named).toString());
}
