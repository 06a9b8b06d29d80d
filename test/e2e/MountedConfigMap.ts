import { mkdir, mkdtemp, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * A directory as the kubelet mounts a ConfigMap: files are links through `..data`, which one rename swaps, so that a
 * reader sees the old set or the new one (Kubernetes 1.37, pkg/volume/util/atomic_writer.go).
 */
export class MountedConfigMap {
  readonly directory: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(directory: string) {
    this.directory = directory;
  }

  /** One after the other, whoever writes. */
  async write(data: Readonly<Record<string, string>>): Promise<void> {
    const before = this.#writing;
    this.#writing = before.catch(() => undefined).then(() => this.#swap(data));
    await this.#writing;
  }

  async #swap(data: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const folder = basename(await mkdtemp(join(this.directory, "..version_")));
    for (const [key, value] of Object.entries(data))
      await writeFile(join(this.directory, folder, key), value);
    const current = join(this.directory, "..data");
    const old = await readlink(current).catch(() => undefined);
    await symlink(folder, `${current}_tmp`);
    await rename(`${current}_tmp`, current);
    for (const key of Object.keys(data)) {
      await symlink(join("..data", key), join(this.directory, key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
    }
    if (old !== undefined) await rm(join(this.directory, old), { recursive: true });
  }
}
