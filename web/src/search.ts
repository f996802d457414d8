// Search with suggestions: names, aliases and words of labels; arrows and Enter choose.

import { el, printable } from "./dom";
import type { Index } from "./index";
import type { Node } from "./scene";
import type { DataSource, Hit } from "./source";

const MOST = 12;

export type Finder = (words: string, most: number) => Hit[];

/** Finds nodes by what their names hold: names that begin with the words first, then the heavier. */
export function finder(nodes: Node[]): Finder {
  const entries = nodes.map((node) => {
    const names = [node.label, ...(node.names ?? [])];
    return { node, names, text: fold(names.join("\n")) };
  });
  return (typed, most) => {
    const words = fold(typed.trim());
    if (!words) return [];
    const rank = (text: string) => Number(text.startsWith(words)) * 2 + Number(text.includes(`\n${words}`) || text.includes(` ${words}`));
    return entries.filter((each) => each.text.includes(words))
      .map((each) => ({ each, rank: rank(each.text) }))
      .sort((a, b) => b.rank - a.rank || b.each.node.weight - a.each.node.weight).slice(0, most)
      .map(({ each }) => ({ node: each.node, found: each.names.find((name) => fold(name).includes(words)) ?? each.node.label }));
  };
}

export function search(index: Index, source: DataSource, select: (id: string) => void): HTMLElement {
  const list = el("ul", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const input = el("input", { type: "search", placeholder: "Search names and words", title: "Press / to search", "aria-label": "Search", "aria-keyshortcuts": "/",
    role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions", "aria-autocomplete": "list", autocomplete: "off" });
  let [found, at, asked]: [Hit[], number, number] = [[], -1, 0];

  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    input.value = hit.node.label;
    close();
    select(hit.node.id);
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const suggest = async () => {
    const turn = ++asked;
    const hits = await source.search(input.value, MOST);
    if (turn !== asked) return; // something else has been typed meanwhile
    [found, at] = [hits, -1];
    list.replaceChildren(...found.map((hit, n) => suggestion(index, hit, n, () => choose(hit))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
  };
  const move = (step: number) => {
    at = (at + step + found.length) % Math.max(found.length, 1);
    [...list.children].forEach((each, n) => each.setAttribute("aria-selected", String(n === at)));
    input.setAttribute("aria-activedescendant", `suggestion-${at}`);
  };
  input.addEventListener("input", () => void suggest());
  input.addEventListener("blur", close);
  document.addEventListener("keydown", (event) => {
    const writing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.select();
    input.focus();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { move(-1); event.preventDefault(); }
    else if (event.key === "Enter") choose(found[Math.max(at, 0)]);
    else if (event.key === "Escape") close();
  });
  return el("div", { class: "search" }, input, list);
}

function suggestion(index: Index, { node, found }: Hit, n: number, choose: () => void): HTMLElement {
  const also = printable(found) === printable(node.label) ? "" : ` (${cut(found)})`;
  return el("li", { role: "option", id: `suggestion-${n}`, "aria-selected": "false", onmousedown: choose },
    cut(node.label), el("small", {}, `${also} ${index.look.get(node.cls)?.label ?? ""}`));
}

function cut(text: string): string { return text.length > 90 ? `${text.slice(0, 89)}…` : text; }

function fold(text: string): string { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }
