// A real image of three layers, pushed by skopeo: as an image, and as an index for two platforms.
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { type Berth, type Person } from "./berth";

const run = promisify(execFile);
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";
type Descriptor = { mediaType: string; digest: string; size: number };

const sha256 = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

class Layout {
  constructor(readonly folder: string) {}

  async put(mediaType: string, bytes: Buffer): Promise<Descriptor> {
    const digest = sha256(bytes);
    await writeFile(join(this.folder, "blobs/sha256", digest.slice(7)), bytes);
    return { mediaType, digest, size: bytes.length };
  }

  json(mediaType: string, value: object): Promise<Descriptor> {
    return this.put(mediaType, Buffer.from(JSON.stringify(value)));
  }

  async image(architecture: string, more: string[]): Promise<Descriptor & { platform: object }> {
    const contents = [40_000, 150_000, 7_000].map((size) => tar(randomBytes(size)));
    const layers = contents.map((bytes) =>
      this.put("application/vnd.oci.image.layer.v1.tar+gzip", gzipSync(bytes)),
    );
    const history = ["ADD rootfs.tar /", "RUN apk add curl", "ENV A=<b>", "COPY . /srv", ...more].map((created_by, at) => ({
      created_by,
      empty_layer: created_by.startsWith("ENV") || at > 3,
    }));
    const rootfs = { type: "layers", diff_ids: contents.map(sha256) };
    const config = { architecture, variant: more[0], os: "linux", created: "2026-11-20T10:00:00Z", config: {}, rootfs, history };
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: await this.json("application/vnd.oci.image.config.v1+json", config),
      layers: await Promise.all(layers),
    };
    return { ...(await this.json(MANIFEST, manifest)), platform: { architecture, os: "linux" } };
  }
}

/** One file `data` as a tar archive. */
function tar(data: Buffer): Buffer {
  const header = Buffer.alloc(512);
  const field = (text: string, at: number) => header.write(text, at);
  field("data", 0);
  field("0000644\0", 100);
  field(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
  field("00000000000\0        0", 136);
  field("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc(((512 - (data.length % 512)) % 512) + 1024)]);
}

/**
 * Pushes to `name:latest` the image for amd64, and to `name:multi` an index of it and one for arm64. `more`: what else
 * their builder says that it did, without a layer; the first of it is also the variant of their platform.
 */
export async function push(berth: Berth, person: Person, name: string, more: string[] = []): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "berth-image-"));
  try {
    await mkdir(join(folder, "blobs/sha256"), { recursive: true });
    const layout = new Layout(folder);
    const images = [await layout.image("amd64", more), await layout.image("arm64", more)];
    const index = await layout.json(INDEX, { schemaVersion: 2, mediaType: INDEX, manifests: images });
    const named = (one: Descriptor, tag: string) => ({
      ...one,
      annotations: { "org.opencontainers.image.ref.name": tag },
    });
    const manifests = [named(images[0] as Descriptor, "latest"), named(index, "multi")];
    await writeFile(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
    await writeFile(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
    const options = ["--dest-tls-verify=false", "--dest-creds", `${person.name}:${person.password}`];
    for (const tag of ["latest", "multi"]) {
      const to = `docker://${new URL(berth.url).host}/${name}:${tag}`;
      await run("skopeo", ["copy", "--quiet", "--all", ...options, `oci:${folder}:${tag}`, to]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
