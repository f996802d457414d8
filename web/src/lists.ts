// Lists beside the pictures: the quotations, and everything that is shown, for those who read rather than look.

import { el } from "./dom";
import type { Index } from "./index";
import type { Node, Statement } from "./scene";

const PAGE = 40; // entries at once

export function quotations(pane: HTMLElement, index: Index, shown: ReadonlySet<Statement>, selected: string | null, select: (id: string) => void): void {
  const found = new Map<string, Statement>();
  for (const each of selected ? index.of(selected) : shown) {
    if (each.quotation && !found.has(each.quotation) && shown.has(each)) found.set(each.quotation, each);
  }
  const row = (each: Statement) => el("li", {},
    el("button", { class: "link", onclick: () => select(each.quotation!) }, index.label(each.quotation)),
    el("small", {}, ` ${each.claimant ? index.label(each.claimant) : each.voice ?? ""}${each.stance ? `, ${each.stance}` : ""}`));
  pane.replaceChildren(el("p", {}, `${found.size} quotations${selected ? " here" : ""}`), paged([...found.values()], row));
}

export function everything(pane: HTMLElement, index: Index, shown: ReadonlySet<string>, select: (id: string) => void): void {
  const found = index.scene.nodes.filter((node) => shown.has(node.id) && node.cls !== "Quotation")
    .sort((a, b) => b.weight - a.weight || (a.label < b.label ? -1 : 1));
  const row = (node: Node) => el("li", { "data-id": node.id },
    el("span", { class: `swatch look-${node.cls}` }),
    el("button", { class: "link", onclick: () => select(node.id) }, node.label.slice(0, 200)),
    el("small", {}, ` ${index.look.get(node.cls)?.label ?? ""}, ${node.weight} statements${node.disputed ? ", disputed" : ""}`));
  pane.replaceChildren(el("p", {}, `${found.length} nodes`), paged(found, row));
}

/** Another selection: the entry that is its own says so. */
export function current(pane: HTMLElement, selected: string | null): void {
  for (const each of pane.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
  if (selected) pane.querySelector(`[data-id="${CSS.escape(selected)}"]`)?.setAttribute("aria-current", "true");
}

/** Entries that are not here yet: how many there are with those that are, and the next of them; none: that was all. */
export interface Rest<T> { total: number; load: () => Promise<T[]> }

/** The first entries, and the next ones when asked for. */
export function paged<T>(found: T[], row: (each: T) => HTMLElement, most = PAGE, rest?: Rest<T>): HTMLElement {
  const [list, all] = [el("ul", {}), [...found]];
  let [at, total] = [0, Math.max(rest?.total ?? 0, found.length)];
  const more = el("button", { class: "more", onclick: () => void later() });
  const later = async () => {
    const first = list.children.length;
    if (rest && all.length < Math.min(at + most, total)) {
      const fresh = await rest.load();
      all.push(...fresh);
      if (!fresh.length) total = all.length; // what was counted is not there
    }
    next();
    list.children[first]?.querySelector<HTMLElement>("button, a")?.focus();
  };
  const next = () => {
    list.append(...all.slice(at, at + most).map(row));
    at = Math.min(at + most, all.length);
    more.hidden = at >= Math.max(total, all.length);
    more.textContent = `${Math.max(total, all.length) - at} more`;
  };
  next();
  return el("div", {}, list, more);
}
