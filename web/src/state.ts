// What is selected and filtered, kept in the address so that a link restores the view.

import type { Spot } from "./layout";

export interface View {
  selected: string | null; // a node, or a line between two as "source target"
  to: string; // the other end of a path from the selected node
  more: number; // neighbours beyond the first
  asEdges: boolean; quotes: boolean; whole: boolean; most: number; // how the graph is drawn
  classes: string[]; // hidden ones
  type: string; stance: string; article: string;
  since: string; until: string; // days
  disputed: boolean;
  least: number; // confidence, per cent
  words: string;
  pins: Pins; // where nodes were put by hand
}
export type Pins = ReadonlyMap<string, Spot>;

const EMPTY: View = {
  selected: null, to: "", more: 0, asEdges: false, quotes: false, whole: false, most: 0, classes: [], type: "", stance: "", article: "",
  since: "", until: "", disputed: false, least: 0, words: "", pins: new Map(),
};
/** What decides which statements are shown; the rest only decides how. */
const FILTERS = ["classes", "type", "stance", "article", "since", "until", "disputed", "least", "words"] as const;
const MOST_PINS = 100;
const TEXTS = ["to", "type", "stance", "article", "since", "until", "words"] as const;
const NUMBERS = ["more", "most", "least"] as const;
const TRUTHS = ["asEdges", "quotes", "whole", "disputed"] as const;

type Listener = (view: View, before: View) => void;

/** Holds the view; tells the listeners of every change, in the order in which they came. */
export class State {
  view: View = read(location.hash);
  private readonly listeners: Listener[] = [];

  constructor() {
    addEventListener("hashchange", () => { if (`#${write(this.view)}` !== location.hash) this.replace(read(location.hash)); });
  }

  onChange(listener: Listener): void { this.listeners.push(listener); }

  change(part: Partial<View>): void { this.replace({ ...this.view, ...part }); }

  /** Another selection; while a path is being chosen, its other end. */
  select(id: string | null): void {
    const from = this.start;
    this.start = "";
    this.change(from && id && id !== from ? { selected: from, to: id, more: 0 } : { selected: id, more: 0, to: "" });
  }

  /** The next node that is selected is where a path from this one leads. */
  choosePath(from: string): void {
    this.start = from;
    this.change({ to: "" });
  }

  /** Where a path begins whose end is still to be chosen. */
  start = "";

  reset(): void { this.replace({ ...EMPTY }); }

  /** Note in the address what the page shows already. */
  keep(part: Partial<View>): void {
    this.view = { ...this.view, ...part };
    this.address(write(this.view));
  }

  private replace(view: View): void {
    const before = this.view;
    this.view = view;
    this.address(write(view));
    for (const listener of this.listeners) listener(view, before);
  }

  private address(words: string): void {
    if (!location.hash.startsWith(`#${words}`) || location.hash.length !== words.length + 1) {
      history.replaceState(null, "", words ? `#${words}` : location.pathname + location.search);
    }
  }
}

/** Whether two views show the same statements. */
export function sameFilters(a: View, b: View): boolean { return FILTERS.every((key) => String(a[key]) === String(b[key])); }

export function filtering(view: View): boolean { return !sameFilters(view, EMPTY); }

/** The filters alone, as parameters of an address. */
export function through(view: View): string { return write({ ...EMPTY, ...Object.fromEntries(FILTERS.map((key) => [key, view[key]])) }); }

/** The view as parameters of an address. */
export function write(view: View): string {
  const words = new URLSearchParams();
  for (const [id, { x, y }] of view.pins) words.append("pin", `${Math.round(x)},${Math.round(y)},${id}`);
  if (view.selected) words.set("sel", view.selected);
  if (view.classes.length) words.set("hide", view.classes.join(","));
  for (const key of TEXTS) if (view[key]) words.set(key, view[key]);
  for (const key of NUMBERS) if (view[key]) words.set(key, String(view[key]));
  for (const key of TRUTHS) if (view[key]) words.set(key, "1");
  return words.toString();
}

export function read(hash: string): View {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const view: View = { ...EMPTY, selected: words.get("sel"), classes: (words.get("hide") ?? "").split(",").filter(Boolean) };
  for (const key of TEXTS) view[key] = words.get(key) ?? "";
  for (const key of NUMBERS) view[key] = Math.max(Number(words.get(key)) || 0, 0);
  for (const key of TRUTHS) view[key] = words.has(key);
  const pins = words.getAll("pin").slice(0, MOST_PINS).map((each) => /^(-?\d{1,6}),(-?\d{1,6}),(.+)$/s.exec(each));
  view.pins = new Map(pins.flatMap((found) => (found ? [[found[3]!, { x: Number(found[1]), y: Number(found[2]) }]] : [])));
  return view;
}
