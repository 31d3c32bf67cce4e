import { type Comparison, compareWith, SERVERS } from '../../test/live/comparison';
import { installed } from '../../test/live/server';
import type { Skipped, SuiteResult } from './suite';

const REQUESTS_PER_TABLE = 800;
const SEED = 1;

/** What nginx and HAProxy themselves do with the paths and hosts of requests, those of `test/live`. */
export async function liveServers(): Promise<SuiteResult> {
  const there = SERVERS.filter(installed);
  const comparisons: Comparison[] = [];
  for (const name of there) comparisons.push(await compareWith(name, REQUESTS_PER_TABLE, SEED));
  const facts = comparisons.reduce((sum, { compared }) => sum + compared, 0);
  const disagreements = comparisons.flatMap(({ differences }) => differences);
  const missing = SERVERS.filter((name) => !there.includes(name)).map(
    (name): Skipped => ({ what: name, because: 'it is not installed' }),
  );
  const skipped = [
    ...missing,
    { what: 'Traefik', because: 'nobody asks it: its rules are those of its documentation' },
  ];
  return {
    suite: 'answers of nginx and HAProxy',
    facts,
    agreeing: facts - disagreements.length,
    disagreements,
    skipped,
  };
}
