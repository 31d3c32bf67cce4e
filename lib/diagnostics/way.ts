import type { Hop, PairVerdict } from '../model/reach/verdict';
import { wrap } from './layout';
import { hopClause } from './reason';
import { plain } from './wording/wording';

/**
 * The packet's way in one line, with exactly one mark: a cross where it stops, a question mark where nobody knows,
 * none where it gets through; below the mark, what decided there.
 */
export function wayOf(pair: PairVerdict): readonly string[] {
  const stop = pair.hops.findIndex((hop) => hop.decision === 'stops');
  const marked = stop >= 0 ? stop : pair.hops.findIndex((hop) => hop.decision === 'unknown');
  const segments = segmentsOf(pair, marked);
  const way = `  ${segments.map((s) => s.text).join('')}`;
  if (marked < 0) return [way];
  const before = segments.slice(
    0,
    segments.findIndex((segment) => segment.isMarked),
  );
  const indent = ' '.repeat(before.reduce((sum, { text }) => sum + text.length, '   --'.length));
  const [first, ...rest] = wrap(hopClause(pair.hops[marked]), indent.length + 3);
  return [way, `${indent}|`, `${indent}+- ${first}`, ...rest.map((line) => `${indent}   ${line}`)];
}

interface Segment {
  readonly text: string;
  readonly isMarked: boolean;
}

function segmentsOf(pair: PairVerdict, marked: number): readonly Segment[] {
  const mark = pair.hops[marked]?.decision === 'stops' ? 'x' : '?';
  const segments: Segment[] = [{ text: plain(pair.from), isMarked: false }];
  let isMarkDrawn = false;
  for (const stage of stagesOf(pair)) {
    const isMarked: boolean = !isMarkDrawn && stage.hops.some((hop) => pair.hops.indexOf(hop) === marked);
    segments.push({ text: isMarked ? ` --${mark}--> ` : isMarkDrawn ? ' ..> ' : ' ---> ', isMarked });
    segments.push({ text: stage.name, isMarked: false });
    isMarkDrawn ||= isMarked;
  }
  return segments;
}

/** What a packet passes by, each with the hops that decide whether it gets there. */
function stagesOf(pair: PairVerdict): readonly { readonly name: string; readonly hops: readonly Hop[] }[] {
  const lookup = pair.hops.filter((hop) => hop.hop === 'lookup');
  const service = pair.hops.filter((hop) => hop.hop === 'service');
  const policies = pair.hops.filter((hop) => hop.hop === 'egress-policy' || hop.hop === 'ingress-policy');
  const traffic = policies.map((hop) => ('traffic' in hop ? hop.traffic : '')).find((text) => text !== '');
  return [
    ...lookup.map((hop) => ({ name: 'DNS', hops: [hop] })),
    ...service.map((hop) => ({ name: serviceText(hop), hops: [hop] })),
    ...(policies.length > 0 ? [{ name: `${plain(pair.to)}${traffic ? `:${traffic}` : ''}`, hops: policies }] : []),
  ];
}

function serviceText(hop: Hop): string {
  if (hop.hop !== 'service') return '';
  return hop.service ? `Service ${hop.service.name}:${hop.port}` : `a Service for port ${hop.port}`;
}
