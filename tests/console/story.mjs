// The whole story, as people live it: node story.mjs '{"url": …}'. DS_CHAPTERS=word tells only the
// beginning and the chapters that have it in their name.
import path from "node:path";
import * as first from "./first_day.mjs";
import * as insights from "./insights.mjs";
import { quickWithManyDatabases } from "./lighthouse.mjs";
import * as people from "./people.mjs";
import { lookAtEverything } from "./screens.mjs";
import { kept } from "./shell.mjs";
import { admin, browser, page, shots, someIds, wire } from "./stage.mjs";

const beginning = [
  ["the first administrator makes themselves", first.setUp],
  ["the wizard leads to a first backup", first.firstBackup],
];
const chapters = [
  ["a backup gets notes and labels, and is found by them", first.notesAndLabels],
  ["one table is restored beside", first.restoreTable],
  ["what was lost with the connection comes back by itself", first.lostConnection],
  ["a secret left blank is kept", first.blankSecret],
  ["everything frequent has a key", first.keyboard],
  ["a proof makes the database protected", first.proof],
  ["a telephone is enough", first.telephone],
  ["who signs out comes back to where they were", first.signOutAndIn],
  ["insight: the tables in a backup", insights.lookInside],
  ["insight: two backups are compared", insights.compare],
  ["insight: the bell tells what happened", insights.bell],
  ["insight: the tour goes round, and can be taken again", insights.tour],
  ["shell: it opens without a network, and holds no answers", kept],
  ["people: somebody is invited, and joins", people.invite],
  ["people: a viewer can change nothing", people.viewerChangesNothing],
  ["people: another role is felt at once", people.anotherRole],
  ["people: an authenticator, and the second step at the door", people.secondStep],
  ["people: what somebody prefers follows them, and all other sessions end", people.preferences],
  ["people: a picture, an address, a password", people.picture],
  ["people: the audit is read, checked and taken away", people.audit],
  ["people: who is removed is out", people.removeMember],
  ["people: signing out in one window is signing out in all", people.windows],
  ["every screen is sound in every theme, width and direction", everyScreen],
  ["the overview of 200 databases is quick and sound", quickWithManyDatabases],
  ["people: everybody needs a second factor", people.required],
];

const wanted = new RegExp(process.env.DS_CHAPTERS ?? "");
const story = [...beginning, ...chapters.filter(([name]) => wanted.test(name))];
const began = Date.now();
let failed = 0;
for (const [at, [name, tell]] of story.entries()) {
  const start = Date.now();
  try {
    await tell();
    console.log(`ok ${((Date.now() - start) / 1000).toFixed(1)} s  ${name}`);
  } catch (problem) {
    failed += 1;
    console.log(`FAILED  ${name}\n${problem.stack}`);
    await page.screenshot({ path: path.join(shots, `failed-${failed}.png`), fullPage: true });
    if (at < beginning.length) break; // nothing to go on from
  }
}
if (browser.complaints.length > 0) {
  failed += 1;
  console.log(`FAILED  the browser complained:\n${[...new Set(browser.complaints)].join("\n")}`);
}
await browser.close();
wire.close();
console.log(`${story.length} chapters in ${((Date.now() - began) / 1000).toFixed(0)} s, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function everyScreen() {
  await lookAtEverything(browser, { as: admin, ids: await someIds(), shots });
}
