// The resources that are listed, shown, added, changed and removed in the same way.
import { type QueryClient, keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Schemas, answer, api } from "./client";

export interface Rows {
  servers: Schemas["Server"];
  databases: Schemas["Database"];
  stores: Schemas["Store"];
  keys: Schemas["Key"];
  plans: Schemas["Plan"];
  channels: Schemas["Channel"];
  backups: Schemas["Backup"];
  copies: Schemas["Copy"];
  replacements: Schemas["Replacement"];
  runs: Schemas["Run"];
  deliveries: Schemas["Delivery"];
  notifications: Schemas["Notification"];
  tokens: Schemas["Token"];
  members: Schemas["User"];
  invitations: Schemas["Invitation"];
  audit: Schemas["AuditRow"];
}
export type Kind = keyof Rows;
export interface Page<T> {
  items: T[];
  next?: string;
}
export type ListOptions = Record<string, string | number | undefined>;

/** Rows of one kind are all alike to the client: their paths differ by one word. */
const list = (kind: Kind) => `/api/v1/${kind}` as "/api/v1/servers";
const one = (kind: Kind) => `/api/v1/${kind}/{id}` as "/api/v1/servers/{id}";
const versioned = (version?: number) => (version === undefined ? {} : { "If-Match": `"${version}"` });

export function fetchPage<K extends Kind>(kind: K, query: ListOptions): Promise<Page<Rows[K]>> {
  return answer(api.GET(list(kind), { params: { query: query as never } })) as unknown as Promise<Page<Rows[K]>>;
}

export function useRows<K extends Kind>(kind: K, query: ListOptions = {}, enabled = true) {
  return useQuery({
    queryKey: [kind, "list", query],
    queryFn: () => fetchPage(kind, query),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useRow<K extends Kind>(kind: K, id: string | undefined) {
  return useQuery({
    queryKey: [kind, "row", id],
    queryFn: () =>
      answer(api.GET(one(kind), { params: { path: { id: id as string } } })) as unknown as Promise<Rows[K]>,
    enabled: Boolean(id),
  });
}

/** Rows by id, for the names behind ids. */
export function useById<K extends Kind>(kind: K): Map<string, Rows[K]> {
  const { data } = useRows(kind, { limit: 500 });
  return new Map((data?.items ?? []).map((row) => [row.id, row]));
}

/** Adds a row, or changes the one that is given; the version keeps two people apart. */
export async function saveRow<K extends Kind>(kind: K, body: object, old?: Rows[K]): Promise<Rows[K]> {
  const written = old
    ? api.PATCH(one(kind), {
        params: { path: { id: old.id }, header: versioned("version" in old ? old.version : undefined) as never },
        body: body as never,
      })
    : api.POST(list(kind), { body: body as never });
  return answer(written) as unknown as Promise<Rows[K]>;
}

export async function removeRow(kind: Kind, id: string): Promise<void> {
  await answer(api.DELETE(one(kind), { params: { path: { id } } }));
}

/** Reads again whatever could show rows of these kinds. */
export function refresh(client: QueryClient, ...kinds: string[]): void {
  for (const kind of kinds) void client.invalidateQueries({ queryKey: [kind] });
}

/** An act, after which rows of these kinds are read again. */
export function useAct<A, R>(act: (given: A) => Promise<R>, ...kinds: string[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => refresh(client, ...kinds) });
}
