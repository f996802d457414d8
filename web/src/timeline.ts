// The timeline: each incident with a date as the interval that it may have happened in; drag over it to filter by time.

import { brushX } from "d3-brush";
import { scaleUtc } from "d3-scale";
import { select as pick } from "d3-selection";
import { svg } from "./dom";
import type { Index } from "./index";
import type { Node } from "./scene";

const [EDGE, AXIS, MOST] = [34, 22, 300];
const MOST_EXTRA = 60;
const [LOW, HIGH] = [9, 22]; // pixels of a row
const DAY = 86_400_000;

export interface Chosen { since: string; until: string }

export class Timeline {
  private readonly svg = svg("svg", { role: "img" });
  private readonly bars = svg("g");
  private readonly extra = svg("g"); // what belongs to the selection and is not among the heaviest
  private drawn = new Map<string, SVGElement>();
  private passed: ReadonlySet<string> = new Set();
  private rows = new Rows(1, 0);
  private width = 400;
  private row = LOW;
  private x = scaleUtc<number, number>();

  constructor(private readonly pane: HTMLElement, private readonly index: Index,
    select: (id: string) => void, private readonly choose: (days: Chosen) => void) {
    pane.append(this.svg);
    this.svg.addEventListener("click", (event) => {
      const id = (event.target as SVGElement).dataset.id;
      if (id) select(id);
    });
  }

  /** New filters: the heaviest incidents that passed. */
  draw(passed: ReadonlySet<string>): void {
    this.passed = passed;
    const found = this.index.scene.nodes.filter((node) => dated(node) && passed.has(node.id)).sort(heavier).slice(0, MOST);
    const height = this.pane.clientHeight || 180;
    this.width = this.pane.clientWidth || 400;
    const [left, right] = bounds(found);
    this.x = scaled(found, [left, right], this.width);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("aria-label", `${found.length} incidents in time`);
    this.rows = new Rows(Math.max(Math.floor((height - AXIS - 4) / LOW), 3), (right - left) / (this.width / 5));
    const placed = found.sort((a, b) => start(a) - start(b)).map((node) => [node, this.rows.place(node)] as const);
    this.row = Math.min(Math.max((height - AXIS - 4) / Math.max(this.rows.used, 1), LOW), HIGH);
    this.drawn = new Map(placed.map(([node, row]) => [node.id, this.bar(node, row)]));
    this.bars.replaceChildren(...this.drawn.values());
    if (found.length) this.svg.replaceChildren(...axis(this.x, height), this.brush(height), this.bars, this.extra);
    else this.svg.replaceChildren(svg("text", { x: 12, y: 24 }, "No incident with a date"));
  }

  /** Another selection: what belongs to it stands out. */
  mark(related: ReadonlySet<string>, selected: string | null): void {
    const missing = [...related].filter((id) => !this.drawn.has(id) && this.passed.has(id)).map((id) => this.index.node.get(id)!);
    const added = missing.filter(dated).sort(heavier).slice(0, MOST_EXTRA);
    this.extra.replaceChildren(...added.map((node) => this.bar(node, this.rows.find(node))));
    this.bars.classList.toggle("faded", related.size > 0);
    for (const each of this.bars.querySelectorAll(".related, .selected")) each.classList.remove("related", "selected");
    for (const id of related) this.drawn.get(id)?.classList.add("related");
    if (selected) this.drawn.get(selected)?.classList.add("selected");
  }

  private bar(node: Node, row: number): SVGElement {
    const [from, to] = [this.x(start(node)), this.x(end(node))];
    const made = svg("rect", { x: from, y: row * this.row + 3, width: Math.max(to - from, 5), height: this.row - 2, rx: 2,
      "data-id": node.id, class: node.disputed ? "bar disputed" : "bar" });
    made.append(svg("title", {}, `${node.label}, ${days(node)}`));
    return made;
  }

  private brush(height: number): SVGElement {
    const made = svg("g", { class: "brush" });
    const brush = brushX<unknown>().extent([[EDGE, 0], [this.width - EDGE, height - AXIS]]).on("end", (event: { selection: [number, number] | null; sourceEvent?: Event }) => {
      if (!event.sourceEvent || !event.selection || event.selection[1] - event.selection[0] < 4) return;
      const [since, until] = event.selection.map((at) => this.x.invert(at).toISOString().slice(0, 10));
      this.choose({ since: since!, until: until! });
    });
    pick(made as SVGGElement).call(brush as never);
    return made;
  }
}

type Scale = ReturnType<typeof scaleUtc<number, number>>;
const MARGIN = 46; // pixels for what lies long before the rest, or after it

/** Days in proportion; where a few incidents lie far away from nearly all others, these have a margin of their own. */
function scaled(found: Node[], [left, right]: [number, number], width: number): Scale {
  const [starts, ends] = [found.map(start).sort((a, b) => a - b), found.map(end).sort((a, b) => a - b)];
  const few = Math.floor(found.length * 0.02); // that may lie in a margin
  const [first, last] = [starts[few] ?? left, ends[ends.length - 1 - few] ?? right];
  const spare = (last - first) * 0.05 + DAY;
  const [from, to] = [first - spare, last + spare];
  const [early, late] = [few > 0 && from - left > (right - left) / 4, few > 0 && right - to > (right - left) / 4];
  return scaleUtc<number, number>(
    [...(early ? [left, from] : [left]), ...(late ? [to, right] : [right])],
    [EDGE, ...(early ? [EDGE + MARGIN] : []), ...(late ? [width - EDGE - MARGIN] : []), width - EDGE]);
}

function axis(x: Scale, height: number): SVGElement[] {
  const [days, spots] = [x.domain(), x.range()];
  const [early, late] = [spots[1] === EDGE + MARGIN, spots.length > 2 && spots.at(-2) === spots.at(-1)! - MARGIN];
  const [from, to] = [Number(early), spots.length - 1 - Number(late)];
  const line = (at: number, words: string, cls = "") => [svg("line", { x1: at, x2: at, y1: 0, y2: height - AXIS + 2, class: `tick ${cls}` }),
    svg("text", { x: at, y: height - 7, class: "tick", "text-anchor": "middle" }, words)];
  const breaks = [...(early ? [line(spots[1]!, `before ${days[1]!.getUTCFullYear()}`, "break")] : []), ...(late ? [line(spots.at(-2)!, `after ${days.at(-2)!.getUTCFullYear()}`, "break")] : [])];
  return [...breaks.flat(), ...ticks(scaleUtc<number, number>([days[from]!, days[to]!], [spots[from]! + (early ? 44 : 0), spots[to]! - (late ? 44 : 0)]), x, height)];
}

/** Lines at round days, as many as have room. */
function ticks(part: Scale, x: Scale, height: number): SVGElement[] {
  const [first, last] = part.range() as [number, number];
  const many = Math.max(Math.min(Math.floor((last - first) / 70), 6), 2);
  const format = part.tickFormat(many);
  return part.ticks(many).filter((tick) => x(tick) >= first && x(tick) <= last).flatMap((tick) => {
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
class Rows {
  private readonly taken: [number, number][][] = [];

  /** At most so many rows; `gap` is the least that an interval takes. */
  constructor(private readonly most: number, private readonly gap: number) {}

  get used(): number { return this.taken.length; }

  place(node: Node): number {
    const row = Math.min(this.find(node, this.most), this.most - 1);
    (this.taken[row] ??= []).push([start(node), Math.max(end(node), start(node) + this.gap)]);
    return row;
  }

  /** The first row where it has room, if need be a new one, if not the last. */
  find(node: Node, most = this.taken.length - 1): number {
    const [from, to] = [start(node), Math.max(end(node), start(node) + this.gap)];
    const free = this.taken.findIndex((row) => !row.some(([a, b]) => a < to && from < b));
    return free >= 0 ? free : Math.max(Math.min(this.taken.length, most), 0);
  }
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

function dated(node: Node): boolean { return node.cls === "Incident" && Boolean(node.earliest); }
function heavier(a: Node, b: Node): number { return b.weight - a.weight || (a.id < b.id ? -1 : 1); }
function start(node: Node): number { return Date.parse(node.earliest!); }
function end(node: Node): number { return Date.parse(node.latest ?? node.earliest!); }
