// On every page: styles, htmx, live pages, keys, density. Everything works without it, by links and forms.
import "../styles/main.css";
import htmx from "htmx.org";
import { keys } from "./keys";
import { again } from "./again";
import { live } from "./live";
import { density } from "./density";
import { scroll } from "./scroll";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

// A form whose change sends it (the switches of a view).
document.addEventListener("change", (event) => {
  const form = (event.target as HTMLElement | null)?.closest<HTMLFormElement>('form[data-submit="change"]');
  form?.requestSubmit();
});

keys();
live();
again();
density();
scroll();
