import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "~/api/client";
import { clock } from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";

const tones: Record<string, string> = { warning: "text-warn", error: "text-bad" };

/** What the run said, growing while it goes on. Searched here: it is at most 500 lines. */
export function RunLog({ id, going }: { id: string; going: boolean }) {
  const t = useTranslate();
  const [wanted, setWanted] = useState("");
  const end = useRef<HTMLDivElement>(null);
  const log = useQuery({
    queryKey: ["runs", "log", id],
    queryFn: () => answer(api.GET("/api/v1/runs/{id}/log", { params: { path: { id }, query: { limit: "500" } } })),
    refetchInterval: going ? 2000 : false,
  });
  const lines = log.data?.items.length ?? 0;
  useEffect(() => {
    if (going && lines > 0) end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [going, lines]);
  return (
    <Card
      title={t("run.log")}
      acts={<input type="search" aria-label={t("run.log_search")} placeholder={t("run.log_search")} value={wanted} onChange={(event) => setWanted(event.target.value)} className="control w-44! min-h-8!" />}
    >
      <Answer of={log}>
        {({ items }) => {
          const shown = items.filter((line) => line.text.toLowerCase().includes(wanted.toLowerCase()));
          return (
            <div ref={end} tabIndex={0} role="log" aria-label={t("run.log")} className="max-h-[60vh] overflow-y-auto p-4 font-mono text-xs leading-relaxed">
              {shown.length === 0 && <p className="font-sans text-muted">{items.length === 0 ? t("run.log_empty") : t("list.no_hit")}</p>}
              {shown.map((line) => (
                <div key={line.id} className="flex gap-3">
                  <time dateTime={line.created} className="flex-none text-muted">{clock(line.created)}</time>
                  <span className={`min-w-0 break-words ${tones[line.level] ?? ""}`}>{line.text}</span>
                </div>
              ))}
            </div>
          );
        }}
      </Answer>
    </Card>
  );
}
