import { type RuleOrigin, ruleField } from '../model/policy/language';
import { podLabel } from '../model/reach/policy-hops';
import type { Hop, PairVerdict, PolicyHop } from '../model/reach/verdict';
import { endNames, homeOf } from './ends';
import { hopClause, listed, policyName } from './reason';
import { type Decision, drawn, type Stop, type WayCanvas } from './way-drawing';

/**
 * The packet's way, with exactly one mark: a cross where it stops, a question mark where nobody knows, none where it gets
 * through; below it, what decided there and where that was written.
 */
export function wayOf(pair: PairVerdict, canvas: WayCanvas): readonly string[] {
  return drawn(endNames(endsOf(pair))[0], stopsOf(pair), decisionOn(pair), canvas);
}

/** What ends the way of a packet, or lets it through. */
export function decisionOn(pair: PairVerdict): Decision | undefined {
  const hop = decisiveHop(pair);
  return hop ? stopAt(hop, pair) : passage(pair);
}

function decisiveHop({ hops }: PairVerdict): Hop | undefined {
  return hops.find(({ decision }) => decision === 'stops') ?? hops.find(({ decision }) => decision === 'unknown');
}

function stopsOf(pair: PairVerdict): readonly Stop[] {
  const decisive = decisiveHop(pair);
  return stagesOf(pair).map(({ name, hops }) => ({
    name,
    decision: decisive && hops.includes(decisive) ? decisive.decision : 'passes',
    isStep: hops.some(({ hop }) => hop === 'lookup'),
  }));
}

/** What a packet passes by, each with the hops that decide whether it gets there. */
function stagesOf(pair: PairVerdict): readonly { readonly name: string; readonly hops: readonly Hop[] }[] {
  const policies = pair.hops.filter(isPolicy).filter((hop) => !isAtProxy(hop, pair));
  const proxies = pair.hops.filter(isPolicy).filter((hop) => isAtProxy(hop, pair));
  const traffic = policies.map(portText).find((text) => text !== '');
  const atNode = pair.hops.filter((hop) => hop.hop === 'node-firewall');
  const port = traffic ?? atNode.map(portText)[0];
  const end = `${endNames(endsOf(pair))[1]}${port === undefined ? '' : `:${port}`}`;
  const carried = pair.hops.filter(({ hop }) => hop === 'fabric');
  return [
    ...pair.hops.flatMap((hop) => (hop.hop === 'lookup' ? [{ name: lookupText(hop), hops: [hop] }] : [])),
    ...pair.hops.flatMap((hop) => (hop.hop === 'service' ? [{ name: serviceText(hop, pair), hops: [hop] }] : [])),
    ...proxies.map((hop) => ({
      name: `${endNames({ from: pair.to, to: podLabel(hop.at) })[1]}:${portText(hop)}`,
      hops: [hop],
    })),
    ...(policies.length + atNode.length > 0 ? [{ name: end, hops: [...policies, ...carried, ...atNode] }] : []),
  ];
}

/** NP-40: who is let in to somebody on the way, who then sends on. */
function isAtProxy({ hop, at }: PolicyHop, { target }: PairVerdict): boolean {
  return hop === 'ingress-policy' && target !== undefined && at !== target;
}

function portText({ traffic }: Pick<PolicyHop, 'traffic'>): string {
  return traffic.replace(/\/TCP$/, '');
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

/** `its ingress[0]` where only that policy was named before. */
function missText(rule: RuleOrigin, by: readonly RuleOrigin[]): string {
  const isItsOwn = by.every((each) => policyName(each) === policyName(rule));
  return `${isItsOwn ? 'its ' : ''}${ruleField(rule)}${isItsOwn ? '' : ` of ${policyName(rule)}`}`;
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
  const admitting = pair.hops.find((hop) => hop.hop === 'node-firewall');
  if (admitting) return { text: hopClause(admitting), more: [] };
  const policies = pair.hops.filter(isPolicy);
  const exempt = policies.find((hop) => hop.exempt);
  if (exempt) return { text: hopClause(exempt), more: [] };
  const deciding = policies.filter(({ decidedBy }) => decidedBy.length > 0).at(-1);
  if (!deciding) return policies.length === 0 ? undefined : { text: 'no policy selects either end', more: [] };
  const verb = deciding.hop === 'egress-policy' ? 'let out' : 'let in';
  return { text: `${verb} by ${rulesText(deciding.decidedBy)}`, by: deciding.decidedBy[0], more: [] };
}

/** `NetworkPolicy shop/web-out and shop/any (egress[0])`. */
function rulesText(rules: readonly RuleOrigin[]): string {
  const names = listed([...new Set(rules.map(ruleText))]);
  return rules[0]?.kind === 'NetworkPolicy' ? `NetworkPolicy ${names}` : names;
}

function ruleText(rule: RuleOrigin): string {
  return rule.index === undefined ? policyName(rule) : `${policyName(rule)} (${ruleField(rule)})`;
}

/** The end that it is, or who else it is on the way of a lookup. */
function podText({ at }: PolicyHop, pair: PairVerdict): string {
  const [source, target] = endNames(endsOf(pair));
  if (at === pair.source) return source;
  return at === pair.target ? target : `${at.namespace.name}/${at.workload.name}`;
}
