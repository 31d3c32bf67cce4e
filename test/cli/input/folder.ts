import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with these files, for the length of one test. */
export function withFolder<T>(files: Readonly<Record<string, string>>, action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
