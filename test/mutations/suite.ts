import { groupBy } from '../../lib/model/values/group-by';
import type { Mutation } from './mutation';
import { type Outcome, outcomeOf } from './outcome';

/** `all`: every place of every kind, for minutes; else a few of each, spread over all of them. Prints a table if set. */
const ASKED = process.env.PORTOLAN_MUTATIONS;
const PLACES = 3;

/** Kinds that break no promise wherever they are done. */
export interface Quiet {
  /** They change nothing for anybody. */
  readonly harmless?: readonly string[];
  /** The API server takes none of them. */
  readonly refused?: readonly string[];
}

/**
 * Each mutation breaks a promise with the right blame, changes nothing for anybody, or is refused; a kind that is not known to be
 * harmless, or refused, must break one somewhere.
 */
export function holdsFor(mutations: readonly Mutation[], { harmless = [], refused = [] }: Quiet = {}): void {
  const found = new Map<Mutation, Outcome>();
  describe.each([...groupBy(mutations, ({ kind }) => kind)])('%s', (kind, places) => {
    const chosen = ASKED === 'all' ? places : spread(places);
    test.each(chosen.map((mutation) => [mutation.place, mutation] as const))('%s', (_, mutation) => {
      const outcome = outcomeOf(mutation);
      found.set(mutation, outcome);
      const quiet = { is: refused.includes(kind) ? 'refused' : 'unchanged' };
      expect(outcome).toEqual(outcome.is === 'found' ? { ...outcome, amiss: [] } : quiet);
    });

    test('is told somewhere', () => {
      const kinds = new Set(chosen.map((mutation) => found.get(mutation)?.is));
      const wanted = harmless.includes(kind) ? 'unchanged' : refused.includes(kind) ? 'refused' : 'found';
      expect(kinds).toContain(wanted);
    });
  });
  if (ASKED) afterAll(() => process.stdout.write(tableOf(found)));
}

/** The first, the last, and some between. */
function spread<T>(places: readonly T[]): readonly T[] {
  if (places.length <= PLACES) return places;
  const step = (places.length - 1) / (PLACES - 1);
  return Array.from({ length: PLACES }, (_, i) => places[Math.round(i * step)]);
}

/** By kind: how many were found and by which codes, how many change nothing, how many are refused. */
function tableOf(found: ReadonlyMap<Mutation, Outcome>): string {
  const lines = [...groupBy(found, ([{ kind }]) => kind)].map(([kind, own]) => {
    const count = (is: Outcome['is']) => own.filter(([, outcome]) => outcome.is === is).length;
    const codes = new Set(own.flatMap(([, outcome]) => (outcome.is === 'found' ? outcome.codes : [])));
    const counts = [count('found'), count('unchanged'), count('refused')].map((n) => String(n).padStart(4)).join('');
    return `${kind.padEnd(46)}${counts}  ${[...codes].sort().join(' ')}`;
  });
  return `\n${'mutation'.padEnd(46)}  found, unchanged, refused\n${lines.join('\n')}\n`;
}
