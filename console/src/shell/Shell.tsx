import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense, lazy, useEffect, useState } from "react";
import { type Connection, Listener } from "~/api/live";
import { useTranslate } from "~/i18n/runtime";
import { Waiting } from "~/ui/States";
import { SideBar } from "./SideBar";
import { TopBar } from "./TopBar";
import { places } from "./navigation";
import { useShortcuts } from "./shortcuts";

const Palette = lazy(() => import("./Palette"));

/** Around every screen of who is signed in. */
export function Shell() {
  const t = useTranslate();
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
