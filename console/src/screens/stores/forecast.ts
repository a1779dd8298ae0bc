const enough = 7; // days of growth before we dare to say anything
const far = 730; // days; beyond that nobody knows

/** By how much a store grew each day since it holds something; nothing where that is not known. */
function growth(course: number[]): number | undefined {
  const begun = course.findIndex((value) => value > 0);
  const seen = begun < 0 ? [] : course.slice(begun);
  const grown = (seen.at(-1) ?? 0) - (seen[0] ?? 0);
  return seen.length < enough || grown <= 0 ? undefined : grown / (seen.length - 1);
}

/** In how many days a store is full if it goes on growing as it did; nothing where that is not known. */
export function daysToFull(course: number[], cap: number): number | undefined {
  const perDay = growth(course);
  if (cap === 0 || perDay === undefined) return undefined;
  const days = Math.max(0, Math.ceil((cap - (course.at(-1) ?? 0)) / perDay));
  return days > far ? undefined : days;
}

/** What it holds on each of the coming days if it goes on so. */
export function expected(course: number[], days: number): number[] | undefined {
  const perDay = growth(course);
  const last = course.at(-1) ?? 0;
  return perDay === undefined ? undefined : Array.from({ length: days }, (_, at) => last + (at + 1) * perDay);
}
