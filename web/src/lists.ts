// Lists beside the pictures: the quotations, and everything that is shown, for those who read rather than look.

import { el } from "./dom";
import type { Index, Statement } from "./scene";

const MOST = 200;

export function quotations(pane: HTMLElement, index: Index, shown: Set<Statement>, selected: string | null, select: (id: string) => void): void {
  const seen = new Set<string>();
  const found = [...shown].filter((each) => each.quotation && !seen.has(each.quotation) && seen.add(each.quotation)
    && (!selected || index.of(selected).includes(each)));
  const rows = found.slice(0, MOST).map((each) => el("li", {},
    el("button", { class: "link", onclick: () => select(each.quotation!) }, index.label(each.quotation)),
    el("small", {}, ` ${each.claimant ? index.label(each.claimant) : each.voice ?? ""}${each.stance ? `, ${each.stance}` : ""}`)));
  pane.replaceChildren(el("p", {}, `${found.length} quotations${selected ? " here" : ""}`), el("ul", {}, ...rows));
}

export function everything(pane: HTMLElement, index: Index, shown: Set<string>, selected: string | null, select: (id: string) => void): void {
  const found = index.scene.nodes.filter((node) => shown.has(node.id) && node.cls !== "Quotation")
    .sort((a, b) => b.weight - a.weight || (a.label < b.label ? -1 : 1));
  const rows = found.slice(0, MOST).map((node) => el("li", { "aria-current": String(node.id === selected) },
    el("span", { class: `swatch look-${node.cls}` }),
    el("button", { class: "link", onclick: () => select(node.id) }, node.label),
    el("small", {}, ` ${index.look.get(node.cls)?.label ?? ""}, ${node.weight} statements${node.disputed ? ", disputed" : ""}`)));
  pane.replaceChildren(el("p", {}, `${found.length} nodes`), el("ul", {}, ...rows));
}
