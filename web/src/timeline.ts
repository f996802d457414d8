// The timeline: each incident with a date as the interval that it may have happened in; drag over it to filter by time.

import { brushX } from "d3-brush";
import { scaleUtc } from "d3-scale";
import { select as pick } from "d3-selection";
import { svg } from "./dom";
import type { Index } from "./index";
import type { Node } from "./scene";

const [EDGE, AXIS, MOST] = [34, 22, 400];
const [LOW, HIGH] = [9, 22]; // pixels of a row
const DAY = 86_400_000;

export interface Chosen { since: string; until: string }

export class Timeline {
  private readonly svg = svg("svg", { role: "img" });
  private width = 400;
  private row = LOW;

  constructor(private readonly pane: HTMLElement, private readonly index: Index,
    private readonly select: (id: string) => void, private readonly choose: (days: Chosen) => void) {
    pane.append(this.svg);
  }

  /** The heaviest incidents that passed, those in `related` before all others. */
  draw(passed: ReadonlySet<string>, related: ReadonlySet<string>, selected: string | null): void {
    const first = (node: Node) => Number(related.has(node.id)) * 1e9 + node.weight;
    const found = this.index.scene.nodes.filter((node) => node.cls === "Incident" && node.earliest && passed.has(node.id))
      .sort((a, b) => first(b) - first(a) || (a.id < b.id ? -1 : 1)).slice(0, MOST).sort((a, b) => start(a) - start(b));
    this.width = this.pane.clientWidth || 400;
    const height = this.pane.clientHeight || 180;
    const [left, right] = bounds(found);
    const x = scaleUtc([left, right], [EDGE, this.width - EDGE]);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("aria-label", `${found.length} incidents in time`);
    this.svg.replaceChildren(...(found.length ? axis(x, height) : [svg("text", { x: 12, y: 24 }, "No incident with a date")]));
    if (!found.length) return;
    this.brush(x, height);
    const rows = packed(found, Math.max(Math.floor((height - AXIS - 4) / LOW), 3), (right - left) / (this.width / 5));
    this.row = Math.min(Math.max((height - AXIS - 4) / (Math.max(...rows.values()) + 1), LOW), HIGH);
    for (const node of found) this.svg.append(this.bar(node, x, rows.get(node.id)!, related, node.id === selected));
  }

  private bar(node: Node, x: (time: number) => number, row: number, related: ReadonlySet<string>, selected: boolean): SVGElement {
    const [from, to] = [x(start(node)), x(end(node))];
    const faded = related.size > 0 && !related.has(node.id);
    const made = svg("rect", { x: from, y: row * this.row + 3, width: Math.max(to - from, 5), height: this.row - 2, rx: 2,
      class: `bar ${node.disputed ? "disputed" : ""} ${selected ? "selected" : ""} ${faded ? "faded" : ""}` });
    made.append(svg("title", {}, `${node.label}, ${days(node)}`));
    made.addEventListener("click", () => this.select(node.id));
    return made;
  }

  private brush(x: ReturnType<typeof scaleUtc<number, number>>, height: number): void {
    const made = svg("g", { class: "brush" });
    this.svg.append(made);
    const brush = brushX<unknown>().extent([[EDGE, 0], [this.width - EDGE, height - AXIS]]).on("end", (event: { selection: [number, number] | null; sourceEvent?: Event }) => {
      if (!event.sourceEvent || !event.selection || event.selection[1] - event.selection[0] < 4) return;
      const [since, until] = event.selection.map((at) => x.invert(at).toISOString().slice(0, 10));
      this.choose({ since: since!, until: until! });
    });
    pick(made as SVGGElement).call(brush as never);
  }
}

function axis(x: ReturnType<typeof scaleUtc<number, number>>, height: number): SVGElement[] {
  const format = x.tickFormat(6);
  const [first, last] = x.range() as [number, number];
  return x.ticks(6).flatMap((tick) => {
    const at = Math.min(Math.max(x(tick), first), last);
    return [svg("line", { x1: at, x2: at, y1: 0, y2: height - AXIS + 2, class: "tick" }),
      svg("text", { x: at, y: height - 7, class: "tick", "text-anchor": "middle" }, format(tick))];
  });
}

/** From the first to the last day, with room for those that fall on one day alone. */
function bounds(found: Node[]): [number, number] {
  const [first, last] = [Math.min(...found.map(start)), Math.max(...found.map(end))];
  const spare = Math.max((last - first) * 0.02, DAY);
  return [first - spare, last + spare];
}

/** A row for each interval in which none before it still stands; the last row takes what fits nowhere. */
function packed(nodes: Node[], most: number, gap: number): Map<string, number> {
  const free: number[] = [];
  const rows = new Map<string, number>();
  for (const node of nodes) {
    const at = free.findIndex((time) => time < start(node));
    const row = at >= 0 ? at : Math.min(free.length, most - 1);
    free[row] = Math.max(end(node), start(node) + gap);
    rows.set(node.id, row);
  }
  return rows;
}

export function days(node: Node): string {
  const [from, to] = [node.earliest?.slice(0, 10), lastDay(node)];
  return from && to && from !== to ? `${from} to ${to}` : from ?? "";
}

/** The last day; an interval that ends at midnight ends with the day before. */
function lastDay(node: Node): string | undefined {
  if (!node.latest) return undefined;
  const midnight = node.latest.endsWith("T00:00:00Z") && node.latest !== node.earliest;
  return new Date(Date.parse(node.latest) - (midnight ? 1 : 0)).toISOString().slice(0, 10);
}

function start(node: Node): number { return Date.parse(node.earliest!); }
function end(node: Node): number { return Date.parse(node.latest ?? node.earliest!); }
