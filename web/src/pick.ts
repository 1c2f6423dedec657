// The position of a place by a click on a map; the fields of the form stay what counts.
import { Marker, NavigationControl } from "maplibre-gl";
import { able, colours, draw, ground, still, under } from "./basemap";

export async function pick(container: HTMLElement): Promise<void> {
  const latitude = document.querySelector<HTMLInputElement>("[data-latitude]");
  const longitude = document.querySelector<HTMLInputElement>("[data-longitude]");
  if (!able() || !latitude || !longitude) return;
  container.hidden = false;
  try {
    const map = await draw(container, ground(await under(container), colours()));
    map.addControl(new NavigationControl({ showCompass: false }), "top-left");
    const marker = new Marker({ color: colours().accent });
    const at = (): [number, number] | undefined => {
      const [y, x] = [latitude, longitude].map((field) => (field.value.trim() ? Number(field.value) : NaN)) as [number, number];
      return Math.abs(y) <= 90 && Math.abs(x) <= 180 ? [x, y] : undefined;
    };
    const follow = (moving: boolean): void => {
      const there = at();
      if (!there) { marker.remove(); return; }
      marker.setLngLat(there).addTo(map);
      if (moving) map.easeTo({ center: there, zoom: Math.max(map.getZoom(), 5), animate: !still.matches });
    };
    map.on("click", (event) => {
      const { lat, lng } = event.lngLat.wrap();
      latitude.value = lat.toFixed(4);
      longitude.value = lng.toFixed(4);
      follow(false);
    });
    for (const field of [latitude, longitude]) field.addEventListener("input", () => follow(true));
    const near = container.dataset["near"]?.split(",").map(Number);
    if (at()) follow(true);
    else if (near?.length === 2) map.jumpTo({ center: [near[1] as number, near[0] as number], zoom: 5 });
    container.dataset["drawn"] = "";
  } catch (error) {
    container.hidden = true;
    console.warn(error);
  }
}
