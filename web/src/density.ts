// The density of tables, kept in this browser.
export function density(): void {
  const root = document.documentElement;
  const button = document.querySelector<HTMLButtonElement>("[data-density]");
  const kept = localStorage.getItem("density");
  if (kept === "dense") root.dataset["density"] = kept;
  if (!button) return;
  button.hidden = false;
  const tell = (): void => {
    const dense = root.dataset["density"] === "dense";
    button.setAttribute("aria-pressed", String(dense));
    button.textContent = dense ? "Dense rows" : "Roomy rows";
  };
  tell();
  button.addEventListener("click", () => {
    if (root.dataset["density"] === "dense") delete root.dataset["density"];
    else root.dataset["density"] = "dense";
    localStorage.setItem("density", root.dataset["density"] ?? "");
    tell();
  });
}
