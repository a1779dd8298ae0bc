import { useTranslate } from "~/i18n/runtime";
import { useListSearch } from "~/lists/search";
import { Page } from "~/ui/Page";
import { Centre } from "./Centre";
import { Channels } from "./Channels";
import { Deliveries } from "./Deliveries";

const tabs = { centre: Centre, channels: Channels, deliveries: Deliveries };
type Tab = keyof typeof tabs;

export default function Notifications() {
  const t = useTranslate();
  const { search, change } = useListSearch();
  const open = search.tab && search.tab in tabs ? (search.tab as Tab) : "centre";
  const Content = tabs[open];
  return (
    <Page title={t("nav.notifications")} about={t("notifications.about")}>
      <nav aria-label={t("nav.notifications")} className="mb-4 flex flex-wrap gap-1 rounded-lg bg-sunken p-1 w-fit max-w-full">
        {(Object.keys(tabs) as Tab[]).map((tab) => (
          <button
            key={tab}
            type="button"
            aria-current={tab === open ? "page" : undefined}
            onClick={() => change({ tab, q: undefined, sort: undefined, state: undefined, seen: undefined, severity: undefined })}
            className="min-h-8 cursor-pointer rounded-md px-3 text-muted aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink"
          >
            {t(`notifications.${tab}`)}
          </button>
        ))}
      </nav>
      <Content key={open} />
    </Page>
  );
}
