import type { CheckReport } from '../intents/check';
import { entry } from './layout';

/** What somebody answers for, or states without proof, stands in every report. */
export function waiverLines({ acknowledged, kept, idle }: CheckReport): readonly string[] {
  const assumed = [...new Set(kept.flatMap(({ assuming }) => assuming))];
  const lines = [
    ...acknowledged.flatMap(({ id, by }) => entry('known', `\`${id}\` was acknowledged: ${by.reason}`)),
    ...assumed.flatMap((assumption) => {
      const promises = new Set(
        kept.filter(({ assuming }) => assuming.includes(assumption)).map(({ intent }) => intent),
      );
      const hold = promises.size === 1 ? '1 promise holds' : `${promises.size} promises hold`;
      return entry('assumed', `${hold} only because \`${assumption.fact}\` is assumed: ${assumption.because}`);
    }),
    ...idle.flatMap((waiver) => entry('idle', idleText(waiver))),
  ];
  return lines.length > 0 ? [`${lines.join('\n')}\n`] : [];
}

function idleText(waiver: CheckReport['idle'][number]): string {
  return 'fact' in waiver
    ? `the assumption of \`${waiver.fact}\` answers nothing: no promise needs it, or some need it one way and some the other`
    : `nothing is found that the acknowledgement of \`${waiver.id}\` is for: remove it`;
}
