// The editor: CodeMirror in a shadow tree, where its styles are sheets of their own, which a strict policy allows.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { el } from "./dom";

/** Colours by variables of the page, so that they are dark where it is. */
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "bold" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--hot)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--good, inherit)" },
  { tag: tags.comment, color: "var(--dim, inherit)", fontStyle: "italic" },
]);
const LOOK = EditorView.theme({
  "&": { fontSize: "13px", height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)" },
  ".cm-scroller": { overflow: "auto", fontFamily: "ui-monospace, monospace" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--dim)", backgroundColor: "var(--soft)", border: "0" },
  "&.cm-focused": { outline: "2px solid var(--link)" },
});

/** The browser itself would write styles into what replaces a selection, which the policy refuses. */
function replaced(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.data === null || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

export class Editor {
  readonly element = el("div", { class: "editor" });
  private readonly view: EditorView;

  constructor(run: () => void) {
    const root = this.element.attachShadow({ mode: "open" });
    const place = document.createElement("div");
    place.style.height = "100%";
    root.append(place);
    const state = EditorState.create({ extensions: [
      lineNumbers(), history(), bracketMatching(), sparql(), syntaxHighlighting(COLOURS), LOOK,
      EditorView.contentAttributes.of({ "aria-label": "SPARQL query; Control and Enter run it, Tab leaves" }),
      EditorView.domEventHandlers({ beforeinput: replaced }),
      EditorView.lineWrapping,
      keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }, ...defaultKeymap, ...historyKeymap]),
    ] });
    this.view = new EditorView({ state, parent: place, root });
    this.view.scrollDOM.tabIndex = -1; // the text in it takes the focus
  }

  get text(): string { return this.view.state.doc.toString(); }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  focus(): void { this.view.focus(); }
}
