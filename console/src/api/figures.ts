// What the server counts for us.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";

export const useProtection = () =>
  useQuery({ queryKey: ["protection"], queryFn: () => answer(api.GET("/api/v1/protection")) });

export const useStatistics = () =>
  useQuery({ queryKey: ["statistics"], queryFn: () => answer(api.GET("/api/v1/statistics")) });

const day = 86_400_000;

/** The last 30 days. */
export const useHistory = () =>
  useQuery({
    queryKey: ["history"],
    queryFn: () => {
      const from = new Date(Date.now() - 29 * day).toISOString().slice(0, 10);
      const to = new Date().toISOString().slice(0, 10);
      return answer(api.GET("/api/v1/statistics/history", { params: { query: { from, to } } }));
    },
  });

export const useWhoAmI = () =>
  useQuery({ queryKey: ["session"], queryFn: () => answer(api.GET("/api/v1/session")), staleTime: 60_000 });

export const useProfile = () =>
  useQuery({ queryKey: ["profile"], queryFn: () => answer(api.GET("/api/v1/profile")), staleTime: 60_000 });

export const useUnread = () =>
  useQuery({ queryKey: ["unread"], queryFn: () => answer(api.GET("/api/v1/unread-notifications")) });

export const useSettings = () =>
  useQuery({ queryKey: ["settings"], queryFn: () => answer(api.GET("/api/v1/settings")) });
