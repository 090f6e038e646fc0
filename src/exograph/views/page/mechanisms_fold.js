// SPDX-License-Identifier: Apache-2.0
// Who tells a path (one mechanism, one study, or several that hand the story over), and which paths
// are shortcuts of a finer one. As exograph.paths.story and exograph.paths.fold have it.

// The steps that decide who tells: the effects, or all if there is none.
function decidingArcs(arcs) {
  const effects = arcs.filter((arc) => arc.effect);
  return effects.length ? effects : arcs;
}

const inAll = (sets) => sets.reduce((held, more) => held.filter((n) => more.includes(n)));
const mechanismsTelling = (arcs) => inAll(decidingArcs(arcs).map((arc) => arc.mechanisms));
const coherentStudies = (ground, arcs) => inAll(decidingArcs(arcs).map((arc) => arc.studies)).filter((study) => study < ground.reviews);

// One study for each step, so that neighbours differ as seldom as can be; of several such the first.
function assignedStudies(arcs) {
  const due = []; // for each step, changes from there on at least, by study
  for (const { studies } of [...arcs].reverse()) {
    const after = due[0];
    const leave = after && Math.min(...after.values()) + 1;
    const least = (study) => (after ? Math.min(after.has(study) ? after.get(study) : leave, leave) : 0);
    due.unshift(new Map(studies.map((study) => [study, least(study)])));
  }
  const chosen = [];
  for (const here of due) {
    const last = chosen.length ? chosen[chosen.length - 1] : null;
    const price = (study) => here.get(study) + (last !== null && study !== last ? 1 : 0);
    chosen.push([...here.keys()].sort((a, b) => price(a) - price(b) || a - b)[0]);
  }
  return chosen;
}

// How often the story changes hands, at least; structural steps hand nothing over.
function handsChanged(arcs) {
  let held = null;
  let number = 0;
  for (const { studies } of arcs.filter((arc) => arc.effect)) {
    const goingOn = held && held.filter((study) => studies.includes(study));
    if (goingOn && !goingOn.length) number += 1;
    held = goingOn && goingOn.length ? goingOn : studies;
  }
  return number;
}

// The first reference of a study that supports a claim.
const referenceOf = (arc, study) => arc.references.filter((r) => r.study === study).reduce((a, b) => (b.place < a.place ? b : a)).id;

function storyOf(ground, arcs) {
  const deciding = decidingArcs(arcs);
  const together = coherentStudies(ground, arcs);
  const mechanism = bestMechanism(ground.walks, arcs);
  const telling = mechanism !== null ? "told" : together.length ? "coherent" : "stitched";
  const story = { telling, mechanism, coherent: together.length > 0, references: [], handovers: [] };
  if (story.coherent) {
    story.references = [...new Set(together.flatMap((study) => deciding.map((arc) => referenceOf(arc, study))))];
    return story;
  }
  const chosen = assignedStudies(deciding);
  const named = deciding.map((arc, n) => referenceOf(arc, chosen[n]));
  deciding.forEach((arc, n) => {
    if (!n || chosen[n] === chosen[n - 1]) return;
    story.handovers.push({ step: arcs.indexOf(arc) + 1, entity: ground.walks.nodes[arc.tail], from: named[n - 1], to: named[n] });
  });
  return { ...story, references: [...new Set(named)] };
}

// Of several mechanisms the one that ends and starts where the path does, then the shortest.
function bestMechanism({ mechanisms, nodes }, arcs) {
  const [first, last] = [nodes[arcs[0].tail], nodes[arcs[arcs.length - 1].head]];
  const fit = (m) => [m.end !== last, m.start !== first, m.length].map(Number);
  const found = mechanismsTelling(arcs).map((n) => mechanisms[n]);
  found.sort((a, b) => compareRanks(fit(a), fit(b)) || (a.id < b.id ? -1 : 1));
  return found.length ? found[0].id : null;
}

const signOf = (arcs) => arcs.reduce((sign, arc) => sign * arc.sign, 1);

// What two paths are compared by; sign is 0 for a path without a direction.
function aboutPath(ground, arcs) {
  const together = coherentStudies(ground, arcs);
  const studies = new Set(together.length ? together : assignedStudies(decidingArcs(arcs)));
  return { steps: arcs.length, sign: signOf(arcs), studies, key: [...studies].sort((a, b) => a - b).join(), told: mechanismsTelling(arcs).length > 0 };
}

// Whether the first is a shortcut of the second, which passes the same entities in order.
function isShortcut(one, other) {
  const longer = other.steps > one.steps && one.sign === other.sign;
  const clearer = other.sign !== 0 && one.sign === 0;
  return (longer || clearer) && one.key === other.key && (other.told || !one.told);
}

// Answers two questions for a path, without the other paths found: is there a finer one within the
// filters, and which shortcuts has it. accept tells whether a path is within the filters.
function folding(ground, accept, maxSteps, budget) {
  const near = new Map();
  const fits = (arc, studies) => !arc.effect || arc.studies.some((study) => studies.has(study));

  // Steps to a node over fitting arcs, from wherever that is at most so many.
  function distances(node, most, { studies, key }) {
    const asked = [node, most, key].join("|");
    if (near.has(asked)) return near.get(asked);
    const found = new Map([[node, 0]]);
    for (let [edge, distance] = [[node], 1]; distance <= most && edge.length; distance += 1) {
      const arcs = edge.flatMap((head) => ground.reaching[head]);
      edge = [...new Set(arcs.filter((arc) => fits(arc, studies)).map((arc) => arc.tail))].filter((tail) => !found.has(tail));
      for (const tail of edge) found.set(tail, distance);
    }
    near.set(asked, found);
    return found;
  }

  // Whether the path is a shortcut of one that passes its entities in order, and perhaps others.
  function hasFiner(route) {
    const [spare, about, last] = [maxSteps - route.arcs.length, aboutPath(ground, route.arcs), route.nodes.length - 1];
    if (spare < 1 && about.sign) return false;
    const ahead = route.nodes.map((node) => distances(node, spare + 1, about));
    const finer = (found) => isShortcut(about, aboutPath(ground, found.arcs)) && accept(found);

    function walk(nodes, arcs, due) {
      budget.spend();
      if (due > last) return finer({ nodes, arcs });
      return ground.leaving[nodes[nodes.length - 1]].some((arc) => {
        const arrived = arc.head === route.nodes[due];
        if (nodes.includes(arc.head) || (!arrived && route.nodes.includes(arc.head))) return false;
        const steps = ahead[due].get(arc.head);
        if (steps === undefined || arcs.length + 1 + steps + (last - due) > maxSteps || !fits(arc, about.studies)) return false;
        return walk([...nodes, arc.head], [...arcs, arc], due + Number(arrived));
      });
    }

    return walk(route.nodes.slice(0, 1), [], 1);
  }

  // All paths within the filters that are folded under a path, in the order of the ranking.
  function shortcuts(route) {
    const about = aboutPath(ground, route.arcs);
    const found = [];

    function walk(nodes, arcs) {
      budget.spend();
      const here = route.nodes.indexOf(nodes[nodes.length - 1]);
      if (here === route.nodes.length - 1) {
        if (isShortcut(aboutPath(ground, arcs), about) && accept({ nodes, arcs })) found.push({ nodes, arcs, cost: priceOf(ground, nodes, arcs) });
        return;
      }
      for (const arc of ground.leaving[route.nodes[here]]) {
        if (route.nodes.indexOf(arc.head) > here && fits(arc, about.studies)) walk([...nodes, arc.head], [...arcs, arc]);
      }
    }

    walk(route.nodes.slice(0, 1), []);
    const ranks = ({ arcs }) => arcs.map((arc) => arc.rank);
    return found.sort((a, b) => a.cost - b.cost || a.arcs.length - b.arcs.length || compareRanks(ranks(a), ranks(b)));
  }

  return { hasFiner, shortcuts };
}

// The parts of a path's cost.
function partsOf(ground, nodes, arcs) {
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  return {
    evidence: sum(arcs.map((arc) => arc.cost)),
    length: ground.step * arcs.length,
    hubs: sum(nodes.slice(1, -1).map((node) => ground.hubs[node])),
    handovers: ground.handover * handsChanged(arcs),
  };
}

const priceOf = (ground, nodes, arcs) => Object.values(partsOf(ground, nodes, arcs)).reduce((a, b) => a + b);
