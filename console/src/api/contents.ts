import { useQuery } from "@tanstack/react-query";
import { type Schemas, answer, api } from "./client";

/** The tables in a backup, by its own facts, which never change. */
export const useContents = (backup: string, enabled: boolean) =>
  useQuery({
    queryKey: ["contents", backup],
    queryFn: () => answer(api.GET("/api/v1/backups/{id}/contents", { params: { path: { id: backup } } })),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

export type Table = Schemas["HeldTable"];
export const nameOf = (table: Table): string => `${table.schema}.${table.name}`;
