import { useTranslate } from "~/i18n/runtime";
import { usePreferences } from "~/preferences";
import { Button } from "~/ui/Button";
import { goToStop, useStop } from "./tourStops";

/** For who has not seen the tour, nor said no to it. */
export function TourOffer() {
  const t = useTranslate();
  const { data } = usePreferences();
  const stop = useStop();
  if (!data || data.tour_seen || stop !== undefined) return null;
  return (
    <div className="card flex flex-wrap items-center gap-3 px-4 py-2.5">
      <p className="flex-1 basis-52">{t("tour.offer")}</p>
      <Button size="small" kind="primary" onClick={() => goToStop(0)}>
        {t("tour.begin")}
      </Button>
      <Button size="small" kind="quiet" onClick={() => goToStop(undefined)}>
        {t("tour.no")}
      </Button>
    </div>
  );
}
