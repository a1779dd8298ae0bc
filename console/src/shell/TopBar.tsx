import { Link, useNavigate } from "@tanstack/react-router";
import { Activity, Languages, LogOut, Menu, Monitor, Moon, Search, Sun, WifiOff } from "lucide-react";
import { answer, api } from "~/api/client";
import { useProfile, useWhoAmI } from "~/api/figures";
import type { Connection } from "~/api/live";
import { type Language, languages, useLanguage, useTranslate } from "~/i18n/runtime";
import { prefer } from "~/preferences";
import { usePicture } from "~/screens/members/picture";
import * as session from "~/session";
import { IconButton } from "~/ui/Button";
import { Face } from "~/ui/Face";
import { Bell } from "./Bell";
import { themes, useTheme } from "./theme";

interface Props {
  connection: Connection;
  openPalette: () => void;
  openDrawer: () => void;
}

export function TopBar({ connection, openPalette, openDrawer }: Props) {
  const t = useTranslate();
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-1 border-b border-line bg-surface px-3 sm:px-6">
      <IconButton name={t("shell.menu")} className="lg:hidden" onClick={openDrawer}>
        <Menu size={18} aria-hidden />
      </IconButton>
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Control+K"
        className="control flex max-w-88 min-w-0 flex-1 cursor-pointer items-center gap-2.5 text-start text-muted"
      >
        <Search size={16} className="flex-none" aria-hidden />
        <span className="truncate">{t("palette.open")}</span>
        <kbd className="ms-auto flex-none rounded-sm border border-line bg-sunken px-1.5 text-[11px] whitespace-nowrap max-sm:hidden" aria-hidden>
          Ctrl K
        </kbd>
      </button>
      <div className="ms-auto flex items-center">
        <LiveMark connection={connection} />
        <Bell />
        <LanguageChoice />
        <ThemeSwitch />
        <Me />
        <Leave />
      </div>
    </header>
  );
}

function LiveMark({ connection }: { connection: Connection }) {
  const t = useTranslate();
  const lost = connection === "lost";
  const Icon = lost ? WifiOff : Activity;
  return (
    <div role="status" className={`flex items-center gap-1.5 px-2 text-xs ${lost ? "text-warn" : "text-muted"}`}>
      <Icon size={16} className={connection === "live" ? "text-ok" : ""} aria-hidden />
      <span className="max-sm:sr-only">{t(`live.${connection}`)}</span>
    </div>
  );
}

/** The platform's own list of choices, behind an icon. */
function LanguageChoice() {
  const t = useTranslate();
  const language = useLanguage();
  return (
    <div className="relative grid size-9 place-items-center rounded-md text-muted focus-within:outline-2 focus-within:outline-brand hover:bg-sunken hover:text-ink max-sm:hidden">
      <Languages size={17} aria-hidden />
      <select
        aria-label={t("shell.language")}
        title={t("shell.language")}
        value={language}
        onChange={(event) => void prefer({ language: event.target.value as Language })}
        className="absolute inset-0 cursor-pointer bg-surface text-ink opacity-0"
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

const icons = { system: Monitor, light: Sun, dark: Moon };

function ThemeSwitch() {
  const t = useTranslate();
  const theme = useTheme();
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <IconButton name={t("shell.theme", { theme: t(`theme.${theme}`) })} className="max-sm:hidden" onClick={() => void prefer({ theme: next })}>
      <Icon size={17} aria-hidden />
    </IconButton>
  );
}

function Me() {
  const t = useTranslate();
  const { data } = useProfile();
  const picture = usePicture(data?.picture ? data.id : undefined);
  return (
    <Link to="/profile" aria-label={t("nav.profile")} title={t("nav.profile")} className="grid size-9 place-items-center rounded-md hover:bg-sunken">
      <Face name={data?.name ?? ""} picture={data?.picture ? picture.data : undefined} />
    </Link>
  );
}

function Leave() {
  const t = useTranslate();
  const navigate = useNavigate();
  const { data } = useWhoAmI();
  const leave = async () => {
    await answer(api.DELETE("/api/v1/session")).catch(() => undefined);
    session.end();
    await navigate({ to: "/sign-in" });
  };
  return (
    <IconButton name={t("session.leave", { name: data?.name ?? "" })} onClick={() => void leave()}>
      <LogOut size={17} className="rtl:-scale-x-100" aria-hidden />
    </IconButton>
  );
}
