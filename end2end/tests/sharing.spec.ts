// What others see of a link: fetched as programs fetch it, without a browser and without a session.
import { type APIRequestContext } from "@playwright/test";
import { push } from "./support/image";
import { become, newPerson } from "./support/people";
import { Program } from "./support/program";
import { expect, test } from "./support/test";

test.use({ expectedErrors: [/404/] });

/** The share tags of a page: `property` or `name` → `content`, and the canonical link. */
async function tagsOf(request: APIRequestContext, path: string, language = "en"): Promise<Map<string, string>> {
  const answer = await request.get(path, { headers: { "accept-language": language } });
  const html = await answer.text();
  const tags = new Map<string, string>();
  for (const [, name = "", content = ""] of html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g)) {
    expect(tags.has(name) && name !== "og:locale:alternate", `${path}: ${name} twice`).toBe(false);
    tags.set(name, content);
  }
  tags.set("title", html.match(/<title>([^<]*)<\/title>/)?.[1] ?? "");
  tags.set("canonical", html.match(/<link href="([^"]*)" rel="canonical">/)?.[1] ?? "");
  tags.set("feed", html.match(/<link href="([^"]*)" rel="alternate"[^>]*atom/)?.[1] ?? "");
  return tags;
}

test("a shared link carries everything, in both languages", { tag: "@desktop" }, async ({ request, berth }) => {
  const person = await newPerson(berth);
  const name = `${person.name}/tides`;
  await (await Program.of(berth, person)).addRepository("tides", "public");
  await push(berth, person, name);
  const pages = ["", "/tags", "/tags/multi", "/comments", "/stars", "/pulls", "/badges"].map((part) => `/r/${name}${part}`);
  for (const path of ["/", "/explore", "/search", "/help/webhooks", `/u/${person.name}`, `/u/${person.name}/stars`, ...pages]) {
    for (const [language, territory] of [["en", "en_US"], ["zh-CN", "zh_CN"]] as const) {
      const tags = await tagsOf(request, path, language);
      expect(tags.get("canonical"), path).toBe(`${berth.url}${path}`);
      expect(tags.get("og:url"), path).toBe(`${berth.url}${path}`);
      expect(tags.get("og:locale"), path).toBe(territory);
      expect(tags.get("twitter:card"), path).toBe("summary_large_image");
      expect([tags.get("og:image:width"), tags.get("og:image:height")], path).toEqual(["1200", "630"]);
      for (const tag of ["title", "description", "og:title", "og:description", "og:type", "og:site_name", "og:image:alt"]) {
        expect(tags.get(tag), `${path}: ${tag}`).toBeTruthy();
      }
      expect(tags.has("robots"), path).toBe(false);
      const picture = await request.get((tags.get("og:image") ?? "").replaceAll("&amp;", "&"));
      expect([picture.status(), picture.headers()["content-type"]], path).toEqual([200, "image/png"]);
    }
  }
  expect((await tagsOf(request, "/search?q=tides&page=2")).get("canonical")).toBe(`${berth.url}/search`);
});

test("robots, sitemap, feed and badges", { tag: "@desktop" }, async ({ request, berth }) => {
  const person = await newPerson(berth);
  const program = await Program.of(berth, person);
  for (const [name, visibility] of [["tides", "public"], ["hidden", "unlisted"], ["secret", "private"]] as const) {
    await program.addRepository(name, visibility);
    await push(berth, person, `${person.name}/${name}`);
  }
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toContain(`Sitemap: ${berth.url}/sitemap.xml`);
  const index = await (await request.get("/sitemap.xml")).text();
  const first = index.match(/<loc>([^<]+)<\/loc>/)?.[1] ?? "";
  const sitemap = await (await request.get(first)).text();
  expect(sitemap).toContain(`<loc>${berth.url}/r/${person.name}/tides</loc>`);
  expect(sitemap).toContain(`<loc>${berth.url}/u/${person.name}</loc>`);
  expect(sitemap).not.toMatch(/hidden|secret/);

  for (const part of ["badge/pulls.svg", "badge/version.svg", "feed.atom", "picture.png"]) {
    const shown = await request.get(`/r/${person.name}/tides/${part}`);
    expect([shown.status(), shown.headers()["x-robots-tag"]], part).toEqual([200, undefined]);
    const unlisted = await request.get(`/r/${person.name}/hidden/${part}`);
    expect([unlisted.status(), unlisted.headers()["x-robots-tag"]], part).toEqual([200, "noindex"]);
    const secret = await request.get(`/r/${person.name}/secret/${part}`);
    const missing = await request.get(`/r/${person.name}/missing/${part}`);
    expect([secret.status(), await secret.text()], part).toEqual([404, await missing.text()]);
  }
  expect((await tagsOf(request, `/r/${person.name}/hidden`)).get("robots")).toBe("noindex");
  const feed = await request.get((await tagsOf(request, `/r/${person.name}/tides`)).get("feed") ?? "");
  expect(await feed.text()).toContain(`<title>${person.name}/tides:latest pushed by ${person.name}</title>`);
});

test("a maintainer copies a badge", async ({ page, open, berth, accessible }) => {
  const person = await newPerson(berth);
  await become(page, berth, person);
  await (await Program.of(berth, person)).addRepository("tides", "public");
  await push(berth, person, `${person.name}/tides`);
  await open(`/r/${person.name}/tides`);
  await page.getByRole("link", { name: "Badges and feed" }).click();
  const address = `${berth.url}/r/${person.name}/tides`;
  await expect(page.getByText(`[![pulls](${address}/badge/pulls.svg)](${address})`)).toBeVisible();
  for (const name of ["pulls", "stars", "size", "version", "build"]) {
    const badge = page.getByRole("img", { name, exact: true });
    await expect.poll(() => badge.evaluate((image: HTMLImageElement) => image.naturalHeight)).toBe(20);
  }
  await accessible();
});
