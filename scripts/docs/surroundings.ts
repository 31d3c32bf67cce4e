import { mkdirSync } from 'node:fs';
import * as path from 'node:path';

/** Runs something in a folder and a locale, so that what it prints is the same wherever it runs. */
export function within<T>(folder: string, locale: string, run: () => T): T {
  const { LC_ALL, CDK8S_OUTDIR } = process.env;
  const cwd = process.cwd();
  mkdirSync(folder, { recursive: true });
  process.chdir(folder);
  // Should a program be mended by accident, its YAML must not lie about.
  Object.assign(process.env, { LC_ALL: locale, CDK8S_OUTDIR: path.resolve(cwd, '.cache', 'docs', 'dist') });
  try {
    return run();
  } finally {
    process.chdir(cwd);
    restore('LC_ALL', LC_ALL);
    restore('CDK8S_OUTDIR', CDK8S_OUTDIR);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
