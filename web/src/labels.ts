// Labels of nodes: broken into lines that are measured, and left out where they would lie on others.

import { printable } from "./dom";

const FACE = "system-ui, sans-serif";
const EM = 9.2; // the longest line, in font sizes
const LINES = 3;
const LEADING = 1.2;
const pen = document.createElement("canvas").getContext("2d")!;

export interface Label { text: string; width: number; height: number } // in font sizes

/** A text in at most three lines; words too long for one are broken. */
export function label(text: string): Label {
  pen.font = `100px ${FACE}`;
  const wide = (line: string) => pen.measureText(line).width / 100;
  const made: string[] = [""];
  for (const word of words(printable(text).slice(0, 200), wide)) {
    const longer = `${made.at(-1)} ${word}`.trim();
    if (wide(longer) <= EM) made[made.length - 1] = longer;
    else made.push(word);
    if (made.length > LINES) break;
  }
  const lines = made.slice(0, LINES);
  if (made.length > LINES || text.length > 200) lines[LINES - 1] = `${[...(lines[LINES - 1] ?? "")].slice(0, -1).join("")}…`;
  return { text: lines.join("\n"), width: Math.max(...lines.map(wide)), height: lines.length * LEADING };
}

function* words(text: string, wide: (line: string) => number): Generator<string> {
  for (const word of text.split(/\s+/).filter(Boolean)) {
    let part = "";
    for (const letter of word) {
      if (wide(part + letter) > EM) { yield part; part = ""; }
      part += letter;
    }
    yield part;
  }
}

export interface Placed { x: number; y: number; label: Label; first: number } // centre of the node and importance, on the screen

/** Which labels can be drawn at this size below their nodes without touching another: the important ones first. */
export function readable(placed: Placed[], font: number, radius: number): boolean[] {
  const taken: [number, number, number, number][] = [];
  const keep = placed.map(() => false);
  const order = placed.map((_, n) => n).sort((a, b) => placed[b]!.first - placed[a]!.first || a - b);
  for (const n of order) {
    const { x, y, label } = placed[n]!;
    const half = (label.width * font) / 2 + 3;
    const box: [number, number, number, number] = [x - half, y + radius, x + half, y + radius + label.height * font + 8];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    keep[n] = true;
  }
  return keep;
}
