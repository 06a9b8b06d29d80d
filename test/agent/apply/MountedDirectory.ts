import { mkdir, mkdtemp, readdir, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory into which files come as the kubelet brings a ConfigMap's: whole sets, by a swap of the link `..data`. */
export class MountedDirectory {
  readonly path: string;
  #set: string | undefined;
  #count = 0;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<MountedDirectory> {
    return new MountedDirectory(await mkdtemp(join(tmpdir(), "stellar-peers-")));
  }

  /**
   * Writes the new set beside the old one, swaps the link, brings the visible names up to date, and removes the old set.
   * No files at all: an optional ConfigMap was deleted.
   */
  async swap(files: Readonly<Record<string, string>>): Promise<void> {
    const old = this.#set;
    this.#set = `..2026_01_01_00_00_00.${(this.#count += 1)}`;
    await mkdir(join(this.path, this.#set));
    for (const [name, text] of Object.entries(files)) await writeFile(join(this.path, this.#set, name), text);
    await symlink(this.#set, join(this.path, "..data_tmp"));
    await rename(join(this.path, "..data_tmp"), join(this.path, "..data"));
    await this.#show(new Set(Object.keys(files)));
    if (old !== undefined) await rm(join(this.path, old), { recursive: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #show(names: ReadonlySet<string>): Promise<void> {
    const shown = (await readdir(this.path)).filter((name) => !name.startsWith(".."));
    for (const name of shown) if (!names.has(name)) await unlink(join(this.path, name));
    for (const name of names)
      if (!shown.includes(name)) await symlink(join("..data", name), join(this.path, name));
  }
}
