import { Link } from "@tanstack/react-router";
import { ShieldCheck, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useWhoAmI } from "~/api/figures";
import { useTranslate } from "~/i18n/runtime";
import { IconButton } from "~/ui/Button";
import { useNavigation } from "./navigation";

/** Beside the page, or on a narrow screen a drawer above it. */
export function SideBar({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <>
      <aside className="hidden border-e border-line bg-surface lg:block">
        <div className="sticky top-0 max-h-dvh overflow-y-auto">
          <Content />
        </div>
      </aside>
      {open && <Drawer onClose={onClose} />}
    </>
  );
}

function Drawer({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      aria-label={t("shell.navigation")}
      onClose={onClose}
      onClick={(event) => event.target === box.current && onClose()}
      className="fixed inset-y-0 start-0 m-0 h-dvh max-h-none w-72 max-w-[85vw] border-e border-line bg-surface text-ink backdrop:bg-black/50"
    >
      <div className="absolute end-2 top-2.5">
        <IconButton name={t("act.close")} onClick={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </div>
      <Content />
    </dialog>
  );
}

function Content() {
  const t = useTranslate();
  const { data } = useWhoAmI();
  return (
    <>
      <div className="flex items-center gap-2.5 px-4 py-3">
        <span className="grid size-7 place-items-center rounded-md bg-brand text-brand-ink">
          <ShieldCheck size={18} aria-hidden />
        </span>
        <div className="min-w-0 leading-tight">
          <div className="font-semibold">DumpStation</div>
          <div className="truncate text-xs text-muted">{data?.organization ?? " "}</div>
        </div>
      </div>
      <nav aria-label={t("shell.navigation")} className="px-3 pb-8">
        {useNavigation().map((group) => (
          <div key={group.name} className="mt-3">
            <h2 className="px-2 pb-1 text-[11px] font-medium tracking-wide text-muted uppercase">{t(group.name)}</h2>
            <ul>
              {group.places.map(({ to, name, icon: Icon }) => (
                <li key={to}>
                  <Link
                    to={to}
                    activeOptions={{ exact: to === "/", includeSearch: false }}
                    className="flex min-h-9 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-sunken hover:text-ink"
                    activeProps={{ className: "bg-brand-soft font-medium text-brand-text! hover:bg-brand-soft" }}
                  >
                    <Icon size={16} aria-hidden />
                    {t(name)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </>
  );
}
