// Pulls, as people read about them: numbers, the chart, the table that says the same, with and without JavaScript.
import { push } from "./support/image";
import { become, newPerson } from "./support/people";
import { type Berth, type Person, expect, startBerth, test } from "./support/test";

/** What a program does that pulls: `times` manifests by tag. */
async function pull(berth: Berth, person: Person, name: string, tag: string, times: number): Promise<void> {
  const scope = `service=${new URL(berth.url).host}&scope=repository:${name}:pull`;
  const basic = Buffer.from(`${person.name}:${person.password}`).toString("base64");
  const answer = await fetch(`${berth.url}/token?${scope}`, { headers: { authorization: `Basic ${basic}` } });
  const { token } = (await answer.json()) as { token: string };
  for (let number = 0; number < times; number += 1) {
    const path = `${berth.url}/v2/${name}/manifests/${tag}`;
    const manifest = await fetch(path, { headers: { authorization: `Bearer ${token}`, accept: "*/*" } });
    expect(manifest.status).toBe(200);
  }
}

/** What is pulled stands in the row of one day while it is read about, and days end at midnight UTC. */
async function farFromMidnight(): Promise<void> {
  const day = 24 * 60 * 60 * 1_000;
  const left = day - (Date.now() % day);
  if (left < 2 * 60 * 1_000) await new Promise((tomorrow) => setTimeout(tomorrow, left));
}

const LANGUAGES = [
  {
    locale: "en-US",
    words: {
      tab: "Statistics",
      none: "No pulls yet",
      chart: "Pulls of the last 30 days: 12 pulls",
      table: "The numbers as a table",
      never: "never",
    },
  },
  {
    locale: "zh-CN",
    words: {
      tab: "统计",
      none: "还没有拉取记录",
      chart: "最近 30 天：拉取 12 次",
      table: "以表格查看",
      never: "从未",
    },
  },
];

for (const { locale, words } of LANGUAGES) {
  test.describe(locale, () => {
    test.use({ locale });

    test("pulls are told on the overview, by tag, and over time", async ({ page, accessible }) => {
      test.setTimeout(300_000);
      // Counts are written down at once, so that nobody waits for them.
      const berth = await startBerth({ BERTH_PULLS_FLUSH: "20ms" });
      try {
        const person = await newPerson(berth);
        const name = `${person.name}/tides`;
        await push(berth, person, name);
        await become(page, berth, person);

        await page.goto(`${berth.url}/r/${name}/pulls`);
        await expect(page.getByText(words.none)).toBeVisible();
        await accessible();

        await farFromMidnight();
        await pull(berth, person, name, "latest", 12);
        await expect
          .poll(async () => {
            await page.goto(`${berth.url}/r/${name}`);
            return page.locator(".facts .pulls data").getAttribute("value");
          })
          .toBe("12");
        await accessible();
        await page.getByRole("link", { name: words.tab, exact: true }).click();
        await expect(page.getByRole("img", { name: words.chart })).toBeVisible();
        await expect(page.locator(".numbers dd").first()).toHaveText("12");
        await expect(page.locator(".chart .column")).toHaveCount(1);
        await page.getByText(words.table).click();
        await expect(page.locator(".chart tbody tr")).toHaveCount(30);
        await expect(page.locator(".chart tbody tr").first().locator("td")).toHaveText("12");
        await expect(page.getByRole("link", { name: "latest" })).toBeVisible();
        await accessible();

        await page.locator(".tabs.minor a").last().click();
        await expect(page).toHaveURL(/days=365/);
        await expect(page.locator(".chart .reach")).toHaveCount(53);

        await page.goto(`${berth.url}/r/${name}/tags`);
        await expect(page.getByText(words.never)).toHaveCount(1);
        await page.goto(`${berth.url}/r/${name}/tags/latest`);
        await expect(page.locator(".tag-facts .pulls")).toContainText("12");
        await accessible();
      } finally {
        await berth.stop();
      }
    });
  });
}
