// A sentence for everybody, those who hear the page too; it stays as text until the next one.
export function say(words: string): void {
  const place = document.querySelector<HTMLElement>("[data-say]");
  if (place) place.textContent = words;
}
