// Live pages: when the log grew, each region with data-live is fetched anew and morphed; what one types stays.
import htmx from "htmx.org";
import { say } from "./say";

const PAUSE = 150; // milliseconds: a bulk of entries is one redrawing

function busy(region: Element): boolean {
  const at = document.activeElement;
  if (at instanceof HTMLElement && region.contains(at) && at.matches("input, textarea, select")) return true;
  return [...region.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea")].some(
    (field) => field.type !== "checkbox" && field.type !== "radio" ? field.value !== field.defaultValue : false,
  );
}

async function redraw(position: string): Promise<void> {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-live]")];
  if (!regions.length) return;
  const answer = await fetch(location.href, { headers: { "X-Live": position } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.body.dataset["position"] = position;
  for (const region of regions) {
    const newer = region.id ? fresh.getElementById(region.id) : null;
    if (!newer || newer.innerHTML === region.innerHTML) continue;
    if (busy(region)) {
      region.dataset["stale"] = "";
      say("There is something new on this page; it is shown when you have finished typing.");
      continue;
    }
    const event = new CustomEvent("tollbook:before", { detail: newer, cancelable: true, bubbles: true });
    if (!region.dispatchEvent(event)) continue;
    await htmx.swap({ target: region, text: newer.outerHTML, swap: "outerMorph" });
    document.getElementById(region.id)?.dispatchEvent(new CustomEvent("tollbook:after", { bubbles: true }));
  }
}

export function live(): void {
  if (!document.body.dataset["position"]) return; // nobody is signed in
  const state = document.querySelector<HTMLElement>("[data-live-state]");
  let timer: number | undefined;
  const source = new EventSource("/live");
  source.addEventListener("log", (event) => {
    const position = (event as MessageEvent<string>).data;
    if (state) state.textContent = "live";
    if (position === document.body.dataset["position"]) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void redraw(position), PAUSE);
  });
  source.addEventListener("error", () => {
    if (state) state.textContent = "not connected; trying again";
  });
  window.addEventListener("pagehide", () => source.close());
}
