// Who is signed in. The only module that knows how: everything else asks for headers and hears
// when it is over. The access token lives in this window's memory and for minutes; the refresh token
// is in a cookie that no script can read.
import { useSyncExternalStore } from "react";

interface Signed {
  token: string;
  expires: string;
}

/** No secret: that it is worth to ask the cookie. */
const place = "signed-in";
/** With which the server knows the console, and no page of another site can pretend to be it. */
export const consoleHeader = { "X-DumpStation-Console": "1" };
const listeners = new Set<() => void>();

let held: { token: string; until: number } | undefined;
let renewing: Promise<void> | undefined;

export function isSignedIn(): boolean {
  return localStorage.getItem(place) !== null;
}

/** What a request needs to be somebody's. */
export async function authorization(): Promise<Record<string, string>> {
  if (!isSignedIn()) return {};
  if (!held || Date.now() > held.until) await (renewing ??= renew().finally(() => (renewing = undefined)));
  return held ? { Authorization: `Bearer ${held.token}` } : {};
}

export function begin(signed: Signed): void {
  held = { token: signed.token, until: Date.now() + useFor(Date.parse(signed.expires) - Date.now()) };
  localStorage.setItem(place, "yes");
  tell();
}

export function end(): void {
  held = undefined;
  localStorage.removeItem(place);
  tell();
}

/** For how many milliseconds a token is used that lasts so long: with time to spare, and whatever
 *  this machine's clock says. */
export function useFor(life: number): number {
  const minute = 60_000;
  return Math.min(Math.max(life - minute, minute), 10 * minute);
}

async function renew(): Promise<void> {
  held = undefined;
  const response = await fetch("/api/v1/session/refresh", { method: "POST", headers: consoleHeader });
  if (response.ok) begin((await response.json()) as Signed);
  else if (response.status === 401) end();
  else throw new Error(String(response.status));
}

/** Calls back whenever somebody may have come or gone, in this window or another. */
export function onChange(listener: () => void): () => void {
  return subscribe(listener);
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
  return useSyncExternalStore(subscribe, isSignedIn);
}
