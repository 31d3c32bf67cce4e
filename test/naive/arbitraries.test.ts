import fc from 'fast-check';
import { arbitraryInquiry } from './arbitraries';
import { type ClusterDescription, clusterPolicyManifestsOf, policiesOf } from './cluster';
import { clusterShapesOf } from './cluster-shapes';
import type { Manifest } from './manifests';
import { shapesOf } from './shapes';
import { validatePolicy } from './validate';
import { validateClusterPolicy } from './validate-cluster-policy';
import { casesOf, naiveOutcome } from './worlds';

const SAMPLE = fc.sample(arbitraryInquiry(), { numRuns: 400, seed: 20_260_101 });

/** Of some clusters only, as all worlds of each flow are walked: enough for shares of a hundredth. */
const OUTCOMES = SAMPLE.slice(0, 200).flatMap(({ cluster, flows }) =>
  flows.map((flow) => ({ cluster, flow, outcome: naiveOutcome(cluster, flow) })),
);

/** The same NetworkPolicies with rules that no flow matches: what is still allowed was never isolated. */
function withoutRules(cluster: ClusterDescription): ClusterDescription {
  const unaskedPort = { ports: [{ port: 7 }] };
  const manifests = cluster.manifests.map((manifest) => {
    if (manifest.kind !== 'NetworkPolicy') {
      return manifest;
    }
    const { ingress, egress } = manifest.spec;
    const spec = { ...manifest.spec, ingress: ingress?.map(() => unaskedPort), egress: egress?.map(() => unaskedPort) };
    return { ...manifest, spec };
  });
  return { ...cluster, manifests };
}

test('Every shape of a policy and every doubt is generated', () => {
  const seen = new Set(SAMPLE.flatMap(({ cluster }) => shapesOf(cluster)));
  expect([...seen].sort()).toMatchInlineSnapshot(`
[
  "0 policies",
  "1 policies",
  "2 policies",
  "3 policies",
  "4 policies",
  "5 policies",
  "IPv4 block, except false",
  "IPv4 block, except true",
  "IPv6 block, except false",
  "IPv6 block, except true",
  "[Deployment]",
  "[Pod]",
  "egress absent",
  "egress empty",
  "egress given",
  "egress null",
  "families 4",
  "families 4,6",
  "families 6",
  "finished false",
  "finished true",
  "from absent",
  "from empty",
  "from given",
  "from null",
  "hostNetwork false, 0 addresses",
  "hostNetwork false, 1 addresses",
  "hostNetwork false, 2 addresses",
  "hostNetwork pods as-node",
  "hostNetwork pods unknown",
  "hostNetwork true, 0 addresses",
  "hostNetwork true, 1 addresses",
  "hostNetwork true, 2 addresses",
  "ingress absent",
  "ingress empty",
  "ingress given",
  "ingress null",
  "ipBlock selects nodes false",
  "ipBlock selects nodes true",
  "ipBlock selects nodes unknown",
  "ipBlock selects pods false",
  "ipBlock selects pods true",
  "ipBlock selects pods unknown",
  "namespaceSelector DoesNotExist",
  "namespaceSelector Exists",
  "namespaceSelector In",
  "namespaceSelector NotIn",
  "namespaceSelector empty",
  "namespaceSelector given",
  "nodeCidr false",
  "nodeCidr true",
  "peer of ipBlock",
  "peer of namespaceSelector",
  "peer of namespaceSelector and podSelector",
  "peer of podSelector",
  "peer podSelector DoesNotExist",
  "peer podSelector Exists",
  "peer podSelector In",
  "peer podSelector NotIn",
  "peer podSelector empty",
  "peer podSelector given",
  "podCidr false",
  "podCidr true",
  "podSelector DoesNotExist",
  "podSelector Exists",
  "podSelector In",
  "podSelector NotIn",
  "podSelector absent",
  "podSelector empty",
  "podSelector given",
  "policyTypes ",
  "policyTypes Egress",
  "policyTypes Ingress",
  "policyTypes Ingress and Egress",
  "policyTypes absent",
  "port number of SCTP",
  "port number of TCP",
  "port number of UDP",
  "port number of no protocol",
  "port range of SCTP",
  "port range of TCP",
  "port range of UDP",
  "port range of no protocol",
  "port string of SCTP",
  "port string of TCP",
  "port string of UDP",
  "port string of no protocol",
  "port undefined of SCTP",
  "port undefined of TCP",
  "port undefined of UDP",
  "port undefined of no protocol",
  "ports absent",
  "ports empty",
  "ports given",
  "ports null",
  "to absent",
  "to empty",
  "to given",
  "to null",
  "undeclared namespaces false",
  "undeclared namespaces true",
]
`);
});

test("Every shape of an administrators' policy is generated", () => {
  const seen = new Set(SAMPLE.flatMap(({ cluster }) => clusterShapesOf(cluster)));
  expect([...seen].sort()).toMatchInlineSnapshot(`
[
  "0 rules",
  "1 of one priority",
  "1 rules",
  "2 of one priority",
  "2 rules",
  "3 of one priority",
  "3 rules",
  "4 rules",
  "5 rules",
  "AdminNetworkPolicy Egress Accept",
  "AdminNetworkPolicy Egress Deny",
  "AdminNetworkPolicy Egress Pass",
  "AdminNetworkPolicy Egress port name",
  "AdminNetworkPolicy Egress port number of SCTP",
  "AdminNetworkPolicy Egress port number of TCP",
  "AdminNetworkPolicy Egress port number of UDP",
  "AdminNetworkPolicy Egress port range of SCTP",
  "AdminNetworkPolicy Egress port range of TCP",
  "AdminNetworkPolicy Egress port range of UDP",
  "AdminNetworkPolicy Ingress Accept",
  "AdminNetworkPolicy Ingress Deny",
  "AdminNetworkPolicy Ingress Pass",
  "AdminNetworkPolicy Ingress port name",
  "AdminNetworkPolicy Ingress port number of SCTP",
  "AdminNetworkPolicy Ingress port number of TCP",
  "AdminNetworkPolicy Ingress port number of UDP",
  "AdminNetworkPolicy Ingress port range of SCTP",
  "AdminNetworkPolicy Ingress port range of TCP",
  "AdminNetworkPolicy Ingress port range of UDP",
  "AdminNetworkPolicy is read: false",
  "AdminNetworkPolicy is read: true",
  "AdminNetworkPolicy is read: unknown",
  "AdminNetworkPolicy of tier Admin",
  "BaselineAdminNetworkPolicy Egress Accept",
  "BaselineAdminNetworkPolicy Egress Deny",
  "BaselineAdminNetworkPolicy Egress port name",
  "BaselineAdminNetworkPolicy Egress port number of SCTP",
  "BaselineAdminNetworkPolicy Egress port number of TCP",
  "BaselineAdminNetworkPolicy Egress port number of UDP",
  "BaselineAdminNetworkPolicy Egress port range of SCTP",
  "BaselineAdminNetworkPolicy Egress port range of TCP",
  "BaselineAdminNetworkPolicy Egress port range of UDP",
  "BaselineAdminNetworkPolicy Ingress Accept",
  "BaselineAdminNetworkPolicy Ingress Deny",
  "BaselineAdminNetworkPolicy Ingress port name",
  "BaselineAdminNetworkPolicy Ingress port number of SCTP",
  "BaselineAdminNetworkPolicy Ingress port number of TCP",
  "BaselineAdminNetworkPolicy Ingress port number of UDP",
  "BaselineAdminNetworkPolicy Ingress port range of SCTP",
  "BaselineAdminNetworkPolicy Ingress port range of TCP",
  "BaselineAdminNetworkPolicy Ingress port range of UDP",
  "BaselineAdminNetworkPolicy of tier Baseline",
  "ClusterNetworkPolicy Egress Accept",
  "ClusterNetworkPolicy Egress Deny",
  "ClusterNetworkPolicy Egress Pass",
  "ClusterNetworkPolicy Egress port all of SCTP",
  "ClusterNetworkPolicy Egress port all of TCP",
  "ClusterNetworkPolicy Egress port all of UDP",
  "ClusterNetworkPolicy Egress port name",
  "ClusterNetworkPolicy Egress port number of SCTP",
  "ClusterNetworkPolicy Egress port number of TCP",
  "ClusterNetworkPolicy Egress port number of UDP",
  "ClusterNetworkPolicy Egress port range of SCTP",
  "ClusterNetworkPolicy Egress port range of TCP",
  "ClusterNetworkPolicy Egress port range of UDP",
  "ClusterNetworkPolicy Egress port unknown",
  "ClusterNetworkPolicy Ingress Accept",
  "ClusterNetworkPolicy Ingress Deny",
  "ClusterNetworkPolicy Ingress Pass",
  "ClusterNetworkPolicy Ingress port all of SCTP",
  "ClusterNetworkPolicy Ingress port all of TCP",
  "ClusterNetworkPolicy Ingress port all of UDP",
  "ClusterNetworkPolicy Ingress port name",
  "ClusterNetworkPolicy Ingress port number of SCTP",
  "ClusterNetworkPolicy Ingress port number of TCP",
  "ClusterNetworkPolicy Ingress port number of UDP",
  "ClusterNetworkPolicy Ingress port range of SCTP",
  "ClusterNetworkPolicy Ingress port range of TCP",
  "ClusterNetworkPolicy Ingress port range of UDP",
  "ClusterNetworkPolicy Ingress port unknown",
  "ClusterNetworkPolicy is read: false",
  "ClusterNetworkPolicy is read: true",
  "ClusterNetworkPolicy is read: unknown",
  "ClusterNetworkPolicy of tier Admin",
  "ClusterNetworkPolicy of tier Baseline",
  "Egress network of IPv4",
  "Egress network of IPv6",
  "Egress peer domainNames",
  "Egress peer namespaces",
  "Egress peer pods",
  "Egress peer serviceAccounts",
  "Ingress peer namespaces",
  "Ingress peer pods",
  "Ingress peer serviceAccounts",
  "kinds: ",
  "kinds: AdminNetworkPolicy",
  "kinds: AdminNetworkPolicy and BaselineAdminNetworkPolicy",
  "kinds: AdminNetworkPolicy and BaselineAdminNetworkPolicy and ClusterNetworkPolicy",
  "kinds: AdminNetworkPolicy and ClusterNetworkPolicy",
  "kinds: ClusterNetworkPolicy",
  "node with addresses: false",
  "node with addresses: true",
  "nodes DoesNotExist",
  "nodes Exists",
  "nodes In",
  "nodes NotIn",
  "nodes empty",
  "nodes given",
  "peer namespaceSelector DoesNotExist",
  "peer namespaceSelector Exists",
  "peer namespaceSelector In",
  "peer namespaceSelector NotIn",
  "peer namespaceSelector absent",
  "peer namespaceSelector empty",
  "peer namespaceSelector given",
  "peer namespaces DoesNotExist",
  "peer namespaces Exists",
  "peer namespaces In",
  "peer namespaces NotIn",
  "peer namespaces empty",
  "peer namespaces given",
  "peer podSelector DoesNotExist",
  "peer podSelector Exists",
  "peer podSelector In",
  "peer podSelector NotIn",
  "peer podSelector empty",
  "peer podSelector given",
  "ports absent",
  "ports given",
  "subject namespaceSelector DoesNotExist",
  "subject namespaceSelector Exists",
  "subject namespaceSelector In",
  "subject namespaceSelector NotIn",
  "subject namespaceSelector absent",
  "subject namespaceSelector empty",
  "subject namespaceSelector given",
  "subject namespaces DoesNotExist",
  "subject namespaces Exists",
  "subject namespaces In",
  "subject namespaces NotIn",
  "subject namespaces empty",
  "subject namespaces given",
  "subject podSelector DoesNotExist",
  "subject podSelector Exists",
  "subject podSelector In",
  "subject podSelector NotIn",
  "subject podSelector empty",
  "subject podSelector given",
]
`);
});

test('Every generated policy is one that the API server accepts', () => {
  for (const { cluster } of SAMPLE) {
    policiesOf(cluster).forEach(validatePolicy);
    clusterPolicyManifestsOf(cluster).forEach(validateClusterPolicy);
  }
});

test('Flows of all outcomes are asked, and many of them are decided by a rule', () => {
  const asked = OUTCOMES.map(({ cluster, flow, outcome }) => ({
    outcome,
    bare: naiveOutcome(withoutRules(cluster), flow),
  }));
  const share = (count: number) => count / asked.length;
  const shareOf = (wanted: string) => share(asked.filter(({ outcome }) => outcome === wanted).length);
  expect(shareOf('allowed')).toBeGreaterThan(0.4);
  expect(shareOf('denied')).toBeGreaterThan(0.2);
  expect(shareOf('unknown')).toBeGreaterThan(0.04);
  expect(share(asked.filter(({ outcome, bare }) => outcome !== bare).length)).toBeGreaterThan(0.08);
});

test("Many flows are decided by the administrators' policies", () => {
  const without = (cluster: ClusterDescription): ClusterDescription => {
    const clusterWide: readonly Manifest[] = clusterPolicyManifestsOf(cluster);
    return { ...cluster, manifests: cluster.manifests.filter((each) => !clusterWide.includes(each)) };
  };
  const differing = OUTCOMES.filter(({ cluster, flow, outcome }) => naiveOutcome(without(cluster), flow) !== outcome);
  expect(differing.length / OUTCOMES.length).toBeGreaterThan(0.09);
});

test('No question has more worlds than can be walked in a moment', () => {
  const counts = SAMPLE.flatMap(({ cluster, flows }) => flows.map((flow) => [...casesOf(cluster, flow)].length));
  expect(Math.max(...counts)).toBeLessThan(50_000);
});
