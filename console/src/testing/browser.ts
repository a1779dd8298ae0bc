// The little of a browser that modules touch while they are loaded.
import { vi } from "vitest";

const kept = new Map<string, string>();
vi.stubGlobal("location", { origin: "http://console.test" });
vi.stubGlobal("navigator", { languages: ["en-US"] });
vi.stubGlobal("localStorage", {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
});
