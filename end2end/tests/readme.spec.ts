// A README in a real browser: links within it, coloured code, tables, tasks, footnotes, images as links; and attacks.
import { attacks, face, inert, watch } from "./support/attacks";
import { type Berth, type Person } from "./support/berth";
import { push } from "./support/image";
import { become, newPerson } from "./support/people";
import { Program } from "./support/program";
import { expect, test, visit } from "./support/test";

const readme = `# Tides

[Install](#install) · [安装](#安装) · [License](LICENSE) · [elsewhere](//evil.example/x)

![Chart of the tides](https://pictures.example/tides.png "Tides") [![Build](https://ci.example/badge.svg)](https://ci.example/tides)

> [!WARNING]
> Mind the *rocks*.

- [x] ebb
- [ ] flood
- neither

## Install

\`\`\`dockerfile
FROM alpine:3.20 # small
RUN apk add --no-cache tides && echo "a rather long line that a phone can not show as a whole"
\`\`\`

\`\`\`yaml
services:
  tides: { image: "anna/tides" }
\`\`\`

\`\`\`diff
-ebb
+flood
\`\`\`

| Port | Protocol | What it is for, in a rather long heading | And more |
|-----:|:--------:|------------------------------------------|----------|
| 8080 | http     | pages                                    | x        |

High water twice a day[^moon].

[^moon]: Mostly because of the moon.

${"A paragraph that makes the page long.\n\n".repeat(40)}
## 安装

${"又一段文字。\n\n".repeat(20)}`;

/** With an image: without one its page would load itself anew now and then, to notice the first push. */
async function repository(berth: Berth, owner: Person, text: string): Promise<string> {
  const program = await Program.of(berth, owner);
  await program.addRepository("tides", "public");
  await push(berth, owner, `${owner.name}/tides`);
  await program.send("PATCH", `/v2/repositories/${owner.name}/tides/`, { full_description: text });
  return `/r/${owner.name}/tides`;
}

test("a README shows all that it is made of", async ({ page, berth, open }) => {
  const path = await repository(berth, await newPerson(berth), readme);
  const watched = watch(page, berth.url);
  await open(path);
  const text = page.locator(".readme");

  await expect(text.getByRole("heading", { name: "Install", exact: true })).toHaveAttribute("id", "readme-install");
  for (const plain of ["License", "elsewhere"]) {
    await expect(text.getByText(plain)).toBeVisible();
    await expect(text.getByRole("link", { name: plain })).toHaveCount(0);
  }
  const image = text.getByRole("link", { name: "Chart of the tides" });
  await expect(image).toHaveAttribute("href", "https://pictures.example/tides.png");
  await expect(image).toHaveAttribute("rel", /noopener/);
  await expect(text.getByRole("link", { name: "Build" })).toHaveAttribute("href", "https://ci.example/tides");
  await expect(text.locator(".markdown-alert-warning")).toContainText("Mind the rocks.");

  await expect(text.getByRole("checkbox", { name: "ebb" })).toBeChecked();
  await expect(text.getByRole("checkbox", { name: "flood" })).not.toBeChecked();
  await expect(text.getByRole("checkbox")).toHaveCount(2);
  await expect(text.getByRole("table").getByRole("row")).toHaveCount(2);
  await expect(text.getByRole("columnheader", { name: "Protocol" })).toHaveCSS("text-align", "center");

  await expect(text.locator("pre .k").filter({ hasText: "FROM" })).toBeVisible();
  await expect(text.locator("pre .c")).toHaveText("# small");
  await expect(text.locator("pre .p").filter({ hasText: "services" })).toBeVisible();
  await expect(text.locator("pre .a")).toHaveText("+flood");
  const colours = await text.locator("pre span").evaluateAll((all) => all.map((piece) => getComputedStyle(piece).color));
  expect(new Set(colours).size).toBeGreaterThan(4);
  watched.calm();
});

test("links within a README lead to its headings and footnotes", async ({ page, berth, open }) => {
  const path = await repository(berth, await newPerson(berth), readme);
  await open(path);
  const text = page.locator(".readme");
  const heading = (name: string) => text.getByRole("heading", { name, exact: true });

  await text.getByRole("link", { name: "安装", exact: true }).first().click();
  await expect(page).toHaveURL(/#readme-/);
  await expect(heading("安装")).toBeInViewport();

  await heading("Install").hover();
  const anchor = text.locator("a.anchor[href='#readme-install']");
  await expect(anchor).toHaveAccessibleName("Install");
  await expect(anchor).toHaveCSS("opacity", "1");
  await anchor.click();
  await expect(page).toHaveURL(/#readme-install$/);

  await text.getByRole("link", { name: "1", exact: true }).click();
  await expect(page).toHaveURL(/#readme-fn-moon$/);
  await expect(text.getByText("Mostly because of the moon.")).toBeInViewport();
  await text.getByRole("link", { name: "↩" }).click();
  await expect(page).toHaveURL(/#readme-fnref-moon$/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`${colorScheme}, on a phone`, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 740 } });

    test("a README is accessible, and only its own boxes scroll", async ({ page, berth, open, accessible }) => {
      const path = await repository(berth, await newPerson(berth), readme);
      await open(path);
      await expect(page.locator(".readme .scroll")).toHaveAttribute("tabindex", "0");
      await accessible();
      const { wide, screen } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        screen: document.documentElement.clientWidth,
      }));
      expect(wide).toBeLessThanOrEqual(screen);
    });
  });
}

test("no attack in a README runs or loads anything", async ({ page, berth, javaScriptEnabled }) => {
  test.setTimeout(300_000);
  const owner = await newPerson(berth);
  const path = await repository(berth, owner, "-");
  const program = await Program.of(berth, owner);
  const watched = watch(page, berth.url);
  const texts: string[] = [];
  // As many in one README as fit; in code of a language too.
  for (const attack of attacks.flatMap((one) => [one, `\`\`\`\`html\n${one}\n\`\`\`\``])) {
    const last = texts.at(-1);
    if (last === undefined || [...last].length + attack.length > 24_000) texts.push(attack);
    else texts[texts.length - 1] = `${last}\n\n${attack}`;
  }
  for (const text of texts) {
    await program.send("PATCH", `/v2/repositories/${owner.name}/tides/`, { full_description: text });
    await face(page, watched, path, ".readme", javaScriptEnabled);
  }
  if (!javaScriptEnabled) return;
  await become(page, berth, owner);
  await visit(page, `${path}/settings`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator(".readme.preview")).toBeVisible();
  await inert(page, ".readme.preview");
  watched.calm();
});
