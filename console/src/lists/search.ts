import { useNavigate, useSearch } from "@tanstack/react-router";

/** What stands behind the question mark of an address. Everything a list shows follows from it. */
export type Search = Record<string, string>;

export function readSearch(raw: Record<string, unknown>): Search {
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => typeof value === "string" || typeof value === "number")
      .map(([name, value]) => [name, String(value)])
      .filter(([, value]) => value !== ""),
  );
}

/** A change of what is looked for begins at the first page again. */
export function changed(search: Search, change: Record<string, string | undefined>): Search {
  const { cursor: _, ...kept } = search;
  const next = { ...("cursor" in change ? search : kept), ...change };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as Search;
}

export function useListSearch() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = (to: Record<string, string | undefined>, replace = false) =>
    void navigate({ to: ".", search: changed(search, to) as never, replace });
  return { search, change };
}

export function nextSort(current: string | undefined, column: string): string {
  return current === `-${column}` ? column : `-${column}`;
}
