// The timeline: each incident with a date as the interval that it may have happened in.

import { svg } from "./dom";
import type { Index, Node } from "./scene";

const [WIDTH, ROW, LEFT, MOST] = [1000, 16, 10, 14];

export function timeline(pane: HTMLElement, index: Index, nodes: Set<string>, selected: string | null, select: (id: string) => void): void {
  const found = index.scene.nodes.filter((node) => node.cls === "Incident" && node.earliest && nodes.has(node.id));
  const heaviest = [...found].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, 200);
  const rows = packed(heaviest.sort((a, b) => start(a) - start(b)));
  const [first, last] = [Math.min(...heaviest.map(start)), Math.max(...heaviest.map(end))];
  const x = (time: number) => LEFT + ((time - first) / Math.max(last - first, 1)) * (WIDTH - 2 * LEFT);
  const height = (Math.max(0, ...rows.values()) + 1) * ROW + 22;
  const made = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": `${heaviest.length} incidents in time` });
  for (const time of heaviest.length ? ticks(first, last) : []) {
    made.append(svg("line", { x1: x(time), x2: x(time), y1: 0, y2: height - 16, class: "tick" }));
    made.append(svg("text", { x: x(time), y: height - 4, class: "tick", "text-anchor": anchor(time, first, last) }, day(time)));
  }
  for (const node of heaviest) made.append(bar(node, x, rows.get(node.id)!, node.id === selected, select));
  pane.replaceChildren(made);
}

function bar(node: Node, x: (time: number) => number, row: number, selected: boolean, select: (id: string) => void): SVGElement {
  const [from, to] = [x(start(node)), x(end(node))];
  const made = svg("rect", { x: from, y: row * ROW + 2, width: Math.max(to - from, 5), height: ROW - 5, rx: 2,
    class: `bar ${node.disputed ? "disputed" : ""} ${selected ? "selected" : ""}` });
  made.append(svg("title", {}, `${node.label}, ${node.earliest?.slice(0, 10)}`));
  made.addEventListener("click", () => select(node.id));
  return made;
}

/** A row for each interval in which none before it still stands; the last row takes what fits nowhere. */
function packed(nodes: Node[]): Map<string, number> {
  const free: number[] = [];
  const rows = new Map<string, number>();
  for (const node of nodes) {
    const at = free.findIndex((time) => time < start(node));
    const row = at >= 0 ? at : Math.min(free.length, MOST - 1);
    free[row] = end(node);
    rows.set(node.id, row);
  }
  return rows;
}

function ticks(first: number, last: number): number[] {
  const step = Math.max((last - first) / 6, 86_400_000);
  return Array.from({ length: 7 }, (_, n) => first + n * step).filter((time) => time <= last);
}

function start(node: Node): number { return Date.parse(node.earliest!); }
function end(node: Node): number { return Date.parse(node.latest ?? node.earliest!); }
function day(time: number): string { return new Date(time).toISOString().slice(0, 10); }

/** The first and the last date stand inside the picture. */
function anchor(time: number, first: number, last: number): string {
  return time === first ? "start" : time > last - (last - first) / 12 ? "end" : "middle";
}
