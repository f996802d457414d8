// Buttons: what to take away, how the graph is drawn, and what can be done with the selected node.

import { el } from "./dom";
import { asGexf, asSvg } from "./export";
import type { Graph } from "./graph";
import type { Index } from "./index";
import type { State, View } from "./state";

export function toolbar(state: State, graph: Graph, index: Index, far: boolean, restyle: () => void): HTMLElement[] {
  const saved = (text: string, type: string) => URL.createObjectURL(new Blob([text], { type }));
  const dark = el("button", { id: "dark", "aria-pressed": "false", onclick: () => paint(dark, restyle) }, "Dark");
  if (matchMedia("(prefers-color-scheme: dark)").matches) paint(dark, restyle);
  return [
    ...(far ? [toggle(state, "whole", "Overview", "All nodes at once")] : []),
    toggle(state, "asEdges", "Events as lines", "Draw a strike as a line from who attacks to what is hit"),
    toggle(state, "quotes", "Quotations as nodes", "Draw quotations between who speaks and what they speak of"),
    size(state),
    el("button", { title: "Save the graph as a picture", onclick: () => download("graph.png", graph.png()) }, "PNG"),
    el("button", { title: "Save the graph as a drawing", onclick: () => download("graph.svg", saved(asSvg(graph.cy, index), "image/svg+xml")) }, "SVG"),
    el("button", { title: "Save the graph for Gephi", onclick: () => download("graph.gexf", saved(asGexf(graph.cy, index), "application/xml")) }, "GEXF"),
    dark,
  ];
}

function toggle(state: State, key: "asEdges" | "quotes" | "whole", text: string, title: string): HTMLElement {
  const made = el("button", { title, onclick: () => state.change({ [key]: !state.view[key] }) }, text);
  const show = (view: View) => made.setAttribute("aria-pressed", String(view[key]));
  state.onChange(show);
  show(state.view);
  return made;
}

const SIZES: [number, string][] = [[0, "what matters most"], [60, "60 nodes"], [150, "150 nodes"], [300, "300 nodes"]];

function size(state: State): HTMLElement {
  const made = el("select", { "aria-label": "How much to draw", onchange: () => state.change({ most: Number(made.value), selected: null, to: "" }) },
    ...SIZES.map(([most, text]) => el("option", { value: String(most) }, text)));
  const show = (view: View) => { made.value = String(view.most); };
  state.onChange(show);
  show(state.view);
  return made;
}

export interface Pin { pinned: boolean; pin: () => void }

/** What can be done with the selected node. */
export function acts(state: State, index: Index, way: string[], { pinned, pin }: Pin): HTMLElement[] {
  const { selected, to } = state.view;
  if (!selected || !index.node.has(selected)) return [];
  const words = to && (way.length ? `path to ${index.label(to)}: ${way.length - 1} steps` : `nothing joins it to ${index.label(to)}`);
  return [
    el("button", { "aria-pressed": String(pinned), onclick: pin }, pinned ? "Unpin" : "Pin"),
    to ? el("button", { onclick: () => state.change({ to: "" }) }, "Leave the path") : el("button", { onclick: () => state.choosePath(selected) }, "Path from here"),
    ...(state.start ? [el("p", { class: "facts", role: "status" }, "Now choose where the path leads: search, or select a node.")] : []),
    ...(words ? [el("p", { class: "facts", role: "status" }, words)] : []),
  ];
}

function paint(button: HTMLElement, restyle: () => void): void {
  button.setAttribute("aria-pressed", String(document.documentElement.classList.toggle("dark")));
  restyle();
}

function download(name: string, url: string): void {
  el("a", { href: url, download: name }).click();
  if (url.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
