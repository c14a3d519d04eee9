// Every page in both languages and both colours, two at a time: no errors, nothing axe objects to, nothing that sticks out.
import { push } from "./support/image";
import { addOrganization, become, newPerson } from "./support/people";
import { Program } from "./support/program";
import { expect, test } from "./support/test";

test.use({ expectedErrors: [/404/] });

/** Of somebody who has an image, an empty repository, and an organization with a team. */
const pages = (name: string) => [
  "/",
  "/login",
  "/signup",
  "/explore",
  "/search?q=tides",
  "/new",
  "/settings",
  "/settings/tokens",
  "/settings/two-factor",
  "/settings/passkeys",
  "/login/code",
  "/reset",
  "/help/webhooks",
  "/verify/invented",
  "/stars",
  "/stars?q=nothing&order=stars",
  "/notifications",
  `/u/${name}`,
  `/u/${name}/stars`,
  `/r/${name}/tides/stars`,
  `/r/${name}/tides`,
  `/r/${name}/empty`,
  `/r/${name}/tides/tags`,
  `/r/${name}/tides/tags?page=9`,
  `/r/${name}/tides/tags/multi`,
  `/r/${name}/tides/comments`,
  `/r/${name}/tides/pulls`,
  `/r/${name}/tides/badges`,
  `/r/${name}/tides/settings`,
  `/r/${name}/tides/settings/collaborators`,
  `/r/${name}/tides/settings/comments`,
  `/r/${name}/tides/settings/visibility?visibility=public`,
  `/r/${name}/tides/settings/webhooks`,
  `/r/${name}/tides/settings/log`,
  `/u/${name}/plan`,
  `/u/${name}/log`,
  "/orgs/new",
  `/u/${name}-org`,
  `/u/${name}-org/members`,
  `/u/${name}-org/teams`,
  `/u/${name}-org/teams/crew`,
  `/u/${name}-org/tokens`,
  `/u/${name}-org/log`,
  `/u/${name}-org/settings`,
  "/r/nobody/nothing",
  "/login?name=x&refused=%7B%22code%22%3A%22wrong_credentials%22%7D",
];

for (const { locale, colorScheme } of [
  { locale: "en-US", colorScheme: "light" },
  { locale: "zh-CN", colorScheme: "dark" },
] as const) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({ locale, colorScheme });

    test("pages for visitors", async ({ open, accessible, page, berth }) => {
      const person = await newPerson(berth);
      for (const path of ["/", "/explore", "/search", "/search?q=tides+%E6%95%B0", "/login", "/signup", "/help/webhooks", `/u/${person.name}`, "/nothing-here"]) {
        await open(path);
        await fits(page);
        await accessible();
      }
    });

    test("pages for site admins", async ({ page, berth, open, accessible }) => {
      const person = await newPerson(berth);
      const admin = { ...person, name: `${person.name}-admin`, email: `admin-${person.email}` };
      await berth.addUser(admin, { admin: true });
      await become(page, berth, admin);
      for (const path of ["/admin", "/admin/accounts", "/admin/organizations", "/admin/comments", "/admin/log"]) {
        await open(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await fits(page);
        await accessible();
      }
    });

    test("pages for people", async ({ page, berth, open, accessible }) => {
      // Some fifty pages, each read by axe.
      test.setTimeout(300_000);
      const person = await newPerson(berth);
      await push(berth, person, `${person.name}/tides`);
      const program = await Program.of(berth, person);
      await program.addRepository("empty", "unlisted");
      await become(page, berth, person);
      await addOrganization(page, berth, `${person.name}-org`);
      const said = { comment: "See https://example.org/a/very/long/address/that/must/not/stick/out/of/the/page `code`" };
      const comments = `/v2/repositories/${person.name}/tides/comments/`;
      const { id } = await program.post<{ id: string }>(comments, said);
      const thread = `/r/${person.name}/tides/comments/${id}`;
      const threads = [thread, `${thread}?do=edit`, `${thread}?do=delete`];
      for (const path of [...pages(person.name), ...threads]) {
        await open(path);
        await expect(page.locator("html")).toHaveAttribute("lang", locale === "zh-CN" ? "zh-CN" : "en");
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await fits(page);
        await accessible();
      }
    });
  });
}

/** Nothing is wider than the window. */
async function fits(page: import("@playwright/test").Page): Promise<void> {
  const [content, window] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  expect(content, page.url()).toBeLessThanOrEqual(window);
}
