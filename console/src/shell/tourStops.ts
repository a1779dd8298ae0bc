import { useSyncExternalStore } from "react";
import { prefer } from "~/preferences";

/** Where the tour goes; each place says what it is for. */
export const stops = [
  ["/", "tour.overview"],
  ["/databases", "tour.databases"],
  ["/plans", "tour.plans"],
  ["/backups", "tour.backups"],
  ["/proofs", "tour.proofs"],
  ["/notifications", "tour.notifications"],
  ["/help", "tour.help"],
] as const;

let at: number | undefined;
const listeners = new Set<() => void>();

/** To a stop; undefined ends the tour, which is then not offered again. */
export function goToStop(stop: number | undefined): void {
  if (stop === undefined) void prefer({ tour_seen: true });
  at = stop;
  for (const listener of listeners) listener();
}

export function useStop(): number | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => at,
  );
}
