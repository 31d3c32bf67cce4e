import fc from 'fast-check';
import { BLOCKS, NAMESPACES, POD_LABELS, PORT_NAMES, PORT_NUMBERS, PROTOCOLS, selector } from './arbitrary-policies';
import { adminPolicy, baselinePolicy, clusterPolicy } from './builders';
import type {
  AdminAction,
  AdminPortManifest,
  ClusterAction,
  ClusterPeerManifest,
  ClusterPolicyManifest,
  ClusterSubject,
  DestinationPort,
  ProtocolManifest,
} from './cluster-policy-manifests';

export const NODE_LABELS = { pool: ['gpu'] } as const;

/** Few enough that they often tie. */
const PRIORITIES = [0, 5, 1000] as const;

const DOMAIN_NAMES = ['www.example.com', '*.example.com'] as const;

/** What one kind of policy offers in its rules. */
interface Api<Action, Port> {
  readonly actions: readonly Action[];
  readonly port: fc.Arbitrary<Port>;
  readonly namedPort: fc.Arbitrary<Port>;
  readonly pods: fc.Arbitrary<ClusterSubject>;
  /** The one action that knows domain names, where any does. */
  readonly domainNamesFor?: Action;
}

interface Rule<Action, Port> {
  readonly action: Action;
  readonly peers: readonly ClusterPeerManifest[];
  readonly ports: readonly Port[] | undefined;
}

const NEWER: Api<ClusterAction, ProtocolManifest> = {
  actions: ['Accept', 'Deny', 'Pass'],
  port: fc.oneof({ weight: 12, arbitrary: protocol() }, { weight: 1, arbitrary: fc.constant({ gre: {} }) }),
  namedPort: fc.constantFrom(...PORT_NAMES).map((destinationNamedPort) => ({ destinationNamedPort })),
  pods: podsOrNamespaces(['podSelector']),
  domainNamesFor: 'Accept',
};

const ADMIN: Api<AdminAction, AdminPortManifest> = {
  actions: ['Allow', 'Deny', 'Pass'],
  port: adminPort(),
  namedPort: fc.constantFrom(...PORT_NAMES).map((namedPort) => ({ namedPort })),
  pods: podsOrNamespaces(['podSelector', 'namespaceSelector']),
  domainNamesFor: 'Allow',
};

const BASELINE: Api<AdminAction, AdminPortManifest> = {
  actions: ['Allow', 'Deny'],
  port: ADMIN.port,
  namedPort: ADMIN.namedPort,
  pods: ADMIN.pods,
};

/** The administrators' policies of one cluster: none, those of one version of the API, or of both. */
export function arbitraryClusterPolicies(): fc.Arbitrary<ClusterPolicyManifest[]> {
  const newer = (maxLength: number): fc.Arbitrary<ClusterPolicyManifest[]> =>
    fc.array(newerSpec(), { minLength: 1, maxLength, size: 'max' }).map(numbered('newer', clusterPolicy));
  const older = (maxLength: number): fc.Arbitrary<ClusterPolicyManifest[]> =>
    fc.array(adminSpec(), { minLength: 1, maxLength, size: 'max' }).map(numbered('admin', adminPolicy));
  const baseline = () =>
    fc.option(baselineSpec(), { nil: undefined }).map((spec) => (spec ? [baselinePolicy(spec)] : []));
  const together = (...lists: fc.Arbitrary<ClusterPolicyManifest[]>[]) => fc.tuple(...lists).map((all) => all.flat());
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<ClusterPolicyManifest[]>([]) },
    { weight: 6, arbitrary: newer(4) },
    { weight: 3, arbitrary: together(older(2), baseline()) },
    { weight: 1, arbitrary: together(newer(1), older(1), baseline()) },
  );
}

function numbered<Spec, Manifest>(prefix: string, make: (name: string, spec: Spec) => Manifest) {
  return (specs: readonly Spec[]): Manifest[] => specs.map((spec, at) => make(`${prefix}-${at}`, spec));
}

function newerSpec() {
  return fc
    .record({
      tier: fc.constantFrom('Admin' as const, 'Baseline' as const),
      priority: fc.constantFrom(...PRIORITIES),
      ...parts(NEWER),
    })
    .map(({ ingress, egress, ...spec }) => ({
      ...spec,
      ingress: ingress?.map(({ peers, ports, ...rule }) => ({ ...rule, from: peers, protocols: ports })),
      egress: egress?.map(({ peers, ports, ...rule }) => ({ ...rule, to: peers, protocols: ports })),
    }));
}

function adminSpec() {
  return fc.record({ priority: fc.constantFrom(...PRIORITIES), ...parts(ADMIN) }).map(withEnds);
}

function baselineSpec() {
  return fc.record(parts(BASELINE)).map(withEnds);
}

type OlderRule = Rule<AdminAction, AdminPortManifest>;
interface OlderRules {
  readonly ingress: readonly OlderRule[] | undefined;
  readonly egress: readonly OlderRule[] | undefined;
}

function withEnds<Spec extends OlderRules>({ ingress, egress, ...spec }: Spec) {
  return {
    ...spec,
    ingress: ingress?.map(({ peers, ...rule }) => ({ ...rule, from: peers })),
    egress: egress?.map(({ peers, ...rule }) => ({ ...rule, to: peers })),
  };
}

function parts<Action extends string, Port>(api: Api<Action, Port>) {
  const absentOr = <T>(item: fc.Arbitrary<T>) =>
    fc.option(fc.array(item, { maxLength: 5, size: 'max' }), { nil: undefined });
  return { subject: api.pods, ingress: absentOr(ingressRule(api)), egress: absentOr(egressRule(api)) };
}

function ingressRule<Action extends string, Port>(api: Api<Action, Port>): fc.Arbitrary<Rule<Action, Port>> {
  return fc.record({
    action: fc.constantFrom(...api.actions),
    peers: fewOf(podPeer(api.pods)),
    ports: noneOrFewOf(fc.oneof(api.port, api.namedPort)),
  });
}

/** A named port stands beside peers that are pods only. */
function egressRule<Action extends string, Port>(api: Api<Action, Port>): fc.Arbitrary<Rule<Action, Port>> {
  return fc.constantFrom(...api.actions).chain((action) =>
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          action: fc.constant(action),
          peers: fewOf(egressPeer(api.pods, action === api.domainNamesFor)),
          ports: noneOrFewOf(api.port),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          action: fc.constant(action),
          peers: fewOf(podPeer(api.pods)),
          ports: fewOf(fc.oneof(api.port, api.namedPort)),
        }),
      },
    ),
  );
}

function fewOf<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: 1, maxLength: 2 });
}

function noneOrFewOf<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[] | undefined> {
  return fc.option(fewOf(item), { nil: undefined, freq: 2 });
}

/** Now and then one of a later version of the API. */
function podPeer(pods: fc.Arbitrary<ClusterSubject>): fc.Arbitrary<ClusterPeerManifest> {
  return fc.oneof({ weight: 30, arbitrary: pods }, { weight: 1, arbitrary: fc.constant({ serviceAccounts: {} }) });
}

function egressPeer(pods: fc.Arbitrary<ClusterSubject>, domainNames: boolean): fc.Arbitrary<ClusterPeerManifest> {
  const networks = [...BLOCKS.flat(), '0.0.0.0/0', '0.0.0.0/0', '::/0', '::/0'];
  return fc.oneof(
    { weight: 5, arbitrary: podPeer(pods) },
    {
      weight: 3,
      arbitrary: fc
        .uniqueArray(fc.constantFrom(...networks), { minLength: 1, maxLength: 2 })
        .map((some) => ({ networks: some })),
    },
    { weight: 2, arbitrary: selector(NODE_LABELS).map((nodes) => ({ nodes })) },
    ...(domainNames
      ? [
          {
            weight: 2,
            arbitrary: fc.subarray([...DOMAIN_NAMES], { minLength: 1 }).map((some) => ({ domainNames: some })),
          },
        ]
      : []),
  );
}

/** The older kinds want both selectors. */
function podsOrNamespaces(requiredKeys: ('podSelector' | 'namespaceSelector')[]): fc.Arbitrary<ClusterSubject> {
  const pods = fc.record(
    { namespaceSelector: selector(NAMESPACES), podSelector: selector(POD_LABELS) },
    { requiredKeys },
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant({ namespaces: {} }) },
    { weight: 1, arbitrary: selector(NAMESPACES).map((namespaces) => ({ namespaces })) },
    { weight: 2, arbitrary: pods.map((each) => ({ pods: each })) },
  );
}

function protocol(): fc.Arbitrary<ProtocolManifest> {
  const number = fc.constantFrom(...PORT_NUMBERS);
  const destinationPort: fc.Arbitrary<DestinationPort> = fc.oneof(
    number.map((each) => ({ number: each })),
    range().map((each) => ({ range: each })),
  );
  const match = fc.record({ destinationPort }, { requiredKeys: [] });
  return fc.oneof(
    { weight: 2, arbitrary: match.map((tcp) => ({ tcp })) },
    { weight: 1, arbitrary: match.map((udp) => ({ udp })) },
    { weight: 1, arbitrary: match.map((sctp) => ({ sctp })) },
  );
}

function adminPort(): fc.Arbitrary<AdminPortManifest> {
  const protocolOrNone = fc.constantFrom(undefined, ...PROTOCOLS);
  return fc.oneof(
    fc
      .record({ protocol: protocolOrNone, port: fc.constantFrom(...PORT_NUMBERS) })
      .map((portNumber) => ({ portNumber })),
    fc.tuple(protocolOrNone, range()).map(([each, ends]) => ({ portRange: { protocol: each, ...ends } })),
  );
}

/** A range ends after its start. */
function range() {
  return fc
    .record({ start: fc.constantFrom(...PORT_NUMBERS), length: fc.constantFrom(1, 28, 65535) })
    .map(({ start, length }) => ({ start, end: Math.min(start + length, 65535) }));
}
