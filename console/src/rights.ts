// What the role of who is signed in allows. What it does not allow is not offered.
import { createContext, useContext } from "react";

const order = ["", "read", "operate", "administer"] as const;
/** As the server names it; "" is open to everybody who is signed in. */
export type Right = (typeof order)[number];

export function allows(held: string, needed: Right): boolean {
  return Math.max(order.indexOf(held as Right), 0) >= order.indexOf(needed);
}

export const HeldRight = createContext("");

export function useMay(needed: Right): boolean {
  return allows(useContext(HeldRight), needed);
}
