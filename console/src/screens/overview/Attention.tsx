import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useTranslate } from "~/i18n/runtime";
import { ProtectionBadge } from "~/ui/Badge";
import { buttonLook } from "~/ui/Button";
import { Card } from "~/ui/Page";
import { type Standing, attention } from "./standing";

export function Attention({ databases }: { databases: Standing[] }) {
  const t = useTranslate();
  const wanting = attention(databases);
  return (
    <Card title={t("overview.attention")}>
      {wanting.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-muted">
          <CircleCheck size={17} className="text-ok" aria-hidden />
          {t("overview.no_attention")}
        </p>
      ) : (
        <ul>
          {wanting.slice(0, 12).map((one) => (
            <li key={one.database} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-0">
              <span className="sm:w-28">
                <ProtectionBadge state={one.protection} />
              </span>
              <div className="min-w-0 flex-1 basis-48">
                <div className="font-medium">{one.name}</div>
                <p className="text-muted">{one.reason}</p>
              </div>
              <Link to="/databases/$id" params={{ id: one.database }} className={buttonLook({ size: "small" })}>
                {one.last_good ? (one.last_proof ? t("act.look") : t("act.prove")) : t("plan.run")}
                <span className="sr-only">{one.name}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
