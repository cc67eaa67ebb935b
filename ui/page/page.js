// Behaviour of the page that Gradio does not give: delegated clicks, focus, dialogs, announcements.
// No text is turned into HTML here; all HTML comes escaped from the server.
const root = document.documentElement;
const one = (selector) => document.querySelector(selector);
const panes = new WeakSet();
let lastCite = null; // the citation from which the reader was opened, to come back to it
let byKeyboard = false;
let shownPaper = "";
let said = 0;
let redraw = () => {};
let asked = 0; // the version for which a redraw was last asked
let held = ""; // the patient whose line has the focus in the results
const shown = new WeakMap(); // pane → the latest version that it has shown
const asks = {}; // what makes the summary or the timeline, by tab
let tabsAsked = ""; // the patient and tab for which that was last asked

root.lang = "fr";

const epoch = () => one("#band .band")?.dataset.epoch ?? "";

function bind() {
  for (const [element, trigger] of window.liaisonPanes ?? []) {
    if (panes.has(element)) continue;
    panes.add(element);
    element.addEventListener("click", (event) => act(event, trigger));
    if (element.closest("#band")) redraw = () => trigger("select", {});
    for (const tab of ["summary", "timeline"]) if (element.closest(`#${tab}`)) asks[tab] = trigger;
    new MutationObserver(sync).observe(element, { childList: true, subtree: true, attributes: true, characterData: true });
  }
  sync();
}

function act(event, trigger) {
  const button = event.target.closest("[data-action]");
  if (!button || button.disabled) return;
  const { action } = button.dataset;
  byKeyboard = event.detail === 0;
  if (action === "copy") return copy(button);
  if (action === "cite") lastCite = { turn: button.dataset.turn, number: button.dataset.number };
  if (action === "open") lastCite = null;
  if (action === "close") backToSource();
  const message = { ...button.dataset, epoch: epoch() };
  delete message.text;
  trigger(action === "example" ? "select" : "click", message);
}

async function copy(button) {
  const text = button.dataset.text;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS the clipboard interface is absent: fall back on a selection.
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "sr" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.classList.add("done");
  announce("Réponse copiée avec ses sources");
  setTimeout(() => button.classList.remove("done"), 1600);
}

// --- after each change of a pane -------------------------------------------------------------

let planned = false;
function sync() {
  guard();
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    view();
    results();
    tabs();
    dialogs();
    conversation();
    reader();
  });
}

// Updates of one session are made by several threads of the server and may arrive out of order.
// Nothing of one patient may stand under the name of another, not even for one frame; and what an
// older update has overwritten is asked for again.
function guard() {
  for (const pane of document.querySelectorAll("#talk [data-epoch], #papers [data-epoch]")) {
    const stale = pane.dataset.epoch !== epoch();
    if (pane.parentElement.classList.contains("stale") !== stale) pane.parentElement.classList.toggle("stale", stale);
    const version = Number(pane.dataset.version);
    const before = shown.get(pane.parentElement) ?? 0;
    if (version < before && asked < before) {
      asked = before;
      redraw();
    }
    shown.set(pane.parentElement, Math.max(version, before));
  }
}

function view() {
  const next = one("#band .band")?.dataset.view ?? "search";
  root.dataset.busy = one("#conversation [data-busy]")?.dataset.busy ?? "false";
  root.dataset.reading = one("#reader [data-open]")?.dataset.open ?? "false";
  const key = `${next}:${next === "record" ? one("#band .who")?.textContent : ""}`;
  if (root.dataset.key === key) return;
  const first = root.dataset.key === undefined;
  root.dataset.key = key;
  root.dataset.view = next;
  said = 0;
  lastCite = null;
  tabsAsked = "";
  turnTo("ask");
  const filter = one("#listing [data-filter]");
  if (filter) {
    filter.value = "";
    narrow(filter);
  }
  if (next === "record") {
    field("question")?.focus();
    announce(`Dossier ouvert : ${one("#band .who").textContent}`);
  } else if (!first) {
    field("search-box")?.focus();
  }
}

// A late answer of the search redraws the list under the focus: it must stay on the same patient, or go
// back to the search field, and never come to stand on another one.
document.addEventListener("focusin", (event) => {
  held = event.target.closest?.("#results .patient")?.dataset.patient ?? "";
});

function results() {
  if (!held || root.dataset.view === "record" || one("dialog[open]")) return;
  if (document.activeElement?.dataset?.patient === held) return;
  const line = one(`#results .patient[data-patient="${CSS.escape(held)}"]`);
  (line ?? field("search-box"))?.focus();
}

function dialogs() {
  const dialog = one("#dialog dialog");
  if (dialog && !dialog.open) {
    dialog.showModal();
    dialog.querySelector("[data-action=dismiss]")?.focus();
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault(); // the server forgets the choice, then the dialog goes away
      dialog.querySelector("[data-action=dismiss]")?.click();
    });
  }
}

function conversation() {
  const log = one("#conversation");
  const parts = [...log?.querySelectorAll("[data-say]") ?? []];
  if (parts.length > said) {
    announce(parts.slice(said).map((part) => part.textContent).join(" "));
    const turn = log.querySelector(".turn:last-of-type");
    // Keep the question in sight: a long answer is read from its beginning.
    if (turn) log.scrollTop = Math.min(log.scrollHeight, turn.offsetTop - log.offsetTop - 8);
  }
  const turns = log?.querySelectorAll(".turn").length ?? 0;
  if (turns !== Number(log?.dataset.turns ?? 0)) {
    log.dataset.turns = turns;
    log.scrollTop = log.scrollHeight;
  }
  said = parts.length;
}

function reader() {
  const pane = one("#reader [data-open]");
  for (const cite of document.querySelectorAll("#talk :is(.cite, .point)")) {
    const here = cite.dataset.turn === pane?.dataset.turn && cite.dataset.number === pane?.dataset.number;
    if (cite.classList.contains("here") !== here) cite.classList.toggle("here", here);
  }
  const key = pane?.dataset.key ?? "";
  if (key === shownPaper) return;
  shownPaper = key;
  if (!key) return;
  const body = pane.querySelector(".body");
  const mark = pane.querySelector("mark");
  if (body) body.scrollTop = mark ? mark.offsetTop - body.clientHeight / 3 : 0;
  one("#listing [aria-current]")?.scrollIntoView({ block: "nearest" });
  // On a small window the page itself scrolls, under the identity band.
  if (getComputedStyle(one("#workspace")).overflowY === "visible") (mark ?? pane).scrollIntoView({ block: mark ? "center" : "start" });
  const title = pane.querySelector("#paper-title");
  announce(`Document ouvert : ${title?.textContent ?? ""}${mark ? ", passage cité surligné" : ""}`);
  if (byKeyboard && !pane.contains(document.activeElement)) title?.focus();
}

function backToSource() {
  const cite = lastCite && one(`#talk .cite[data-turn="${lastCite.turn}"][data-number="${lastCite.number}"]`);
  (cite ?? field("question"))?.focus();
}

function announce(text) {
  const place = one("#announcer");
  if (place) place.textContent = text;
}

const field = (id) => one(`#${id} textarea, #${id} input`);

// --- views of the record ----------------------------------------------------------------------

function turnTo(tab, focused = false) {
  root.dataset.tab = tab;
  for (const button of document.querySelectorAll("#tabs [data-tab]")) {
    const chosen = button.dataset.tab === tab;
    button.setAttribute("aria-selected", chosen);
    button.tabIndex = chosen ? 0 : -1;
    if (chosen && focused) button.focus();
  }
  tabs();
}

// A view is made when its tab is first opened, once for each patient.
function tabs() {
  const tab = root.dataset.tab;
  if (root.dataset.view !== "record" || !asks[tab]) return;
  narrowEvents();
  const key = `${epoch()}:${tab}`;
  const pane = one(`#${tab} [data-epoch]`);
  if (pane?.dataset.state !== "idle" || pane.dataset.epoch !== epoch() || tabsAsked === key) return;
  tabsAsked = key;
  asks[tab]("select", { action: "make", epoch: epoch() });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#tabs [data-tab]");
  if (button) turnTo(button.dataset.tab);
});

document.addEventListener("keydown", (event) => {
  const here = event.target.closest?.("#tabs [data-tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!here || !step) return;
  event.preventDefault();
  const all = [...document.querySelectorAll("#tabs [data-tab]")];
  turnTo(all[(all.indexOf(here) + step + all.length) % all.length].dataset.tab, true);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-specialty]")) {
    announce("Synthèse en cours");
    asks.summary("select", { action: "make", epoch: epoch(), specialty: event.target.value });
  }
  if (event.target.matches("[data-event-kind]")) narrowEvents();
});

function narrowEvents() {
  const unticked = [...document.querySelectorAll("#timeline [data-event-kind]:not(:checked)")].map((box) => box.dataset.eventKind);
  for (const line of document.querySelectorAll("#timeline .event")) {
    const hidden = unticked.includes(line.dataset.kind);
    if (line.hidden !== hidden) line.hidden = hidden;
  }
}

// --- filter of the document list --------------------------------------------------------------

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(filter) {
  const words = folded(filter.value).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const line of document.querySelectorAll("#listing li")) {
    line.hidden = !words.every((word) => folded(line.dataset.words).includes(word));
    left += line.hidden ? 0 : 1;
  }
  const none = one("#listing [data-none]");
  if (none) none.hidden = left > 0;
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filter]")) narrow(event.target);
});

// --- top bar and keyboard ---------------------------------------------------------------------

element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-action], [data-skip]");
  if (target?.dataset.action === "help") one("dialog.help").showModal();
  if (target?.dataset.action === "close-help") one("dialog.help").close();
  if (target?.dataset.skip) {
    event.preventDefault();
    const wanted = target.dataset.skip === "question" ? field("question") : one("#reader [tabindex]");
    (wanted?.offsetParent ? wanted : field(root.dataset.view === "record" ? "question" : "search-box"))?.focus();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea");
  if (one("dialog[open]")) return;
  if ((event.key === "/" && !typing) || (event.key === "k" && event.ctrlKey)) {
    event.preventDefault();
    field(root.dataset.view === "record" ? "question" : "search-box")?.focus();
  } else if (event.key === "?" && !typing) {
    one("dialog.help").showModal();
  } else if (event.key === "Escape" && one("#papers")?.contains(event.target)) {
    backToSource();
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const step = one(`#reader [data-delta="${event.key === "ArrowUp" ? -1 : 1}"]:not(:disabled)`);
    if (step) event.preventDefault();
    step?.click();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    along(event);
  }
});

// Arrow keys walk through the patients found, from the search field on.
function along(event) {
  const lines = [...document.querySelectorAll("#results .patient")];
  const here = lines.indexOf(event.target.closest?.(".patient"));
  if (here < 0 && !one("#search-box")?.contains(event.target)) return;
  event.preventDefault();
  const next = here + (event.key === "ArrowDown" ? 1 : -1);
  (next < 0 ? field("search-box") : lines[Math.min(next, lines.length - 1)])?.focus();
}

window.liaison = { bind, epoch };
bind();
