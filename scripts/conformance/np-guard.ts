import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { portolan } from './command';
import { type SuiteResult, Tally } from './suite';

/** Folders of real manifests and the connections that another analyser lists for them. A fact is one line. */
export async function npGuard(data: string): Promise<SuiteResult> {
  const tally = new Tally('connection lists of np-guard');
  const root = join(data, 'corpus', 'np-guard');
  for (const folder of readdirSync(join(root, 'manifests')).sort()) {
    const manifests = join(root, 'manifests', folder);
    const expected = linesOf(readFileSync(join(root, 'expected', `${folder}.txt`), 'utf8'));
    const { code, stdout, stderr } = await portolan('map', manifests, '--ip-block', 'external');
    tally.fact(`${folder} (exit code)`, code === 0 ? undefined : `expected 0, got ${code}: ${stderr}`);
    compare(tally, folder, expected, linesOf(stdout));
  }
  return tally.result;
}

function compare(tally: Tally, folder: string, expected: readonly string[], got: readonly string[]): void {
  const [there, wanted] = [new Set(got), new Set(expected)];
  for (const line of expected) tally.fact(folder, there.has(line) ? undefined : `missing ${line}`);
  for (const line of got) if (!wanted.has(line)) tally.fact(folder, `surplus ${line}`);
  // Equal sets of lines may still differ in order or repetition, which makes another text.
  const isSameText = expected.length === got.length && expected.every((line, i) => line === got[i]);
  tally.fact(`${folder} (whole text)`, isSameText ? undefined : 'differs');
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
