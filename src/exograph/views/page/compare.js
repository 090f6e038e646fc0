// SPDX-License-Identifier: Apache-2.0
// Two sources held against each other: which routes to each phase both have, which only one. As
// exograph.paths.compare has it: two routes are the same if they agree after the source's vesicle.

const LEADING = ["isolated_from", "secretes"];
const leadOf = (path) => { const at = path.claims.findIndex((id) => !LEADING.includes(CLAIMS.get(id).predicate)); return at < 0 ? path.claims.length : at; };
const routeAfter = (path) => { const lead = leadOf(path); return JSON.stringify(path.claims.slice(lead).map((_, n) => [path.signs[lead + n], path.entities[lead + n + 1]])); };
const passedBy = (route) => JSON.stringify(JSON.parse(route).map(([, entity]) => entity));

// Each route of one side once: its best path, and by which other actors it is taken, too.
function waysOf(paths) {
  const along = new Map();
  for (const path of paths) along.set(routeAfter(path), [...(along.get(routeAfter(path)) || []), path]);
  return new Map([...along].map(([route, held]) => {
    const actors = held.map((path) => path.entities[leadOf(path)]);
    return [route, { path: held[0], also: [...new Set(actors)].filter((id) => id !== actors[0]).sort() }];
  }));
}

function comparedAt(end, a, b) {
  const asked = (start, fold) => answerTo(new URLSearchParams({ start, end, top: 1000, ...(fold ? {} : { fold: 0 }) }));
  const listed = [a, b].map((start) => asked(start, true));
  const whole = [a, b].map((start) => asked(start, false));
  const every = [0, 1].map((side) => waysOf([...listed[side].paths, ...whole[side].paths]));
  const own = listed.map((each) => [...new Set(each.paths.map(routeAfter))]);
  const passed = every.map((routes) => new Set([...routes.keys()].map(passedBy)));
  const common = [...new Set([...own[0], ...own[1]])].filter((route) => every[0].has(route) && every[1].has(route));
  const crossed = new Set();
  const only = own.map((routes, side) => routes.filter((route) => {
    if (every[1 - side].has(route)) return false;
    if (!passed[1 - side].has(passedBy(route))) return true;
    crossed.add(passedBy(route));
    return false;
  }).map((route) => every[side].get(route)));
  const costOf = (ways) => Math.min(...ways.map((way) => way.path.cost));
  const cheapest = (one, other) => costOf(one) - costOf(other) || 0;
  return {
    end, complete: [...listed, ...whole].every((each) => each.complete), counts: listed.map((each) => each.paths.length),
    shared: common.map((route) => every.map((routes) => routes.get(route))).sort(cheapest),
    opposed: [...crossed].map((entities) => every.map((routes) => [...routes].filter(([route]) => passedBy(route) === entities).map(([, way]) => way))).sort((x, y) => cheapest(x.flat(), y.flat())),
    only,
  };
}

const wayLine = (mark, way) => el("li", {}, el("button", { class: "story", type: "button", onclick: () => openPath(way.path) },
  el("strong", {}, mark + " "), routeOf(way.path), el("small", {}, el("span", { class: signClass(SIGN_OF[way.path.sign]) }, `${word("sign." + SIGN_OF[way.path.sign])} (${way.path.sign})`), ` · ${word("telling." + way.path.telling)} · `, way.path.references.map(citation).join(joiner()), way.also.length ? ` · ${word("compare_also")} ${way.also.map(labelOf).join(joiner())}` : "")));

// A path of the comparison in the panel, among those with the same ends.
function openPath(path) {
  const asked = new URLSearchParams({ start: path.entities[0], end: path.entities[path.entities.length - 1], top: 1000 });
  const same = answerTo(asked).paths.findIndex((each) => each.claims.join() === path.claims.join());
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
  return el("section", {}, el("h3", {}, entityLink(one.end), el("small", {}, ` A ${one.counts[0]} · B ${one.counts[1]}`)),
    one.complete ? null : el("p", { class: "where" }, word("find_late")),
    groups.map(([key, title, routes]) => el("details", { open: routes.length <= 6, "data-group": `${one.end} ${key}` }, el("summary", {}, `${title} (${routes.length})`), el("ul", { class: "ways" }, routes.flat().map(([mark, way]) => wayLine(mark, way))))));
}

function drawCompare(id) {
  namesToOffer();
  const asked = new URLSearchParams(id);
  const ends = [asked.get("a"), asked.get("b")];
  const trouble = el("p", { class: "trouble", role: "alert" });
  const form = el("form", { class: "finder across", onsubmit: (event) => { event.preventDefault(); askCompare(form, trouble); } },
    ends.map((each, side) => el("label", {}, el("span", {}, "AB"[side]), el("input", { name: "ab"[side], list: "names", value: each ? nameOfEnd(each) : "", autocomplete: "off", required: true }))),
    el("button", { type: "submit" }, word("compare_go")), trouble);
  const ready = ends.every((each) => ENTITIES.has(each)) && ends[0] !== ends[1];
  const names = ends.map((each) => (each ? nameOfEnd(each) : ""));
  const phases = [...ENTITIES].filter(([, e]) => e.type === "HealingPhase").map(([phase]) => phase).sort();
  const found = ready ? phases.map((end) => comparedAt(end, ...ends)) : [];
  const idle = found.filter((one) => !one.counts[0] && !one.counts[1]);
  byId("list").replaceChildren(el("div", { class: "compare" }, el("h2", {}, word("scene.compare")), el("p", {}, word("compare_intro")), form,
    found.filter((one) => !idle.includes(one)).map((one) => comparisonOf(one, names)),
    idle.length ? el("p", { class: "where" }, `${word("compare_neither")} ${idle.map((one) => labelOf(one.end)).join(joiner())}`) : null));
}

function askCompare(form, trouble) {
  const named = ["a", "b"].map((name) => [name, endOf(form.elements[name].value)]);
  const wrong = named.find(([, id]) => !ENTITIES.has(id));
  if (wrong) { trouble.textContent = word("find_unknown").replace("{}", () => form.elements[wrong[0]].value.trim()); form.elements[wrong[0]].focus(); return; }
  if (named[0][1] === named[1][1]) { trouble.textContent = word("find_same"); return; }
  choose("compare", new URLSearchParams(named).toString());
}
