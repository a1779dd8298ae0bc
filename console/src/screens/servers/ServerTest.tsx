import { useQuery } from "@tanstack/react-query";
import { answer, api } from "~/api/client";
import { useTranslate } from "~/i18n/runtime";
import { useMay } from "~/rights";
import { Button } from "~/ui/Button";
import { Checks } from "~/ui/Checks";
import { Copyable } from "~/ui/Copyable";
import { Card } from "~/ui/Page";
import { Answer } from "~/ui/States";

/** What a connection finds: asked once, and again when somebody wants to know. */
export function useServerTest(id: string, enabled = true) {
  const may = useMay("operate");
  return useQuery({
    queryKey: ["server-test", id],
    queryFn: () => answer(api.POST("/api/v1/servers/{id}/test", { params: { path: { id } }, body: {} })),
    enabled: may && enabled && id !== "",
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

export function ServerTest({ id }: { id: string }) {
  const t = useTranslate();
  const test = useServerTest(id);
  if (!useMay("operate")) return null;
  return (
    <>
      <Card
        title={t("server.test")}
        acts={
          <Button needs="operate" size="small" busy={test.isFetching} onClick={() => void test.refetch()}>
            {t("act.test_again")}
          </Button>
        }
      >
        <Answer of={test} rows={3}>
          {(probe) => (
            <div className="p-4">
              <Checks of={probe.checks} />
            </div>
          )}
        </Answer>
      </Card>
      {test.data?.role_sql && (
        <Card title={t("server.role")}>
          <div className="flex flex-col gap-3 p-4">
            <p className="text-muted">{t("server.role_about")}</p>
            <Copyable text={test.data.role_sql} name={t("server.role")} />
          </div>
        </Card>
      )}
    </>
  );
}
