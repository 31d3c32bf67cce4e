import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readInputs } from '../../lib/cli/input/read';
import { parseManifests } from '../../lib/model/manifest/parse';
import { type SuiteResult, Tally } from './suite';

/** Real manifests have no faults. A fact is one file, alone, as some are alternatives of each other. */
export async function corpusParses(data: string): Promise<SuiteResult> {
  const tally = new Tally('manifests of the corpus parse');
  const corpus = join(data, 'corpus');
  const entries = readdirSync(corpus, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    const { manifests, faults } = readInputs([file]);
    const all = [...faults, ...parseManifests(manifests).faults];
    const problems = all.map(({ code, field, problem }) => `${code} ${field ?? ''} ${problem}`);
    tally.fact(file.slice(corpus.length + 1), all.length === 0 ? undefined : problems.join('; '));
  }
  return tally.result;
}
