import type { CheckReport } from '../intents/check';
import type { Assumption } from '../intents/waivers';
import { entry } from './layout';

/** What somebody answers for, or states without proof, stands in every report. */
export function waiverLines({ acknowledged, assumed, kept, idle }: CheckReport): readonly string[] {
  const lines = [
    ...acknowledged.flatMap(({ id, by }) => entry('known', `\`${id}\` was acknowledged: ${by.reason}`)),
    ...assumed.flatMap((assumption) => entry('assumed', `${assumedText(assumption, kept)}: ${assumption.because}`)),
    ...idle.flatMap((waiver) => entry('idle', idleText(waiver))),
  ];
  return lines.length > 0 ? [`${lines.join('\n')}\n`] : [];
}

function assumedText(assumption: Assumption, kept: CheckReport['kept']): string {
  const promises = new Set(kept.filter(({ assuming }) => assuming.includes(assumption)).map(({ intent }) => intent));
  const fact = `only because \`${assumption.fact}\` is assumed`;
  if (promises.size === 0) return `policies are taken to be enforced ${fact}`;
  return `${promises.size === 1 ? '1 promise holds' : `${promises.size} promises hold`} ${fact}`;
}

function idleText(waiver: CheckReport['idle'][number]): string {
  return 'fact' in waiver
    ? `the assumption of \`${waiver.fact}\` answers nothing: no promise needs it, or some need it one way and some the other`
    : `nothing is found that the acknowledgement of \`${waiver.id}\` is for: remove it`;
}
