import fc from 'fast-check';
import { arbitraryInquiry, type Inquiry } from './arbitraries';
import { clusterPolicy, policy } from './builders';
import { type ClusterDescription, podsOf } from './cluster';
import type {
  AdminPortManifest,
  AdminRuleManifest,
  ClusterNetworkPolicyManifest,
  ClusterPeerManifest,
  ClusterRuleManifest,
  ProtocolManifest,
} from './cluster-policy-manifests';
import type { Manifest, Protocol } from './manifests';
import { type Flow, type FlowEnd, naiveOutcome, type Outcome } from './worlds';

const OLDER_KINDS = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'];
const EVERYONE: readonly ClusterPeerManifest[] = [{ namespaces: {} }];
const EVERYTHING: readonly ClusterPeerManifest[] = [...EVERYONE, { nodes: {} }, { networks: ['0.0.0.0/0', '::/0'] }];

/** A cluster of the newer API only, read by its plugin, with room for a policy above and below all others. */
function newerOnly(cluster: ClusterDescription): ClusterDescription {
  const room = ({ spec, ...rest }: ClusterNetworkPolicyManifest): ClusterNetworkPolicyManifest => ({
    ...rest,
    spec: { ...spec, priority: Math.min(Math.max(spec.priority, 1), 999) },
  });
  const manifests = cluster.manifests
    .filter(({ kind }) => !OLDER_KINDS.includes(kind))
    .map((each): Manifest => (each.kind === 'ClusterNetworkPolicy' ? room(each) : each));
  return { ...cluster, manifests, clusterNetworkPolicy: true };
}

function and(cluster: ClusterDescription, ...more: readonly Manifest[]): ClusterDescription {
  return { ...cluster, manifests: [...cluster.manifests, ...more] };
}

function without(cluster: ClusterDescription, isUnwanted: (each: Manifest) => boolean): ClusterDescription {
  return { ...cluster, manifests: cluster.manifests.filter((each) => !isUnwanted(each)) };
}

/** Whether the administrators' policies see a pod there. */
function isPod(cluster: ClusterDescription, end: FlowEnd): boolean {
  return 'pod' in end && podsOf(cluster).some(({ id, hostNetwork }) => id === end.pod && !hostNetwork);
}

/** Holds of every generated cluster, whatever is asked. */
function law(
  sentence: string,
  holds: (inquiry: Inquiry, outcomesIn: (cluster: ClusterDescription) => Outcome[]) => void,
) {
  test(sentence, () => {
    fc.assert(
      fc.property(arbitraryInquiry(), (inquiry) =>
        holds(inquiry, (cluster) => inquiry.flows.map((flow) => naiveOutcome(cluster, flow))),
      ),
      { numRuns: 120 },
    );
  });
}

const forAll = (action: 'Accept' | 'Deny' | 'Pass', priority: number, tier: 'Admin' | 'Baseline') =>
  clusterPolicy(`${action}-in-${tier}`, {
    tier,
    priority,
    subject: { namespaces: {} },
    egress: [{ action, to: EVERYTHING }],
    ingress: [{ action, from: EVERYONE }],
  });

law('A Pass at the end of a tier changes nothing (NP-43)', ({ cluster }, outcomesIn) => {
  const newer = newerOnly(cluster);
  const passing = and(newer, forAll('Pass', 1000, 'Admin'), forAll('Pass', 1000, 'Baseline'));
  expect(outcomesIn(passing)).toEqual(outcomesIn(newer));
});

law('A Pass at the top of a tier is as good as an empty tier (NP-43)', ({ cluster, flows }, outcomesIn) => {
  const newer = newerOnly(cluster);
  const passing = outcomesIn(and(newer, forAll('Pass', 0, 'Admin'), forAll('Pass', 0, 'Baseline')));
  const empty = outcomesIn(without(newer, ({ kind }) => kind === 'ClusterNetworkPolicy'));
  const isConcerned = flows.map(({ from }) => isPod(cluster, from));
  expect(passing.filter((_, at) => isConcerned[at])).toEqual(empty.filter((_, at) => isConcerned[at]));
});

law('A Deny at the top denies all that pods send (NP-43)', ({ cluster, flows }, outcomesIn) => {
  const denying = and(newerOnly(cluster), forAll('Deny', 0, 'Admin'));
  const isItself = ({ from, to }: Flow) => 'pod' in from && 'pod' in to && from.pod === to.pod;
  const isConcerned = flows.map((flow) => isPod(cluster, flow.from) && !isItself(flow));
  const concerned = outcomesIn({ ...denying, clusterPoliciesSpareOwnNode: false }).filter((_, at) => isConcerned[at]);
  expect(concerned).toEqual(concerned.map(() => 'denied'));
});

law('An Accept at the top of both directions accepts all between pods (NP-43)', ({ cluster, flows }, outcomesIn) => {
  const accepting = and(newerOnly(cluster), forAll('Accept', 0, 'Admin'));
  const isConcerned = flows.map(({ from, to }) => isPod(cluster, from) && isPod(cluster, to));
  const concerned = outcomesIn(accepting).filter((_, at) => isConcerned[at]);
  expect(concerned).toEqual(concerned.map(() => 'allowed'));
});

law('NetworkPolicy hides the baseline from whom it selects (NP-43)', ({ cluster }, outcomesIn) => {
  const closed = ['x', 'y', 'z'].map((name) => policy(`${name}/all`, { policyTypes: ['Ingress', 'Egress'] }));
  const isBaseline = (each: Manifest) =>
    each.kind === 'BaselineAdminNetworkPolicy' ||
    (each.kind === 'ClusterNetworkPolicy' && each.spec.tier === 'Baseline');
  const isolated = and(cluster, ...closed);
  expect(outcomesIn(isolated)).toEqual(outcomesIn(without(isolated, isBaseline)));
});

law('What nobody reads says nothing (NP-43)', ({ cluster }, outcomesIn) => {
  const isOlder = ({ kind }: Manifest) => OLDER_KINDS.includes(kind);
  const isNewer = ({ kind }: Manifest) => kind === 'ClusterNetworkPolicy';
  expect(outcomesIn({ ...cluster, adminNetworkPolicy: false })).toEqual(outcomesIn(without(cluster, isOlder)));
  expect(outcomesIn({ ...cluster, clusterNetworkPolicy: false })).toEqual(outcomesIn(without(cluster, isNewer)));
});

law('The older kinds mean what they mean in the words of the newer (NP-43)', ({ cluster }, outcomesIn) => {
  const older = without(cluster, ({ kind }) => kind === 'ClusterNetworkPolicy');
  const newer = {
    ...older,
    manifests: older.manifests.map(inNewerWords),
    clusterNetworkPolicy: older.adminNetworkPolicy,
  };
  expect(outcomesIn(newer)).toEqual(outcomesIn(older));
});

function inNewerWords(each: Manifest): Manifest {
  switch (each.kind) {
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy': {
      const tier = each.kind === 'AdminNetworkPolicy' ? 'Admin' : 'Baseline';
      const { subject, ingress, egress } = each.spec;
      return clusterPolicy(each.metadata.name, {
        tier,
        priority: each.kind === 'AdminNetworkPolicy' ? each.spec.priority : 0,
        subject,
        ingress: ingress?.map((rule) => ({ ...ruleInNewerWords(rule), from: rule.from })),
        egress: egress?.map((rule) => ({ ...ruleInNewerWords(rule), to: rule.to })),
      });
    }
    default:
      return each;
  }
}

function ruleInNewerWords({ action, ports }: AdminRuleManifest): ClusterRuleManifest {
  return { action: action === 'Allow' ? 'Accept' : action, ...(ports && { protocols: ports.map(portInNewerWords) }) };
}

function portInNewerWords({ portNumber, portRange, namedPort }: AdminPortManifest): ProtocolManifest {
  const of = (protocol: Protocol | undefined) => (protocol ?? 'TCP').toLowerCase();
  if (portNumber !== undefined) {
    return { [of(portNumber.protocol)]: { destinationPort: { number: portNumber.port } } };
  }
  if (portRange !== undefined) {
    const { protocol, start, end } = portRange;
    return { [of(protocol)]: { destinationPort: { range: { start, end } } } };
  }
  return { destinationNamedPort: namedPort };
}
