// The ground of every map: countries from our own server, letters from the page's own fonts; nothing from elsewhere.
import type * as GeoJSON from "geojson";
import { Map as Drawn, setWorkerUrl } from "maplibre-gl";
import type { FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";

setWorkerUrl(new URL(workerUrl, location.href).href);

type Names = "paper" | "ink" | "soft" | "rule" | "accent" | "sea" | "land" | "mark";
export type Colours = Record<Names, string>;
type Point = [number, number];

export const dark = matchMedia("(prefers-color-scheme: dark)");
export const still = matchMedia("(prefers-reduced-motion: reduce)");
export const FONT = ["Inter Variable", "Noto Sans Arabic Variable", "sans-serif"];
const HATCH = 12; // pixels from one line to the next, on a screen of two dots a pixel

// The page's colours as they are now; MapLibre does not know the page's variables.
export function colours(): Colours {
  const probe = document.createElement("span");
  document.body.append(probe);
  const found = (["paper", "ink", "soft", "rule", "accent", "sea", "land", "mark"] as const).map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(found) as Colours;
}

export interface Country {
  code: string;
  name: string;
  box: [number, number, number, number];
}
export type Land = GeoJSON.FeatureCollection<GeoJSON.MultiPolygon, Country>;

export interface Ground {
  land: Land;
  towns: string;
}

// What the container says the map stands on: the countries, which are looked up here too, and the address of the towns.
export async function under(container: HTMLElement): Promise<Ground> {
  const answer = await fetch(container.dataset["land"] ?? "");
  if (!answer.ok) throw new Error(`the outlines were not sent: ${answer.status}`);
  return { land: (await answer.json()) as Land, towns: new URL(container.dataset["towns"] ?? "", location.href).href };
}

function area(ring: Point[]): [number, number, number] {
  let sum = 0, x = 0, y = 0;
  for (let n = 1; n < ring.length; n++) {
    const [a, b] = [ring[n - 1] as Point, ring[n] as Point];
    const cross = a[0] * b[1] - b[0] * a[1];
    sum += cross;
    x += (a[0] + b[0]) * cross;
    y += (a[1] + b[1]) * cross;
  }
  return sum ? [Math.abs(sum / 2), x / (3 * sum), y / (3 * sum)] : [0, 0, 0];
}

// The names of countries, each at the middle of its largest part.
function names(from: Land): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: from.features.map((country) => {
      const parts = country.geometry.coordinates.map((polygon) => area((polygon[0] ?? []) as Point[]));
      const [size, x, y] = parts.reduce((a, b) => (b[0] > a[0] ? b : a), [0, 0, 0]);
      return {
        type: "Feature",
        properties: { name: country.properties.name.toUpperCase(), size },
        geometry: { type: "Point", coordinates: [x, y] },
      };
    }),
  };
}

export function ground({ land: from, towns }: Ground, tint: Colours): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: from, tolerance: 0.4 },
      names: { type: "geojson", data: names(from) },
      towns: { type: "geojson", data: towns },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": tint.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": tint.land, "fill-antialias": false } },
      { id: "border", type: "line", source: "land", paint: { "line-color": tint.rule, "line-width": 1 } },
      {
        id: "country",
        type: "symbol",
        source: "names",
        filter: [">", ["get", "size"], ["step", ["zoom"], 60, 2, 30, 3, 6, 4, 1, 5, 0]] as unknown as FilterSpecification,
        layout: {
          "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-letter-spacing": 0.08,
          "text-max-width": 8, "symbol-sort-key": ["-", ["get", "size"]],
        },
        paint: { "text-color": tint.soft, "text-halo-color": tint.land, "text-halo-width": 1.5 },
      },
      {
        id: "town",
        type: "symbol",
        source: "towns",
        minzoom: 4,
        filter: [">", ["get", "people"], ["step", ["zoom"], 4e6, 5, 1e6, 6, 4e5, 7, 1e5]] as unknown as FilterSpecification,
        layout: {
          "icon-image": "town", "icon-allow-overlap": false, "text-optional": true, "text-field": ["get", "name"], "text-font": FONT,
          "text-size": 11, "text-anchor": "left", "text-offset": [0.5, 0], "symbol-sort-key": ["-", ["get", "people"]],
        },
        paint: { "text-color": tint.soft, "text-halo-color": tint.land, "text-halo-width": 1.5 },
      },
    ],
  };
}

// Uncertainty is hatched, as everywhere on the desk.
export function hatch(tint: Colours): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = HATCH;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(HATCH, HATCH);
  pen.strokeStyle = tint.accent;
  pen.lineWidth = 1.5;
  for (const from of [-HATCH, 0, HATCH]) {
    pen.beginPath();
    pen.moveTo(from - 1, HATCH + 1);
    pen.lineTo(from + HATCH + 1, -1);
    pen.stroke();
  }
  return pen.getImageData(0, 0, HATCH, HATCH);
}

// A town of the ground: a small open square, unlike any mark of an incident.
export function town(tint: Colours): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(8, 8);
  pen.strokeStyle = tint.soft;
  pen.lineWidth = 1.5;
  pen.strokeRect(1, 1, 6, 6);
  return pen.getImageData(0, 0, 8, 8);
}

// An area that is too small to be seen at this scale: hatched as it is, never a pin.
export function patch(tint: Colours): ImageData {
  const size = 40;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(size, size);
  pen.beginPath();
  pen.arc(size / 2, size / 2, size / 2 - 2, 0, 2 * Math.PI);
  pen.fillStyle = tint.paper;
  pen.globalAlpha = 0.6;
  pen.fill();
  pen.globalAlpha = 1;
  pen.save();
  pen.clip();
  pen.strokeStyle = tint.accent;
  pen.lineWidth = 2;
  for (let from = -size; from < size; from += 9) {
    pen.beginPath();
    pen.moveTo(from, size);
    pen.lineTo(from + size, 0);
    pen.stroke();
  }
  pen.restore();
  pen.setLineDash([5, 4]);
  pen.strokeStyle = tint.accent;
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.arc(size / 2, size / 2, size / 2 - 2, 0, 2 * Math.PI);
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}

// The zoom from which on so many kilometres are so many pixels.
export function zoomOf(kilometres: number, pixels: number, latitude: number): number {
  return Math.log2((pixels * 40_075 * Math.cos((latitude * Math.PI) / 180)) / (kilometres * 512));
}

// All that lies within so many kilometres of a point.
export function circle(at: Point, reach: number): GeoJSON.Polygon {
  const [lon, lat] = [(at[0] * Math.PI) / 180, (at[1] * Math.PI) / 180];
  const wide = reach / 6371;
  const ring: Point[] = [];
  for (let step = 0; step <= 72; step++) {
    const turn = (step / 72) * 2 * Math.PI;
    const y = Math.asin(Math.sin(lat) * Math.cos(wide) + Math.cos(lat) * Math.sin(wide) * Math.cos(turn));
    const x = lon + Math.atan2(
      Math.sin(turn) * Math.sin(wide) * Math.cos(lat),
      Math.cos(wide) - Math.sin(lat) * Math.sin(y),
    );
    ring.push([(x * 180) / Math.PI, (y * 180) / Math.PI]);
  }
  return { type: "Polygon", coordinates: [ring] };
}

export function able(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

export async function draw(container: HTMLElement, style: StyleSpecification): Promise<Drawn> {
  // Letters are drawn from these when they are there, so they are asked for before the first label is.
  await Promise.allSettled([
    document.fonts.load(`16px "${FONT[0]}"`, "aя"),
    document.fonts.load(`16px "${FONT[1]}"`, "ا"),
  ]);
  const map = new Drawn({
    container, style, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    center: [30, 30], zoom: 2, maxZoom: 12, fadeDuration: still.matches ? 0 : 150, renderWorldCopies: true,
    cooperativeGestures: false, localIdeographFontFamily: FONT.map((f) => `"${f}"`).join(","),
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  return new Promise((done, failed) => {
    map.on("style.load", () => { map.addImage("town", town(colours()), { pixelRatio: 2 }); });
    map.once("load", () => done(map));
    map.once("error", (event) => failed(event.error));
  });
}

export type { LayerSpecification, Point };
