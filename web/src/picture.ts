// What the graph pane shows for a view: which nodes, where, and the lines between them. No drawing here.

import type { Size } from "./graph";
import { apart, bowTie, inRows, sprung, type Side, type Spot } from "./layout";
import { collapses, joined, lines, other, type Line, type Manner } from "./lines";
import type { Index } from "./index";
import { opened } from "./opening";
import type { Node } from "./scene";
import { filtering, type Pins, type View } from "./state";

export const STEP = 12; // neighbours at once
const OPENING = 24;

export interface Picture { spots: Map<string, Spot>; lines: Line[]; focus: string | null; more: number }

export function picture(index: Index, view: View, passed: ReadonlySet<string>, way: string[], pane: Size): Picture {
  const { pins } = view;
  const focus = view.selected?.split(" ")[0] ?? null;
  const manner = { asEdges: view.asEdges, quotes: view.quotes || index.node.get(focus ?? "")?.cls === "Quotation" };
  if (way.length) return finished(index, inRows(way), manner, { focus: null, more: 0 }, pins);
  if (focus && index.node.has(focus)) return around(index, view, passed, manner, focus, pins);
  return finished(index, opening(index, view, passed, manner, pane), manner, { focus: null, more: 0 }, pins);
}

// ---------------------------------------------------------------- a node and its neighbours

function around(index: Index, view: View, passed: ReadonlySet<string>, manner: Manner, focus: string, pins: Pins): Picture {
  const far = view.selected?.split(" ")[1];
  const ranked = neighbours(index, focus, manner).filter(([id]) => passed.has(id) || id === far);
  const most = STEP + view.more;
  const kept = ranked.filter(([id], n) => n < most || id === far);
  const sides: Record<Side, string[]> = { left: [], right: [], top: [], bottom: [] };
  for (const [id, line] of kept) sides[side(line, focus)].push(id);
  level(sides);
  const spots = bowTie(pins.get(focus) ?? { x: 0, y: 0 }, sides);
  spots.set(focus, { x: 0, y: 0 });
  const all = filtering(view) || manner.asEdges ? 0 : index.totals.get(focus)?.neighbours ?? 0; // of the service, which knows more
  return finished(index, spots, manner, { focus, more: Math.max(ranked.length, all) - kept.length }, pins);
}

/** Whoever a node is joined to, heaviest first. */
export function neighbours(index: Index, id: string, manner: Manner): [string, Line][] {
  const found = new Map<string, Line>();
  for (const each of lines(index, id, manner)) if (other(each, id) !== id && !found.has(other(each, id))) found.set(other(each, id), each);
  const weight = (each: string) => index.node.get(each)?.weight ?? 0;
  return [...found].sort(([a], [b]) => weight(b) - weight(a) || (a < b ? -1 : 1));
}

const SPOKEN = new Set(["saidAbout", "said", "about", "membership"]);
const WHERE = new Set(["place", "origin", "locatedNear"]);

/** Who does it stands left of it, what it is done to right, who speaks of it above, where it is below. */
function side({ predicates, target }: Line, focus: string): Side {
  if ([...predicates].some((each) => WHERE.has(each))) return "bottom";
  if ([...predicates].every((each) => SPOKEN.has(each))) return "top";
  return target === focus ? "left" : "right";
}

/** No side so full that the picture becomes small: what is too much for one goes to the one opposite. */
function level(sides: Record<Side, string[]>): void {
  const most = Math.max(5, Math.ceil(Object.values(sides).reduce((sum, each) => sum + each.length, 0) / 3));
  for (const [from, to] of [["left", "right"], ["right", "left"], ["top", "left"], ["bottom", "right"], ["left", "bottom"], ["right", "top"]] as const) {
    while (sides[from].length > most && sides[to].length < most) sides[to].push(sides[from].pop()!);
  }
}

// ---------------------------------------------------------------- what opens

function opening(index: Index, view: View, passed: ReadonlySet<string>, manner: Manner, pane: Size): Map<string, Spot> {
  const plain = !filtering(view) && !view.asEdges && !view.quotes && !view.most;
  const laid = plain ? index.scene.nodes.filter((node) => node.opening && node.spot) : [];
  const joined = (id: string) => new Set(neighbours(index, id, manner).map(([other]) => other));
  if (laid.length) return opened(laid, joined, pane);
  const ids = chosen(index, passed, manner, view.most || OPENING);
  return sprung(ids, among(index, new Set(ids), manner).map((each) => [each.source, each.target]));
}

/** The heaviest incidents, each with what stands beside it, then whatever is heaviest. */
export function chosen(index: Index, passed: ReadonlySet<string>, manner: Manner, most: number): string[] {
  const drawable = index.scene.nodes.filter((node) => passed.has(node.id) && (manner.quotes || node.cls !== "Quotation")
    && !(manner.asEdges && collapses(index, node)));
  const ranked = drawable.sort((a, b) => Number(b.disputed ?? 0) - Number(a.disputed ?? 0) || heavier(a, b));
  const found = new Set<string>();
  for (const node of ranked.filter((each) => each.cls === "Incident").slice(0, Math.ceil(most / 4))) {
    found.add(node.id);
    for (const [id] of neighbours(index, node.id, manner).filter(([each]) => passed.has(each)).slice(0, 4)) found.add(id);
  }
  for (const node of drawable.sort(heavier)) { if (found.size >= most) break; found.add(node.id); }
  return [...found].slice(0, most);
}

function heavier(a: Node, b: Node): number { return b.weight - a.weight || (a.id < b.id ? -1 : 1); }

// ---------------------------------------------------------------- all pictures

function finished(index: Index, spots: Map<string, Spot>, manner: Manner, rest: { focus: string | null; more: number }, pins: Pins): Picture {
  for (const [id, spot] of pins) if (index.node.has(id)) spots.set(id, { ...spot });
  const ids = [...spots.keys()];
  if (pins.size) apart(ids.map((id) => spots.get(id)!), new Set(ids.flatMap((id, n) => (pins.has(id) ? [n] : []))));
  return { spots, lines: among(index, new Set(ids), manner), ...rest };
}

/** Which of two directions is drawn where articles have both: whoever one of thirty calls the target is the attacker. */
function stronger(one: Line, back: Line): boolean {
  return one.statements.size > back.statements.size || (one.statements.size === back.statements.size && one.id < back.id);
}

function among(index: Index, ids: ReadonlySet<string>, manner: Manner): Line[] {
  const found = new Map<string, Line>();
  for (const id of ids) for (const each of lines(index, id, manner)) if (ids.has(other(each, id))) found.set(each.id, each);
  for (const each of [...found.values()]) {
    const back = found.get(`${each.target} ${each.source}`);
    if (!back || back.id === each.id || !stronger(each, back) || !found.delete(back.id)) continue;
    found.set(each.id, joined(each, back));
  }
  return [...found.values()];
}
