import type { Finding } from '../../intents/finding';
import { withoutKind } from '../../model/cluster/workload';
import type { Origin } from '../../model/finding/origin';

/** What a finding says, beside what its data draws. */
export interface Wording {
  /** Who can't do what: because. One line. */
  readonly title: string;
  /** A word at the line that is to blame. */
  readonly label: string;
  /** What the author may have written there that is to blame, the most telling first. @default - the whole line */
  readonly culprits?: readonly string[];
  /** The Kubernetes rule that applies, with its number. */
  readonly why: string;
  /** What to do where no fix could be tried. */
  readonly advice: string;
  /** What else is worth knowing. @default - nothing */
  readonly note?: string;
  /** Where that is written. @default - nowhere in particular */
  readonly noteAt?: Origin;
}

/** The values and keys of a selector such as `app=web,tier in (a, b)`, by which an author may have written it. */
export function literalsOf(selector: string): readonly string[] {
  const pairs = selector.split(',').flatMap((part) => {
    const [, key, value] = /^\s*([^!=\s]+)=(.+)$/.exec(part) ?? [];
    return key === undefined ? [] : [{ key, value }];
  });
  return [...pairs.map(({ value }) => value), ...pairs.map(({ key }) => key)];
}

export function quoted(text: string): string {
  return `\`${text}\``;
}

/** An end of a flow within a sentence: names stand between backticks, words such as `the internet` do not. */
export function named(label: string): string {
  return /^(?:an?|another|every|nobody|outside|the)\b/.test(label) ? label : quoted(withoutKind(label));
}

/** What a promise says, as a clause. */
export function claimOf({ intent, subject, target }: Finding): string {
  switch (intent.verb) {
    case 'toReach':
      return `${named(subject)} ${intent.negated ? 'is kept from' : 'reaches'} ${named(target)}`;
    case 'toReachOnly':
      return `${named(subject)} reaches only ${named(target)}`;
    case 'toBeIsolated':
      return `${named(subject)} is isolated${target === 'nobody' ? '' : `, but for ${named(target)}`}`;
    case 'toPassThrough':
      return `all from ${named(subject)} to ${named(target)} takes the one way`;
    case 'toBeReachedOnlyBy':
      return `only ${named(target)} reaches ${named(subject)}`;
    case 'toBeExposedTo':
      return `${named(subject)} is ${intent.negated ? 'not ' : ''}exposed to ${named(target)}`;
    case 'toResolve':
      return `${named(subject)} ${intent.negated ? 'finds nothing under' : 'finds'} the name ${named(target)}`;
    case 'toRouteTo':
      return `${named(subject)} ${intent.negated ? 'does not lead' : 'leads'} to ${named(target)}`;
    case 'toRedirectTo':
      return `${named(subject)} ${intent.negated ? 'is not redirected' : 'is redirected'} to ${named(target)}`;
    case 'toTerminateTls':
      return `TLS for ${named(subject)} ends with ${named(target)}`;
    case 'none':
      return `the promise about ${named(subject)} holds`;
  }
}

export function didYouMean(text: string | undefined): string {
  return text === undefined ? '' : `; did you mean ${quoted(text)}?`;
}

export function oneOf(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.map(quoted).join(', ');
}
