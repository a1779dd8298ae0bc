import { useHistory } from "~/api/figures";
import { Course } from "~/charts/Course";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Card } from "~/ui/Page";
import { expected } from "./forecast";

const day = 86_400_000;
const ahead = 30; // days
const most = 5; // stores that a chart can still show apart

/** What lies in each store, day by day, and in a month if it goes on so. */
export function StoresCourse() {
  const t = useTranslate();
  const history = useHistory().data;
  const days = history?.days ?? [];
  const last = days.at(-1);
  const stores = [...(history?.stores ?? [])].sort((a, b) => (b.stored_bytes.at(-1) ?? 0) - (a.stored_bytes.at(-1) ?? 0)).slice(0, most);
  if (!last || stores.length === 0) return null;
  const series = stores.map((one) => ({ id: one.store, name: one.name, values: one.stored_bytes, ahead: expected(one.stored_bytes, ahead) }));
  const coming = Array.from({ length: ahead }, (_, at) => new Date(Date.parse(last.begins) + (at + 1) * day).toISOString());
  const known = series.filter((one) => one.ahead);
  return (
    <Card title={t("stores.course")} className="mb-4">
      <div className="p-4">
        <Course name={t("stores.course")} days={days.map((one) => one.begins)} ahead={known.length > 0 ? coming : []} series={series} write={formats.bytes} />
        {known.length > 0 && (
          <p className="mt-2 text-muted">
            {t("stores.forecast_note")} {t("stores.forecast_day")}: {known.map((one) => `${one.name} ${formats.bytes(one.ahead?.at(-1) ?? 0)}`).join(", ")}
          </p>
        )}
      </div>
    </Card>
  );
}
