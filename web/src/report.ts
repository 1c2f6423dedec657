// The report page: marks, keys, and a claim that was missed by selecting its words.
import { judging, show } from "./judging";

judging();

// What a mark says, beside it, while one points at it or has it in focus.
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "tooltip");
tip.id = "tip";
tip.hidden = true;
document.body.append(tip);

function point(mark: HTMLElement | null): void {
  document.querySelectorAll(".m.with").forEach((other) => other.classList.remove("with"));
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.dataset["says"] ?? "";
  const own = mark.dataset["claim"] ?? "";
  for (const other of document.querySelectorAll(`[data-under~="${CSS.escape(own)}"]`)) other.classList.add("with");
  const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - tip.offsetWidth - 8)) + window.scrollX}px`;
  tip.style.top = `${box.top + window.scrollY - tip.offsetHeight - 6}px`;
}
for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => point((event.target as HTMLElement).closest<HTMLElement>("a.m")));
}
document.addEventListener("mouseleave", () => point(null));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") point(null);
});

// Selected words go into the field; where they begin is told in characters of the text, as the desk counts them.
const form = document.querySelector<HTMLFormElement>("[data-missed]");
function chosen(): [string, number] | null {
  const selection = window.getSelection();
  const text = document.querySelector("[data-body]");
  if (!selection || selection.isCollapsed || !text || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const part = range.cloneContents();
  part.querySelectorAll("[data-no]").forEach((sign) => sign.remove());
  const holder = range.startContainer.parentElement?.closest<HTMLElement>("[data-from]");
  const before = document.createRange();
  if (holder) before.setStart(holder, 0);
  if (holder) before.setEnd(range.startContainer, range.startOffset);
  const ahead = before.cloneContents();
  ahead.querySelectorAll("[data-no]").forEach((sign) => sign.remove());
  const at = Number(holder?.dataset["from"] ?? 0) + [...(ahead.textContent ?? "")].length;
  return [part.textContent ?? "", at];
}
document.addEventListener("selectionchange", () => {
  const found = chosen();
  if (!form || !found || !found[0].trim()) return;
  (form.elements.namedItem("words") as HTMLInputElement).value = found[0].trim();
  (form.elements.namedItem("near") as HTMLInputElement).value = String(found[1]);
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.set(name, String(value));
  void show(`${location.pathname}?${query.toString()}`, true).then(() => {
    document.querySelector<HTMLElement>("#claim select")?.focus();
  });
});
form?.querySelector("input")?.addEventListener("input", () => {
  (form.elements.namedItem("near") as HTMLInputElement).value = "";
});
