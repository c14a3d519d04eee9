// What people attack pages with stays text wherever they can write, in a real browser.
import { type Browser, type Page } from "@playwright/test";
import { attacks, face, laidOut, packed, parsed, watch } from "./support/attacks";
import { push } from "./support/image";
import { become, browserOf, newPerson, post } from "./support/people";
import { Program } from "./support/program";
import { type Berth, expect, startBerth, test } from "./support/test";

const patient = {
  BERTH_COMMENTS_PER_ACCOUNT: "60000",
  BERTH_COMMENTS_PER_SOURCE: "60000",
  BERTH_NEWCOMER_HOURLY: "60000",
  BERTH_NEWCOMER_DAILY: "60000",
  BERTH_NEWCOMER_LINKS: "100",
};

/** A page that is watched. `visit`: nothing at `texts` is more than text; `read`: the same, and what stands there. */
type Reader = {
  page: Page;
  visit: (path: string, texts: string) => Promise<void>;
  read: (path: string, texts: string) => Promise<string[]>;
};
type Stage = { berth: Berth; open: () => Promise<Reader> };

function readerOf(page: Page, berth: Berth, javaScriptEnabled: boolean | undefined): Reader {
  const watched = watch(page, berth.url);
  const visit = (path: string, texts: string) => face(page, watched, path, texts, javaScriptEnabled);
  const read = async (path: string, texts: string) => {
    await visit(path, texts);
    await expect(page.locator(texts).first()).toBeVisible();
    return laidOut(await page.locator(texts).allTextContents());
  };
  return { page, visit, read };
}

/** A hub of one's own, and browsers for as many people as one likes. */
async function onStage(
  browser: Browser,
  javaScriptEnabled: boolean | undefined,
  act: (stage: Stage) => Promise<void>,
): Promise<void> {
  const berth = await startBerth(patient);
  const pages: Page[] = [];
  const open = async () => {
    const page = await browserOf(browser, berth, null);
    pages.push(page);
    return readerOf(page, berth, javaScriptEnabled);
  };
  try {
    await act({ berth, open });
  } finally {
    for (const page of pages) await page.context().close();
    await berth.stop();
  }
}

test("no attack runs, loads or posts anything", async ({ browser, javaScriptEnabled }) => {
  test.setTimeout(300_000);
  await onStage(browser, javaScriptEnabled, async ({ berth, open }) => {
    const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
    const [mine, theirs] = [await Program.of(berth, owner), await Program.of(berth, guest)];
    const name = `${owner.name}/tides`;
    await mine.addRepository("tides", "public");
    // Without an image the page would load itself anew again and again, to notice the first push.
    await push(berth, owner, name);
    const long = attacks.join("\n\n").slice(0, 25_000);
    await mine.send("PATCH", `/v2/repositories/${name}/`, { full_description: long });
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

    const { page, visit } = await open();
    await become(page, berth, owner);
    const texts = ".comment-text";
    for (let number = 1; number <= Math.ceil((written * 4) / 5 / 25); number += 1) {
      await visit(`/r/${name}/comments?page=${number}`, texts);
      await expect(page.locator(texts).first()).toBeVisible();
    }
    for (const path of [`/r/${name}/settings/comments`, `/r/${name}/settings/comments?show=hidden`]) {
      await visit(path, texts);
      await visit(`${path}${path.includes("?") ? "&" : "?"}page=2`, texts);
    }
    await visit(`/r/${name}/settings/log`, ".happened");
    await visit(`/r/${name}`, ".readme");
  });
});

test("short descriptions stay text in lists, in heads and for shared links", { tag: "@desktop" }, async ({ browser, javaScriptEnabled }) => {
  test.setTimeout(300_000);
  await onStage(browser, javaScriptEnabled, async ({ berth, open }) => {
    const owner = await newPerson(berth);
    const program = await Program.of(berth, owner);
    // The first one is no attack: pages of the others are made of the same elements.
    const written = ["calm words", ...packed(100)];
    for (const [number, description] of written.entries()) {
      await program.addRepository(`wreck-${number}`, "public", description);
    }
    const known = laidOut(written);

    const { page, visit, read } = await open();
    const descriptions = ".repositories li > p:not(.name):not(.excerpt):not(.soft)";
    const listed: string[] = [];
    for (let number = 1; number <= Math.ceil(written.length / 25); number += 1) {
      listed.push(...(await read(`/u/${owner.name}?page=${number}`, descriptions)));
    }
    expect(listed.sort()).toEqual([...known].sort());
    for (const number of [1, 2, 3, 4]) {
      const found = await read(`/search?q=alert&page=${number}`, descriptions);
      expect(known).toEqual(expect.arrayContaining(found));
      await expect(page.locator(descriptions).first().locator("mark").first()).toHaveText(/alert/i);
    }
    expect(known).toEqual(expect.arrayContaining(await read("/explore", descriptions)));

    const sources: string[] = [];
    for (const number of written.keys()) {
      sources.push(await (await fetch(`${berth.url}/r/${owner.name}/wreck-${number}`)).text());
    }
    const shown = '.lead, meta[name="description"], meta[property="og:description"]';
    const overviews = await parsed(page, sources, shown);
    expect(laidOut(overviews.flatMap(({ texts }) => texts))).toEqual(known.flatMap((text) => [text, text, text]));
    expect(new Set(overviews.map(({ elements }) => elements)).size).toBe(1);
    await visit(`/r/${owner.name}/wreck-1`, ".lead");
  });
});

test("names of webhooks and what builders say of images stay text", { tag: "@desktop" }, async ({ browser, javaScriptEnabled }) => {
  test.setTimeout(300_000);
  await onStage(browser, javaScriptEnabled, async ({ berth, open }) => {
    const owner = await newPerson(berth);
    const program = await Program.of(berth, owner);
    const { page, read } = await open();
    await become(page, berth, owner);
    await push(berth, owner, `${owner.name}/tides`, attacks);
    const instructions = await read(`/r/${owner.name}/tides/tags/latest`, ".instruction");
    expect(instructions.slice(-attacks.length)).toEqual(laidOut(attacks));
    await expect(page.locator(".image h3")).toHaveText(`linux/amd64/${attacks[0]}`);

    const names = packed(100);
    // A repository has at most 50.
    for (let at = 0; at < names.length; at += 50) {
      const [repository, some] = [`harbour-${at}`, laidOut(names.slice(at, at + 50))];
      await program.addRepository(repository, "public");
      for (const name of names.slice(at, at + 50)) {
        await program.post(`/v2/repositories/${owner.name}/${repository}/webhooks/`, { name, webhooks: [] });
      }
      const settings = `/r/${owner.name}/${repository}/settings`;
      expect((await read(`${settings}/webhooks`, ".entries strong")).sort()).toEqual(some.sort());
      if (at > 0) continue;
      const link = page.locator(".entries a").first();
      const [path, name] = [await link.getAttribute("href"), laidOut([(await link.textContent()) ?? ""])];
      // Its page has as many rows.
      const log = (await read(`${settings}/log`, ".happened")).join("\n");
      for (const one of some) expect(log).toContain(one);
      expect(await read(path ?? "", "h2[translate=no]")).toEqual(name);
      const typed = await page.getByLabel("Name", { exact: true }).inputValue();
      expect(typed.replace(/\s/g, "")).toBe(name.join("").replace(/\s/g, ""));
    }
  });
});

test("why somebody may not comment stays text", { tag: "@desktop" }, async ({ browser, javaScriptEnabled }) => {
  test.setTimeout(300_000);
  await onStage(browser, javaScriptEnabled, async ({ berth, open }) => {
    const [owner, guest] = [await newPerson(berth), await newPerson(berth)];
    const program = await Program.of(berth, owner);
    const name = `${owner.name}/tides`;
    await program.addRepository("tides", "public");
    const [mine, theirs] = [await open(), await open()];
    await become(mine.page, berth, owner);
    await become(theirs.page, berth, guest);
    const send = async (what: string, form: Record<string, string>) => {
      expect(await post(mine.page, berth, what, form), form.because).toContain("saved=1");
    };
    const get = async ({ page }: Reader, path: string) => (await page.request.get(`/r/${name}/${path}`)).text();

    const reasons = packed(500);
    const [shown, told]: [string[], string[]] = [[], []];
    for (const because of reasons) {
      if (shown.length > 0) await send("unblock_commenter", { name, username: guest.name });
      await send("block_commenter", { name, username: guest.name, because });
      shown.push(await get(mine, "settings/comments"));
      told.push(await get(theirs, "comments"));
    }
    // A moderator's page lists it, and whoever is blocked reads it.
    for (const [sources, selector] of [[shown, ".entries p[dir=auto]"], [told, "main q"]] as const) {
      const pages = await parsed(mine.page, sources, selector);
      expect(laidOut(pages.flatMap(({ texts }) => texts))).toEqual(laidOut(reasons));
      expect(new Set(pages.map(({ elements }) => elements)).size).toBe(1);
    }
    const last = laidOut(reasons.slice(-1));
    expect(await mine.read(`/r/${name}/settings/comments`, ".entries p[dir=auto]")).toEqual(last);
    expect(await theirs.read(`/r/${name}/comments`, "main q")).toEqual(last);
    const log = (await mine.read(`/r/${name}/settings/log`, ".happened")).join("\n");
    for (const reason of laidOut(reasons.slice(-20))) expect(log).toContain(reason);
  });
});
