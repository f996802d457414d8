// The graph pane: cytoscape.js on canvas, showing one picture after another.

import cytoscape from "cytoscape";
import { along, label, parts, readable, room, wide, type Box, type Label, type Place } from "./labels";
import { ROOM, type Spot } from "./layout";
import type { Line } from "./lines";
import { FONT, NODE, stylesheet } from "./look";
import type { Picture } from "./picture";
import type { Index } from "./index";

const LEAST_FONT = 12.5; // pixels on the screen: smaller cannot be read
const LEAST_NODE = 11;
const [LEAST_ZOOM, MOST_ZOOM, EDGE] = [0.05, 1.25, 22]; // pixels around the picture
const CROWD = 60; // nodes: labels may lie on other nodes where there are more
const BESIDE = 4; // pixels between a node and its label
/** How cytoscape.js is told where a label stands; its margins are multiplied by the zoom. */
const SIDES: Record<Place, [valign: "bottom" | "top" | "center", halign: "center" | "right" | "left", x: number, y: number]> = {
  bottom: ["bottom", "center", 0, BESIDE], top: ["top", "center", 0, -BESIDE], right: ["center", "right", BESIDE, 0], left: ["center", "left", -BESIDE, 0],
};
const MORE = " more"; // no id has a blank

export interface Size { width: number; height: number }
export interface Told { select: (id: string | null) => void; more: () => void; moved: (id: string, spot: Spot) => void }

export class Graph {
  readonly cy: cytoscape.Core;
  private readonly labels = new Map<string, Label>();
  private wait = 0;

  constructor(private readonly pane: HTMLElement, private readonly index: Index, told: Told) {
    this.cy = cytoscape({
      container: pane, style: stylesheet(index.scene.looks), minZoom: LEAST_ZOOM, maxZoom: 3, layout: { name: "preset" },
      autounselectify: true, boxSelectionEnabled: false,
    });
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) told.select(null);
      else if (event.target.id() === MORE) told.more();
      else told.select(event.target.id());
    });
    this.cy.on("dragfree", "node", (event) => told.moved(event.target.id(), { ...event.target.position() }));
    this.cy.on("zoom resize", () => { clearTimeout(this.wait); this.wait = window.setTimeout(() => this.declutter(), 60); });
  }

  /** Draw a picture in place of the one before: what is in both stays. */
  draw(picture: Picture, selected: string | null, way: ReadonlySet<string>, pins: ReadonlySet<string>): void {
    const lines = new Map(picture.lines.map((each) => [each.id, each]));
    this.cy.batch(() => {
      this.cy.remove(this.cy.elements().filter((each) => !picture.spots.has(each.id()) && !lines.has(each.id())));
      for (const [id, spot] of picture.spots) this.place(id, spot);
      if (picture.more && picture.focus) this.addMore(picture);
      for (const each of picture.lines) this.join(each);
      this.cy.elements().forEach((each) => {
        each.toggleClass("selected", each.id() === selected);
        each.toggleClass("way", way.has(each.id()));
        each.toggleClass("pinned", pins.has(each.id()));
      });
    });
    this.fit();
  }

  /** All that is drawn, in the pane as it is now. */
  fit(): void {
    this.cy.resize();
    const nodes = this.cy.nodes().toArray();
    const placed = nodes.map((node) => ({ ...node.position(), label: this.labels.get(node.id())! }));
    if (nodes.length) this.cy.viewport(framed(placed, this.cy.width(), this.cy.height()));
    clearTimeout(this.wait);
    this.declutter();
  }

  restyle(): void { this.cy.style(stylesheet(this.index.scene.looks)); this.declutter(); }

  png(): string { return this.cy.png({ full: true, scale: 2, bg: getComputedStyle(document.body).backgroundColor }); }

  mark(id: string, pinned: boolean): void { this.cy.getElementById(id).toggleClass("pinned", pinned); }

  size(): Size { return { width: this.pane.clientWidth, height: this.pane.clientHeight }; }

  count(): number { return this.cy.nodes().filter((node) => node.id() !== MORE).length; }

  private place(id: string, spot: Spot): void {
    const found = this.cy.getElementById(id);
    if (found.nonempty()) { found.position(spot); return; }
    const node = this.index.node.get(id)!;
    this.labels.set(id, node.cls === "Incident" ? parts(node.label) : label(node.label));
    this.cy.add({ data: { id, label: this.labels.get(id)!.text, cls: node.cls, disputed: node.disputed ? 1 : 0 }, position: { ...spot } });
  }

  /** What is not shown of a node's neighbours, to be asked for. */
  private addMore(picture: Picture): void {
    const lowest = Math.max(...[...picture.spots.values()].map((spot) => spot.y));
    const data = { id: MORE, label: `${picture.more} more`, cls: "more", disputed: 0 };
    this.labels.set(MORE, label(data.label));
    this.cy.add({ data, position: { x: picture.spots.get(picture.focus!)!.x, y: lowest + ROOM.height }, grabbable: false });
  }

  private join(line: Line): void {
    const text = [...line.labels].slice(0, 2).join(", ") + (line.labels.size > 2 ? ` +${line.labels.size - 2}` : "");
    if (this.cy.getElementById(line.id).nonempty()) return;
    this.cy.add({ data: { id: line.id, source: line.source, target: line.target, label: label(text).text.replace(/\n/g, " "), disputed: line.disputed ? 1 : 0, size: line.statements.size } });
  }

  /** Labels keep a size that can be read; those without room are left out until there is. */
  private declutter(): void {
    const zoom = this.cy.zoom();
    const font = written(zoom);
    const [nodes, edges] = [this.cy.nodes().toArray(), this.cy.edges().toArray()];
    const size = Math.max(NODE, LEAST_NODE / zoom);
    const radius = (size / 2) * zoom;
    const spots = new Map(nodes.map((node) => [node.id(), node.renderedPosition()]));
    const taken = nodes.length > CROWD ? [] : [...spots.values()].map(({ x, y }): Box => [x - radius, y - radius, x + radius, y + radius]);
    const keep = readable(nodes.map((node) => {
      const known = this.index.node.get(node.id());
      const first = node.hasClass("selected") ? 1e9 : known ? known.weight + Number(known.cls === "Incident") * 1e6 : 1e8;
      return { ...spots.get(node.id())!, label: this.labels.get(node.id())!, first };
    }), font, radius + 2, taken, [0, 0, this.cy.width(), this.cy.height()]);
    const edgeFont = Math.max(12 * zoom, 10.5);
    const said = edges.map((edge) => this.fits(edge, spots, edgeFont, taken));
    this.cy.batch(() => {
      nodes.forEach((node, n) => {
        const [valign, halign, x, y] = SIDES[keep[n] ?? "bottom"];
        node.style({ "font-size": font / zoom, width: size, height: size, "text-valign": valign, "text-halign": halign, "text-margin-x": x / zoom, "text-margin-y": y / zoom });
        node.toggleClass("quiet", !keep[n]);
      });
      edges.forEach((edge, n) => { edge.style("font-size", edgeFont / zoom); edge.toggleClass("quiet", !said[n]); });
    });
    Object.assign(this.pane.dataset, { zoom: zoom.toFixed(2), font: font.toFixed(1), labels: String(keep.filter(Boolean).length) });
  }

  private fits(edge: cytoscape.EdgeSingular, spots: Map<string, Spot>, font: number, taken: Box[]): boolean {
    const [from, to] = [spots.get(edge.source().id())!, spots.get(edge.target().id())!];
    const width = wide(edge.data("label")) * font + 4;
    if (width > Math.hypot(to.x - from.x, to.y - from.y) - 2 * NODE * this.cy.zoom()) return false;
    return room(along(from, to, width, font * 1.3), taken);
  }
}

/** The size of letters on the screen. */
function written(zoom: number): number { return Math.max(FONT * zoom, LEAST_FONT); }

/** The zoom and pan that bring nodes and labels into a pane: found step by step, since labels do not shrink with the rest. */
function framed(placed: { x: number; y: number; label: Label }[], width: number, height: number): { zoom: number; pan: Spot } {
  let [zoom, box] = [MOST_ZOOM, extent(placed, MOST_ZOOM)];
  for (let round = 0; round < 6; round++) {
    const share = Math.min((width - 2 * EDGE) / (box[2] - box[0]), (height - 2 * EDGE) / (box[3] - box[1]));
    zoom = Math.min(Math.max(zoom * share, LEAST_ZOOM), MOST_ZOOM);
    box = extent(placed, zoom);
  }
  return { zoom, pan: { x: (width - box[0] - box[2]) / 2, y: (height - box[1] - box[3]) / 2 } };
}

/** What nodes with their labels take up on the screen. */
function extent(placed: { x: number; y: number; label: Label }[], zoom: number): Box {
  const [font, radius] = [written(zoom), Math.max(NODE * zoom, LEAST_NODE) / 2];
  const found: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, label: { width, height } } of placed) {
    const half = Math.max((width * font) / 2 + 2, radius);
    found[0] = Math.min(found[0], x * zoom - half);
    found[1] = Math.min(found[1], y * zoom - radius);
    found[2] = Math.max(found[2], x * zoom + half);
    found[3] = Math.max(found[3], y * zoom + radius + height * font + 5);
  }
  return found;
}
