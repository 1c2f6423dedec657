// What the pages of the desk load: every file bears its digest in its name, and a manifest says which is which.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "../src/tollbook/desk/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    // Inlined files would be data: addresses, which the desk's policy does not allow for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      // One entry a kind of page; main.ts is on every page.
      input: ["src/main.ts", "src/incident.ts", "src/report.ts", "src/queue.ts", "src/map.ts"],
    },
  },
  worker: { format: "es" },
});
