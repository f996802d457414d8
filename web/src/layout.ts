// Where nodes stand in pictures that were not laid out at export: the same nodes and lines give the same places.

export interface Spot { x: number; y: number }
export interface Box { width: number; height: number }

/** What a node and its label take up at most. */
export const ROOM: Box = { width: 178, height: 106 };
const CROWD = 30; // nodes of which each can have its label
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Forces of Fruchterman and Reingold from a spiral, then boxes pushed apart; the picture is `wide` times as wide as high. */
export function sprung(ids: string[], joined: [string, string][], wide = 1.3): Map<string, Spot> {
  const at = new Map(ids.map((id, n) => [id, n]));
  const ends = joined.map(([a, b]) => [at.get(a)!, at.get(b)!] as const);
  const share = Math.min(1, Math.sqrt(CROWD / ids.length)); // in a crowd only some labels are drawn
  const length = 150 * share;
  const spots = ids.map((_, n) => ({ x: Math.cos(n * GOLDEN) * length * Math.sqrt(n), y: Math.sin(n * GOLDEN) * length * Math.sqrt(n) }));
  const rounds = ids.length > 120 ? 60 : 150;
  for (let round = 0; round < rounds; round++) pull(spots, ends, length, length * 2 * (1 - round / rounds));
  const side = Math.sqrt(ids.length * ROOM.width * ROOM.height * 2) * share;
  level(spots, "x", side * Math.sqrt(wide));
  level(spots, "y", side / Math.sqrt(wide));
  apart(spots, new Set(), share);
  return new Map(ids.map((id, n) => [id, { x: Math.round(spots[n]!.x), y: Math.round(spots[n]!.y) }]));
}

function pull(spots: Spot[], ends: (readonly [number, number])[], length: number, most: number): void {
  const force = spots.map((spot) => ({ x: -spot.x * 0.7, y: -spot.y * 0.7 })); // a little weight towards the middle
  const push = (a: number, b: number, by: (distance: number) => number) => {
    const [dx, dy] = [spots[a]!.x - spots[b]!.x, spots[a]!.y - spots[b]!.y];
    const distance = Math.max(Math.hypot(dx, dy), 1);
    const size = by(distance) / distance;
    force[a]!.x += dx * size; force[a]!.y += dy * size; force[b]!.x -= dx * size; force[b]!.y -= dy * size;
  };
  for (let a = 0; a < spots.length; a++) for (let b = 0; b < a; b++) push(a, b, (distance) => (length * length) / distance);
  for (const [a, b] of ends) push(a, b, (distance) => -(distance * distance) / length);
  spots.forEach((spot, n) => {
    const size = Math.hypot(force[n]!.x, force[n]!.y) || 1;
    spot.x += (force[n]!.x / size) * Math.min(size, most); spot.y += (force[n]!.y / size) * Math.min(size, most);
  });
}

/** Spread along an axis over so many pixels, half by where they are and half by their rank: no crowd, no far strays. */
function level(spots: Spot[], axis: "x" | "y", size: number): void {
  const order = spots.map((_, n) => n).sort((a, b) => spots[a]![axis] - spots[b]![axis] || a - b);
  const [least, most] = [spots[order[0]!]?.[axis] ?? 0, spots[order.at(-1)!]?.[axis] ?? 0];
  const was = spots.map((spot) => (spot[axis] - least) / Math.max(most - least, 1));
  order.forEach((n, rank) => { spots[n]![axis] = size * (0.3 * was[n]! + 0.7 * (rank / Math.max(spots.length - 1, 1))); });
}

/** Boxes that overlap move away from each other along the axis that costs least; `fixed` ones stay; `share` of the room that each has at most. */
export function apart(spots: Spot[], fixed: ReadonlySet<number> = new Set(), share = 1): void {
  for (let round = 0; round < 200; round++) {
    let hit = false;
    for (let a = 0; a < spots.length; a++) for (let b = 0; b < a; b++) hit = parted(spots, a, b, fixed, share) || hit;
    if (!hit) return;
  }
}

function parted(spots: Spot[], a: number, b: number, fixed: ReadonlySet<number>, share: number): boolean {
  const [one, two] = [spots[a]!, spots[b]!];
  const [x, y] = [share * ROOM.width - Math.abs(one.x - two.x), share * ROOM.height - Math.abs(one.y - two.y)];
  if (x <= 1 || y <= 1 || (fixed.has(a) && fixed.has(b))) return false;
  const axis = x < y * 1.5 ? "x" : "y";
  const by = (Math.min(axis === "x" ? x : y, 60) / 2 + 0.5) * (one[axis] >= two[axis] ? 1 : -1);
  if (!fixed.has(a)) one[axis] += fixed.has(b) ? 2 * by : by;
  if (!fixed.has(b)) two[axis] -= fixed.has(a) ? 2 * by : by;
  return true;
}

export type Side = "left" | "right" | "top" | "bottom";
const DEEP = 5; // nodes in a column
const BROAD = 4; // nodes in a row

/** Neighbours by the side on which they stand, so that a strike reads from left to right. */
export function bowTie(centre: Spot, sides: Record<Side, string[]>): Map<string, Spot> {
  const found = new Map<string, Spot>();
  const tall = Math.max(1, ...[sides.left, sides.right].map((each) => Math.min(each.length, DEEP)));
  const away = { x: 1.75 * ROOM.width, y: (tall / 2 + 0.75) * ROOM.height };
  const put = (id: string, x: number, y: number) => found.set(id, { x: Math.round(centre.x + x), y: Math.round(centre.y + y) });
  for (const [side, sign] of [["left", -1], ["right", 1]] as const) {
    slots(sides[side], DEEP).forEach(([id, column, row, of]) =>
      put(id, sign * (away.x + column * ROOM.width), (row - (of - 1) / 2) * ROOM.height));
  }
  for (const [side, sign] of [["top", -1], ["bottom", 1]] as const) {
    slots(sides[side], BROAD).forEach(([id, line, at, of]) =>
      put(id, (at - (of - 1) / 2) * ROOM.width * 1.1, sign * (away.y + line * ROOM.height)));
  }
  return found;
}

/** Each id with its line, its place in the line, and how many the line has. */
function slots(ids: string[], most: number): [string, number, number, number][] {
  return ids.map((id, n) => {
    const line = Math.floor(n / most);
    return [id, line, n % most, Math.min(most, ids.length - line * most)];
  });
}

/** A way of nodes in rows, each row read from left to right. */
export function inRows(ids: string[], most = 4): Map<string, Spot> {
  return new Map(ids.map((id, n) => [id, { x: (n % most) * ROOM.width * 1.4, y: Math.floor(n / most) * ROOM.height * 1.8 }]));
}
