// Figures that move while a page is open: each flashes once and says what it was, until the page is loaded anew.
const was = new Map<string, string>();
const shown = new Map<string, string>();

function figures(within: ParentNode): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>("[data-figure]")];
}

function told(element: HTMLElement): string {
  return (element.querySelector(".fig")?.textContent ?? "").trim();
}

// One number each: the step between them; else what stood there before.
function step(before: string, after: string): string {
  const plain = /^[\d,]+$/;
  if (!plain.test(before) || !plain.test(after)) return `was ${before}`;
  const by = Number(after.replaceAll(",", "")) - Number(before.replaceAll(",", ""));
  return `${by < 0 ? "−" : "+"}${Math.abs(by).toLocaleString("en")}, was ${before}`;
}

function mark(element: HTMLElement, flash: boolean): void {
  const before = was.get(element.dataset["figure"] ?? "");
  if (before === undefined) return;
  element.querySelector(".moved-by")?.remove();
  const words = document.createElement("span");
  words.className = flash ? "moved-by delta moved" : "moved-by delta";
  words.textContent = step(before, told(element));
  element.append(words);
}

function look(within: ParentNode): void {
  for (const element of figures(within)) {
    const key = element.dataset["figure"] ?? "";
    const before = shown.get(key);
    const now = told(element);
    const moved = before !== undefined && before !== now;
    if (moved) was.set(key, before);
    shown.set(key, now);
    mark(element, moved);
  }
}

look(document);
document.addEventListener("tollbook:after", (event) => look(event.target as HTMLElement));
