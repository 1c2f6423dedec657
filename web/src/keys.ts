// Keys: an element with data-key="a" is pressed (or focused, if it is a field) by that key; "?" lists them all.
const fields = "input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable]";

function visible(element: HTMLElement): boolean {
  return element.offsetParent !== null || element.getClientRects().length > 0;
}

function press(element: HTMLElement): void {
  if (element.matches(fields)) element.focus();
  else element.click();
}

export function keys(): void {
  document.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement | null;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && at?.matches(fields)) {
      at.blur();
      return;
    }
    if (at?.matches(fields)) return;
    if (event.key === "?") {
      list();
      event.preventDefault();
      return;
    }
    const found = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`)].find(visible);
    if (found) {
      event.preventDefault();
      press(found);
    }
  });
  const button = document.querySelector<HTMLButtonElement>("[data-keys]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", list);
  }
}

// The keys of this page, in a dialog; a page adds keys of its own by elements with data-key.
function list(): void {
  document.querySelector("dialog.keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  const title = document.createElement("h2");
  title.textContent = "Keys of this page";
  const table = document.createElement("dl");
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    if (!visible(element)) continue;
    const key = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = element.dataset["key"] ?? "";
    key.append(kbd);
    const what = document.createElement("dd");
    what.textContent = element.getAttribute("aria-label") ?? element.dataset["keyWords"] ?? element.textContent?.replace(element.dataset["key"] ?? "", "").trim() ?? "";
    table.append(key, what);
  }
  const close = document.createElement("form");
  close.method = "dialog";
  const button = document.createElement("button");
  button.textContent = "Close";
  close.append(button);
  dialog.append(title, table, close);
  document.body.append(dialog);
  dialog.showModal();
}
