import type { IConstruct } from 'constructs';
import type { CheckReport } from '../intents/check';
import { NetworkPromiseError } from './network-promise-error';
import { renderReport, shortened } from './render';

/** What else is to be said of a synth that is refused. */
export interface Circumstances {
  /** What other constructs found invalid, as cdk8s words it. */
  readonly others?: string;
  /** Files of an earlier synth that this one would have replaced. */
  readonly stale?: readonly string[];
}

/** Whether there is something to tell, though it may refuse nothing. */
export function isWorthTelling({ faults, findings, lints }: CheckReport): boolean {
  return faults.length + findings.length + lints.length > 0;
}

/** The error that refuses a synth of the tree. */
export function refusalOf(root: IConstruct, report: CheckReport, circumstances: Circumstances): NetworkPromiseError {
  const { others = '', stale = [] } = circumstances;
  const text = [`nothing was written: ${whatIsWrong(report)}`, '', renderReport(root, report), ...staleNote(stale)];
  return new NetworkPromiseError([...text, ...(others === '' ? [] : [others, ''])].join('\n'), report);
}

/** The first line of what is told though it should refuse. */
export function letPass(report: CheckReport): string {
  return `portolan: PORTOLAN=warn let this pass: ${whatIsWrong(report)}\n\n`;
}

function whatIsWrong({ faults, findings }: CheckReport): string {
  if (faults.length > 0) return 'the manifests are invalid';
  const isBroken = findings.some(({ severity }) => severity === 'error');
  return isBroken ? 'promises do not hold' : 'objects cannot do what they are meant to';
}

const MOST_LISTED = 5;

function staleNote(files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  const more = files.length > MOST_LISTED ? `, and ${files.length - MOST_LISTED} more` : '';
  const listed = `${files.slice(0, MOST_LISTED).map(shortened).join(', ')}${more}`;
  return [
    `note  manifests of an earlier synth are still there and were not replaced: ${listed}`,
    '      They are not what was judged here: do not apply them.',
    '',
  ];
}
