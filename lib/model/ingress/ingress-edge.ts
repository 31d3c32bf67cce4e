import type { PlacedController } from '../cluster/ingress-controller';
import type { ServiceTable } from '../service/service-table';
import type { Doubt } from '../values/ternary';
import { claimOf } from './controllers/conformant';
import type { ControllerRules, RoutingTable, Settings } from './controllers/controller';
import { sourceDoubt } from './controllers/source-ranges';
import { decide, joined } from './decide';
import type { Edge, EdgeListener } from './edge';
import { normalizerOf } from './normalize/normalizer';
import type { UrlRequest } from './request';
import type { Offered, Outcome, Routed } from './routing';
import { type Entry, entriesOf, type ServedIngress } from './rules';

/** One controller with the Ingresses that it serves. */
export interface Serving {
  /** How it may read them: one where anybody says which controller it is. Never empty. */
  readonly mayBe: readonly ControllerRules[];
  readonly label: string;
  readonly placed?: PlacedController;
  readonly words?: readonly string[];
  readonly settings?: Settings;
  readonly served: readonly ServedIngress[];
  /** What leaves open whether there is such a controller. */
  readonly doubts: readonly Doubt[];
}

/** ING-16: Ingresses know of no other ports. */
const LISTENERS: readonly EdgeListener[] = [
  { port: 80, protocol: 'HTTP' },
  { port: 443, protocol: 'HTTPS' },
];

export function ingressEdge(
  { mayBe, label, placed, words = [], settings = new Map(), served, doubts }: Serving,
  services: ServiceTable,
): Edge {
  const table: RoutingTable = {
    served,
    entries: entriesOf(served),
    services,
    cluster: services.cluster,
    controller: placed?.controller,
    words,
    settings,
  };
  return {
    api: 'Ingress',
    label,
    controller: placed,
    listeners: LISTENERS,
    doubts,
    route: (request) => routeAsAny(request, table, mayBe),
    offers: table.entries.flatMap((entry) => offered(entry, table, mayBe)),
  };
}

/** What all of them agree on is certain; of what they don't the controller would have to be known. */
function routeAsAny(request: UrlRequest, table: RoutingTable, mayBe: readonly ControllerRules[]): Routed {
  const routed = mayBe.map((rules) => route(request, table, rules));
  if (routed.length === 1) return routed[0];
  return { ...routed[0], ...joined(routed, [WHICH]) };
}

const WHICH: Doubt = {
  rule: 'ING-13',
  wouldDecide: "the controller, in the profile's `ingress`: the Ingress has annotations that only one of them reads",
};

/** What the rules of one controller make of a request, after its server has read the path and the host. */
function route(sent: UrlRequest, table: RoutingTable, rules: ControllerRules): Routed {
  const { readings, doubts } = normalizerOf(rules.kind)(sent);
  const read = readings.flatMap((reading) => (reading.ok ? [reading] : []));
  const decisions = read.map(({ host, path }) => decide({ ...sent, host, path, sent }, table, rules));
  const refusals = readings.flatMap((reading) => (reading.ok ? [] : [refusal(reading.status, reading.because)]));
  const claim = claimOf(table.entries, read[0]?.host ?? sent.host);
  const { winner, considered = [] } = decisions[0] ?? {};
  const all = joined([...decisions, ...refusals], doubts);
  const tls = sent.scheme === 'https' ? rules.tls(sent.sni ?? sent.host, table) : undefined;
  return { ...all, rule: winner?.entry.rule, considered, tls, claim };
}

function refusal(status: number, because: string): Outcome {
  return { answers: [{ type: 'answers', status, because }], doubts: [] };
}

/** What leads nowhere is no way in. */
function offered(entry: Entry, table: RoutingTable, mayBe: readonly ControllerRules[]): Offered[] {
  const { served, type, host, path = '/', pathType, rule } = entry;
  const leading = mayBe.flatMap((rules) => {
    const found = rules.backend(entry, table);
    if (!found || 'missing' in found) return [];
    const sources = rules.sources?.(served.ingress, table);
    if (sources?.admits?.isEmpty) return [];
    const doubts = [
      ...(sources ? [sourceDoubt(sources, served.ingress)] : []),
      ...(rules.offerDoubts?.(entry, table) ?? []),
    ];
    return [{ ...found, doubts }];
  });
  if (leading.length === 0) return [];
  const scheme = served.ingress.tls.length > 0 ? 'https' : 'http';
  const below = type !== 'path' ? '/*' : pathType === 'Exact' ? path : `${path}*`;
  const open = leading.length < mayBe.length ? [WHICH] : [];
  const doubts = [...served.doubts, ...open, ...leading.flatMap((each) => each.doubts)];
  return [{ ...leading[0], url: `${scheme}://${host ?? '*'}${below}`, rule, doubts }];
}
