import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { GeneratedCluster } from './generate';

export interface WrittenCluster {
  readonly folder: string;
  /** Characters of YAML. */
  readonly size: number;
}

/** Writes a cluster as people keep theirs: a folder for each namespace, a file for each app. */
export async function withFolder<T>(
  { files }: GeneratedCluster,
  action: (written: WrittenCluster) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    let size = 0;
    for (const file of files) {
      const text = file.objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n');
      size += text.length;
      mkdirSync(join(folder, file.folder), { recursive: true });
      writeFileSync(join(folder, file.folder, `${file.name}.yaml`), text);
    }
    return await action({ folder, size });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
