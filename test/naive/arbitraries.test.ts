import fc from 'fast-check';
import { arbitraryInquiry } from './arbitraries';
import { type ClusterDescription, namespacesOf, podsOf, policiesOf } from './cluster';
import type { Peer, PolicyPort, Selector } from './manifests';
import { validatePolicy } from './validate';
import { casesOf, naiveOutcome } from './worlds';

const SAMPLE = fc.sample(arbitraryInquiry(), { numRuns: 600, seed: 20_260_101 });

/** The same policies with rules that no flow matches: what is still allowed was never isolated. */
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

function shapeOfList(name: string, list: readonly unknown[] | null | undefined): string {
  return `${name} ${list === undefined ? 'absent' : list === null ? 'null' : list.length === 0 ? 'empty' : 'given'}`;
}

function shapesOfSelector(name: string, selector: Selector | undefined): string[] {
  if (selector === undefined) {
    return [`${name} absent`];
  }
  const expressions = selector.matchExpressions ?? [];
  const empty = Object.keys(selector.matchLabels ?? {}).length === 0 && expressions.length === 0;
  return [`${name} ${empty ? 'empty' : 'given'}`, ...expressions.map(({ operator }) => `${name} ${operator}`)];
}

function shapesOfPeer(peer: Peer): string[] {
  return [
    `peer of ${Object.keys(peer).sort().join(' and ')}`,
    ...(peer.podSelector ? shapesOfSelector('peer podSelector', peer.podSelector) : []),
    ...(peer.namespaceSelector ? shapesOfSelector('namespaceSelector', peer.namespaceSelector) : []),
    ...(peer.ipBlock
      ? [`${peer.ipBlock.cidr.includes(':') ? 'IPv6' : 'IPv4'} block, except ${(peer.ipBlock.except ?? []).length > 0}`]
      : []),
  ];
}

function shapeOfPort({ port, endPort, protocol }: PolicyPort): string {
  const what = endPort === undefined ? typeof port : 'range';
  return `port ${what} of ${protocol ?? 'no protocol'}`;
}

function shapesOf(cluster: ClusterDescription): string[] {
  const specs = policiesOf(cluster).map(({ spec }) => spec);
  const rules = specs.flatMap(({ ingress, egress }) => [
    ...(ingress ?? []).map((rule) => ({ name: 'from', peers: rule.from, ports: rule.ports })),
    ...(egress ?? []).map((rule) => ({ name: 'to', peers: rule.to, ports: rule.ports })),
  ]);
  const known = podsOf(cluster).map(({ hostNetwork, addresses, finished, workload }) => [
    `hostNetwork ${hostNetwork}, ${Object.keys(addresses ?? {}).length} addresses`,
    `finished ${finished}`,
    workload.replace(/.*\[/, '['),
  ]);
  return [
    `families ${cluster.families}`,
    `podCidr ${cluster.podCidr !== undefined}`,
    `nodeCidr ${cluster.nodeCidr !== undefined}`,
    `ipBlock selects pods ${cluster.ipBlockSelectsPods}`,
    `hostNetwork pods ${cluster.hostNetworkPods}`,
    `${specs.length} policies`,
    `undeclared namespaces ${podsOf(cluster).some(({ namespace }) => !namespacesOf(cluster).some(({ metadata }) => metadata.name === namespace))}`,
    ...known.flat(),
    ...specs.flatMap((spec) => [
      `policyTypes ${spec.policyTypes?.join(' and ') ?? 'absent'}`,
      shapeOfList('ingress', spec.ingress),
      shapeOfList('egress', spec.egress),
      ...shapesOfSelector('podSelector', spec.podSelector),
    ]),
    ...rules.flatMap(({ name, peers, ports }) => [
      shapeOfList(name, peers),
      shapeOfList('ports', ports),
      ...(peers ?? []).flatMap(shapesOfPeer),
      ...(ports ?? []).map(shapeOfPort),
    ]),
  ];
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

test('Every generated policy is one that the API server accepts', () => {
  for (const { cluster } of SAMPLE) {
    policiesOf(cluster).forEach(validatePolicy);
  }
});

test('Flows of all outcomes are asked, and many of them are decided by a rule', () => {
  const asked = SAMPLE.flatMap(({ cluster, flows }) =>
    flows.map((flow) => ({ outcome: naiveOutcome(cluster, flow), bare: naiveOutcome(withoutRules(cluster), flow) })),
  );
  const share = (count: number) => count / asked.length;
  const shareOf = (wanted: string) => share(asked.filter(({ outcome }) => outcome === wanted).length);
  expect(shareOf('allowed')).toBeGreaterThan(0.4);
  expect(shareOf('denied')).toBeGreaterThan(0.2);
  expect(shareOf('unknown')).toBeGreaterThan(0.04);
  expect(share(asked.filter(({ outcome, bare }) => outcome !== bare).length)).toBeGreaterThan(0.1);
});

test('No question has more worlds than can be walked in a moment', () => {
  const counts = SAMPLE.flatMap(({ cluster, flows }) => flows.map((flow) => [...casesOf(cluster, flow)].length));
  expect(Math.max(...counts)).toBeLessThan(2_000);
});
