import { formatField } from '../model/manifest/reader/place';
import { type RuleOrigin, ruleField } from '../model/policy/language';
import { nodesText } from '../model/reach/node-firewall';
import type {
  FirewallHop,
  Hop,
  LookupProblem,
  PairVerdict,
  PolicyHop,
  ServiceProblem,
  Verdict,
} from '../model/reach/verdict';
import type { Doubt } from '../model/values/ternary';
import { endNames } from './ends';
import { fabricClause } from './fabric-text';

type ServiceHop = Hop & { readonly hop: 'service' };
type LookupHop = Hop & { readonly hop: 'lookup' };

/**
 * A verdict in one line, e.g. `web -> db:5432 denied: egress allowed by shop/web-to-any, ingress not allowed by
 * shop/db-clients (ingress[0] wants app=api)`. Of several pairs the most telling one is told.
 */
export function reasonOf(verdict: Verdict): string {
  const pair = mostTelling(verdict);
  if (!pair) return 'denied: no pod takes part in this flow';
  const told = `${flowText(pair)} ${pair.outcome}: ${clausesOf(pair).join(', ')}`;
  if (verdict.pairs.length === 1) return told;
  const passing = verdict.pairs.filter(({ outcome }) => outcome === 'allowed').length;
  if (passing === verdict.pairs.length) return told;
  return `${verdict.outcome}, ${passing} of ${verdict.pairs.length} pairs pass; ${told}`;
}

/** The pair that a reader wants to see: the first that is denied, else the first that is unknown, else the first. */
export function mostTelling({ pairs }: Verdict): PairVerdict | undefined {
  return pairs.find((p) => p.outcome === 'denied') ?? pairs.find((p) => p.outcome === 'unknown') ?? pairs[0];
}

/** What one hop decided, as a clause. */
export function hopClause(hop: Hop): string {
  switch (hop.hop) {
    case 'lookup':
      return lookupClause(hop);
    case 'service':
      return serviceClause(hop);
    case 'node-firewall':
      return firewallClause(hop);
    case 'fabric':
      return fabricClause(hop);
    default:
      return policyClause(hop);
  }
}

/** `shop/web-to-any`, with the kind where it is no NetworkPolicy. */
export function policyName({ kind, namespace, name }: RuleOrigin): string {
  const id = namespace === '' ? name : `${namespace}/${name}`;
  return kind === 'NetworkPolicy' ? id : `${kind} ${id}`;
}

export function doubtText({ rule, wouldDecide }: Doubt): string {
  return `${wouldDecide} (${rule})`;
}

const UNTOLD: ReadonlySet<Hop['hop']> = new Set(['lookup', 'fabric']);

/** A lookup that succeeds and a pod network that carries are not what a reader asks about. */
function clausesOf(pair: PairVerdict): readonly string[] {
  const clauses = pair.hops.filter((hop) => !UNTOLD.has(hop.hop) || hop.decision !== 'passes').map(hopClause);
  // Where the hops leave nothing open, what does is the pair's own, such as the way in from outside.
  const isOpen = pair.outcome === 'unknown' && pair.hops.every((hop) => hop.decision !== 'unknown');
  if (isOpen) clauses.push(...pair.doubts.map((doubt) => `open is ${doubtText(doubt)}`));
  if (clauses.length > 0) return clauses;
  if (pair.outcome === 'denied') return ['the two ends have no address family in common (NP-38)'];
  return ['no pod whose policies could decide takes part'];
}

function flowText(pair: PairVerdict): string {
  const port = pair.hops.map(portOf).find((text) => text !== undefined);
  const [source, target] = endNames(pair);
  return `${source} -> ${target}${port === undefined ? '' : `:${port}`}`;
}

function portOf(hop: Hop): string | undefined {
  if (hop.hop === 'lookup' || hop.hop === 'fabric') return undefined;
  return hop.hop === 'service' ? String(hop.port) : hop.traffic.replace(/\/TCP$/, '');
}

function policyClause(hop: PolicyHop): string {
  const direction = hop.hop === 'egress-policy' ? 'egress' : 'ingress';
  const policies = listed([...new Set(hop.decidedBy.map(policyName))]);
  switch (hop.decision) {
    case 'passes':
      if (hop.exempt) return `${direction} ${EXEMPTIONS[hop.exempt]}`;
      return `${direction} ${passedBy(hop)}${policies === '' ? 'not restricted' : `allowed by ${policies}`}`;
    case 'stops': {
      const denies = hop.decidedBy.filter(({ index }) => index !== undefined);
      if (denies.length > 0) return `${direction} ${passedBy(hop)}denied by ${listed(denies.map(ruleName))}`;
      return `${direction} ${passedBy(hop)}not allowed by ${policies || 'any policy'} (${nearMissText(hop)})`;
    }
    case 'unknown': {
      const open = hop.doubts.length === 0 ? '' : ` (open is ${listed(hop.doubts.map(doubtText))})`;
      return `${direction} unknown${policies === '' ? '' : ` by ${policies}`}${open}`;
    }
  }
}

/** E.g. `let in at etcd by firewall.controlPlane[0]`. */
function firewallClause({ decision, role, rule, doubts }: FirewallHop): string {
  const what = `the firewall of ${role ? nodesText(role) : 'the nodes'}`;
  const by = rule ? ` (${formatField(rule)})` : '';
  switch (decision) {
    case 'passes':
      return `let in by ${what}${by}`;
    case 'stops':
      return `not let in by ${what}`;
    case 'unknown': {
      const open = doubts.length === 0 ? '' : ` (open is ${listed(doubts.map(doubtText))})`;
      return `what ${what} does is unknown${open}`;
    }
  }
}

/** What policies have no say in. */
export const EXEMPTIONS = {
  'own-node': 'always open to the own node (NP-30)',
  itself: 'always open to the pod itself (NP-31)',
} as const;

/** `passed by ClusterNetworkPolicy guard, `: the tiers that had a say and left it to the next. */
function passedBy({ tiers }: PolicyHop): string {
  const passing = tiers.filter(({ result }) => result === 'passes').flatMap(({ by }) => by);
  return passing.length === 0 ? '' : `passed by ${listed([...new Set(passing.map(ruleName))])}, `;
}

function ruleName(rule: RuleOrigin): string {
  return rule.index === undefined ? policyName(rule) : `${policyName(rule)} (${ruleField(rule)})`;
}

function nearMissText({ nearMisses, decidedBy }: PolicyHop): string {
  const [miss] = nearMisses;
  if (!miss) return 'it has no rule that allows';
  const { rule, missed, wants } = miss;
  const isOfDecider = decidedBy.length === 1 && policyName(decidedBy[0]) === policyName(rule);
  const wanted = { peer: wants.peer, traffic: wants.traffic, both: `${wants.peer} and ${wants.traffic}` }[missed];
  return `${ruleField(rule)}${isOfDecider ? '' : ` of ${policyName(rule)}`} wants ${wanted}`;
}

function lookupClause({ decision, name, problem, ways, doubts = [] }: LookupHop): string {
  if (decision === 'passes' || problem === undefined) return `${name} resolves`;
  const stop = ways.find((way) => way.decision !== 'passes');
  const why = stop ? `: ${policyClause(stop)}` : '';
  const open = doubts.length === 0 ? '' : ` (open is ${listed(doubts.map(doubtText))})`;
  const texts: Readonly<Record<LookupProblem, string>> = {
    'denied-by-policy': `the lookup of ${name} ${decision === 'stops' ? 'is denied' : 'is unknown'}${why}`,
    'tcp-only-denied': `the lookup of ${name} passes over UDP, but not over TCP, which long answers need${why}`,
    'no-cluster-dns': `the pod does not ask the cluster's DNS, so ${name} is no name to it`,
    'custom-dns': `the pod asks DNS servers of its own for ${name}`,
    'no-server': `no DNS server is known to answer for ${name}`,
    'hosts-file': `the pod has ${name} in its own hosts file`,
    'no-such-name': `the cluster's DNS has no address for ${name}`,
    unresolved: `what the pod's resolver makes of ${name} is unknown${open}`,
    captured: `${name} is captured by the search list${open}`,
    'no-way': `the pod network ${decision === 'stops' ? 'has no way' : 'may have no way'} to the DNS pods, which answer for ${name}${open}`,
    'server-needs': `the DNS pods ${decision === 'stops' ? "don't" : 'may not'} get what they need to answer for ${name}${why}${open}`,
  };
  return texts[problem];
}

function serviceClause({ service, port, problem, alias, proxy, node, doubts = [] }: ServiceHop): string {
  const name = service ? `Service ${service.namespace}/${service.name}` : 'the destination';
  if (alias !== undefined) return `${name} is a name for ${alias}`;
  if (problem === undefined) return `through ${name}:${port}${proxy ? proxyText(proxy) : ''}`;
  const open = doubts.length === 0 ? '' : ` (open is ${listed(doubts.map(doubtText))})`;
  const texts: Readonly<Record<ServiceProblem, string>> = {
    'no-service': 'no Service gives the destination a name',
    ambiguous: 'several Services select the destination, and none bears its name',
    'no-such-port': `${name} has no port ${port}`,
    'no-selector': `${name} has no selector, so that its endpoints are made elsewhere`,
    'selects-nothing': `${name} selects no pod`,
    'no-endpoints': `${name} has no endpoint for port ${port}`,
    'target-port-missing': `no pod that ${name} selects has the target port of ${port}`,
    'headless-port': `${name} is headless and translates no port: the container port must be dialled, not ${port}`,
    'uncertain-endpoints': `which endpoints ${name} has for this client is open`,
    'no-local-endpoints': `${name} keeps to the endpoints of ${nodeText(node)}, which has none: the packet is dropped`,
    'source-not-allowed': `the client is not within loadBalancerSourceRanges of ${name}: the packet is dropped`,
    'unassigned-address': 'no Service has the address: the packet is dropped',
    'node-port-closed': `${nodeText(node)} has no port ${port} open at this address and refuses`,
    'left-cluster': `nobody in the cluster takes port ${port} of ${name}, so that the packet goes out`,
    'reply-lost': 'the reply does not pass the node that translated the request: the client never gets it',
    loopback: 'an address of the loopback is open to its own machine alone: the packet is dropped (NET-09)',
    open: `what becomes of a packet for port ${port} of ${name} is unknown${open}`,
    'mere-name': `${name} is a name for something else and has no address: ask for it by name`,
    'leads-nowhere': `the name that ${name} stands for leads nowhere`,
  };
  return texts[problem];
}

/** E.g. ` to shop/web-0:8080 (one of 3; seen as node/a)`; where there is no choice and no change, nothing. */
function proxyText({ endpoint, choices, isSticky, isMasqueraded, node }: NonNullable<ServiceHop['proxy']>): string {
  const share = choices > 1 ? [`one of ${choices}${isSticky ? ', the same for each client' : ''}`] : [];
  const seen = isMasqueraded ? [`seen as ${nodeText(node)}`] : [];
  const notes = [...share, ...seen];
  return notes.length === 0 ? '' : ` to ${endpoint} (${notes.join('; ')})`;
}

function nodeText(node: string | undefined): string {
  return node === undefined ? 'the node' : `node/${node}`;
}

const LISTED = 3;

/** The texts as one clause; many are counted, so that a reader is told what matters. */
export function listed(texts: readonly string[]): string {
  if (texts.length <= LISTED) return texts.join(' and ');
  return `${texts.slice(0, LISTED - 1).join(', ')} and ${texts.length - LISTED + 1} more`;
}
