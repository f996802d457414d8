// What the page opens with: as many of the incidents laid out at export as the pane has room for.

import type { Size } from "./graph";
import type { Spot } from "./layout";
import type { Node } from "./scene";

const LEAST = 0.6; // the zoom at which nodes with labels still have room beside each other
const [WIDE, ABOVE, BELOW, ACROSS] = [566, 52, 76, 4]; // pixels: three columns of nodes; half a node, and with its label; cells in a row

interface Cell { incident: Node; members: Node[]; top: number; bottom: number }
interface Grid { cells: Cell[]; across: number; zoom: number }

/** All as they were laid out, or the first incidents with what stands beside them, in rows that fit. */
export function opened(laid: Node[], joined: (id: string) => ReadonlySet<string>, pane: Size): Map<string, Spot> {
  const spots = new Map(laid.map((node) => [node.id, { x: node.spot![0], y: node.spot![1] }]));
  const incidents = laid.filter((node) => node.cls === "Incident").sort((a, b) => a.spot![1] - b.spot![1] || a.spot![0] - b.spot![0]);
  if (!incidents.length || !pane.width || zoomOf(laid, pane) >= LEAST) return spots;
  const best = grid(cells(incidents, laid, joined), pane);
  return new Map(best.cells.flatMap((cell, n) => shifted(cell, n, best)));
}

function zoomOf(laid: Node[], { width, height }: Size): number {
  const across = (axis: 0 | 1) => Math.max(...laid.map((node) => node.spot![axis])) - Math.min(...laid.map((node) => node.spot![axis]));
  return Math.min(width / (across(0) + WIDE / 3), height / (across(1) + ABOVE + BELOW));
}

/** Each incident with those of its neighbours to which no other of its own stands nearer. */
function cells(incidents: Node[], laid: Node[], joined: (id: string) => ReadonlySet<string>): Cell[] {
  const away = (a: Node, b: Node) => Math.hypot(a.spot![0] - b.spot![0], a.spot![1] - b.spot![1]);
  const members = new Map(incidents.map((incident) => [incident.id, [incident]]));
  for (const node of laid.filter((each) => each.cls !== "Incident")) {
    const [home] = incidents.filter((incident) => joined(incident.id).has(node.id)).sort((a, b) => away(a, node) - away(b, node));
    if (home) members.get(home.id)!.push(node);
  }
  return incidents.map((incident) => {
    const ys = members.get(incident.id)!.map((node) => node.spot![1] - incident.spot![1]);
    return { incident, members: members.get(incident.id)!, top: Math.min(...ys) - ABOVE, bottom: Math.max(...ys) + BELOW };
  });
}

/** The most cells that can still be read, in as many columns as make them largest. */
function grid(all: Cell[], { width, height }: Size): Grid {
  for (let most = all.length; ; most--) {
    const found = Array.from({ length: ACROSS }, (_, n) => n + 1).map((across): Grid => {
      const cells = all.slice(0, most);
      const high = rows(cells, across).reduce((sum, row) => sum + row.bottom - row.top, 0);
      return { cells, across, zoom: Math.min(width / (across * WIDE), height / high) };
    });
    const best = found.reduce((a, b) => (b.zoom > a.zoom ? b : a));
    if (best.zoom >= LEAST || most === 1) return best;
  }
}

/** How far each row reaches above and below its incidents. */
function rows(cells: Cell[], across: number): { top: number; bottom: number }[] {
  return Array.from({ length: Math.ceil(cells.length / across) }, (_, row) => {
    const inside = cells.slice(row * across, (row + 1) * across);
    return { top: Math.min(...inside.map((cell) => cell.top)), bottom: Math.max(...inside.map((cell) => cell.bottom)) };
  });
}

function shifted({ incident, members }: Cell, n: number, { cells, across }: Grid): [string, Spot][] {
  const row = Math.floor(n / across);
  const heights = rows(cells, across).slice(0, row + 1);
  const y = heights.reduce((sum, each, at) => sum - each.top + (at < row ? each.bottom : 0), 0);
  const x = (n % across) * WIDE;
  return members.map((node) => [node.id, { x: x + node.spot![0] - incident.spot![0], y: y + node.spot![1] - incident.spot![1] }]);
}
