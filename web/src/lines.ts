// What is drawn between two nodes: one line for each direction, standing for all that joins them.

import type { Index } from "./index";
import type { Edge, Node } from "./scene";

/** How the graph is drawn: events as edges from who attacks to what is hit; quotations as nodes. */
export interface Manner { asEdges: boolean; quotes: boolean }
export interface Line {
  id: string; source: string; target: string; labels: Set<string>; predicates: Set<string>; statements: Set<number>; disputed: boolean;
}

const FROM = new Set(["attacker", "agent", "origin", "instrument"]); // what these join is read towards the incident
const HIT = ["target", "victim"];

/** The lines at a node; whoever is at their other ends may be hidden all the same. Kept until the graph grows. */
export function lines(index: Index, id: string, manner: Manner): readonly Line[] {
  const key = `${id} ${manner.asEdges} ${manner.quotes}`;
  const known = index.lines.get(key);
  if (known) return known;
  const found = made(index, id, manner);
  index.lines.set(key, found);
  return found;
}

function made(index: Index, id: string, manner: Manner): Line[] {
  const found = new Map<string, Line>();
  for (const edge of index.around(id)) {
    if (!drawn(index, edge, manner)) continue;
    const incident = manner.asEdges ? index.node.get(edge.source === id ? edge.target : edge.source) : undefined;
    const across = incident?.cls === "Incident" && spans(index, incident.id);
    if (across && edge.mode !== "events") continue; // the incident is a line itself: nobody speaks of it in the picture
    if (!across) put(found, { ...directed(edge), disputed: false }, edge.label, edge.predicate, edge.statements ?? []);
    else for (const [source, target] of across) {
      if (source !== id && target !== id) continue;
      put(found, { source, target, disputed: Boolean(incident.disputed) }, incident.label, "strike", index.places(incident.id));
    }
  }
  return [...found.values()];
}

/** The line of an id, as a link may name it. */
export function line(index: Index, id: string): Line | undefined {
  const [source, target] = id.split(" ");
  if (!source || !target) return undefined;
  const among = (manner: Manner) => {
    const [there, back] = [id, `${target} ${source}`].map((end) => lines(index, source, manner).find((each) => each.id === end));
    return there && back ? joined(there, back) : there ?? back;
  };
  return among({ asEdges: false, quotes: true }) ?? among({ asEdges: true, quotes: false });
}

/** One line for both directions between two nodes, in that of the first, whose labels come first. */
export function joined(one: Line, back: Line): Line {
  const both = <T>(key: "labels" | "predicates" | "statements") => new Set([...one[key], ...back[key]]) as Set<T>;
  return { ...one, labels: both("labels"), predicates: both("predicates"), statements: both("statements"), disputed: one.disputed || back.disputed };
}

export function other(line: Line, id: string): string { return line.source === id ? line.target : line.source; }

/** Whether an incident becomes lines when events are drawn as edges. */
export function collapses(index: Index, node: Node | undefined): boolean {
  return node?.cls === "Incident" && Boolean(spans(index, node.id));
}

function drawn(index: Index, edge: Edge, manner: Manner): boolean {
  if (edge.mode === "direct") return false; // spans() says the same, and says which event it was
  if (edge.mode === "summary") return !manner.quotes;
  return manner.quotes || edge.mode === "events" || !quoted(index, edge);
}

function quoted(index: Index, edge: Edge): boolean {
  return index.node.get(edge.source)?.cls === "Quotation" || index.node.get(edge.target)?.cls === "Quotation";
}

function directed({ mode, predicate, source, target }: Edge): { source: string; target: string } {
  return mode === "events" && FROM.has(predicate) ? { source: target, target: source } : { source, target };
}

/** From whom to what an incident goes; undefined where one end is not known. */
function spans(index: Index, incident: string): [string, string][] | undefined {
  const roles = index.around(incident).filter((edge) => edge.mode === "events" && edge.source === incident);
  const fillers = (names: string[]) => [...new Set(roles.filter((edge) => names.includes(edge.predicate)).map((edge) => edge.target))];
  const from = fillers(["attacker", "agent"]);
  const hit = fillers(HIT);
  const to = hit.length ? hit : fillers(["place"]);
  const pairs = from.flatMap((a) => to.filter((b) => b !== a).map((b): [string, string] => [a, b]));
  return pairs.length ? pairs : undefined;
}

function put(into: Map<string, Line>, line: Omit<Line, "id" | "labels" | "predicates" | "statements">, label: string, predicate: string, statements: number[]): void {
  const id = `${line.source} ${line.target}`;
  let found = into.get(id);
  if (!found) into.set(id, found = { ...line, id, labels: new Set(), predicates: new Set(), statements: new Set() });
  found.labels.add(label);
  found.predicates.add(predicate);
  for (const each of statements) found.statements.add(each);
  found.disputed ||= line.disputed;
}
