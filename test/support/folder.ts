import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * An empty folder, which goes with the suite (`own-temporary-folder.ts`).
 * @param prefix what its name begins with
 */
export function emptyFolder(prefix = 'portolan-'): string {
  return mkdtempSync(join(tmpdir(), prefix));
}

/** A folder with these files, by their paths in it. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const made = emptyFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(made, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return made;
}
