import type { CheckInput, CheckReport } from '../intents/check';
import { model } from './model';

/**
 * Judges what is emitted, and remembers the last judgement: a test that synthesizes chart after chart asks about the whole
 * app each time. What is asked is compared by content, so a tree that changed is judged anew.
 */
export class Judge {
  private last: { readonly content: string; readonly report: CheckReport } | undefined;

  judge(input: CheckInput): CheckReport {
    const content = contentOf(input);
    if (this.last?.content !== content) this.last = { content, report: model.intents.check(input) };
    return this.last.report;
  }
}

/**
 * INVARIANT: manifests, profiles, promises and waivers are plain values, as they are when they come from JSON. The line of a promise
 * is left out: reading it would format a stack, and promises are told apart by their ids.
 */
function contentOf({ intents, ...rest }: CheckInput): string {
  const said = intents.map(({ origin, ...intent }) => ({ ...intent, construct: origin.construct }));
  return JSON.stringify([rest, said]);
}
