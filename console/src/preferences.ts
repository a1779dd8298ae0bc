// What somebody chose follows them from browser to browser: kept by the server, and here for the
// moment before it answers.
import { useEffect } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "~/api/client";
import { type Language, chooseLanguage, language, languages } from "~/i18n/runtime";
import * as session from "~/session";
import { setSingleKeys, singleKeysOn } from "~/shell/shortcuts";
import { type Theme, chooseTheme, chosenTheme, themes } from "~/shell/theme";

export interface Preferences {
  language?: Language;
  theme?: Theme;
  single_keys?: boolean;
  tour_seen?: boolean;
}

const listeners = new Set<(change: Preferences) => void>();

export async function prefer(change: Preferences): Promise<void> {
  for (const listener of listeners) listener(change);
  await apply(change);
  if (session.isSignedIn()) await answer(api.PATCH("/api/v1/preferences", { body: change as Record<string, never> })).catch(() => undefined);
}

export const usePreferences = () =>
  useQuery({
    queryKey: ["preferences"],
    queryFn: async () => (await answer(api.GET("/api/v1/preferences"))) as Preferences,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Takes over what was chosen elsewhere. */
export function useKeptPreferences(): void {
  const { data } = usePreferences();
  const client = useQueryClient();
  useEffect(() => {
    const keep = (change: Preferences) => client.setQueryData<Preferences>(["preferences"], (old) => ({ ...old, ...change }));
    listeners.add(keep);
    return () => void listeners.delete(keep);
  }, [client]);
  useEffect(() => {
    if (data) void apply(data);
  }, [data]);
}

async function apply({ language: wanted, theme, single_keys }: Preferences): Promise<void> {
  if (theme && themes.includes(theme) && theme !== chosenTheme()) chooseTheme(theme);
  if (single_keys !== undefined && single_keys !== singleKeysOn()) setSingleKeys(single_keys);
  if (wanted && wanted in languages && wanted !== language()) await chooseLanguage(wanted);
}
