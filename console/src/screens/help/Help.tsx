import type { ReactNode } from "react";
import { useTranslate } from "~/i18n/runtime";
import { usePlaces } from "~/shell/navigation";
import { goToStop } from "~/shell/tourStops";
import { Button } from "~/ui/Button";
import { Card, Page } from "~/ui/Page";

function Keys({ of }: { of: string }) {
  return (
    <span className="flex gap-1" dir="ltr">
      {of.split(" ").map((key) => (
        <kbd key={key} className="rounded-sm border border-line bg-sunken px-1.5 py-0.5 text-xs">
          {key}
        </kbd>
      ))}
    </span>
  );
}

/** The keys that do something, and where to read on. */
export default function Help() {
  const t = useTranslate();
  const places = usePlaces();
  const lines: [string, string][] = [
    ["Ctrl K", t("help.palette")],
    ["?", t("help.help")],
    ["/", t("help.filter")],
    ["j", t("help.down")],
    ["k", t("help.up")],
    ["x", t("help.pick")],
    ["c", t("help.create")],
    ["Esc", t("help.escape")],
  ];
  const row = (keys: string, text: ReactNode) => (
    <li key={keys} className="flex items-center justify-between gap-4 border-b border-line px-4 py-2 last:border-0">
      {text}
      <Keys of={keys} />
    </li>
  );
  return (
    <Page title={t("nav.help")} about={t("help.about")} acts={<Button onClick={() => goToStop(0)}>{t("tour.begin")}</Button>}>
      <div className="grid max-w-4xl items-start gap-4 md:grid-cols-2">
        <Card title={t("help.keys")}>
          <ul>{lines.map(([keys, text]) => row(keys, text))}</ul>
        </Card>
        <Card title={t("palette.go")}>
          <ul>{places.filter((place) => place.key).map((place) => row(`g ${place.key}`, t(place.name)))}</ul>
        </Card>
        <Card title={t("help.words")}>
          <dl className="flex flex-col gap-3 p-4">
            {(["plan", "backup", "copy", "proof", "store", "run"] as const).map((term) => (
              <div key={term}>
                <dt className="font-medium">{t(`term.${term}`)}</dt>
                <dd className="text-muted">{t(`term.${term}_means`)}</dd>
              </div>
            ))}
          </dl>
        </Card>
        <Card title={t("help.more")}>
          <ul className="flex flex-col gap-2 p-4">
            <li>
              <a className="text-brand-text hover:underline" href="/api/docs">
                {t("help.api")}
              </a>
            </li>
            <li>
              <a className="text-brand-text hover:underline" href="/wall">
                {t("help.wall")}
              </a>
            </li>
          </ul>
        </Card>
      </div>
    </Page>
  );
}
