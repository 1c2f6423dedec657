// A region that says that something is still being made (data-again) is asked for anew until it does not say so any more.
import htmx from "htmx.org";

const PAUSE = 1500; // milliseconds

async function ask(): Promise<void> {
  const waiting = [...document.querySelectorAll<HTMLElement>("[data-again]")].filter((region) => region.id);
  if (!waiting.length) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const region of waiting) {
      const newer = fresh.getElementById(region.id);
      if (newer && newer.outerHTML !== region.outerHTML) await htmx.swap({ target: region, text: newer.outerHTML, swap: "outerMorph" });
    }
  }
  later();
}

function later(): void {
  if (document.querySelector("[data-again]")) window.setTimeout(() => void ask(), PAUSE);
}

export function again(): void {
  later();
}
