// Search with suggestions: names, aliases and words of labels; arrows and Enter choose.

import { el } from "./dom";
import type { Index, Node } from "./scene";

const MOST = 12;

export function search(index: Index, select: (id: string) => void): HTMLElement {
  const entries = index.scene.nodes.map((node) => ({ node, text: fold([node.label, ...(node.names ?? [])].join(" | ")) }));
  const list = el("ul", { id: "suggestions", role: "listbox", hidden: true });
  const input = el("input", { type: "search", placeholder: "Search names and words", "aria-label": "Search",
    role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions", autocomplete: "off" });
  let found: Node[] = [];
  let at = -1;

  const choose = (node: Node | undefined) => {
    if (!node) return;
    input.value = node.label;
    close();
    select(node.id);
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const suggest = () => {
    const words = fold(input.value.trim());
    at = -1;
    found = words ? entries.filter((each) => each.text.includes(words))
      .sort((a, b) => Number(b.text.startsWith(words)) - Number(a.text.startsWith(words)) || b.node.weight - a.node.weight)
      .slice(0, MOST).map((each) => each.node) : [];
    list.replaceChildren(...found.map((node, n) => el("li", { role: "option", id: `suggestion-${n}`, "aria-selected": "false",
      onmousedown: () => choose(node) }, node.label, el("small", {}, ` ${index.look.get(node.cls)?.label ?? ""}`))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
  };
  const move = (step: number) => {
    at = (at + step + found.length) % Math.max(found.length, 1);
    [...list.children].forEach((each, n) => each.setAttribute("aria-selected", String(n === at)));
    input.setAttribute("aria-activedescendant", `suggestion-${at}`);
  };
  input.addEventListener("input", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { move(-1); event.preventDefault(); }
    else if (event.key === "Enter") choose(found[Math.max(at, 0)]);
    else if (event.key === "Escape") close();
  });
  return el("div", { class: "search" }, input, list);
}

function fold(text: string): string { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }
