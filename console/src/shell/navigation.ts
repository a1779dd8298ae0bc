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
  ScrollText,
  Server,
  Settings,
  Ticket,
  Users,
} from "lucide-react";
import { useContext } from "react";
import type { Key } from "~/i18n/runtime";
import { HeldRight, type Right, allows } from "~/rights";

export interface Place {
  to: string;
  name: Key;
  icon: LucideIcon;
  /** Pressed after "g". */
  key?: string;
  /** Not shown to who may not. */
  needs?: Right;
}

export interface Group {
  name: Key;
  places: Place[];
}

/** By what people come for. */
const navigation: Group[] = [
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
      { to: "/restore", name: "nav.restore", icon: ArchiveRestore, key: "r", needs: "operate" },
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
      { to: "/members", name: "nav.members", icon: Users, key: "m" },
      { to: "/audit", name: "nav.audit", icon: ScrollText, key: "a", needs: "administer" },
      { to: "/settings", name: "nav.settings", icon: Settings, key: "c" },
      { to: "/help", name: "nav.help", icon: CircleHelp, key: "h" },
    ],
  },
];

/** What the one who looks may go to. */
export function useNavigation(): Group[] {
  const held = useContext(HeldRight);
  const open = (place: Place) => allows(held, place.needs ?? "read");
  return navigation.map((group) => ({ ...group, places: group.places.filter(open) }));
}

export function usePlaces(): Place[] {
  return useNavigation().flatMap((group) => group.places);
}
