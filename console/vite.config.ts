/// <reference types="vitest/config" />
import path from "node:path";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.DUMPSTATION_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [
    react(),
    tailwind(),
    { ...optimizeLocales.vite({ locales: ["en-US", "de-DE", "fr-FR", "es-ES", "ar-AE"] }), enforce: "pre" },
  ],
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "src") } },
  // Nothing inline: the policy of the page allows neither data: scripts nor data: fonts.
  build: { manifest: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  test: { include: ["src/**/*.test.ts"], setupFiles: ["src/testing/browser.ts"] },
  server: { proxy: { "/api": { target: server } } },
});
