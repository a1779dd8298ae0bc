// What the overview's figures are, counted from what the server says.
import type { Schemas } from "~/api/client";

export type Standing = Schemas["ProtectedDatabase"];

const order = ["unprotected", "at_risk"];

/** Whom the headline counts: a paused database is not meant to be protected now. */
export function counted(databases: Standing[]): { good: number; all: number } {
  const active = databases.filter((one) => one.protection !== "paused");
  return { good: active.filter((one) => one.protection === "protected").length, all: active.length };
}

/** What needs somebody, worst first. */
export function attention(databases: Standing[]): Standing[] {
  return databases
    .filter((one) => order.includes(one.protection))
    .sort((a, b) => order.indexOf(a.protection) - order.indexOf(b.protection) || a.name.localeCompare(b.name));
}

/** The database whose newest good backup is the oldest; one that has none is worse than any. */
export function oldestPoint(databases: Standing[]): Standing | undefined {
  const active = databases.filter((one) => one.protection !== "paused");
  return active.reduce<Standing | undefined>((worst, one) => (!worst || one.last_good < worst.last_good ? one : worst), undefined);
}

/** How many of the runs that ended did so well. */
export function share(days: Record<string, number>[]): { good: number; all: number } {
  const sum = { good: 0, all: 0 };
  for (const day of days) {
    for (const [state, runs] of Object.entries(day)) {
      if (state === "cancelled") continue;
      sum.all += runs;
      if (state === "succeeded") sum.good += runs;
    }
  }
  return sum;
}

/** A day is as good as its worst run. */
export function toneOf(runs: Record<string, number>): "ok" | "warn" | "bad" {
  if ((runs.failed ?? 0) > 0) return "bad";
  return (runs.partly ?? 0) + (runs.interrupted ?? 0) > 0 ? "warn" : "ok";
}
