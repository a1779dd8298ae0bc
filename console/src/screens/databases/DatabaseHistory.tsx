import { useQuery } from "@tanstack/react-query";
import { answer, api } from "~/api/client";
import { DayBars } from "~/charts/DayBars";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";

/** How large a database's backups became, and how long they took. */
export function DatabaseHistory({ id }: { id: string }) {
  const t = useTranslate();
  const history = useQuery({
    queryKey: ["history", "database", id],
    queryFn: () => answer(api.GET("/api/v1/databases/{id}/history", { params: { path: { id } } })),
  });
  return (
    <Card title={t("database.history")}>
      <Answer of={history} rows={2}>
        {({ days }) => (
          <div className="grid gap-6 p-4 md:grid-cols-2">
            <div>
              <h3 className="mb-2 text-xs text-muted">{t("column.size")}</h3>
              <DayBars name={t("column.size")} value={t("column.size")} bars={days.map((one) => ({ day: one.begins, value: one.plain_bytes, text: formats.bytes(one.plain_bytes) }))} />
            </div>
            <div>
              <h3 className="mb-2 text-xs text-muted">{t("column.took")}</h3>
              <DayBars name={t("column.took")} value={t("column.took")} bars={days.map((one) => ({ day: one.begins, value: one.seconds_max, text: one.backups ? formats.duration(one.seconds_max) : formats.none }))} />
            </div>
          </div>
        )}
      </Answer>
    </Card>
  );
}
