import { Link } from "@tanstack/react-router";
import type { Schemas } from "~/api/client";
import { Spark } from "~/charts/Spark";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Card } from "~/ui/Page";

export function Storage({ statistics, history }: { statistics?: Schemas["Statistics"]; history?: Schemas["History"] }) {
  const t = useTranslate();
  const stores = statistics?.stores ?? [];
  return (
    <Card title={t("overview.stored")}>
      {stores.length === 0 && <p className="p-4 text-muted">{t("stores.empty")}</p>}
      <ul>
        {stores.map((store) => (
          <li key={store.store} className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5 last:border-0">
            <div className="min-w-0">
              <Link to="/stores/$id" params={{ id: store.store }} className="block truncate font-medium hover:underline">
                {store.name}
              </Link>
              <span className="text-xs text-muted">
                {formats.bytes(store.stored_bytes)}
                {store.bytes_max > 0 && ` · ${formats.percent(store.stored_bytes / store.bytes_max)}`}
              </span>
            </div>
            <Spark values={history?.stores.find((one) => one.store === store.store)?.stored_bytes ?? []} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
