import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSignedIn } from "~/session";
import { Shell } from "./Shell";

/** Whoever is signed out while the page is open comes back to where they were. */
export function SessionGate() {
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  useEffect(() => {
    if (signedIn) return;
    const back = location.pathname + location.search;
    void navigate({ to: "/sign-in", search: { back } as never, replace: true });
  }, [signedIn, navigate]);
  return signedIn ? <Shell /> : null;
}
