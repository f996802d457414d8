// The shortest path between two nodes of what is loaded.

import { lines, other } from "./lines";
import type { Index } from "./index";

/** The ids of the nodes from one to the other, ends included; none where nothing joins them. */
export function shortest(index: Index, from: string, to: string): string[] {
  const came = new Map<string, string>([[from, ""]]);
  for (let edge = [from]; edge.length && !came.has(to); edge = next(index, edge, came));
  if (!came.has(to)) return [];
  const found: string[] = [];
  for (let at = to; at; at = came.get(at)!) found.unshift(at);
  return found;
}

/** The nodes one step further; of ways of the same length, the one over the rarer node tells more. */
function next(index: Index, edge: string[], came: Map<string, string>): string[] {
  const weight = (id: string) => index.node.get(id)?.weight ?? 0;
  const found: string[] = [];
  for (const at of [...edge].sort((a, b) => weight(a) - weight(b) || (a < b ? -1 : 1))) {
    for (const line of lines(index, at, { asEdges: false, quotes: false })) {
      const id = other(line, at);
      if (!came.has(id)) { came.set(id, at); found.push(id); }
    }
  }
  return found;
}
