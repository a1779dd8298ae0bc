// The shell that the browser keeps: it opens without a network, and nothing of the API is in it.
import assert from "node:assert/strict";
import { admin, browser, wire } from "./stage.mjs";

export async function kept() {
  const page = await browser.window({ as: admin });
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.getByRole("heading", { name: "Needs attention" }).waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const places = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });
  assert.ok(places.includes("/") && places.some((place) => place.startsWith("/assets/")), "the shell is kept");
  assert.deepEqual(places.filter((place) => place.startsWith("/api")), [], "and nothing else");

  wire.cut();
  await page.reload();
  await page.getByText("The console cannot reach the server").first().waitFor();
  wire.mend();
  await page.getByRole("heading", { name: "Needs attention" }).waitFor({ timeout: 45_000 });

  const client = await page.context().newCDPSession(page);
  const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
  // A window of a test counts as private.
  assert.deepEqual(installabilityErrors.map((one) => one.errorId).filter((one) => one !== "in-incognito"), []);
  await page.context().close();
}
