import type { ReactNode } from "react";
import type { Schemas } from "~/api/client";
import { DayBars } from "~/charts/DayBars";
import { Ring } from "~/charts/Ring";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { type Standing, counted, oldestPoint, share, toneOf } from "./standing";

interface Props {
  databases: Standing[];
  statistics?: Schemas["Statistics"];
  history?: Schemas["History"];
}

export function Headline({ databases, statistics, history }: Props) {
  const t = useTranslate();
  const { good, all } = counted(databases);
  const oldest = oldestPoint(databases);
  const days = history?.days ?? [];
  const proofs = share(days.map((one) => one.proofs));
  const backups = share(days.map((one) => one.runs));
  const amount = (state: string) => databases.filter((one) => one.protection === state).length;
  return (
    <section className="card overflow-hidden">
      <div className="flex flex-wrap items-center gap-5 p-5">
        <Ring
          slices={[
            { tone: "ok", value: amount("protected") },
            { tone: "warn", value: amount("at_risk") },
            { tone: "bad", value: amount("unprotected") },
            { tone: "idle", value: amount("paused") },
          ]}
        />
        <div className="min-w-52 flex-1">
          <h2 className="text-2xl font-semibold tracking-tight">{t("overview.headline", { good, count: all })}</h2>
          <p className="mt-1 max-w-2xl text-muted">{t("overview.meaning")}</p>
        </div>
        <div className="w-full sm:w-72">
          <h3 className="mb-1 text-xs text-muted">{t("overview.days")}</h3>
          <DayBars
            small
            name={t("overview.days")}
            value={t("nav.backups")}
            bars={days.map((one) => ({ day: one.begins, value: one.backups || (toneOf(one.runs) === "bad" ? 0.4 : 0), text: formats.count(one.backups), tone: toneOf(one.runs) }))}
          />
        </div>
      </div>
      <dl className="grid grid-cols-2 border-t border-line max-lg:[&>*:nth-child(n+3)]:border-t lg:grid-cols-4">
        <Figure name={t("overview.oldest_point")} value={oldest?.last_good ? formats.duration((Date.now() - Date.parse(oldest.last_good)) / 1000) : t("overview.never")} about={oldest?.name ?? ""} bad={!oldest?.last_good} />
        <Figure name={t("overview.proofs_30")} value={proofs.all ? formats.percent(proofs.good / proofs.all) : t("overview.unknown")} about={t("overview.good_of", { good: proofs.good, count: proofs.all })} bad={proofs.good < proofs.all} warn={proofs.all === 0} />
        <Figure name={t("overview.backups_30")} value={backups.all ? formats.percent(backups.good / backups.all) : t("overview.unknown")} about={t("overview.good_of", { good: backups.good, count: backups.all })} bad={backups.good < backups.all} />
        <Figure name={t("overview.stored")} value={formats.bytes(statistics?.stored_bytes ?? 0)} about={t("overview.in_stores", { count: statistics?.stores.length ?? 0 })} />
      </dl>
    </section>
  );
}

function Figure({ name, value, about, bad, warn }: { name: string; value: string; about: ReactNode; bad?: boolean; warn?: boolean }) {
  return (
    <div className="border-line px-4 py-3.5 not-first:border-s max-lg:nth-[3]:border-s-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className={`my-0.5 text-xl font-semibold ${bad ? "text-bad" : warn ? "text-warn" : ""}`}>{value}</dd>
      <dd className="truncate text-xs text-muted">{about}</dd>
    </div>
  );
}
