// SPDX-License-Identifier: Apache-2.0
// Answers of the page itself, which has all that it takes and asks no one.

const PATIENCE = 5000; // milliseconds for one search

let walked = null; // what paths walk on, made when it is first needed
const ground = () => (walked = walked || mechanismWalks(DATA));

const found = (question) => {
  const { paths, ...rest } = findMechanisms(ground(), { ...question, deadline: PATIENCE });
  return { ...rest, paths: paths.map((path) => ({ ...path, get words() { return tellPath(ground(), question, path); } })) };
};

const answered = {
  paths: (question, tell) => tell(found(question)),
  compare: ({ a, b, to, ...rest }, tell) => tell({ ends: to.flatMap(idsOf).filter((end) => end !== a && end !== b).map((end) => comparedAt(end, [a, b], rest)) }),
  matrix: (question, tell) => tell(matrixOf(question)),
};

const entitiesMeant = (text) => findEntities(fold(text)).slice(0, 12);

// ------------------------------------------------------------------ matrix

// The grade of a path is that of its worst effect.
function gradeOfPath(path) {
  const grades = path.claims.filter((_, n) => path.signs[n] !== null).map(gradeOfClaim);
  return grades.length && grades.every(Boolean) ? STYLE.grades[Math.max(...grades.map((grade) => STYLE.grades.indexOf(grade)))] : null;
}

function matrixOf(question) {
  const [rows, columns] = [idsOf("type:Source"), idsOf("type:HealingPhase")];
  return { rows, columns, cells: rows.flatMap((row) => columns.map((column) => cellOf(row, column, question))) };
}

function cellOf(from, to, question) {
  const { paths, complete } = found({ ...question, start: [from], end: [to], top: 1000 });
  return {
    from, to, routes: paths.length, complete,
    signs: Object.fromEntries(Object.keys(SIGN_OF).map((sign) => [sign, paths.filter((path) => path.sign === sign).length])),
    grade: STYLE.grades.find((grade) => paths.some((path) => gradeOfPath(path) === grade)) || null,
  };
}

// ------------------------------------------------------------------ two sources

// As exograph.paths.compare has it: two routes are the same if they agree after the source's vesicle.
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

function comparedAt(end, pair, question) {
  const asked = (start, fold) => found({ ...question, start: [start], end: [end], top: 1000, fold });
  const listed = pair.map((start) => asked(start, true));
  const whole = pair.map((start) => asked(start, false));
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
    only, more: {},
  };
}
