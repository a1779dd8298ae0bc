const enough = 7; // days of growth before we dare to say anything
const far = 730; // days; beyond that nobody knows

/** In how many days a store is full if it goes on growing as it did; nothing where that is not known. */
export function daysToFull(course: number[], cap: number): number | undefined {
  const begun = course.findIndex((value) => value > 0);
  const seen = begun < 0 ? [] : course.slice(begun);
  const first = seen[0] ?? 0;
  const last = seen.at(-1) ?? 0;
  if (cap === 0 || seen.length < enough || last <= first) return undefined;
  if (last >= cap) return 0;
  const perDay = (last - first) / (seen.length - 1);
  const days = Math.ceil((cap - last) / perDay);
  return days > far ? undefined : days;
}
