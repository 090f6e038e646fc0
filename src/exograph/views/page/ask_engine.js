// SPDX-License-Identifier: Apache-2.0
// Who answers SPARQL: the server that the page came from, or Oxigraph in a worker of the page, which
// can be stopped. Both give {graph: whether it is Turtle, text}, or throw a SparqlFault.

const SPARQL_MOST = 32 * 1024 * 1024; // characters of an answer, as on the server
const SPARQL_ROWS = "application/sparql-results+json";
const SPARQL_GRAPH = "text/turtle";

class SparqlFault extends Error {
  constructor(text, place = null) {
    super(text);
    this.place = place;
  }
}

// Runs in the worker, behind the text of Oxigraph's own script, which names initSync and Store.
function sparqlWorker() {
  /* global initSync, Store */
  const blanks = " ".repeat(64);
  let store = null;
  function canGoOn(text) { // the parser reads all of it and asks for more
    const padded = `${text}\n${blanks}`;
    try {
      new Store().query(padded);
    } catch (error) {
      const said = /error at (\d+):(\d+)/.exec(error.message);
      const lines = padded.split(/\r\n|\n|\r/).length;
      return Boolean(said) && (Number(said[1]) > lines || (Number(said[1]) === lines && Number(said[2]) >= 32));
    }
    return true;
  }
  function firstMisfit(head, query, ends) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (canGoOn(head + query.slice(0, ends[middle]))) low = middle + 1; else high = middle;
    }
    return low;
  }
  function answer({ id, head, query, ends, format, most }) {
    try {
      const text = store.query(head + query, { results_format: format });
      return text.length > most ? { id, trouble: "long" } : { id, text };
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return { id, trouble: "broken" };
      if (/error at \d+:\d+/.test(error.message)) return { id, trouble: "syntax", misfit: firstMisfit(head, query, ends), text: error.message };
      return { id, trouble: "other", text: error.message };
    }
  }
  self.onmessage = ({ data }) => {
    if (data.program) {
      initSync({ module: data.program });
      store = new Store();
      store.load(new Uint8Array(data.triples), { format: "application/n-quads", no_transaction: true, lenient: true });
      self.postMessage({ ready: store.size });
    } else self.postMessage(answer(data));
  };
}

let sparqlHand = null; // a promise of the worker that holds the triples
let turns = 0; // queries that the worker was given
let giveUp = null; // ends the query that runs

// A module as a plain script: a page from a disk may not start workers of modules.
const plainScript = (module) => module.replace(/^export (?=class|function)/gm, "").replace(/^export \{[^}]*\};?$/gm, "").replaceAll("import.meta.url", '""');

function startWorker() {
  const made = (async () => {
    const [script, program, triples] = await Promise.all([unpackedText("engine-script"), unpacked("engine-program"), unpacked("triples")]);
    const file = URL.createObjectURL(new Blob([plainScript(script), `\n;(${sparqlWorker})();`], { type: "text/javascript" }));
    const worker = new Worker(file);
    await new Promise((done, fail) => {
      worker.onmessage = done;
      worker.onerror = () => fail(new SparqlFault(word("sparql_no_engine")));
      worker.postMessage({ program, triples }, [program, triples]);
    });
    URL.revokeObjectURL(file);
    return worker;
  })();
  made.catch(() => { sparqlHand = null; });
  return made;
}

// The worker starts before the first query, so that the triples are read while one is written.
function readyEngine() {
  if (!DATA.asking.endpoint && !sparqlHand) sparqlHand = startWorker();
}

async function answerHere(query, tokens) {
  readyEngine();
  const worker = await sparqlHand;
  const graph = givesGraph(tokens);
  const head = Object.entries(DATA.asking.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
  const id = (turns += 1);
  const said = await new Promise((done, fail) => {
    const stop = (fault) => { worker.terminate(); sparqlHand = null; fail(fault); };
    giveUp = () => stop(new SparqlFault(word("sparql_stopped")));
    worker.onerror = () => stop(new SparqlFault(word("sparql_broken")));
    worker.onmessage = ({ data }) => {
      if (data.trouble === "broken") stop(new SparqlFault(word("sparql_broken")));
      else if (data.id === id) done(data);
    };
    worker.postMessage({ id, head, query, ends: tokens.map((token) => token.end), format: graph ? SPARQL_GRAPH : SPARQL_ROWS, most: SPARQL_MOST });
  });
  if (said.trouble === "long") throw new SparqlFault(word("sparql_long"));
  if (said.trouble === "syntax") throw misfit(query, tokens[said.misfit], said.text);
  if (said.trouble) throw new SparqlFault(said.text);
  return { graph, text: said.text };
}

// The fault of a token that no query can have there, or of a query that ends too early.
function misfit(query, token, said) {
  const unknown = said.includes("Prefix not found") ? word("sparql_prefix") : said.includes("variable that is unbound") ? word("sparql_unbound") : "";
  if (!token) return new SparqlFault(unknown || word("sparql_early"), sparqlPlace(query, query.trimEnd().length));
  const text = word("sparql_misfit").replace("{}", () => token.text.slice(0, 60));
  return new SparqlFault(unknown ? `${text} ${unknown}` : text, sparqlPlace(query, token.start));
}

async function answerThere(query) {
  const asked = new AbortController();
  giveUp = () => asked.abort();
  let text = "";
  let response = null;
  try {
    response = await fetch(DATA.asking.endpoint, {
      method: "POST", body: query, signal: asked.signal, redirect: "error", credentials: "omit",
      headers: { "content-type": "application/sparql-query", accept: `${SPARQL_ROWS}, ${SPARQL_GRAPH};q=0.9` },
    });
    text = await response.text();
  } catch {
    throw new SparqlFault(word(asked.signal.aborted ? "sparql_stopped" : "sparql_no_server"));
  }
  if (!response.ok) throw saidByServer(query, text.trim());
  return { graph: response.headers.get("content-type").startsWith(SPARQL_GRAPH), text };
}

// "Q201 Line 2, column 5: …", which is the place and the rest.
function saidByServer(query, said) {
  const found = /^(?:\w+:? )?Line (\d+), column (\d+): ([^]*)$/.exec(said);
  if (!found) return new SparqlFault(said);
  const [line, column] = [Number(found[1]), Number(found[2])];
  const starts = [...query.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length);
  return new SparqlFault(found[3], { line, column, offset: (line > 1 ? starts[line - 2] || 0 : 0) + column - 1 });
}

// Nothing is asked that must be refused; what is asked can be stopped.
async function answerSparql(query) {
  const tokens = sparqlTokens(query);
  const refusal = sparqlRefusal(query, tokens);
  if (refusal) throw new SparqlFault(refusal.text, refusal.place);
  try {
    return await (DATA.asking.endpoint ? answerThere(query) : answerHere(query, tokens));
  } finally {
    giveUp = null;
  }
}

const stopSparql = () => { if (giveUp) giveUp(); };
