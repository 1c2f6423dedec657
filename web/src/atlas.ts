// The map of incidents: points for exact places, hatched areas for the others, a panel with the exact figures.
import type * as GeoJSON from "geojson";
import { LngLatBounds, NavigationControl, ScaleControl } from "maplibre-gl";
import type { GeoJSONSource, Map as Drawn, MapGeoJSONFeature } from "maplibre-gl";
import { able, circle, colours, dark, draw, FONT, ground, hatch, patch, still, under, zoomOf } from "./basemap";
import type { Colours, Ground, LayerSpecification, Point } from "./basemap";
import { say } from "./say";
import { times } from "./times";
import type { Span } from "./times";

interface Place {
  key: string; name: string; country: string; words: string; shape: "point" | "circle" | "country";
  code: string; at: Point; reach: number; precision: number;
}
interface Incident {
  id: string; name: string; place: string; why: string; when: string; first: string; last: string;
  toll: [string, string][]; inner: number; outer: number;
}
interface Data { outcome: string; most: number; legend: [number, number][]; places: Place[]; incidents: Incident[] }

const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const PRESSED = ["many", "disc", "ring", "bare", "area", "patch"];
// Pixels across from which on an area is seen as one, and has room for its words.
const SEEN = 24, ROOMY = 96;
const LISTED = 40; // incidents in the panel; the list below has them all

export async function atlas(container: HTMLElement): Promise<void> {
  if (!able()) return;
  const drawing = document.getElementById("still");
  try {
    container.hidden = false;
    if (drawing) drawing.hidden = true;
    await new Atlas(container).start();
  } catch (error) {
    container.hidden = true;
    if (drawing) drawing.hidden = false;
    console.warn(error);
  }
}

class Atlas {
  private map!: Drawn;
  private ground!: Ground;
  private data: Data = { outcome: "", most: 0, legend: [], places: [], incidents: [] };
  private span: Span = { from: "", to: "" };
  private chosen = "";
  private tag = "";

  constructor(private readonly container: HTMLElement) {}

  async start(): Promise<void> {
    const set = this.container.dataset;
    [this.ground] = await Promise.all([under(this.container), this.load()]);
    this.map = await draw(this.container, ground(this.ground, colours()));
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-left");
    this.map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
    this.dress();
    const asked = new URLSearchParams(location.search);
    this.span = { from: asked.get("from") ?? "", to: asked.get("to") ?? "" };
    times(set["first"] ?? "", set["last"] ?? "", this.span, (span, settled) => this.within(span, settled));
    this.redraw();
    this.fit(false);
    this.legend();
    this.listen();
    this.rows();
    this.container.dataset["drawn"] = "";
  }

  private async load(): Promise<boolean> {
    const asked = new URLSearchParams(location.search);
    for (const day of ["from", "to", "after"]) asked.delete(day);
    const answer = await fetch(`${this.container.dataset["incidents"]}?${asked}`, this.tag ? { headers: { "If-None-Match": this.tag } } : {});
    if (answer.status === 304) return false;
    if (!answer.ok) throw new Error(`the incidents were not sent: ${answer.status}`);
    this.tag = answer.headers.get("etag") ?? "";
    this.data = (await answer.json()) as Data;
    return true;
  }

  // The layers of the incidents over the ground, in the colours of now.
  private dress(): void {
    const tint = colours();
    this.map.addImage("hatch", hatch(tint), { pixelRatio: 2 });
    this.map.addImage("patch", patch(tint), { pixelRatio: 2 });
    this.map.addSource("areas", { type: "geojson", data: EMPTY });
    this.map.addSource("labels", { type: "geojson", data: EMPTY });
    this.map.addSource("points", {
      type: "geojson", data: EMPTY, cluster: true, clusterRadius: 34, clusterMaxZoom: 9,
      clusterProperties: { n: ["+", ["get", "n"]] },
    });
    for (const layer of layers(tint)) this.map.addLayer(layer);
  }

  private listen(): void {
    const map = this.map;
    map.on("click", (event) => {
      const at = [event.point.x, event.point.y] as Point;
      const found = map.queryRenderedFeatures([[at[0] - 4, at[1] - 4], [at[0] + 4, at[1] + 4]], { layers: PRESSED });
      const first = PRESSED.flatMap((layer) => found.filter((f) => f.layer.id === layer))[0];
      if (first) void this.press(first);
    });
    for (const layer of PRESSED) {
      map.on("mouseenter", layer, () => { map.getCanvas().classList.add("over"); });
      map.on("mouseleave", layer, () => { map.getCanvas().classList.remove("over"); });
    }
    dark.addEventListener("change", () => {
      map.setStyle(ground(this.ground, colours()), { diff: false });
      map.once("style.load", () => { this.dress(); this.redraw(); });
    });
    const acts = document.getElementById("atlas-acts");
    if (acts) acts.hidden = false;
    acts?.addEventListener("click", (event) => {
      const button = (event.target as HTMLElement).closest("button");
      if (button?.dataset["step"]) this.step(Number(button.dataset["step"]));
      else if (button) this.fit(true);
    });
    document.addEventListener("click", (event) => {
      const button = (event.target as HTMLElement).closest<HTMLElement>("[data-show]");
      if (button) this.show(button.dataset["show"] ?? "");
    });
    document.addEventListener("tollbook:after", (event) => {
      if ((event.target as HTMLElement).id !== "listed") return;
      this.rows();
      void this.load().then((changed) => { if (changed) { this.redraw(); this.legend(); } });
    });
  }

  private rows(): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-show]")) button.hidden = false;
  }

  private meets(one: Incident): boolean {
    const { from, to } = this.span;
    if (!from && !to) return true;
    return one.first !== "" && (!to || one.first <= to) && (!from || one.last >= from);
  }

  private shown(): Map<string, Incident[]> {
    const found = new Map<string, Incident[]>();
    for (const one of this.data.incidents) {
      if (!one.place || !this.meets(one)) continue;
      const there = found.get(one.place);
      if (there) there.push(one);
      else found.set(one.place, [one]);
    }
    return found;
  }

  private redraw(): void {
    const shown = this.shown();
    const here = this.data.places.filter((place) => shown.has(place.key));
    const points: GeoJSON.Feature[] = [], areas: GeoJSON.Feature[] = [], labels: GeoJSON.Feature[] = [];
    for (const place of here) {
      const held = shown.get(place.key) ?? [];
      const only = held.length === 1 ? held[0] : undefined;
      const properties = { key: place.key, name: place.name, n: held.length, inner: only?.inner ?? 0, outer: only?.outer ?? 0 };
      if (place.shape === "point") {
        points.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: place.at } });
        continue;
      }
      const geometry = this.shape(place);
      if (!geometry) continue;
      areas.push({ type: "Feature", properties, geometry });
      const counted = held.length === 1 ? "1 incident" : `${held.length} incidents`;
      labels.push({ type: "Feature", properties: { ...properties, words: `${counted}\n${place.words}`, seen: this.zoom(place, SEEN), roomy: this.zoom(place, ROOMY) }, geometry: { type: "Point", coordinates: place.at } });
    }
    const sets: [string, GeoJSON.Feature[]][] = [["points", points], ["areas", areas], ["labels", labels]];
    for (const [name, features] of sets) {
      (this.map.getSource(name) as GeoJSONSource | undefined)?.setData({ type: "FeatureCollection", features });
    }
    this.mark();
  }

  private zoom(place: Place, pixels: number): number {
    return place.reach ? zoomOf(2 * place.reach, pixels, place.at[1]) : 0;
  }

  private shape(place: Place): GeoJSON.Geometry | undefined {
    if (place.shape === "circle") return circle(place.at, place.reach);
    return this.ground.land.features.find((country) => country.properties.code === place.code)?.geometry;
  }

  private within(span: Span, settled: boolean): void {
    this.span = span;
    this.redraw();
    if (settled) void this.relist();
  }

  // The list says what the map does: it is asked for anew when the days have settled.
  private async relist(): Promise<void> {
    const asked = new URLSearchParams(location.search);
    asked.delete("after");
    for (const [name, day] of [["from", this.span.from], ["to", this.span.to]] as const) {
      if (day) asked.set(name, day);
      else asked.delete(name);
      const field = document.querySelector<HTMLInputElement>(`#atlas-form [name="${name}"]`);
      if (field) field.value = field.defaultValue = day;
    }
    history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["atlas-count", "listed", "lost"]) {
      const [old, newer] = [document.getElementById(id), fresh.getElementById(id)];
      if (old && newer) old.replaceChildren(...newer.childNodes);
    }
    this.rows();
    say(document.getElementById("atlas-count")?.textContent ?? "");
  }

  private fit(moving: boolean): void {
    const shown = this.shown();
    const all = new LngLatBounds();
    for (const place of this.data.places) {
      if (!shown.has(place.key)) continue;
      const box = place.shape === "country" ? this.ground.land.features.find((c) => c.properties.code === place.code)?.properties.box : undefined;
      if (box && box[2] - box[0] < 180) all.extend([box[0], box[1]]).extend([box[2], box[3]]);
      else all.extend(place.at);
      if (place.reach) for (const point of circle(place.at, place.reach).coordinates[0] ?? []) all.extend(point as Point);
    }
    if (all.isEmpty()) return;
    this.map.fitBounds(all, { padding: 48, maxZoom: 8, animate: moving && !still.matches, duration: 400 });
  }

  private async press(feature: MapGeoJSONFeature): Promise<void> {
    const cluster = feature.properties["cluster_id"] as number | undefined;
    if (cluster === undefined) {
      this.open(String(feature.properties["key"]));
      return;
    }
    const source = this.map.getSource("points") as GeoJSONSource;
    const leaves = await source.getClusterLeaves(cluster, 500, 0);
    const zoom = await source.getClusterExpansionZoom(cluster);
    const at = (feature.geometry as GeoJSON.Point).coordinates as Point;
    const shown = this.shown();
    const held = leaves.flatMap((leaf) => shown.get(String(leaf.properties?.["key"])) ?? []);
    this.chosen = "";
    this.mark();
    this.tell(`${held.length} incidents in ${leaves.length} places near each other`, held, () =>
      this.map.easeTo({ center: at, zoom, animate: !still.matches }));
  }

  private open(key: string): void {
    const place = this.data.places.find((one) => one.key === key);
    if (!place) return;
    this.chosen = key;
    this.mark();
    const held = this.shown().get(key) ?? [];
    const words = place.country && !place.words.includes(place.country) ? `${place.words}, ${place.country}` : place.words;
    this.tell(words.charAt(0).toUpperCase() + words.slice(1), held);
  }

  private mark(): void {
    for (const layer of ["chosen", "chosen-area"]) this.map.setFilter(layer, ["==", ["get", "key"], this.chosen]);
  }

  private show(id: string): void {
    const one = this.data.incidents.find((incident) => incident.id === id);
    const place = this.data.places.find((p) => p.key === one?.place);
    if (!one || !place) return;
    this.go(place);
    this.open(place.key);
    this.container.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    document.getElementById("panel")?.focus({ preventScroll: true });
  }

  private go(place: Place): void {
    const zoom = place.shape === "country" ? 4 : place.reach > 60 ? 6 : place.reach ? 7 : Math.max(this.map.getZoom(), 9.5);
    this.map.easeTo({ center: place.at, zoom, animate: !still.matches, duration: 400 });
  }

  private step(by: number): void {
    const shown = this.shown();
    const here = this.data.places.filter((place) => shown.has(place.key));
    if (!here.length) return;
    const at = here.findIndex((place) => place.key === this.chosen);
    const next = here[at < 0 ? (by > 0 ? 0 : here.length - 1) : (at + by + here.length) % here.length];
    if (!next) return;
    this.go(next);
    this.open(next.key);
  }

  // The panel: what stands in one place, with exact figures; each incident counted for itself.
  private tell(title: string, held: Incident[], nearer?: () => void): void {
    const panel = document.getElementById("panel");
    if (!panel) return;
    const heading = named("h2", "bdi", title);
    const list = document.createElement("ol");
    for (const one of held.slice(0, LISTED)) {
      const item = document.createElement("li");
      const link = named("a", "bdi", one.name);
      (link as HTMLAnchorElement).href = `/incidents/${encodeURIComponent(one.id)}`;
      const when = document.createElement("span");
      when.className = "when";
      when.textContent = one.when;
      const toll = document.createElement("p");
      toll.className = "toll";
      toll.textContent = one.toll.map(([what, figure]) => `${figure} ${what}`).join(" · ") || "no figure";
      item.append(link, when, toll);
      list.append(item);
    }
    panel.replaceChildren(heading, list);
    if (held.length > LISTED) {
      const more = document.createElement("p");
      more.textContent = `and ${held.length - LISTED} more, in the list below`;
      panel.append(more);
    }
    if (nearer) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Go nearer";
      button.addEventListener("click", nearer);
      panel.append(button);
    }
  }

  private legend(): void {
    const place = document.querySelector<HTMLElement>("[data-sizes]");
    if (!place || !this.data.legend.length) return;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const high = 2 * Math.max(...this.data.legend.map(([, r]) => r)) + 24;
    let x = 2;
    for (const [number, radius] of this.data.legend) {
      const wide = Math.max(2 * radius, 36);
      const disc = document.createElementNS(svg.namespaceURI, "circle");
      for (const [k, v] of [["cx", x + wide / 2], ["cy", high - 20 - radius], ["r", radius], ["class", "spot"]] as const) disc.setAttribute(k, String(v));
      const text = document.createElementNS(svg.namespaceURI, "text");
      for (const [k, v] of [["x", x + wide / 2], ["y", high - 4], ["text-anchor", "middle"]] as const) text.setAttribute(k, String(v));
      text.textContent = number.toLocaleString("en");
      svg.append(disc, text);
      x += wide + 8;
    }
    svg.setAttribute("viewBox", `0 0 ${x} ${high}`);
    svg.setAttribute("width", String(x));
    svg.setAttribute("height", String(high));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `Sizes of discs: ${this.data.legend.map(([n]) => n).join(", ")} ${this.data.outcome}`);
    place.replaceChildren(svg);
    place.hidden = false;
  }
}

function named(tag: string, inner: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  const inside = document.createElement(inner);
  inside.textContent = text;
  made.append(inside);
  return made;
}

function layers(tint: Colours): LayerSpecification[] {
  const many = ["any", ["has", "point_count"], [">", ["get", "n"], 1]] as unknown as boolean;
  const one = ["all", ["!", ["has", "point_count"]], ["==", ["get", "n"], 1]];
  const text = { "text-color": tint.ink, "text-halo-color": tint.paper, "text-halo-width": 2 };
  return [
    { id: "area", type: "fill", source: "areas", paint: { "fill-pattern": "hatch", "fill-opacity": 0.7 } },
    { id: "area-edge", type: "line", source: "areas", paint: { "line-color": tint.accent, "line-width": 1.25, "line-dasharray": [3, 2] } },
    { id: "chosen-area", type: "line", source: "areas", filter: ["==", ["get", "key"], ""], paint: { "line-color": tint.ink, "line-width": 2.5 } },
    {
      id: "patch", type: "symbol", source: "labels", filter: ["<", ["zoom"], ["get", "seen"]] as unknown as boolean,
      layout: { "icon-image": "patch", "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "disc", type: "circle", source: "points", filter: ["all", one, [">", ["get", "inner"], 0]] as unknown as boolean,
      paint: { "circle-color": tint.accent, "circle-radius": ["get", "inner"], "circle-opacity": 0.85 },
    },
    {
      id: "ring", type: "circle", source: "points", filter: ["all", one, [">", ["get", "outer"], ["get", "inner"]]] as unknown as boolean,
      paint: { "circle-color": tint.accent, "circle-opacity": 0.12, "circle-radius": ["get", "outer"], "circle-stroke-color": tint.accent, "circle-stroke-width": 1.5 },
    },
    {
      id: "bare", type: "circle", source: "points", filter: ["all", one, ["==", ["get", "outer"], 0]] as unknown as boolean,
      paint: { "circle-color": tint.paper, "circle-radius": 5, "circle-stroke-color": tint.accent, "circle-stroke-width": 1.5 },
    },
    {
      id: "many", type: "circle", source: "points", filter: many,
      paint: { "circle-color": tint.paper, "circle-radius": ["step", ["get", "n"], 11, 10, 13, 100, 16, 1000, 20], "circle-stroke-color": tint.ink, "circle-stroke-width": 1.5 },
    },
    {
      id: "chosen", type: "circle", source: "points", filter: ["==", ["get", "key"], ""],
      paint: { "circle-opacity": 0, "circle-radius": ["+", 6, ["max", ["get", "outer"], ["get", "inner"], 8]], "circle-stroke-color": tint.ink, "circle-stroke-width": 2 },
    },
    {
      id: "count", type: "symbol", source: "points", filter: many,
      layout: { "text-field": ["to-string", ["get", "n"]], "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": tint.ink },
    },
    {
      id: "label", type: "symbol", source: "points", filter: ["!", ["has", "point_count"]],
      layout: {
        "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, "text-anchor": "top", "text-max-width": 12,
        "text-offset": ["interpolate", ["linear"], ["max", ["get", "outer"], ["get", "inner"]], 0, ["literal", [0, 0.9]], 26, ["literal", [0, 2.2]]],
        "symbol-sort-key": ["-", ["get", "n"]],
      },
      paint: text,
    },
    {
      id: "area-label", type: "symbol", source: "labels", filter: [">=", ["zoom"], ["get", "roomy"]] as unknown as boolean,
      layout: { "text-field": ["get", "words"], "text-font": FONT, "text-size": 12, "text-max-width": 14, "symbol-sort-key": ["-", ["get", "n"]] },
      paint: text,
    },
  ] as LayerSpecification[];
}
