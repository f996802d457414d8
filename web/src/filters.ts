// Controls for what is shown.

import { el } from "./dom";
import type { Index } from "./scene";
import type { State, View } from "./state";

export function filters(index: Index, state: State): HTMLElement {
  const { scene } = index;
  const count = new Map<string, number>();
  for (const node of scene.nodes) count.set(node.cls, (count.get(node.cls) ?? 0) + 1);
  const classes = scene.looks.filter((look) => count.has(look.cls)).map((look) => {
    const box = el("input", { type: "checkbox", "data-class": look.cls, onchange: () => {
      const hidden = new Set(state.view.classes);
      if (box.checked) hidden.delete(look.cls); else hidden.add(look.cls);
      state.change({ classes: [...hidden].sort() });
    } });
    return el("label", { class: "class" }, box, el("span", { class: `swatch look-${look.cls}` }), `${look.label} (${count.get(look.cls)})`);
  });
  const some = (values: (string | undefined)[]) => [...new Set(values.filter((value): value is string => Boolean(value)))].sort();
  const made = el("form", { class: "filters", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
    el("fieldset", {}, el("legend", {}, "Classes"), ...classes),
    choice("Event", "type", some(scene.nodes.map((node) => node.type)).map((value) => [value, spaced(value)])),
    choice("Stance", "stance", some(scene.statements.map((each) => each.stance)).map((value) => [value, spaced(value)])),
    choice("Article", "article", scene.articles.map((article) => [article.id, article.title])),
    field("From", "from", "date"), field("To", "to", "date"), field("Words", "words", "search"),
    el("label", {}, "Confidence ", el("input", { type: "range", min: "0", max: "100", step: "5", name: "least" }), el("output", {})),
    el("label", {}, el("input", { type: "checkbox", name: "disputed" }), " disputed only"),
    el("button", { type: "button", onclick: () => state.reset() }, "Reset"));
  made.addEventListener("change", () => state.change(readForm(made)));
  state.onChange((view) => fill(made, view));
  fill(made, state.view);
  return made;
}

function choice(label: string, name: string, values: [string, string][]): HTMLElement {
  return el("label", {}, `${label} `, el("select", { name }, el("option", { value: "" }, "all"),
    ...values.map(([value, text]) => el("option", { value }, text.length > 60 ? `${text.slice(0, 59)}…` : text))));
}

function field(label: string, name: string, type: string): HTMLElement {
  return el("label", {}, `${label} `, el("input", { name, type }));
}

function readForm(form: HTMLFormElement): Partial<View> {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  return { type: text("type"), stance: text("stance"), article: text("article"), from: text("from"), to: text("to"),
    words: text("words"), disputed: data.has("disputed"), least: Number(text("least")) };
}

function fill(form: HTMLFormElement, view: View): void {
  for (const name of ["type", "stance", "article", "from", "to", "words"] as const) {
    (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value = view[name];
  }
  (form.elements.namedItem("disputed") as HTMLInputElement).checked = view.disputed;
  (form.elements.namedItem("least") as HTMLInputElement).value = String(view.least);
  form.querySelector("output")!.textContent = view.least ? `${view.least} %` : "any";
  for (const box of form.querySelectorAll<HTMLInputElement>("[data-class]")) box.checked = !view.classes.includes(box.dataset.class!);
}

function spaced(name: string): string { return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase(); }
