// SPDX-License-Identifier: Apache-2.0
// The sheet that asks the graph in SPARQL: questions to begin with, an editor, the answer. The query
// that was asked stands in the address, so that it can be sent to someone.

const FIRST_QUERY = `# {}
SELECT ?microrna ?name WHERE {
  ?microrna a exo:MicroRNA ;
    rdfs:label ?name .
  FILTER(lang(?name) = "en")
}
ORDER BY ?name
LIMIT 20
`;

const sparql = {
  editor: null, opening: false, wanted: "", // what is to be written into an editor that is not open yet
  asked: "", running: 0, answer: null, fault: null, filter: "", ready: 0,
};

// ``about`` is the query of the address. What is there is kept, and with it the focus.
function drawSparql(about) {
  if (!sparql.editor && !sparql.opening) openSparql();
  const place = byId("sparql-place");
  if (!place || place.lang !== state.lang || (sparql.editor && !place.contains(sparql.editor.node))) drawFrame();
  followSparql(about);
  drawAnswer();
}

function drawFrame() {
  byId("list").replaceChildren(el("div", { class: "sparql" }, el("h2", {}, word("scene.sparql")), el("p", {}, word(DATA.asking.endpoint ? "sparql_intro_served" : "sparql_intro")),
    el("div", { class: "sparql-parts" }, questionList(), el("section", { class: "sparql-main" }, el("div", { id: "sparql-place", lang: state.lang }, sparql.editor ? sparql.editor.node : el("p", { role: "status" }, word("sparql_opening"))),
      el("div", { class: "row" }, el("button", { id: "sparql-run", type: "button", title: "Ctrl+Enter", onclick: runSparql }, word("sparql_run")),
        el("button", { id: "sparql-stop", class: "alone", type: "button", onclick: stopSparql }, word("sparql_stop")),
        carries("editor-script") ? el("small", {}, word("sparql_keys")) : null),
      el("div", { id: "sparql-answer" }))),
    carries("notice") ? el("p", { class: "where" }, link(word("sparql_notice"), showNotice)) : null));
  if (sparql.editor) sparql.editor.show();
}

async function openSparql() {
  sparql.opening = true;
  readyEngine();
  const began = performance.now();
  sparql.editor = await openEditor(runSparql);
  sparql.editor.put(sparql.wanted || FIRST_QUERY.replace("{}", word("sparql_first")));
  sparql.ready = performance.now() - began;
  if (state.sheet === "sparql") drawSheet();
}

function questionList() {
  const entry = (question) => el("li", {}, el("button", { class: "link", type: "button", "data-question": question.name, onclick: () => takeQuestion(question) }, question[state.lang]));
  const [title, list] = [el("summary", {}), el("ul", {})];
  const box = el("input", { type: "search", id: "sparql-filter", value: sparql.filter, autocomplete: "off", spellcheck: "false", placeholder: word("sparql_filter"), "aria-label": word("sparql_filter") });
  const fill = () => {
    const found = questionsFound();
    title.textContent = `${word("sparql_questions")} (${found.length})`;
    list.replaceChildren(...found.map(entry));
  };
  box.addEventListener("input", () => { sparql.filter = box.value; fill(); });
  fill();
  return el("details", { class: "sparql-questions", open: !narrowWindow() }, title, box, list);
}

const narrowWindow = () => window.innerWidth < 720;

function questionsFound() {
  const words = fold(sparql.filter).split(/\s+/).filter(Boolean);
  return DATA.asking.queries.filter((question) => {
    const text = fold([question.name, question.en, question.zh, ...question.keywords].join(" "));
    return words.every((each) => text.includes(each));
  });
}

function takeQuestion(question) {
  const text = `# ${question[state.lang]}\n${question.text}`;
  sparql.wanted = text;
  if (!sparql.editor) return;
  sparql.editor.put(text);
  if (narrowWindow()) byId("sparql-place").scrollIntoView({ block: "start" });
  sparql.editor.goTo(0);
}

function runSparql() {
  if (!sparql.editor) return;
  const text = sparql.editor.text();
  if (sparql.asked === text) { startQuery(text); return; }
  choose("sparql", text);
}

// What the address asks is asked, unless its answer is here.
function followSparql(text) {
  if (!text || text === sparql.asked) return;
  sparql.wanted = text;
  if (sparql.editor && sparql.editor.text() !== text) sparql.editor.put(text);
  startQuery(text);
}

async function startQuery(text) {
  stopSparql();
  const turn = sparql.running = performance.now();
  sparql.asked = text;
  sparql.answer = sparql.fault = null;
  drawAnswer();
  try {
    const said = await answerSparql(text);
    if (sparql.running === turn) sparql.answer = readAnswer(said, performance.now() - turn);
  } catch (error) {
    if (sparql.running === turn) sparql.fault = { text: error.message, place: error.place };
  }
  if (sparql.running !== turn) return;
  sparql.running = 0;
  drawAnswer();
}

function drawAnswer(column) {
  const place = byId("sparql-answer");
  if (!place) return;
  byId("sparql-stop").hidden = !sparql.running;
  byId("sparql-run").disabled = Boolean(sparql.running);
  const { answer, fault } = sparql;
  if (sparql.running) place.replaceChildren(el("p", { role: "status" }, word("sparql_running")));
  else if (fault) place.replaceChildren(el("p", { class: "trouble", role: "alert" }, fault.place ? [link(word("sparql_at").replace("{line}", () => fault.place.line).replace("{column}", () => fault.place.column), () => sparql.editor.goTo(fault.place.offset)), ": "] : null, fault.text));
  else if (!answer) place.replaceChildren();
  else place.replaceChildren(el("div", { class: "row" }, el("strong", { role: "status" }, answerHead(answer)), takeAway(answer)), ...[answer.rows ? answerTable(answer, drawAnswer) : answer.graph ? el("pre", { class: "sparql-table", tabindex: 0 }, answer.text) : []].flat().filter(Boolean));
  if (column) place.querySelector(`[data-column="${CSS.escape(column)}"]`).focus();
}

async function showNotice(event) {
  const text = await unpackedText("notice");
  event.target.closest("p").replaceWith(el("pre", { class: "sparql-table", tabindex: 0 }, text));
}
