// Claim after claim: links to claims and forms of acts work in place, the next page is fetched ahead, nothing is sent twice.
import htmx from "htmx.org";
import { say } from "./say";

interface Answer { id?: string; seen?: string; position?: number; error?: string; remedy?: string; choice?: string; verb?: string }

const ahead = new Map<string, Promise<Document>>();
let sending = false;

const top = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-work]");
const panel = (): HTMLElement | null => document.getElementById("claim");

function plain(href: string): string {
  return new URL(href, location.href).href.split("#")[0] ?? "";
}

function page(href: string, fresh = false): Promise<Document> {
  const address = plain(href);
  const known = ahead.get(address);
  if (known && !fresh) return known;
  const asked = fetch(address, { headers: { Accept: "text/html" } }).then(async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  });
  asked.catch(() => ahead.delete(address));
  ahead.set(address, asked);
  return asked;
}

async function swap(found: Document, only?: string[]): Promise<void> {
  for (const id of only ?? (top()?.dataset["swap"] ?? "claim").split(" ")) {
    const old = document.getElementById(id);
    const newer = found.getElementById(id);
    if (old && newer) await htmx.swap({ target: old, text: newer.outerHTML, swap: id === "claim" ? "outerHTML" : "outerMorph" });
  }
  const next = found.querySelector<HTMLElement>("[data-work]");
  const here = top();
  if (next && here) here.dataset["next"] = next.dataset["next"] ?? "";
}

function prefetch(): void {
  const next = document.querySelector<HTMLAnchorElement>('a[data-claim][data-key="j"]');
  if (next) void page(next.href).catch(() => undefined);
}

export async function show(href: string, fresh = false): Promise<void> {
  try {
    const found = await page(href, fresh);
    history.replaceState(null, "", href);
    await swap(found);
    ahead.delete(plain(href));
    const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    target?.scrollIntoView({ block: "nearest" });
    panel()?.focus({ preventScroll: true });
    prefetch();
  } catch {
    problem("This page could not be loaded. Nothing was changed; try again.");
  }
}

function problem(words: string): void {
  const place = panel()?.querySelector<HTMLElement>("[data-problem]");
  if (place) {
    place.hidden = false;
    place.textContent = words;
  }
  say(words);
}

// After an act: the next claim that waits, where one does; what was fetched ahead is shown at once and brought up to date.
function onward(shown: string): string {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>("#list a[data-row]")];
  const at = rows.findIndex((row) => row.dataset["claim"] === shown || row.closest("[aria-selected=true]"));
  const waits = (row: HTMLAnchorElement): boolean => !row.dataset["claim"] || "waits" in row.dataset;
  const next = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))].find(waits);
  return next?.href ?? location.href;
}

function remember(act: string | undefined, words: string): void {
  if (!act) return;
  const kept = JSON.parse(sessionStorage.getItem("acts") ?? "[]") as string[][];
  kept.push([act, words, location.href]);
  sessionStorage.setItem("acts", JSON.stringify(kept.slice(-50)));
}

async function post(address: string, fields: URLSearchParams): Promise<[number, Answer]> {
  const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json", "X-CSRF": document.body.dataset["csrf"] ?? "" } });
  return [answer.status, (await answer.json()) as Answer];
}

async function send(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  if (sending) return;
  sending = true;
  form.setAttribute("aria-busy", "true");
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, by)) if (typeof value === "string") fields.append(name, value);
  const shown = panel()?.dataset["shown"] ?? "";
  try {
    const [status, said] = await post(form.action, fields);
    if (status === 409 && said.choice) {
      const place = panel()?.querySelector("[data-conflict]") ?? panel();
      if (place) place.innerHTML = said.choice;
      place?.querySelector<HTMLElement>(".conflict")?.focus();
      say(said.error ?? "Somebody decided on this meanwhile.");
      return;
    }
    if (status >= 400) {
      problem([said.error, said.remedy].filter(Boolean).join(" "));
      return;
    }
    const words = form.dataset["act"] ?? "";
    ahead.clear();
    if ("enter" in form.dataset) {
      say("Added. Another person reviews it.");
      await show(`${location.pathname}?claim=${said.id}#c-${said.id}`, true);
      return;
    }
    if (said.verb !== "undo") remember(said.id, words || "decided");
    say(`${words ? words[0]?.toUpperCase() + words.slice(1) : "Recorded"}. u takes it back.`);
    await show("stay" in form.dataset || !words ? location.href : onward(shown), true);
  } catch {
    problem("The desk did not answer. Nothing is lost: what you wrote is still here; send it again.");
  } finally {
    sending = false;
    form.removeAttribute("aria-busy");
  }
}

async function undo(): Promise<void> {
  const kept = JSON.parse(sessionStorage.getItem("acts") ?? "[]") as string[][];
  const last = kept.pop();
  if (!last || sending) {
    if (!last) say("There is nothing of yours to take back.");
    return;
  }
  sending = true;
  try {
    const [status, said] = await post("/acts", new URLSearchParams({ verb: "undo", target: last[0] ?? "", reason: "taken back" }));
    if (status >= 400) {
      problem(said.error ?? "It could not be taken back.");
      return;
    }
    sessionStorage.setItem("acts", JSON.stringify(kept));
    ahead.clear();
    say(`Taken back: ${last[1] ?? ""}.`);
    const href = last[2] ?? location.href;
    if (plain(href).split("?")[0] === plain(location.href).split("?")[0]) await show(href, true);
    else location.assign(href);
  } catch {
    problem("The desk did not answer. Nothing was taken back; try again.");
  } finally {
    sending = false;
  }
}

export function judging(): void {
  const work = top();
  if (!work) return;
  document.addEventListener("click", (event) => {
    const at = event.target as HTMLElement;
    const link = at.closest<HTMLAnchorElement>("a[data-claim]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      void show(link.href);
    } else if (at.closest("[data-leave]")) {
      event.preventDefault();
      void show(location.href, true);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-act], [data-enter]")) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
  // An opened part of the panel takes the focus: its first field, or the first ready reason.
  document.addEventListener("toggle", (event) => {
    const part = event.target as HTMLElement;
    if (part instanceof HTMLDetailsElement && part.open && part.matches(".more")) {
      part.querySelector<HTMLElement>("button[data-key], input:not([type=hidden]), select, textarea")?.focus();
    }
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = panel()?.querySelector<HTMLDetailsElement>("details.more[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary")?.focus();
    }
  });
  // Incidents by name.
  let timer: number | undefined;
  const find = (form: HTMLFormElement): void => {
    const address = new URL(location.href);
    for (const [name, value] of new FormData(form)) address.searchParams.set(name, String(value));
    void fetch(address).then(async (answer) => {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-found]");
      if (found) form.parentElement?.querySelector("[data-found]")?.replaceChildren(...found.childNodes);
    });
  };
  document.addEventListener("input", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-find]");
    if (!form) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => find(form), 200);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-find]")) return;
    event.preventDefault();
    find(form);
  });
  // A redrawing of the page is of the claim that was shown when it was asked for; that one may be left by now.
  document.addEventListener("tollbook:before", (event) => {
    const region = event.target as HTMLElement;
    const newer = (event as CustomEvent<HTMLElement>).detail;
    if (region.id === "claim" && (newer.dataset["shown"] !== region.dataset["shown"] || region.querySelector("details.more[open], .conflict"))) event.preventDefault();
  });
  const back = document.createElement("button");
  back.type = "button";
  back.dataset["key"] = "u";
  back.innerHTML = "undo my last act <kbd>u</kbd>";
  back.addEventListener("click", () => void undo());
  document.querySelector(".reporthead nav, .queuehead")?.append(back);
  prefetch();
}
