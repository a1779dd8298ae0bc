import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { answer, api } from "~/api/client";
import { useHistory, useStatistics } from "~/api/figures";
import { type Rows, removeRow, useAct, useRow } from "~/api/rows";
import { DayBars } from "~/charts/DayBars";
import * as formats from "~/i18n/formats";
import { useTranslate } from "~/i18n/runtime";
import { Button } from "~/ui/Button";
import { Checks } from "~/ui/Checks";
import { Confirm } from "~/ui/Confirm";
import { Labels } from "~/ui/Labels";
import { Card, Facts, Page } from "~/ui/Page";
import { Answer, ProblemNote } from "~/ui/States";
import { StoreForm } from "./StoreForm";
import { daysToFull } from "./forecast";

export default function StoreScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const store = useRow("stores", id);
  return <Answer of={store} page>{(row) => <Whole store={row} />}</Answer>;
}

function Whole({ store }: { store: Rows["stores"] }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "remove">();
  const statistics = useStatistics();
  const history = useHistory();
  const remove = useAct(() => removeRow("stores", store.id), "stores", "statistics");
  const use = statistics.data?.stores.find((one) => one.store === store.id);
  const course = history.data?.stores.find((one) => one.store === store.id)?.stored_bytes ?? [];
  const days = history.data?.days ?? [];
  const left = daysToFull(course, store.bytes_max);
  const close = () => setOpen(undefined);
  const acts = (
    <>
      <Button needs="administer" onClick={() => setOpen("edit")}>{t("act.edit")}</Button>
      <Button needs="administer" kind="danger" onClick={() => setOpen("remove")}>{t("act.remove")}</Button>
    </>
  );
  return (
    <Page title={store.name} about={<Labels of={store.labels} />} acts={acts}>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card title={t("store.course")}>
          <div className="p-4">
            <DayBars name={t("store.course")} value={t("column.stored")} bars={course.map((value, at) => ({ day: days[at]?.begins ?? "", value, text: formats.bytes(value) }))} />
            {left !== undefined && <p className="mt-3 text-muted">{t("store.forecast", { count: left })}</p>}
          </div>
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t("run.facts")}>
            <Facts
              of={[
                [t("store.url"), <code key="u" dir="ltr" className="text-xs break-all">{store.url}</code>],
                [t("column.copies"), formats.count(use?.copies ?? 0)],
                [t("column.stored"), formats.bytes(use?.stored_bytes ?? 0) + (store.bytes_max ? ` / ${formats.bytes(store.bytes_max)}` : "")],
                [t("store.secret_key"), store.secrets_set?.length ? t("secret.set") : t("secret.not_set")],
                [t("column.notes"), store.notes || formats.none],
              ]}
            />
          </Card>
          <StoreTest id={store.id} />
        </div>
      </div>
      {open === "edit" && <StoreForm old={store} onClose={close} />}
      {open === "remove" && (
        <Confirm
          title={t("store.remove")}
          action={t("act.remove")}
          target={store.name}
          onClose={close}
          act={async () => {
            await remove.mutateAsync(undefined);
            await navigate({ to: "/stores" });
          }}
        >
          <p>{t("store.remove_warning")}</p>
        </Confirm>
      )}
    </Page>
  );
}

/** Writes, reads, lists and removes an object, when somebody asks for it. */
export function StoreTest({ id }: { id: string }) {
  const t = useTranslate();
  const test = useAct(() => answer(api.POST("/api/v1/stores/{id}/test", { params: { path: { id } } })), "stores");
  return (
    <Card
      title={t("store.test")}
      acts={
        <Button needs="operate" size="small" busy={test.isPending} onClick={() => test.mutate(undefined)}>
          {t("act.test")}
        </Button>
      }
    >
      <div className="p-4">
        {test.data ? <Checks of={test.data.checks} /> : test.error ? <ProblemNote problem={test.error} /> : <p className="text-muted">{t("store.test_about")}</p>}
      </div>
    </Card>
  );
}
