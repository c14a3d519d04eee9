// An image that skopeo pushed, as people read about it.
import { push } from "./support/image";
import { become, newPerson, submit } from "./support/people";
import { expect, test } from "./support/test";

test("tags, platforms, layers and history of a pushed image", async ({ page, berth, accessible }) => {
  const person = await newPerson(berth);
  const name = `${person.name}/tides`;
  await push(berth, person, name);
  await become(page, berth, person);

  await page.goto(`/r/${name}`);
  await expect(page.getByText(`docker pull ${new URL(berth.url).host}/${name}`, { exact: true })).toBeVisible();
  await expect(page.getByText(`by ${person.name}`).first()).toBeVisible();

  await page.goto(`/r/${name}/tags`);
  await expect(page.getByRole("link", { name: "latest" })).toBeVisible();
  await expect(page.getByText("linux/amd64, linux/arm64")).toBeVisible();
  await accessible();

  await page.getByRole("link", { name: "multi" }).click();
  for (const platform of ["linux/amd64", "linux/arm64"]) {
    await expect(page.getByRole("heading", { name: platform })).toBeVisible();
  }
  // Three layers in the picture of each image; four lines of history, one of them without a layer.
  await expect(page.getByRole("img", { name: "Size by layer" })).toHaveCount(2);
  await expect(page.locator(".layer-bar").first().locator("rect")).toHaveCount(3);
  await expect(page.locator("table").first().locator("tbody tr")).toHaveCount(4);
  await expect(page.getByText("ENV A=<b>").first()).toBeVisible();
  await accessible();
});

test("a tag is deleted, and the image is still there to go back to", async ({ page, berth }) => {
  const person = await newPerson(berth);
  const name = `${person.name}/tides`;
  await push(berth, person, name);
  await become(page, berth, person);
  await page.goto(`/r/${name}/tags/latest`);
  const danger = page.locator(".danger");
  await danger.locator("summary").click();
  await submit(page, danger.getByRole("button"));
  await page.goto(`/r/${name}/tags`);
  await expect(page.getByRole("link", { name: "multi" })).toBeVisible();
  await expect(page.getByRole("link", { name: "latest" })).toHaveCount(0);
});
