// The graph as it is drawn, to take away: SVG for documents, GEXF for Gephi.

import type cytoscape from "cytoscape";
import Graph from "graphology";
import { write as gexf } from "graphology-gexf/browser";
import { printable, svg } from "./dom";
import type { Index } from "./index";
import { FONT, NODE } from "./look";

type Point = { x: number; y: number };

export function asSvg(cy: cytoscape.Core, index: Index): string {
  const box = cy.elements().boundingBox({});
  const of = getComputedStyle(document.documentElement);
  const [ink, paper] = [of.getPropertyValue("--ink").trim(), of.getPropertyValue("--paper").trim()];
  const made = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [box.x1, box.y1, box.w, box.h].map(Math.round).join(" "),
    width: Math.round(box.w), height: Math.round(box.h), "font-family": "system-ui, sans-serif", "text-anchor": "middle" });
  made.append(svg("rect", { x: box.x1, y: box.y1, width: box.w, height: box.h, fill: paper }));
  made.append(arrowhead());
  cy.edges().forEach((edge) => { made.append(...lineSvg(edge.source().position(), edge.target().position(), edge.data("label"), ink)); });
  cy.nodes().forEach((node) => { made.append(shapeSvg(node, index, ink), textSvg(node.position(), node.data("label"), ink)); });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}`;
}

function arrowhead(): SVGElement {
  const [defs, marker] = [svg("defs"), svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" })];
  marker.append(svg("path", { d: "M0 0L8 4L0 8z", fill: "#8a8a8a" }));
  defs.append(marker);
  return defs;
}

function lineSvg(from: Point, to: Point, label: string, ink: string): SVGElement[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const at = (share: number) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
  const [a, b, middle] = [at(NODE / 2 / length), at(1 - NODE / 2 / length), at(0.5)];
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const turn = Math.abs(angle) > 90 ? angle + 180 : angle;
  return [svg("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: "#8a8a8a", "stroke-width": 1.5, "marker-end": "url(#arrow)" }),
    svg("text", { x: middle.x, y: middle.y - 3, "font-size": 12, fill: ink, transform: `rotate(${turn.toFixed(1)} ${middle.x} ${middle.y})` }, label)];
}

const CORNERS: Record<string, number> = { triangle: 3, "round-diamond": 4, pentagon: 5, hexagon: 6, octagon: 8, star: 10, vee: 3 };

function shapeSvg(node: cytoscape.NodeSingular, index: Index, ink: string): SVGElement {
  const look = index.look.get(node.data("cls"));
  const [{ x, y }, r] = [node.position(), NODE / 2];
  const drawn = { fill: look?.colour ?? "none", stroke: node.data("disputed") ? "#d55e00" : ink, "stroke-width": node.data("disputed") ? 3 : 1 };
  const corners = CORNERS[look?.shape ?? ""];
  if (look?.shape === "ellipse" || !look) return svg("circle", { cx: x, cy: y, r, ...drawn });
  if (!corners) return svg("rect", { x: x - r, y: y - r * 0.8, width: 2 * r, height: 1.6 * r, rx: 4, ...drawn });
  const points = Array.from({ length: corners }, (_, n) => {
    const [angle, far] = [(n / corners) * 2 * Math.PI - Math.PI / 2, look.shape === "star" && n % 2 ? r * 0.45 : r];
    return `${(x + far * Math.cos(angle)).toFixed(1)},${(y + far * Math.sin(angle)).toFixed(1)}`;
  });
  return svg("polygon", { points: points.join(" "), ...drawn });
}

function textSvg({ x, y }: Point, label: string, ink: string): SVGElement {
  const made = svg("text", { x, y: y + NODE / 2 + FONT, "font-size": FONT, fill: ink });
  label.split("\n").forEach((line, n) => { made.append(svg("tspan", { x, dy: n ? FONT * 1.2 : 0 }, line)); });
  return made;
}

/** The drawn nodes and lines with what the graph knows of them, for Gephi and its kin. */
export function asGexf(cy: cytoscape.Core, index: Index): string {
  const graph = new Graph({ type: "directed", multi: false });
  cy.nodes().forEach((each) => {
    const node = index.node.get(each.id());
    if (!node) return;
    const { x, y } = each.position();
    graph.addNode(node.id, { label: plain(node.label), class: node.cls, weight: node.weight, disputed: Boolean(node.disputed), type: node.type ?? "",
      earliest: node.earliest ?? "", latest: node.latest ?? "", lat: node.lat ?? "", lon: node.lon ?? "", x, y: -y, color: index.look.get(node.cls)?.colour });
  });
  cy.edges().forEach((each) => {
    graph.addDirectedEdge(each.source().id(), each.target().id(), { label: plain(each.data("label")), statements: each.data("size") });
  });
  return gexf(graph as never, { version: "1.2", formatNode: (_: string, { label, x, y, color, ...attributes }: Record<string, unknown>) =>
    ({ label, attributes, viz: { color, x, y } }) } as never);
}

/** XML 1.0 knows no control characters, whatever one escapes. */
function plain(text: string): string { return printable(text).replace(/[\ud800-\udfff\ufffe\uffff]/gu, " "); }
