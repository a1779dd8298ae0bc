import {
  ArchiveRestore,
  BadgeCheck,
  Bell,
  CalendarClock,
  CircleHelp,
  Database,
  HardDrive,
  History,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Server,
  Settings,
  Ticket,
} from "lucide-react";
import type { Key } from "~/i18n/runtime";

export interface Place {
  to: string;
  name: Key;
  icon: LucideIcon;
  /** Pressed after "g". */
  key?: string;
}

export interface Group {
  name: Key;
  places: Place[];
}

/** By what people come for. Members, sessions and audit belong to "operate". */
export const navigation: Group[] = [
  {
    name: "nav.protect",
    places: [
      { to: "/", name: "nav.overview", icon: LayoutDashboard, key: "o" },
      { to: "/databases", name: "nav.databases", icon: Database, key: "d" },
      { to: "/servers", name: "nav.servers", icon: Server, key: "e" },
      { to: "/plans", name: "nav.plans", icon: CalendarClock, key: "p" },
      { to: "/backups", name: "nav.backups", icon: History, key: "b" },
      { to: "/stores", name: "nav.stores", icon: HardDrive, key: "s" },
    ],
  },
  {
    name: "nav.recover",
    places: [
      { to: "/restore", name: "nav.restore", icon: ArchiveRestore, key: "r" },
      { to: "/proofs", name: "nav.proofs", icon: BadgeCheck, key: "v" },
    ],
  },
  {
    name: "nav.operate",
    places: [
      { to: "/runs", name: "nav.runs", icon: ListChecks, key: "u" },
      { to: "/notifications", name: "nav.notifications", icon: Bell, key: "n" },
      { to: "/keys", name: "nav.keys", icon: KeyRound, key: "k" },
      { to: "/tokens", name: "nav.tokens", icon: Ticket, key: "t" },
      { to: "/settings", name: "nav.settings", icon: Settings, key: "c" },
      { to: "/help", name: "nav.help", icon: CircleHelp, key: "h" },
    ],
  },
];

export const places: Place[] = navigation.flatMap((group) => group.places);
