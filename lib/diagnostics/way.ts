import type { Origin } from '../model/finding/origin';
import type { RuleOrigin } from '../model/policy/language';
import type { Hop, PairVerdict, PolicyHop } from '../model/reach/verdict';
import { endNames, homeOf } from './ends';
import type { Glyphs } from './glyphs';
import { hanging } from './hanging';
import { WIDTH, withPlace, wrap } from './layout';
import { hopClause, listed, policyName } from './reason';

/** What a way is drawn with. */
export interface WayCanvas {
  readonly glyphs: Glyphs;
  /** Where a policy was written, unless the reader sees it already. */
  readonly placeOf: (origin: Origin) => string | undefined;
}

const INDENT = 2;

/**
 * The packet's way, with exactly one mark: a cross where it stops, a question mark where nobody knows, none where it gets
 * through; below it, what decided there and where that was written.
 */
export function wayOf(pair: PairVerdict, canvas: WayCanvas): readonly string[] {
  const { glyphs } = canvas;
  const stop = pair.hops.findIndex((hop) => hop.decision === 'stops');
  const marked = stop >= 0 ? stop : pair.hops.findIndex((hop) => hop.decision === 'unknown');
  const segments = segmentsOf(pair, marked, glyphs).map((each) => ({ ...each, name: fitted(each.name, glyphs) }));
  const rows = rowsOf(segments);
  const lastArrow = segments.findLastIndex(({ arrow }) => arrow !== '');
  const at = marked < 0 ? lastArrow : segments.findIndex(({ isMarked }) => isMarked);
  if (at < 0) return rows.map(textOf);
  const row = rows.findIndex((each) => each.includes(segments[at]));
  const before = rows[row].slice(0, rows[row].indexOf(segments[at]));
  const arrow = segments[at].arrow;
  const column = before.reduce((sum, each) => sum + widthOf(each), INDENT) + 1 + Math.floor((arrow.length - 1) / 2);
  const decision = decisionLines(pair, marked, column, canvas);
  return [...rows.slice(0, row + 1).map(textOf), ...decision, ...rows.slice(row + 1).map(textOf)];
}

/** A name longer than a line loses its middle: the port at its end tells ways apart. */
function fitted(name: string, { cut }: Glyphs): string {
  const most = WIDTH - INDENT - '──✗──▶'.length - 2;
  if (name.length <= most) return name;
  const head = Math.floor((most - cut.length) / 2);
  return `${name.slice(0, head)}${cut}${name.slice(name.length - (most - cut.length - head))}`;
}

/** An arrow and what it leads to; the first has no arrow. */
interface Segment {
  readonly arrow: string;
  readonly name: string;
  readonly isMarked: boolean;
}

function widthOf({ arrow, name }: Segment): number {
  return (arrow === '' ? 0 : arrow.length + 2) + name.length;
}

function textOf(row: readonly Segment[]): string {
  return `${' '.repeat(INDENT)}${row.map(({ arrow, name }) => (arrow === '' ? name : ` ${arrow} ${name}`)).join('')}`;
}

/** As many segments to a line as fit. */
function rowsOf(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const rows: Segment[][] = [[]];
  let width = INDENT;
  for (const segment of segments) {
    if (width + widthOf(segment) > WIDTH && rows[rows.length - 1].length > 0) {
      rows.push([]);
      width = INDENT;
    }
    rows[rows.length - 1].push(segment);
    width += widthOf(segment);
  }
  return rows;
}

function segmentsOf(pair: PairVerdict, marked: number, { arrows, done }: Glyphs): readonly Segment[] {
  const mark = pair.hops[marked]?.decision === 'stops' ? arrows.stops : arrows.unknown;
  const segments: Segment[] = [{ arrow: '', name: endNames(endsOf(pair))[0], isMarked: false }];
  let isMarkDrawn = false;
  for (const { name, hops } of stagesOf(pair)) {
    const isMarked: boolean = !isMarkDrawn && hops.some((hop) => pair.hops.indexOf(hop) === marked);
    const arrow = isMarked ? mark : isMarkDrawn ? arrows.idle : arrows.passes;
    const isDone = !isMarkDrawn && !isMarked && hops.some(({ hop }) => hop === 'lookup');
    segments.push({ arrow, name: isDone ? `${name}${done}` : name, isMarked });
    isMarkDrawn ||= isMarked;
  }
  return segments;
}

/** What a packet passes by, each with the hops that decide whether it gets there. */
function stagesOf(pair: PairVerdict): readonly { readonly name: string; readonly hops: readonly Hop[] }[] {
  const policies = pair.hops.filter(isPolicy);
  const traffic = policies.map((hop) => hop.traffic.replace(/\/TCP$/, '')).find((text) => text !== '');
  const end = `${endNames(endsOf(pair))[1]}${traffic === undefined ? '' : `:${traffic}`}`;
  return [
    ...pair.hops.flatMap((hop) => (hop.hop === 'lookup' ? [{ name: lookupText(hop), hops: [hop] }] : [])),
    ...pair.hops.flatMap((hop) => (hop.hop === 'service' ? [{ name: serviceText(hop, pair), hops: [hop] }] : [])),
    ...(policies.length > 0 ? [{ name: end, hops: policies }] : []),
  ];
}

/** Where a packet gets no further than its Service, that is its end. */
function endsOf({ from, to, target, hops }: PairVerdict): { readonly from: string; readonly to: string } {
  const service = hops.find((hop) => hop.hop === 'service')?.service;
  return { from, to: target || !service ? to : `${service.namespace}/${service.name}` };
}

function isPolicy(hop: Hop): hop is PolicyHop {
  return hop.hop === 'egress-policy' || hop.hop === 'ingress-policy';
}

function lookupText({ decision, ways, server }: Hop & { hop: 'lookup' }): string {
  const stop = ways.find((way) => way.decision !== 'passes');
  if (!stop || decision === 'passes') return 'DNS';
  const name = /^[^/\s]+\/([^/\s[]+)(?:\[\w+\])?$/.exec(server)?.[1] ?? 'DNS';
  return `${name}:${stop.traffic}`;
}

function serviceText({ service, port }: Hop & { hop: 'service' }, pair: PairVerdict): string {
  if (!service) return `a Service for port ${port}`;
  const { namespace, name } = service;
  return `Service ${namespace === homeOf(endsOf(pair)) ? '' : `${namespace}/`}${name}:${port}`;
}

interface Decision {
  readonly text: string;
  /** What decided. */
  readonly by?: RuleOrigin;
  /** What else a reader wants to know, a line each. */
  readonly more: readonly string[];
}

function decisionLines(pair: PairVerdict, marked: number, column: number, canvas: WayCanvas): readonly string[] {
  const decision = marked < 0 ? passage(pair) : stopAt(pair.hops[marked], pair);
  if (!decision) return [];
  const { text, by, more } = decision;
  const place = by && canvas.placeOf(by.origin);
  const linesFor = (indent: number) => {
    const first = wrap(text, indent);
    return [
      ...(place === undefined ? first : withPlace(first, place, WIDTH - indent)),
      ...more.flatMap((line) => wrap(line, indent)),
    ];
  };
  const longest = Math.max(...[text, ...more].map(({ length }) => length));
  return [`${' '.repeat(column)}${canvas.glyphs.stem}`, ...hanging(longest, column, 0, canvas.glyphs, linesFor)];
}

function stopAt(hop: Hop, pair: PairVerdict): Decision {
  const way = hop.hop === 'lookup' ? hop.ways.find(({ decision }) => decision !== 'passes') : undefined;
  const policy = way ?? (isPolicy(hop) ? hop : undefined);
  if (policy?.decision === 'stops') return dropAt(policy, pair);
  if (hop.hop === 'service' && hop.problem === 'target-port-missing') return withoutPort(hop);
  return { text: hopClause(hop), more: [] };
}

function dropAt(hop: PolicyHop, pair: PairVerdict): Decision {
  const denials = hop.decidedBy.filter(({ index }) => index !== undefined);
  const by = denials.length > 0 ? denials : hop.decidedBy;
  const verb = denials.length > 0 ? 'denied' : 'dropped';
  const way = hop.hop === 'egress-policy' ? 'leaving' : 'entering';
  const [miss] = hop.nearMisses;
  const wants = miss && { peer: miss.wants.peer, traffic: miss.wants.traffic, both: both(miss.wants) }[miss.missed];
  return {
    text: `${verb} ${way} ${podText(hop, pair)} by ${rulesText(by)}`,
    by: by[0],
    more: miss ? [`nearest is ${missText(miss.rule, by)}, which wants ${wants}`] : [],
  };
}

/** `its rule 0` where only that policy was named before. */
function missText(rule: RuleOrigin, by: readonly RuleOrigin[]): string {
  const isItsOwn = by.every((each) => policyName(each) === policyName(rule));
  return `${isItsOwn ? 'its rule' : 'rule'} ${rule.index ?? 0}${isItsOwn ? '' : ` of ${policyName(rule)}`}`;
}

function both({ peer, traffic }: { readonly peer: string; readonly traffic: string }): string {
  return `${peer} and ${traffic}`;
}

/** SVC-07: which pods there are, and what they have instead. */
function withoutPort({ port, selected, lacking }: Hop & { hop: 'service' }): Decision {
  const pods = [...new Set(selected.map(({ workload, replicas }) => `${workload.name}${countText(replicas)}`))];
  const ports = lacking.flatMap((pod) => pod.ports.map((p) => `${p.name ?? ''} ${p.port}/${p.protocol}`.trim()));
  return {
    text: `no endpoints for ${port}`,
    more: [`pods selected: ${pods.join(', ')}`, `their ports: ${[...new Set(ports)].join(', ') || 'none'}`],
  };
}

function countText(replicas: number | undefined): string {
  return replicas === undefined ? '' : ` (${replicas})`;
}

/** Why what was to stay out gets through. */
function passage(pair: PairVerdict): Decision | undefined {
  const policies = pair.hops.filter(isPolicy);
  const exempt = policies.find((hop) => hop.exempt);
  if (exempt) return { text: hopClause(exempt), more: [] };
  const deciding = policies.filter(({ decidedBy }) => decidedBy.length > 0).at(-1);
  if (!deciding) return policies.length === 0 ? undefined : { text: 'no policy selects either end', more: [] };
  const verb = deciding.hop === 'egress-policy' ? 'let out' : 'let in';
  return { text: `${verb} by ${rulesText(deciding.decidedBy)}`, by: deciding.decidedBy[0], more: [] };
}

/** `NetworkPolicy shop/web-out and shop/any (rule 0)`. */
function rulesText(rules: readonly RuleOrigin[]): string {
  const names = listed([...new Set(rules.map(ruleText))]);
  return rules[0]?.kind === 'NetworkPolicy' ? `NetworkPolicy ${names}` : names;
}

function ruleText(rule: RuleOrigin): string {
  return rule.index === undefined ? policyName(rule) : `${policyName(rule)} (rule ${rule.index})`;
}

/** The end that it is, or who else it is on the way of a lookup. */
function podText({ at }: PolicyHop, pair: PairVerdict): string {
  const [source, target] = endNames(endsOf(pair));
  if (at === pair.source) return source;
  return at === pair.target ? target : `${at.namespace.name}/${at.workload.name}`;
}
