const day = 86_400_000;

/** A day as the calendar counts it: "2026-11-23". */
export const dayOf = (moment: string): string => moment.slice(0, 10);

/** The weeks, from Monday, that hold all days between two; the days outside are empty. */
export function weeksBetween(first: string, last: string): string[][] {
  const from = Date.parse(`${first}T00:00:00Z`);
  const to = Date.parse(`${last}T00:00:00Z`);
  const monday = from - ((new Date(from).getUTCDay() + 6) % 7) * day;
  const weeks: string[][] = [];
  for (let week = monday; week <= to; week += 7 * day) {
    weeks.push(Array.from({ length: 7 }, (_, at) => week + at * day).map((one) => (one < from || one > to ? "" : new Date(one).toISOString().slice(0, 10))));
  }
  return weeks;
}
