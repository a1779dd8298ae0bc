import { useQueryClient } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useProtection } from "~/api/figures";
import { type Connection, Listener } from "~/api/live";
import { useRows } from "~/api/rows";
import { Ring } from "~/charts/Ring";
import { clock } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { attention, counted } from "~/screens/overview/standing";
import { useSignedIn } from "~/session";
import { ProtectionBadge } from "~/ui/Badge";
import { Answer } from "~/ui/States";

/** For a screen on a wall: readable from afar, nothing to touch, and honest about its own age. */
export default function Wall() {
  return useSignedIn() ? <Shown /> : <Navigate to="/sign-in" search={{ back: "/wall" } as never} />;
}

function Shown() {
  const t = useTranslate();
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>("connecting");
  const protection = useProtection();
  const runs = useRows("runs", { "state.in": "running", limit: 20 });
  useEffect(() => {
    document.title = `${t("wall.title")} · DumpStation`;
    const listener = new Listener(client, setConnection);
    return () => listener.stop();
  }, [client, t]);
  return (
    <main className="flex min-h-dvh flex-col gap-8 p-6 sm:p-12">
      <h1 className="sr-only">{t("wall.title")}</h1>
      <Answer of={protection}>
        {({ items }) => {
          const { good, all } = counted(items);
          const wanting = attention(items);
          return (
            <>
              <div className="flex flex-wrap items-center gap-8">
                <div className="[&_svg]:size-40">
                  <Ring slices={[{ tone: "ok", value: good }, { tone: "bad", value: all - good }]} />
                </div>
                <p className="text-4xl font-semibold tracking-tight sm:text-6xl">{t("overview.headline", { good, count: all })}</p>
              </div>
              <ul className="grid gap-3 md:grid-cols-2">
                {wanting.slice(0, 10).map((one) => (
                  <li key={one.database} className="card flex flex-wrap items-center gap-4 p-4 text-xl">
                    <ProtectionBadge state={one.protection} />
                    <span className="font-medium">{one.name}</span>
                    <span className="text-base text-muted">{one.reason}</span>
                  </li>
                ))}
              </ul>
              {wanting.length === 0 && <p className="text-2xl text-ok">{t("overview.no_attention")}</p>}
            </>
          );
        }}
      </Answer>
      <footer className="mt-auto flex flex-wrap justify-between gap-4 text-muted">
        <span>{t("wall.running", { count: runs.data?.items.length ?? 0 })}</span>
        <span>
          {t(`live.${connection}`)} · {t("wall.as_of", { time: protection.dataUpdatedAt ? clock(new Date(protection.dataUpdatedAt)) : "…" })}
        </span>
      </footer>
    </main>
  );
}
