// Controls for what is shown.

import { el } from "./dom";
import type { Index } from "./index";
import type { Facets } from "./source";
import type { State, View } from "./state";

export function filters(index: Index, facets: Facets, state: State): HTMLElement {
  const classes = [...index.look.values()].filter((look) => facets.classes[look.cls]).map((look) => {
    const box = el("input", { type: "checkbox", "data-class": look.cls, onchange: () => {
      const hidden = new Set(state.view.classes);
      if (box.checked) hidden.delete(look.cls); else hidden.add(look.cls);
      state.change({ classes: [...hidden].sort() });
    } });
    return el("label", { class: "class" }, box, el("span", { class: `swatch look-${look.cls}` }), `${look.label} (${facets.classes[look.cls]})`);
  });
  const made = el("form", { class: "filters", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
    el("fieldset", {}, el("legend", {}, "Classes"), ...classes),
    choice("Event", "type", facets.types.map((value) => [value, spaced(value)])),
    choice("Stance", "stance", facets.stances.map((value) => [value, spaced(value)])),
    choice("Article", "article", facets.articles.map((article) => [article.id, article.title])),
    field("From", "since", "date"), field("To", "until", "date"), field("Words", "words", "search"),
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
  return { type: text("type"), stance: text("stance"), article: text("article"), since: text("since"), until: text("until"),
    words: text("words"), disputed: data.has("disputed"), least: Number(text("least")) };
}

function fill(form: HTMLFormElement, view: View): void {
  for (const name of ["type", "stance", "article", "since", "until", "words"] as const) {
    (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value = view[name];
  }
  (form.elements.namedItem("disputed") as HTMLInputElement).checked = view.disputed;
  (form.elements.namedItem("least") as HTMLInputElement).value = String(view.least);
  form.querySelector("output")!.textContent = view.least ? `${view.least} %` : "any";
  for (const box of form.querySelectorAll<HTMLInputElement>("[data-class]")) box.checked = !view.classes.includes(box.dataset.class!);
}

export function spaced(name: string): string { return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase(); }
