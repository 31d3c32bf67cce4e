import type { Cluster } from '../cluster/cluster';
import type { CniCapabilities, PolicyCapability } from '../cluster/cni/capabilities';
import { enforcingVariantOf, titleOf } from '../cluster/cni/registry';
import { clusterObject } from '../cluster/profile-object';
import type { Lint, LintOf } from '../finding/lint';
import { blame, nameOf } from '../manifest/blame';
import type { ClusterPolicyPort, NetworkPolicyPort, NetworkPolicyResource } from '../manifest/resources';
import { rememberedOf } from '../values/remembered';
import { type PlacedRule, portField, rulesOf, rulesOfClusterPolicy } from './lints/places';

export type NeedCode = 'PTL301' | 'PTL303' | 'PTL304' | 'PTL305' | 'PTL306';
export type NeedLint = LintOf<NeedCode>;

const CODES: ReadonlySet<string> = new Set<NeedCode>(['PTL301', 'PTL303', 'PTL304', 'PTL305', 'PTL306']);

export function isNeedLint(lint: Lint): lint is NeedLint {
  return CODES.has(lint.code);
}

/** A capability that the network plugin surely lacks, and each place where policies ask for it. */
export interface UnmetNeed {
  readonly capability: PolicyCapability;
  /** Never empty. */
  readonly lints: readonly NeedLint[];
}

/** Where policies ask for each, the most far-reaching first: what nobody reads asks for nothing else. */
const NEEDS: Readonly<Record<PolicyCapability, (asking: Asking) => readonly NeedLint[]>> = {
  enforcesNetworkPolicy: unread,
  namedPorts: voided,
  endPort: cutShort,
  sctp: notCarriedOut,
  clusterNetworkPolicy: (asking) => ignoredKinds(asking, ['ClusterNetworkPolicy']),
  adminNetworkPolicy: (asking) => ignoredKinds(asking, ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy']),
};

/** What of the policies of a cluster its network plugin does not do, as far as that is known for sure. */
export const unmetNeedsOf = rememberedOf((cluster: Cluster): readonly UnmetNeed[] => {
  const { capabilities, cni } = cluster.profile;
  const lacking = (Object.keys(NEEDS) as PolicyCapability[]).filter((capability) => capabilities[capability] === false);
  if (lacking.length === 0) return [];
  const read = capabilities.enforcesNetworkPolicy ? cluster.networkPolicies : [];
  const asking = { cluster, capabilities, cni: titleOf(cni), read };
  return lacking.flatMap((capability) => {
    const lints = NEEDS[capability](asking);
    return lints.length === 0 ? [] : [{ capability, lints }];
  });
});

interface Asking {
  readonly cluster: Cluster;
  readonly capabilities: CniCapabilities;
  readonly cni: string;
  /** The NetworkPolicies that somebody reads. */
  readonly read: readonly NetworkPolicyResource[];
}

/** NP-37 */
function unread({ cluster, cni }: Asking): readonly NeedLint[] {
  const { networkPolicies, profile } = cluster;
  if (networkPolicies.length === 0) return [];
  const inert = networkPolicies.map((policy) => ({ ...nameOf(policy), origin: policy.originOf([]) }));
  const variant = enforcingVariantOf(profile.cni, 'enforcesNetworkPolicy');
  const option = variant && changedOption(profile.cni, variant);
  const field = ['cni'];
  const place = { object: clusterObject(profile), field, origin: profile.originOf(field) };
  return [{ code: 'PTL301', severity: 'error', ...place, cni, plugin: profile.cni.name, inert, option }];
}

/** The option that tells two specs of a plugin apart, e.g. `netpol: true`. */
function changedOption(before: object, after: object): string | undefined {
  const known = new Map(Object.entries(before));
  const [changed] = Object.entries(after).filter(([key, value]) => known.get(key) !== value);
  return changed && `${changed[0]}: ${changed[1]}`;
}

/** NP-21: the rules of both directions count, whether or not policyTypes lists them. */
function voided({ read, cni }: Asking): readonly NeedLint[] {
  return read.flatMap((policy): readonly NeedLint[] => {
    const places = (['ingress', 'egress'] as const).flatMap((direction) =>
      policy[direction].flatMap((rule, index) => portsOf({ policy, direction, index, rule })),
    );
    const named = places.flatMap(({ port, field }) => (port.type === 'named' ? [{ name: port.name, field }] : []));
    if (named.length === 0) return [];
    const isolates = (['ingress', 'egress'] as const).filter((direction) => policy.directions[direction]);
    const ports = [...new Set(named.map(({ name }) => name))];
    return [{ code: 'PTL305', ...errorAt(policy, named[0].field, 'port'), cni, ports, isolates }];
  });
}

/** NP-25 */
function cutShort({ read, cni }: Asking): readonly NeedLint[] {
  return read.flatMap(rulesOf).flatMap((placed) =>
    portsOf(placed).flatMap(({ port, field }): readonly NeedLint[] => {
      if (port.type !== 'range' || port.first === port.last) return [];
      const { first, last, protocol } = port;
      return [{ code: 'PTL303', ...errorAt(placed.policy, field, 'endPort'), cni, first, last, protocol }];
    }),
  );
}

/** NP-09: one for each rule. */
function notCarriedOut({ read, cluster, capabilities, cni }: Asking): readonly NeedLint[] {
  const isRead = ({ kind }: { readonly kind: string }) =>
    (kind === 'ClusterNetworkPolicy' ? capabilities.clusterNetworkPolicy : capabilities.adminNetworkPolicy) !== false;
  const rules = [
    ...read.flatMap(rulesOf),
    ...cluster.clusterPolicies.filter(isRead).flatMap(rulesOfClusterPolicy),
  ] as readonly PlacedRule[];
  return rules.flatMap((placed): readonly NeedLint[] => {
    const ports = portsOf(placed).filter(({ port }) => 'protocol' in port && port.protocol === 'SCTP');
    if (ports.length === 0) return [];
    const action = 'action' in placed.rule ? placed.rule.action : 'allow';
    const text = ports.map(({ port }) => numberText(port)).join(', ');
    return [{ code: 'PTL304', ...errorAt(placed.policy, ports[0].field, 'protocol'), cni, ports: text, action }];
  });
}

/** NP-43: one for each object. */
function ignoredKinds({ cluster, cni }: Asking, kinds: readonly string[]): readonly NeedLint[] {
  return cluster.clusterPolicies
    .filter(({ kind }) => kinds.includes(kind))
    .map((policy): NeedLint => ({ code: 'PTL306', severity: 'error', ...blame(policy, ['kind']), cni }));
}

type PlacedPort = {
  readonly port: NetworkPolicyPort | ClusterPolicyPort;
  readonly field: readonly (string | number)[];
};

function portsOf(placed: PlacedRule): readonly PlacedPort[] {
  const { ports }: { readonly ports: readonly (NetworkPolicyPort | ClusterPolicyPort)[] } = placed.rule;
  return ports.map((port, i) => ({ port, field: portField(placed, i) }));
}

function errorAt(
  policy: PlacedRule['policy'],
  field: PlacedPort['field'],
  key: string,
): Pick<Lint, 'severity' | 'object' | 'field' | 'origin'> {
  return { severity: 'error', ...blame(policy, field, [...field, key]) };
}

function numberText(port: NetworkPolicyPort | ClusterPolicyPort): string {
  if (port.type === 'named') return port.name;
  if (port.type !== 'range') return 'any port';
  return port.first === port.last ? `${port.first}` : `${port.first}-${port.last}`;
}
