import { Navigate, createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readSearch } from "~/lists/search";
import * as session from "~/session";
import { Lost } from "~/shell/Lost";
import { SessionGate } from "~/shell/SessionGate";

const root = createRootRoute({ validateSearch: readSearch, notFoundComponent: () => <Navigate to="/" /> });

const door = <const P extends string>(path: P, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: SessionGate,
  beforeLoad: ({ location }) => {
    if (!session.isSignedIn()) throw redirect({ to: "/sign-in", search: { back: location.href } as never });
  },
});

const screen = <const P extends string>(path: P, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load) });

const screens = [
  screen("/", () => import("~/screens/overview/Overview")),
  screen("/databases", () => import("~/screens/databases/Databases")),
  screen("/databases/$id", () => import("~/screens/databases/Database")),
  screen("/servers", () => import("~/screens/servers/Servers")),
  screen("/servers/$id", () => import("~/screens/servers/Server")),
  screen("/plans", () => import("~/screens/plans/Plans")),
  screen("/plans/$id", () => import("~/screens/plans/Plan")),
  screen("/backups", () => import("~/screens/backups/Backups")),
  screen("/backups/$id", () => import("~/screens/backups/Backup")),
  screen("/stores", () => import("~/screens/stores/Stores")),
  screen("/stores/$id", () => import("~/screens/stores/Store")),
  screen("/restore", () => import("~/screens/restore/Restore")),
  screen("/proofs", () => import("~/screens/proofs/Proofs")),
  screen("/runs", () => import("~/screens/runs/Runs")),
  screen("/runs/$id", () => import("~/screens/runs/Run")),
  screen("/notifications", () => import("~/screens/notifications/Notifications")),
  screen("/keys", () => import("~/screens/keys/Keys")),
  screen("/members", () => import("~/screens/members/Members")),
  screen("/audit", () => import("~/screens/audit/Audit")),
  screen("/profile", () => import("~/screens/profile/Profile")),
  screen("/tokens", () => import("~/screens/tokens/Tokens")),
  screen("/settings", () => import("~/screens/settings/Settings")),
  screen("/help", () => import("~/screens/help/Help")),
  screen("/start", () => import("~/screens/start/Start")),
] as const;

const doors = [
  door("/setup", () => import("~/screens/door/Setup")),
  door("/sign-in", () => import("~/screens/door/SignIn")),
  door("/invitation", () => import("~/screens/door/Invitation")),
  door("/wall", () => import("~/screens/wall/Wall")),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([inside.addChildren(screens), ...doors]),
  defaultPreload: "intent",
  defaultErrorComponent: Lost,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
