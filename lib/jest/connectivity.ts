import { type Workload, workloadLabel } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { Connection, UnknownConnection } from '../model/reach/connection';
import { byCodeUnit } from '../model/values/by-code-unit';

/** Text that stands in a snapshot as it is, without quotes. */
export class Lines {
  constructor(readonly text: string) {}
}

/**
 * Who may connect to whom, one line a connection in the notation of `portolan map`; at the end of what nobody can know `?`
 * and the rules that leave it open.
 *
 * @param made only connections from or to these @default - all
 */
export function connectivityOf(network: Network, made?: readonly Workload[]): Lines {
  const labels = made && new Set(made.map(workloadLabel));
  const isOwn = ({ src, dst }: Connection) => !labels || labels.has(src) || labels.has(dst);
  const { connections, unknown } = network.map();
  const lines = [
    ...[...connections].filter(isOwn).map((each) => ({ ...each, text: textOf(each) })),
    ...[...unknown].filter(isOwn).map((each) => ({ ...each, text: `${textOf(each)} ? ${rulesOf(each)}`.trimEnd() })),
  ];
  lines.sort((a, b) => byCodeUnit(a.src, b.src) || byCodeUnit(a.dst, b.dst) || byCodeUnit(a.text, b.text));
  return new Lines(lines.map(({ text }) => text).join('\n'));
}

function textOf({ src, dst, traffic }: Connection): string {
  return `${src} => ${dst} : ${traffic}`;
}

function rulesOf({ because }: UnknownConnection): string {
  return [...new Set(because.map(({ rule }) => rule))].sort(byCodeUnit).join(', ');
}
