// What is selected and filtered, kept in the address so that a link restores the view.

export interface View {
  selected: string | null;
  classes: string[]; // hidden ones
  type: string;
  stance: string;
  article: string;
  from: string;
  to: string;
  disputed: boolean;
  least: number; // confidence, per cent
  words: string;
}

const EMPTY: View = {
  selected: null, classes: [], type: "", stance: "", article: "", from: "", to: "", disputed: false, least: 0, words: "",
};

type Listener = (view: View, before: View) => void;

/** Holds the view; tells the listeners of every change, in the order in which they came. */
export class State {
  view: View = read(location.hash);
  private readonly listeners: Listener[] = [];

  constructor() {
    addEventListener("hashchange", () => { if (write(this.view) !== location.hash) this.replace(read(location.hash)); });
  }

  onChange(listener: Listener): void { this.listeners.push(listener); }

  change(part: Partial<View>): void { this.replace({ ...this.view, ...part }); }

  reset(): void { this.replace({ ...EMPTY }); }

  private replace(view: View): void {
    const before = this.view;
    this.view = view;
    history.replaceState(null, "", write(view) || location.pathname + location.search);
    for (const listener of this.listeners) listener(view, before);
  }
}

function write(view: View): string {
  const words = new URLSearchParams();
  if (view.selected) words.set("sel", view.selected);
  if (view.classes.length) words.set("hide", view.classes.join(","));
  for (const key of ["type", "stance", "article", "from", "to", "words"] as const) if (view[key]) words.set(key, view[key]);
  if (view.disputed) words.set("disputed", "1");
  if (view.least) words.set("least", String(view.least));
  const text = words.toString();
  return text ? `#${text}` : "";
}

function read(hash: string): View {
  const words = new URLSearchParams(hash.slice(1));
  const text = (key: string) => words.get(key) ?? "";
  return {
    selected: words.get("sel"), classes: text("hide").split(",").filter(Boolean), type: text("type"),
    stance: text("stance"), article: text("article"), from: text("from"), to: text("to"),
    disputed: words.has("disputed"), least: Number(text("least")) || 0, words: text("words"),
  };
}
