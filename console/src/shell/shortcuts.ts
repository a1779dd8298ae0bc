import { useEffect, useRef } from "react";

type Keys = Record<string, () => void>;

const within = 900; // milliseconds between the two keys of "g b"

export function singleKeysOn(): boolean {
  return localStorage.getItem("single-keys") !== "off";
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem("single-keys", on ? "on" : "off");
}

/** Whether a key belongs to what has the focus, or to a dialog, and not to us. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  const writes = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const ticks = target instanceof HTMLInputElement && target.type === "checkbox";
  return (writes && !ticks) || document.querySelector("[role=dialog],[role=alertdialog]") !== null;
}

/** Keys while the caller is on the page: "j", "?", and two after another: "g b". */
export function useShortcuts(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let before = "";
    let since = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!singleKeysOn() || isTaken(event)) return;
      const pair = event.timeStamp - since < within ? `${before} ${event.key}` : "";
      const act = current.current[pair] ?? (before === "g" && pair ? undefined : current.current[event.key]);
      before = event.key;
      since = event.timeStamp;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
