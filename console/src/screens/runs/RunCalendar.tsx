import { useQuery } from "@tanstack/react-query";
import { answer, api } from "~/api/client";
import { Calendar } from "~/charts/Calendar";
import { useTranslate } from "~/i18n/runtime";
import { toneOf } from "~/screens/overview/standing";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";

const day = 86_400_000;
const length = 26 * 7; // days: half a year

/** Half a year of backups: a day on which something failed is seen at once. */
export function RunCalendar() {
  const t = useTranslate();
  const to = new Date().toISOString().slice(0, 10);
  const from = new Date(Date.parse(to) - (length - 1) * day).toISOString().slice(0, 10);
  const history = useQuery({
    queryKey: ["history", from, to],
    queryFn: () => answer(api.GET("/api/v1/statistics/history", { params: { query: { from, to } } })),
  });
  return (
    <Card title={t("calendar.backups")} className="mb-4">
      <div className="p-4">
        <Answer of={history} rows={3}>
          {({ days }) => (
            <Calendar
              name={t("calendar.backups")}
              first={from}
              last={to}
              none="nothing"
              days={new Map(days.filter((one) => Object.keys(one.runs).length > 0).map((one) => [one.day, toneOf(one.runs) ?? "nothing"]))}
              kinds={{
                ok: { tone: "ok", full: 1, words: t("calendar.good") },
                warn: { tone: "warn", full: 0.6, words: t("calendar.some") },
                bad: { tone: "bad", full: 0.4, words: t("calendar.bad") },
                nothing: { tone: "idle", full: 0, words: t("calendar.nothing") },
              }}
            />
          )}
        </Answer>
      </div>
    </Card>
  );
}
