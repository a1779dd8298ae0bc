import { useQuery } from "@tanstack/react-query";
import { type Schemas, answer, api } from "~/api/client";
import { type Rows, useById } from "~/api/rows";
import { Calendar } from "~/charts/Calendar";
import { dayOf } from "~/charts/weeks";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { RowTable } from "~/lists/RowTable";
import { Badge } from "~/ui/Badge";
import { Moment } from "~/ui/Moment";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";

type Fate = Schemas["Fate"];

/** Each day: whether a backup of it stays. */
export function fatesByDay(copies: Pick<Fate, "taken" | "keep">[]): Map<string, "stays" | "goes"> {
  const days = new Map<string, "stays" | "goes">();
  for (const copy of [...copies].sort((a, b) => a.taken.localeCompare(b.taken))) {
    const date = dayOf(copy.taken);
    if (copy.keep || !days.has(date)) days.set(date, copy.keep ? "stays" : "goes");
  }
  return days;
}

const least = 83 * 86_400_000; // milliseconds: twelve weeks are shown at least

function Fates({ copies }: { copies: Fate[] }) {
  const t = useTranslate();
  const days = fatesByDay(copies);
  const last = new Date().toISOString().slice(0, 10);
  const [oldest = last] = days.keys();
  const weeksAgo = new Date(Date.parse(last) - least).toISOString().slice(0, 10);
  return (
    <div className="border-b border-line p-4">
      <Calendar
        name={t("retention.preview")}
        days={days}
        first={oldest < weeksAgo ? oldest : weeksAgo}
        last={last}
        none="none"
        kinds={{
          stays: { tone: "ok", full: 1, words: t("calendar.stays") },
          goes: { tone: "warn", full: 0.5, words: t("calendar.goes") },
          none: { tone: "idle", full: 0, words: t("calendar.none") },
        }}
      />
    </div>
  );
}

/** What would stay and what would go now, and why. */
export function RetentionPreview({ plan }: { plan: Rows["plans"] }) {
  const t = useTranslate();
  const stores = useById("stores");
  const preview = useQuery({
    queryKey: ["backups", "retention", plan.id, plan.version],
    queryFn: () => answer(api.POST("/api/v1/plans/{id}/retention-preview", { params: { path: { id: plan.id } }, body: {} })),
  });
  return (
    <Card title={t("retention.preview")}>
      <Answer of={preview} rows={3}>
        {({ copies, freed_bytes, held }) => {
          const going = copies.filter((copy) => !copy.keep).length;
          return (
            <>
              <p className="border-b border-line p-4 text-muted">
                {going === 0 ? t("retention.nothing_goes", { count: copies.length }) : t("retention.goes", { count: going, size: formats.bytes(freed_bytes) })}
              </p>
              {held.map((reason) => (
                <p key={reason} className="border-b border-line bg-warn-soft p-4 text-warn">
                  {reason}
                </p>
              ))}
              {copies.length > 0 && <Fates copies={copies} />}
              {copies.length > 0 && (
                <div className="max-h-96 overflow-y-auto" tabIndex={0} role="region" aria-label={t("retention.preview")}>
                  <RowTable
                    name={t("retention.preview")}
                    rows={copies.map((copy) => ({ ...copy, id: `${copy.backup}-${copy.store}` }))}
                    columns={[
                      { id: "name", label: t("column.name"), main: true, cell: (row) => <span className="font-mono text-[13px]">{row.name}</span> },
                      { id: "keep", label: t("column.state"), corner: true, cell: (row) => (row.keep ? <Badge tone="ok">{t("retention.stays")}</Badge> : <Badge tone="warn">{t("retention.leaves")}</Badge>) },
                      { id: "store", label: t("column.store"), cell: (row) => stores.get(row.store)?.name ?? formats.none },
                      { id: "taken", label: t("column.taken"), cell: (row) => <Moment at={row.taken} /> },
                      { id: "why", wrap: true, label: t("column.why"), cell: (row) => <span className="text-xs text-muted">{row.reasons.join(", ")}</span> },
                    ]}
                  />
                </div>
              )}
            </>
          );
        }}
      </Answer>
    </Card>
  );
}
