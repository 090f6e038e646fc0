// SPDX-License-Identifier: Apache-2.0
// Where a query is written: Yasqe, which is YASGUI's editor, if the page carries it; else a plain
// field. Both have {node, text(), put(text), show(), goTo(offset)}.

function plainEditor(run) {
  const node = el("textarea", { id: "sparql-plain", spellcheck: "false", autocapitalize: "off", rows: 14 });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  return {
    node, text: () => node.value, put: (text) => { node.value = text; node.scrollTop = 0; },
    show: () => { node.setAttribute("aria-label", word("sparql_query")); },
    goTo: (offset) => { node.setSelectionRange(offset, offset + 1); node.focus(); },
  };
}

// What a half-written prefixed name may become: entities by id or label, terms by name.
function namesFor(typed) {
  const [prefix, ...rest] = typed.split(":");
  if (!rest.length) return Object.keys(DATA.asking.prefixes).filter((name) => name.startsWith(prefix)).sort().map((name) => ({ text: `${name}:`, displayText: `${name}:` }));
  const wanted = fold(rest.join(":"));
  const iri = DATA.asking.prefixes[prefix];
  if (iri === `${HOME}entity/`) {
    return [...ENTITIES.keys()].filter((id) => [id, labelOf(id), otherLabelOf(id)].some((name) => fold(name).includes(wanted))).sort((a, b) => fold(b).startsWith(wanted) - fold(a).startsWith(wanted) || (a < b ? -1 : 1))
      .slice(0, 50).map((id) => ({ text: `${prefix}:${id}`, displayText: `${prefix}:${id}  ${labelOf(id)}` }));
  }
  if (iri === `${HOME}vocab#`) {
    const terms = [...new Set([...Object.keys(STYLE.kinds), ...Object.keys(STYLE.predicates), ...DATA.asking.queries.flatMap(({ text }) => [...text.matchAll(/\bexo:(\w+)/g)].map((found) => found[1]))])];
    return terms.filter((name) => fold(name).startsWith(wanted)).sort().map((name) => ({ text: `${prefix}:${name}`, displayText: `${prefix}:${name}` }));
  }
  return [];
}

function hints(editor) {
  const at = editor.getCursor();
  const typed = /[\p{L}][\p{L}\p{N}_.\-:]*$/u.exec(editor.getLine(at.line).slice(0, at.ch));
  return { from: { line: at.line, ch: at.ch - (typed ? typed[0].length : 0) }, to: at, list: typed ? namesFor(typed[0]) : [] };
}

// Our prefixes count as declared, and the mark of a line at fault says so in the page's language.
function tame(editor) {
  const mode = editor.getMode();
  const start = mode.startState;
  mode.startState = (...given) => ({ ...start(...given), prefixes: { ...DATA.asking.prefixes } });
  const check = editor.checkSyntax;
  editor.checkSyntax = () => {
    check.call(editor);
    editor.eachLine((line) => {
      const icon = line.gutterMarkers && line.gutterMarkers.gutterErrorBar;
      if (icon) Object.assign(icon, { title: word("sparql_line"), onmouseover: null, onmouseout: null });
    });
  };
}

async function richEditor(run) {
  await runPacked("editor-script", "editor-style");
  const Editor = window.Yasqe;
  Editor.defaults.autocompleters = []; // those that it brings ask services elsewhere
  const node = el("div", { class: "sparql-editor" });
  const editor = new Editor(node, {
    value: "", persistenceId: null, prefixCcApi: null, createShareableLink: null, consumeShareLink: null, showQueryButton: false,
    resizeable: false, collapsePrefixesOnLoad: false, autocompleters: [], pluginButtons: undefined, lineWrapping: true, viewportMargin: Infinity,
  });
  tame(editor);
  editor.query = () => { run(); return Promise.resolve(); };
  const offer = () => editor.showHint({ hint: () => hints(editor), completeSingle: true });
  const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": offer, Tab: false, "Shift-Tab": false };
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), ...keys });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); editor.getInputField().blur(); }
  });
  return {
    node, text: () => editor.getValue(), put: (text) => { editor.setValue(text); editor.clearHistory(); },
    show: () => { editor.getInputField().setAttribute("aria-label", word("sparql_query")); editor.refresh(); },
    goTo: (offset) => {
      const [from, to] = [editor.posFromIndex(offset), editor.posFromIndex(offset + 1)];
      editor.focus();
      editor.setSelection(from, to);
      editor.scrollIntoView(from, 40);
    },
  };
}

const openEditor = (run) => (carries("editor-script") ? richEditor(run) : Promise.resolve(plainEditor(run)));
