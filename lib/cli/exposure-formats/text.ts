import { doubtText } from '../../diagnostics/reason';
import { externalLabel } from '../../model/reach/connectivity-map';
import type { DirectionExposure, ExposedDoor, ExposedTo } from '../../model/reach/exposure';
import type { Doubt } from '../../model/values/ternary';
import type { ToldExposure } from './told';

/** One line a stranger, in the notation of the map; then who is unprotected, and what leads in from outside. */
export function* exposureText(exposures: readonly ToldExposure[]): Iterable<string> {
  const lines = exposures.flatMap(({ workload, ingress, egress }) => [
    ...ends(ingress).map(({ who, conn }) => `${who} => ${workload} : ${conn}`),
    ...ends(egress).map(({ who, conn }) => `${workload} => ${who} : ${conn}`),
  ]);
  yield* lines.sort();
  for (const direction of ['ingress', 'egress'] as const) {
    const unprotected = exposures.filter((exposure) => exposure[direction].isUnprotected);
    if (unprotected.length === 0) continue;
    yield '';
    yield `unprotected on ${direction}:`;
    for (const { workload } of unprotected) yield `  ${workload}`;
  }
  const doors = exposures.flatMap(({ workload, doors: own }) => own.map((door) => ({ workload, ...door })));
  if (doors.length > 0) {
    yield '';
    yield 'ways in from outside:';
    for (const { workload, port, ...door } of doors) {
      yield `  ${workload}:${port} by ${doorText(door)}`;
      yield* doubtLines(door.doubts);
    }
  }
  const open = exposures.filter((exposure) => exposure.open.length > 0);
  if (open.length === 0) return;
  yield '';
  yield 'perhaps open from outside by other ways:';
  for (const { workload, open: doubts } of open) {
    yield `  ${workload}`;
    yield* doubtLines(doubts);
  }
}

function doubtLines(doubts: readonly Doubt[] = []): readonly string[] {
  return doubts.map((doubt) => `    would decide it: ${doubtText(doubt)}`);
}

function doorText({ via, service, url, rule, doubts }: Omit<ExposedDoor, 'port'>): string {
  const open = doubts ? ' ?' : '';
  if (url === undefined) return `${via}${service === undefined ? '' : ` ${service}`}${open}`;
  return `${via} ${url} (${rule})${open}`;
}

function ends({ strangers, outside }: DirectionExposure): readonly { who: string; conn: string }[] {
  return [
    ...strangers.map((stranger) => ({ who: `[${stranger.who}]`, conn: connText(stranger) })),
    ...outside.flatMap(({ addresses, ...passing }) =>
      addresses.ranges.map((range) => ({ who: externalLabel(range), conn: connText(passing) })),
    ),
  ];
}

/** What may pass, and nobody can know, behind a question mark. */
function connText({ traffic, unknown }: Pick<ExposedTo, 'traffic' | 'unknown'>): string {
  return [...(traffic.isEmpty ? [] : [`${traffic}`]), ...(unknown.isEmpty ? [] : [`? ${unknown}`])].join(' ');
}
