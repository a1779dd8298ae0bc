import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense, lazy, useEffect, useState } from "react";
import { useWhoAmI } from "~/api/figures";
import { type Connection, Listener } from "~/api/live";
import { useTranslate } from "~/i18n/runtime";
import { useKeptPreferences } from "~/preferences";
import { HeldRight, allows } from "~/rights";
import { Waiting } from "~/ui/States";
import { SideBar } from "./SideBar";
import { TopBar } from "./TopBar";
import { usePlaces } from "./navigation";
import { useShortcuts } from "./shortcuts";
import { useStop } from "./tourStops";

const Tour = lazy(() => import("./Tour"));
const Palette = lazy(() => import("./Palette"));

/** Around every screen of who is signed in: what they may do is known before anything is offered. */
export function Shell() {
  const { data } = useWhoAmI();
  useKeptPreferences();
  return (
    <HeldRight value={data?.scope ?? ""}>
      <Frame isIncomplete={data !== undefined && !allows(data.scope, "read")} />
    </HeldRight>
  );
}

function Frame({ isIncomplete }: { isIncomplete: boolean }) {
  const t = useTranslate();
  const places = usePlaces();
  const stop = useStop();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [connection, setConnection] = useState<Connection>("connecting");
  const [palette, setPalette] = useState(false);
  const [drawer, setDrawer] = useState(false);

  useEffect(() => {
    const listener = new Listener(client, setConnection);
    return () => listener.stop();
  }, [client]);
  useEffect(() => setDrawer(false), [path]);
  // Whoever still needs a second factor can do nothing else first.
  useEffect(() => {
    if (isIncomplete && path !== "/profile") void navigate({ to: "/profile" });
  }, [isIncomplete, path, navigate]);
  usePaletteKey(() => setPalette(true));
  const go = (to: string) => () => void navigate({ to });
  useShortcuts({
    "?": go("/help"),
    ...Object.fromEntries(places.filter((place) => place.key).map((place) => [`g ${place.key}`, go(place.to)])),
  });

  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] lg:grid-cols-[232px_minmax(0,1fr)]">
      <a href="#main" className="fixed start-3 top-3 z-50 rounded-md bg-brand px-4 py-2 text-brand-ink not-focus:-translate-y-20">
        {t("shell.skip")}
      </a>
      <SideBar open={drawer} onClose={() => setDrawer(false)} />
      <div className="flex min-w-0 flex-col">
        <TopBar connection={connection} openPalette={() => setPalette(true)} openDrawer={() => setDrawer(true)} />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {stop !== undefined && (
        <Suspense>
          <Tour at={stop} />
        </Suspense>
      )}
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}

function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "k") return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}
