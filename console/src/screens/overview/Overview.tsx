import { Link } from "@tanstack/react-router";
import { Database } from "lucide-react";
import { useHistory, useProtection, useStatistics } from "~/api/figures";
import { useTranslate } from "~/i18n/runtime";
import { useMay } from "~/rights";
import { TourOffer } from "~/shell/TourOffer";
import { buttonLook } from "~/ui/Button";
import { Card, Page } from "~/ui/Page";
import { Answer, Empty } from "~/ui/States";
import { Attention } from "./Attention";
import { Headline } from "./Headline";
import { ProofTable } from "./ProofTable";
import { RunningNow } from "./RunningNow";
import { Storage } from "./Storage";

/** Can I get my data back, how far back, and how do I know? */
export default function Overview() {
  const t = useTranslate();
  const protection = useProtection();
  const administers = useMay("administer");
  const statistics = useStatistics();
  const history = useHistory();
  return (
    <Page title={t("nav.overview")} quiet>
      <Answer of={protection} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <Empty icon={Database} title={t("overview.empty")}>
                <p>{t("overview.empty_about")}</p>
                {administers && (
                  <Link to="/start" className={buttonLook({ kind: "primary" })}>
                    {t("start.title")}
                  </Link>
                )}
              </Empty>
            </Card>
          ) : (
            <div className="flex flex-col gap-4">
              <TourOffer />
              <Headline databases={items} statistics={statistics.data} history={history.data} />
              <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_340px]">
                <div className="flex min-w-0 flex-col gap-4">
                  <Attention databases={items} />
                  <ProofTable databases={items} />
                </div>
                <div className="flex min-w-0 flex-col gap-4">
                  <RunningNow />
                  <Storage statistics={statistics.data} history={history.data} />
                </div>
              </div>
            </div>
          )
        }
      </Answer>
    </Page>
  );
}
