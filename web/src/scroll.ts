// What scrolls sideways within a page can be reached with Tab, so that the arrow keys move it.
function mark(): void {
  for (const place of document.querySelectorAll<HTMLElement>(".scroll:not([tabindex])")) {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
  }
}

export function scroll(): void {
  mark();
  window.addEventListener("resize", mark);
  document.addEventListener("tollbook:after", mark);
}
