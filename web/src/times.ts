// The days of a map: two sliders, one of its first and one of its last day, and a run through them.
import { still } from "./basemap";

export interface Span { from: string; to: string }
type Told = (span: Span, settled: boolean) => void;

const DAY = 86_400_000;
const STEPS = 120; // a run through all days takes so many steps at most
const PACE = 100; // milliseconds a step
const SETTLED = 400; // milliseconds without a move

export function times(first: string, last: string, asked: Span, told: Told): void {
  const place = document.getElementById("atlas-time");
  const [low, high] = [Date.parse(first) / DAY, Date.parse(last) / DAY];
  if (!place || !(high > low)) return;
  const from = place.querySelector<HTMLInputElement>("[data-from]");
  const to = place.querySelector<HTMLInputElement>("[data-to]");
  const span = place.querySelector<HTMLOutputElement>("[data-span]");
  const play = place.querySelector<HTMLButtonElement>("[data-play]");
  if (!from || !to || !span || !play) return;
  for (const slider of [from, to]) { slider.min = String(low); slider.max = String(high); }
  from.value = String(asked.from ? Date.parse(asked.from) / DAY : low);
  to.value = String(asked.to ? Date.parse(asked.to) / DAY : high);
  let waiting: number | undefined;
  let running: number | undefined;

  const tell = (): void => {
    const [a, b] = [Number(from.value), Number(to.value)];
    span.textContent = a === b ? words(a) : `${words(a)} – ${words(b)}`;
    from.setAttribute("aria-valuetext", words(a));
    to.setAttribute("aria-valuetext", words(b));
    window.clearTimeout(waiting);
    // The whole span is no choice of days: incidents without a day are in it too.
    const chosen = { from: a <= low ? "" : day(a), to: b >= high ? "" : day(b) };
    told(chosen, false);
    if (running === undefined) waiting = window.setTimeout(() => told(chosen, true), SETTLED);
  };
  const stop = (): void => {
    window.clearInterval(running);
    running = undefined;
    play.textContent = "Play";
    tell();
  };
  from.addEventListener("input", () => { if (Number(from.value) > Number(to.value)) to.value = from.value; tell(); });
  to.addEventListener("input", () => { if (Number(to.value) < Number(from.value)) from.value = to.value; tell(); });
  play.addEventListener("click", () => {
    if (running !== undefined) { stop(); return; }
    const begin = Number(from.value);
    const step = Math.max(1, Math.ceil((high - begin) / STEPS));
    to.value = from.value;
    play.textContent = "Stop";
    running = window.setInterval(() => {
      to.value = String(Math.min(high, Number(to.value) + step));
      if (Number(to.value) >= high) stop();
      else tell();
    }, PACE);
  });
  const calm = (): void => { play.hidden = still.matches; if (still.matches && running !== undefined) stop(); };
  still.addEventListener("change", calm);
  calm();
  span.textContent = `${words(Number(from.value))} – ${words(Number(to.value))}`;
  place.hidden = false;
}

function day(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function words(number: number): string {
  return new Date(number * DAY).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).replace(",", "");
}
