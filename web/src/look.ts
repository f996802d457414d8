// How the graph looks: a palette that colour-blind people can tell apart, shapes, lines.

import type cytoscape from "cytoscape";
import type { Look } from "./scene";

export const FONT = 16; // pixels, at a zoom of one
export const NODE = 28;

export function stylesheet(looks: Look[]): cytoscape.StylesheetStyle[] {
  const of = getComputedStyle(document.documentElement);
  const [ink, paper] = [of.getPropertyValue("--ink").trim(), of.getPropertyValue("--paper").trim()];
  return [
    { selector: "node", style: {
      label: "data(label)", color: ink, "font-size": FONT, "font-family": "system-ui, sans-serif", "text-wrap": "wrap", "text-max-width": "2000px",
      "text-valign": "bottom", "text-margin-y": 3, "text-background-color": paper, "text-background-opacity": 0.85,
      "z-index": 1, width: NODE, height: NODE, "border-width": 1, "border-color": ink } },
    ...looks.map((look) => ({ selector: `node[cls = "${look.cls}"]`, style: { "background-color": look.colour, shape: look.shape } })),
    { selector: "node[disputed = 1]", style: { "border-width": 4, "border-style": "double", "border-color": "#d55e00" } },
    { selector: 'node[cls = "more"]', style: { shape: "ellipse", "background-color": paper, "border-style": "dashed", "border-width": 2 } },
    { selector: "edge", style: {
      label: "data(label)", color: ink, "font-size": 12, width: 1.5, "line-color": "#8a8a8a", "target-arrow-color": "#8a8a8a",
      "target-arrow-shape": "triangle", "arrow-scale": 0.9, "curve-style": "straight", "text-rotation": "autorotate",
      "text-background-color": paper, "text-background-opacity": 0.9 } },
    { selector: "edge[disputed = 1]", style: { "line-color": "#d55e00", "target-arrow-color": "#d55e00", "line-style": "dashed" } },
    { selector: "edge.way", style: { width: 4, "line-color": "#0072b2", "target-arrow-color": "#0072b2" } },
    { selector: "node.quiet", style: { "z-index": 0 } },
    { selector: ".quiet", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: ".selected", style: { "border-width": 4, "border-color": ink, "line-color": ink, "target-arrow-color": ink, "font-weight": "bold" } },
    { selector: ".pinned", style: { "underlay-color": "#0072b2", "underlay-padding": 5, "underlay-opacity": 0.45 } },
  ] as cytoscape.StylesheetStyle[];
}
