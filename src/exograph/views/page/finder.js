// SPDX-License-Identifier: Apache-2.0
// Mechanism paths asked for here: a form, the ranked answers, what each costs. The question stands
// in the address, so that it can be sent to someone; what the key leaves out is not walked.

const KINDS_ASKED = ["HealingPhase", "BiologicalProcess", "Vesicle", "MicroRNA", "GeneProduct", "Pathway"];
const PARTS = ["evidence", "length", "hubs", "handovers"];

// What can be named: entities by label or id, and any of a kind or role.
const anyOf = (name) => word("any_of").replace("{}", () => (STYLE.roles[name] ? STYLE.roles[name].label[state.lang] : kindLabel(name)));
const idsOf = (name) => (name.startsWith("type:") ? [...ENTITIES].filter(([, e]) => e.type === name.slice(5) || (e.roles || []).includes(name.slice(5))).map(([id]) => id) : ENTITIES.has(name) ? [name] : []);
const typesAsked = () => [...Object.keys(STYLE.roles), ...KINDS_ASKED].filter((name) => idsOf("type:" + name).length);
const nameOfEnd = (id) => (id.startsWith("type:") ? anyOf(id.slice(5)) : ENTITIES.has(id) ? labelOf(id) : id);

function endOf(text) {
  const wanted = text.trim();
  if (!wanted) return null;
  const type = typesAsked().find((name) => anyOf(name) === wanted || "type:" + name === wanted);
  if (type) return "type:" + type;
  if (ENTITIES.has(wanted)) return wanted;
  const exact = findEntities(fold(wanted)).filter((hit) => hit.rank === 0);
  const labelled = exact.filter((hit) => [labelOf(hit.id), otherLabelOf(hit.id)].includes(wanted));
  const found = labelled.length ? labelled : exact;
  return found.length === 1 ? found[0].id : null;
}

// That a text names nothing, and what may be meant.
function namesNothing(text) {
  const near = findEntities(fold(text)).slice(0, 3).map((hit) => labelOf(hit.id));
  return word("find_unknown").replace("{}", () => text.trim()) + (near.length ? ` ${word("find_near")} ${near.join(joiner())}` : "");
}

function namesToOffer() {
  const ids = [...ENTITIES.keys()].sort((a, b) => labelOf(a).localeCompare(labelOf(b), state.lang));
  const list = el("datalist", { id: "names", lang: state.lang }, typesAsked().map((name) => el("option", { value: anyOf(name) })), ids.map((id) => el("option", { value: labelOf(id), label: id })));
  const before = byId("names");
  if (before && before.lang === state.lang) return;
  if (before) before.remove();
  document.body.append(list);
}

const isAsked = (asked) => asked.get("start") && asked.get("end");

// The path that an address has chosen; null if there is none, or none yet.
function pathAsked(asked) {
  const answer = isAsked(asked) && asked.get("path") ? answerTo(asked) : null;
  return (answer && answer.paths && answer.paths[Number(asked.get("path")) - 1]) || null;
}

const pathClaims = (id) => { const path = pathAsked(new URLSearchParams(id)); return path ? path.claims : null; };
const pathChosen = () => (state.chosen && state.chosen.what === "find" ? pathClaims(state.chosen.id) : null);

const field = (name, value, extra = {}) => el("label", {}, el("span", {}, word("find_" + name)),
  el("input", { name, list: "names", value, autocomplete: "off", spellcheck: "false", ...extra }));

function finderPanel(id) {
  namesToOffer();
  const asked = new URLSearchParams(id);
  const via = asked.getAll("via");
  const trouble = el("p", { class: "trouble", role: "alert" });
  const form = el("form", { class: "finder", onsubmit: (event) => { event.preventDefault(); ask(form, trouble); } },
    field("start", asked.get("start") ? nameOfEnd(asked.get("start")) : "", { required: true }),
    field("end", asked.get("end") ? nameOfEnd(asked.get("end")) : "", { required: true }),
    [...via, ...(via.length < MOST_VIA ? [""] : [])].map((each) => field("via", each && nameOfEnd(each))),
    el("div", { class: "row" },
      el("label", {}, el("span", {}, word("find_sign")), signBox(asked.get("sign"))),
      el("label", {}, el("span", {}, word("find_steps")), el("input", { name: "steps", type: "number", min: 1, max: 20, value: asked.get("steps") || 8 })),
      el("label", { class: "check" }, el("input", { name: "told", type: "checkbox", checked: asked.get("told") === "1" }), el("span", {}, word("find_told")))),
    el("button", { type: "submit" }, word("find_go")), trouble);
  return [el("h2", {}, word("find")), el("p", { class: "other" }, word("find_intro")), form, isAsked(asked) ? answering(() => answersTo(asked)) : null];
}

function signBox(sign) {
  const box = el("select", { name: "sign" }, el("option", { value: "any" }, word("find_any_sign")), Object.keys(SIGN_OF).map((each) => el("option", { value: each }, `${each} ${word("sign." + SIGN_OF[each])}`)));
  box.value = SIGN_OF[sign] ? sign : "any";
  return box;
}

// From the form to the address; names that stand for nothing are said, with what may be meant.
function ask(form, trouble) {
  const asked = new URLSearchParams();
  for (const input of form.querySelectorAll("input[list]")) {
    if (!input.value.trim()) continue;
    const named = endOf(input.value);
    if (named === null) {
      trouble.textContent = namesNothing(input.value);
      input.focus();
      return;
    }
    asked.append(input.name, named);
  }
  if (asked.get("start") === asked.get("end")) { trouble.textContent = word("find_same"); return; }
  const value = (name) => form.elements[name].value;
  if (value("sign") !== "any") asked.set("sign", value("sign"));
  if (value("steps") && value("steps") !== "8") asked.set("steps", value("steps"));
  if (form.elements.told.checked) asked.set("told", "1");
  forgetTroubles();
  choose("find", asked.toString());
}

function answersTo(asked) {
  const answer = answerTo(asked);
  if (!answer || answer.trouble) return instead(answer);
  const chosen = Number(asked.get("path")) - 1;
  const most = Math.max(...answer.paths.map((path) => path.cost), 1);
  const more = new URLSearchParams(asked);
  more.set("top", questionOf(asked).top + 20);
  more.delete("path");
  const ending = { top: [link(word("find_more"), () => choose("find", more.toString()))], deadline: [word("find_late")], limit: [word("find_late")] }[answer.stopped_by];
  return [
    el("p", { class: "where", role: "status" }, answer.paths.length ? countOf(answer.paths.length, "find_one", "find_many") + (answer.complete ? "" : "+") : word("find_none")),
    el("ol", { class: "found" }, answer.paths.map((path, n) => el("li", {}, foundPath(asked, path, n, n === chosen, most)))),
    ending ? el("p", {}, ending) : null,
    el("p", { class: "where" }, word("find_cost_help")),
  ];
}

const routeOf = (path) => path.entities.flatMap((id, n) => (n ? [" ", el("span", { class: signClass(SIGN_OF[path.signs[n - 1]]) }, ARROWS[path.signs[n - 1]]), " ", labelOf(id)] : [labelOf(id)]));

function foundPath(asked, path, n, on, most) {
  const one = new URLSearchParams(asked);
  if (on) one.delete("path"); else one.set("path", n + 1);
  const flags = [...new Set(path.claims.flatMap(marksOf))];
  return [
    el("button", { class: "story", type: "button", "aria-pressed": String(on), "data-path": n + 1, onclick: () => choose("find", one.toString()), onmouseenter: () => glance(path.claims), onmouseleave: () => glance(null) },
      el("span", {}, routeOf(path)),
      el("small", {}, el("span", { class: signClass(SIGN_OF[path.sign]) }, `${word("sign." + SIGN_OF[path.sign])} (${path.sign})`), ` · ${word("telling." + path.telling)} · `, path.references.map(citation).join(joiner())),
      flags.length ? el("span", { class: "flags" }, flags.map((name) => el("span", { class: "flag " + name, title: word("mark_help." + name) }, `${STYLE.marks[name]} ${word("mark." + name)}`))) : null,
      costBar(path, most)),
    on ? el("div", { class: "opened" }, inSentences(path.words), steps(path.claims), detailsOf(path)) : null,
  ];
}

// What a path costs, part by part, on one scale for all that are listed.
function costBar(path, most) {
  const text = `${word("find_cost")} ${(path.cost / 1e6).toFixed(2)} = ${PARTS.map((part) => `${word("cost." + part)} ${(path.parts[part] / 1e6).toFixed(2)}`).join(" + ")}`;
  const bar = el("span", { class: "cost", role: "img", "aria-label": text, title: text }, PARTS.map((part) => {
    const piece = el("span", { class: "part " + part });
    piece.style.width = `${(100 * path.parts[part]) / most}%`;
    return piece;
  }));
  return el("span", { class: "costs" }, bar, el("span", { class: "count" }, (path.cost / 1e6).toFixed(2)));
}

// What the path says, sentence by sentence, and what to bear in mind.
function inSentences(words) {
  const text = words[state.lang === "zh" ? "text_zh" : "text_en"].split("\n");
  const cautions = words.warnings.length;
  const said = (lines, extra) => lines.map((line) => el("p", extra, line));
  return el("div", { class: "sentences" }, said(text.slice(0, text.length - cautions), {}), said(text.slice(text.length - cautions), { class: "caution" }));
}

// Where the story changes hands, its weakest link, and the shorter ways of telling it.
function detailsOf(path) {
  const weak = path.weakest - 1;
  const facts = el("dl", { class: "facts" });
  if (path.claims.length > 1) facts.append(...fact(word("find_weakest"), `${labelOf(path.entities[weak])} ${ARROWS[path.signs[weak]]} ${labelOf(path.entities[weak + 1])}`));
  for (const hand of path.handovers) facts.append(...fact(word("find_handover"), `${citation(hand.from)} → ${citation(hand.to)} (${labelOf(hand.entity)})`));
  if (path.mechanism) facts.append(...fact(word("find_told_by"), storyTitle(DATA.mechanisms.find((m) => m.id === path.mechanism))));
  for (const short of path.shortcuts) facts.append(...fact(word("find_short"), routeOf(short)));
  return facts.childElementCount ? facts : null;
}
