// The graph pane: cytoscape.js on canvas, positions as they were computed at export.

import cytoscape from "cytoscape";
import { printable } from "./dom";
import type { Edge, Index, Node } from "./scene";

const MOST_NEIGHBOURS = 12;
/** Below this zoom labels are too small to read. */
const READABLE = 0.7;
const ROOM = { x: 175, y: 85 }; // a node with its label

export class Graph {
  private readonly cy: cytoscape.Core;
  private readonly shown = new Set<string>();
  private readonly around = new Map<string, Edge[]>();

  constructor(private readonly pane: HTMLElement, private readonly index: Index, select: (id: string | null) => void) {
    for (const edge of index.scene.edges.filter((each) => each.mode !== "direct")) {
      for (const end of [edge.source, edge.target]) this.around.set(end, [...(this.around.get(end) ?? []), edge]);
    }
    this.cy = cytoscape({ container: pane, style: style(index), minZoom: 0.05, maxZoom: 3, layout: { name: "preset" } });
    this.cy.on("tap", "node", (event) => select(event.target.id()));
    this.cy.on("tap", (event) => { if (event.target === this.cy) select(null); });
    this.show(index.scene.nodes.filter((node) => node.opening).map((node) => node.id));
  }

  /** All that is drawn, in the pane as it is now. */
  fit(): void {
    this.cy.resize();
    this.cy.fit(undefined, 24);
    if (this.shown.size && this.cy.zoom() < READABLE) this.cy.fit(this.heaviest().closedNeighborhood(), 24);
    this.pane.dataset.zoom = this.cy.zoom().toFixed(2);
  }

  /** Where most is said: the incident that the page opens on when all of them would be too small to read. */
  private heaviest(): cytoscape.NodeCollection {
    const shown = [...this.shown].map((id) => this.index.node.get(id)!);
    const order = (node: Node) => (node.cls === "Incident" ? 1e9 : 0) + node.weight;
    const first = shown.reduce((a, b) => (order(b) > order(a) ? b : a));
    return this.cy.nodes().filter((each) => each.id() === first.id);
  }

  /** Bring a node and its heaviest neighbours into the picture, and centre on it. */
  select(id: string | null): void {
    this.cy.elements().removeClass("selected faded");
    if (!id || !this.index.node.has(id)) return;
    this.show([id, ...this.neighbours(id)]);
    const near = this.cy.getElementById(id).closedNeighborhood();
    this.cy.elements().not(near).addClass("faded");
    this.cy.getElementById(id).addClass("selected");
    this.cy.animate({ fit: { eles: near, padding: 60 }, duration: calm() ? 0 : 200 });
  }

  filter(nodes: Set<string>): void {
    this.cy.batch(() => this.cy.nodes().forEach((node) => { node.toggleClass("hidden", !nodes.has(node.id())); }));
  }

  png(): string { return this.cy.png({ full: true, scale: 2, bg: getComputedStyle(document.body).backgroundColor }); }

  count(): number { return this.cy.nodes().not(".hidden").length; }

  restyle(): void { this.cy.style(style(this.index)); }

  private neighbours(id: string): string[] {
    const ends = (this.around.get(id) ?? []).map((edge) => (edge.source === id ? edge.target : edge.source));
    const weight = (each: string) => this.index.node.get(each)?.weight ?? 0;
    return [...new Set(ends)].sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1)).slice(0, MOST_NEIGHBOURS);
  }

  private show(ids: string[]): void {
    const fresh = ids.filter((id) => !this.shown.has(id)).map((id) => this.index.node.get(id)!).filter(Boolean);
    const taken = this.cy.nodes().map((node) => node.position());
    for (const node of fresh) {
      const position = node.opening && node.spot ? { x: node.spot[0], y: node.spot[1] } : free(this.anchor(ids[0]!, taken), taken);
      this.cy.add({ data: data(node), position });
      taken.push(position);
      this.shown.add(node.id);
    }
    for (const node of fresh) for (const edge of this.around.get(node.id) ?? []) this.join(edge);
  }

  /** What is shown already is the anchor of what comes with it; all else begins below the picture. */
  private anchor(id: string, taken: cytoscape.Position[]): cytoscape.Position {
    if (this.shown.has(id)) return this.cy.getElementById(id).position();
    return { x: 0, y: Math.max(0, ...taken.map((spot) => spot.y)) + 3 * ROOM.y };
  }

  private join(edge: Edge): void {
    const id = `${edge.source} ${edge.predicate} ${edge.target} ${edge.label}`;
    if (!this.shown.has(edge.source) || !this.shown.has(edge.target)) return;
    if (this.cy.getElementById(id).empty()) {
      this.cy.add({ data: { id, source: edge.source, target: edge.target, label: printable(edge.label) } });
    }
  }
}

/** The first spot on rings around the anchor where a node and its label have room. */
function free(anchor: cytoscape.Position, taken: cytoscape.Position[]): cytoscape.Position {
  for (let n = 0; n < 2000; n++) {
    const ring = Math.ceil(Math.sqrt(n / 3));
    const angle = n * 2.399963; // the golden angle: no two spots of a ring lie in one line
    const spot = { x: anchor.x + ring * ROOM.x * Math.cos(angle), y: anchor.y + ring * 1.6 * ROOM.y * Math.sin(angle) };
    if (!taken.some((each) => Math.abs(each.x - spot.x) < ROOM.x && Math.abs(each.y - spot.y) < ROOM.y)) return spot;
  }
  return anchor;
}

function data(node: Node) {
  const label = printable(node.label);
  return { id: node.id, label: label.length > 60 ? `${label.slice(0, 59)}…` : label, cls: node.cls, disputed: node.disputed ? 1 : 0 };
}

function calm(): boolean { return matchMedia("(prefers-reduced-motion: reduce)").matches; }

function style(index: Index): cytoscape.StylesheetStyle[] {
  const of = getComputedStyle(document.documentElement);
  const [ink, paper] = [of.getPropertyValue("--ink").trim(), of.getPropertyValue("--paper").trim()];
  return [
    { selector: "node", style: {
      label: "data(label)", color: ink, "font-size": 17, "text-wrap": "wrap", "text-max-width": "150px", "text-valign": "bottom",
      "text-margin-y": 4, "text-background-color": paper, "text-background-opacity": 0.85, "text-background-padding": "2px",
      width: 28, height: 28, "border-width": 1, "border-color": ink, "min-zoomed-font-size": 6 } },
    ...index.scene.looks.map((look) => ({ selector: `node[cls = "${look.cls}"]`, style: {
      "background-color": look.colour, shape: look.shape as cytoscape.Css.NodeShape } })),
    { selector: "node[disputed = 1]", style: { "border-width": 4, "border-style": "double", "border-color": "#d55e00" } },
    { selector: "edge", style: {
      label: "data(label)", color: ink, "font-size": 11, width: 1.5, "line-color": "#8a8a8a", "target-arrow-color": "#8a8a8a",
      "target-arrow-shape": "triangle", "arrow-scale": 0.8, "curve-style": "bezier", "text-rotation": "autorotate",
      "text-background-color": paper, "text-background-opacity": 0.85, "min-zoomed-font-size": 8 } },
    { selector: ".faded", style: { opacity: 0.18 } },
    { selector: ".selected", style: { "border-width": 4, "border-color": ink } },
    { selector: ".hidden", style: { display: "none" } },
  ] as cytoscape.StylesheetStyle[];
}
