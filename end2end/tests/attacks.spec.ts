// What people attack pages with stays text: in comments, in what is said about them, and in a README, in a real browser.
import { startBerth } from "./support/berth";
import { attacks, inert, watch } from "./support/attacks";
import { push } from "./support/image";
import { newPerson, signIn } from "./support/people";
import { Program } from "./support/program";
import { expect, test } from "./support/test";

const patient = {
  BERTH_COMMENTS_PER_ACCOUNT: "60000",
  BERTH_COMMENTS_PER_SOURCE: "60000",
  BERTH_NEWCOMER_HOURLY: "60000",
  BERTH_NEWCOMER_DAILY: "60000",
  BERTH_NEWCOMER_LINKS: "100",
};

test("no attack runs, loads or posts anything", async ({ browser, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const berth = await startBerth(patient);
  const context = await browser.newContext({ baseURL: berth.url, locale: "en-US", javaScriptEnabled });
  try {
    const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
    const [mine, theirs] = [await Program.of(berth, owner), await Program.of(berth, guest)];
    const name = `${owner.name}/tides`;
    await mine.post("/v2/repositories/", { namespace: owner.name, name: "tides", is_private: false });
    // Without an image the page would load itself anew again and again, to notice the first push.
    await push(berth, owner, name);
    const long = attacks.join("\n\n").slice(0, 25_000);
    await mine.send("PATCH", `/v2/repositories/${name}/`, { full_description: long, description: attacks[0] });
    let written = 0;
    for (const attack of attacks) {
      const answer = await theirs.ask("POST", `/v2/repositories/${name}/comments/`, { comment: attack });
      // Some say nothing that one could see.
      expect([201, 400], attack).toContain(answer.status);
      if (answer.status !== 201) continue;
      const { id } = (await answer.json()) as { id: string };
      const words = attack.slice(0, 500);
      if (written % 5 === 0) await mine.post(`/v2/repositories/${name}/comments/${id}/flag`, { reason: "other", words });
      if (written % 5 === 1) await mine.post(`/v2/repositories/${name}/comments/${id}/hide`, { reason: words });
      written += 1;
    }
    expect(written).toBeGreaterThan(attacks.length - 20);

    const page = await context.newPage();
    const watched = watch(page, berth.url);
    await signIn(page, owner);
    const texts = ".comment-text";
    const visit = async (path: string) => {
      await page.goto(path, { waitUntil: "networkidle" });
      await inert(page, texts);
      // Whatever reacts to the mouse or to the keyboard has its chance.
      for (let step = 0; step < 20; step += 1) {
        await page.mouse.move(100 + step * 40, 200 + step * 20);
        await page.keyboard.press("Tab");
      }
      watched.calm();
    };
    for (let number = 1; number <= Math.ceil((written * 4) / 5 / 25); number += 1) {
      await visit(`/r/${name}/comments?page=${number}`);
      await expect(page.locator(texts).first()).toBeVisible();
    }
    for (const path of [`/r/${name}/settings/comments`, `/r/${name}/settings/comments?show=hidden`]) {
      await visit(path);
      await visit(`${path}${path.includes("?") ? "&" : "?"}page=2`);
    }
    await visit(`/r/${name}/settings/log`);
    await visit(`/r/${name}`);
    await inert(page, ".readme");
  } finally {
    await context.close();
    await berth.stop();
  }
});
