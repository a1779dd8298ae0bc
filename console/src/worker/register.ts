// The shell is kept by the browser, so that it opens at once. Not while developing: there is none.

interface Policy {
  createScriptURL: (address: string) => string;
}
declare global {
  interface Window {
    trustedTypes?: { createPolicy: (name: string, rules: Policy) => Policy };
  }
}

const place = "/sw.js";
const rules: Policy = {
  createScriptURL: (address) => {
    if (address !== place) throw new TypeError(address);
    return address;
  },
};

export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const policy = window.trustedTypes?.createPolicy("worker", rules) ?? rules;
  // Refused where the page is not secure, or by who looks: the console is the same without it.
  navigator.serviceWorker.register(policy.createScriptURL(place)).catch(() => undefined);
}
