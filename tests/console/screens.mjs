// Looks at every screen in both themes, two widths and both directions.
import assert from "node:assert/strict";
import path from "node:path";

const kinds = [
  { name: "light", theme: "light", width: 1440, height: 900, language: "en" },
  { name: "dark", theme: "dark", width: 1440, height: 900, language: "en" },
  { name: "phone-light", theme: "light", width: 360, height: 740, language: "en" },
  { name: "phone-dark-ar", theme: "dark", width: 360, height: 740, language: "ar" },
  { name: "light-ar", theme: "light", width: 1440, height: 900, language: "ar" },
  { name: "dark-ar", theme: "dark", width: 1440, height: 900, language: "ar" },
  { name: "phone-dark", theme: "dark", width: 360, height: 740, language: "en" },
  { name: "phone-light-ar", theme: "light", width: 360, height: 740, language: "ar" },
];

function screensOf(ids) {
  return {
    overview: "/",
    databases: "/databases",
    database: `/databases/${ids.databases}`,
    servers: "/servers",
    server: `/servers/${ids.servers}`,
    plans: "/plans",
    plan: `/plans/${ids.plans}`,
    "plan-add": "/plans?add=none",
    backups: "/backups",
    "backups-no-hit": "/backups?q=nosuchthing",
    backup: `/backups/${ids.backups}`,
    stores: "/stores",
    store: `/stores/${ids.stores}`,
    restore: `/restore?backup=${ids.backups}`,
    proofs: "/proofs",
    runs: "/runs",
    run: `/runs/${ids.runs}`,
    "run-gone": "/runs/nosuchrun",
    notifications: "/notifications",
    channels: "/notifications?tab=channels",
    deliveries: "/notifications?tab=deliveries",
    keys: "/keys",
    tokens: "/tokens",
    settings: "/settings",
    help: "/help",
    start: "/start?step=channel",
    wall: "/wall",
  };
}

/** When nothing is awaited any more. */
async function settled(page) {
  await page.locator("h1, [role=alert]").first().waitFor();
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  await page.evaluate(() => document.fonts.ready);
}

export async function lookAtEverything(browser, { as, ids, shots }) {
  const wrong = [];
  let looked = 0;
  for (const kind of kinds) {
    const page = await browser.window({ ...kind, as });
    for (const [name, place] of Object.entries(screensOf(ids))) {
      await page.goto(place);
      await settled(page);
      for (const line of await browser.axe(page)) wrong.push(`${name} ${kind.name}: ${line}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) wrong.push(`${name} ${kind.name}: ${over} px wider than the window`);
      await page.screenshot({ path: path.join(shots, `${name}-${kind.name}.png`), fullPage: true });
      looked += 1;
    }
    wrong.push(...(await doors(browser, kind, shots)));
    await page.context().close();
  }
  console.log(`   ${looked} times looked, ${wrong.length} wrong`);
  assert.equal(wrong.length, 0, `\n${wrong.join("\n")}`);
}

/** What is seen without being signed in; and on a phone the way to everything. */
async function doors(browser, kind, shots) {
  const wrong = [];
  const page = await browser.window(kind);
  await page.goto("/sign-in");
  await settled(page);
  for (const line of await browser.axe(page)) wrong.push(`sign-in ${kind.name}: ${line}`);
  await page.screenshot({ path: path.join(shots, `sign-in-${kind.name}.png`) });
  await page.context().close();
  return wrong;
}
