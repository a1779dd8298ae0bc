import { useNavigate } from "@tanstack/react-router";
import { ArrowRight, Database, Play, Plus } from "lucide-react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import { useRows } from "~/api/rows";
import { useTranslate } from "~/i18n/runtime";
import { useMay } from "~/rights";
import { runPlan } from "~/screens/plans/acts";
import { toastProblem } from "~/ui/toast";
import { usePlaces } from "./navigation";

const itemLook = "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 outline-none data-focused:bg-brand-soft data-focused:text-brand-text";
const headLook = "px-2.5 pt-2.5 pb-1 text-[11px] tracking-wide text-muted uppercase";

/** Where to go and what to do, by typing. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const places = usePlaces();
  const operates = useMay("operate");
  const administers = useMay("administer");
  const plans = useRows("plans", { limit: 200 }, operates);
  const databases = useRows("databases", { limit: 500 });
  const contains = (text: string, typed: string) => text.toLocaleLowerCase().includes(typed.toLocaleLowerCase());
  const go = (to: string) => {
    onClose();
    void navigate({ to });
  };
  const backUp = async (plan: string) => {
    onClose();
    const [run] = await runPlan(plan).catch((problem: unknown) => {
      toastProblem(problem);
      return [];
    });
    if (run) await navigate({ to: "/runs/$id", params: { id: run } });
  };

  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className="fixed inset-0 z-40 flex items-start justify-center bg-black/50 p-3 pt-[10vh]">
      <Modal className="w-full max-w-xl">
        <Dialog aria-label={t("palette.open")} className="overflow-hidden rounded-xl border border-line bg-raised shadow-raised outline-none">
          <Autocomplete filter={contains}>
            <SearchField aria-label={t("palette.open")} autoFocus>
              <Input placeholder={t("palette.open")} className="w-full border-b border-line bg-transparent px-4 py-3.5 outline-none" />
            </SearchField>
            <Menu aria-label={t("palette.open")} className="max-h-[55vh] overflow-y-auto p-2 outline-none" renderEmptyState={() => <p className="p-4 text-muted">{t("list.no_hit")}</p>}>
              <MenuSection>
                <Header className={headLook}>{t("palette.go")}</Header>
                {places.map((place) => (
                  <MenuItem key={place.to} id={place.to} textValue={t(place.name)} className={itemLook} onAction={() => go(place.to)}>
                    <ArrowRight size={15} className="rtl:-scale-x-100" aria-hidden />
                    {t(place.name)}
                    {place.key && <kbd className="ms-auto text-[11px] text-muted">G {place.key.toUpperCase()}</kbd>}
                  </MenuItem>
                ))}
              </MenuSection>
              <MenuSection>
                <Header className={headLook}>{t("palette.do")}</Header>
                {administers && (
                  <MenuItem id="start" textValue={t("start.title")} className={itemLook} onAction={() => go("/start")}>
                    <Plus size={15} aria-hidden />
                    {t("start.title")}
                  </MenuItem>
                )}
                {(plans.data?.items ?? []).map((plan) => (
                  <MenuItem key={plan.id} id={plan.id} textValue={`${t("plan.run")} ${plan.name}`} className={itemLook} onAction={() => void backUp(plan.id)}>
                    <Play size={15} className="rtl:-scale-x-100" aria-hidden />
                    {t("plan.run")} · {plan.name}
                  </MenuItem>
                ))}
                {(databases.data?.items ?? []).map((database) => (
                  <MenuItem key={database.id} id={database.id} textValue={database.name} className={itemLook} onAction={() => go(`/databases/${database.id}`)}>
                    <Database size={15} aria-hidden />
                    {database.name}
                  </MenuItem>
                ))}
              </MenuSection>
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
