import { blamedBy } from './blame';
import type { Mutation } from './mutation';
import { connectivity, judge, SHOP } from './shop';

/** What became of a mutant: exactly one of these, or it got away. */
export type Outcome =
  /** The API server would not take it. */
  | { readonly is: 'refused' }
  /** A promise breaks, or can't be decided any more; `amiss` are findings with another code or blame than a reader needs. */
  | { readonly is: 'found'; readonly codes: readonly string[]; readonly amiss: readonly string[] }
  /** Line by line everybody gets where they got before. */
  | { readonly is: 'unchanged' }
  /** Somebody gets somewhere else than before, and nobody says so. */
  | { readonly is: 'missed'; readonly changes: readonly string[] };

const before = connectivity(SHOP);

export function outcomeOf(mutation: Mutation): Outcome {
  const { faults, findings } = judge(mutation.manifests);
  if (faults.length > 0) return { is: 'refused' };
  if (findings.length > 0) {
    const right = blamedBy(mutation);
    const told = findings.map(({ code, blame }) => ({ code, blamed: blame?.construct ?? 'the promise' }));
    const amiss = told.filter(({ code, blamed }) => !right(code).includes(blamed));
    const codes = [...new Set(told.map(({ code }) => code))].sort();
    return { is: 'found', codes, amiss: amiss.map(({ code, blamed }) => `${code} blames ${blamed}`) };
  }
  const after = connectivity(mutation.manifests);
  const changes = [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  return changes.length === 0 ? { is: 'unchanged' } : { is: 'missed', changes };
}
