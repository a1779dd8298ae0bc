// Who is signed in. The only module that knows how: everything else asks for headers and hears
// when it is over.
import { useSyncExternalStore } from "react";

const place = "session";
const listeners = new Set<() => void>();

export function token(): string | null {
  return localStorage.getItem(place);
}

/** What a request needs to be somebody's. */
export function authorization(): Record<string, string> {
  const held = token();
  return held ? { Authorization: `Bearer ${held}` } : {};
}

export function begin(newToken: string): void {
  localStorage.setItem(place, newToken);
  tell();
}

export function end(): void {
  localStorage.removeItem(place);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another window that signs out ends this one too.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useSignedIn(): boolean {
  return useSyncExternalStore(subscribe, () => token() !== null);
}
