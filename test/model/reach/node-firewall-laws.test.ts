import fc from 'fast-check';
import type { FirewallRuleSpec } from '../../../lib';
import { Network } from '../../../lib/model/network';
import type { End } from '../../../lib/model/reach/policy-hops';
import { CidrSet } from '../../../lib/model/values/cidr-set';
import type { IpAddress } from '../../../lib/model/values/ip';
import { deployment, ns } from '../../support/manifests';

const PODS = '10.244.0.0/30';
const NODES = '192.168.77.0/30';
const OUTSIDE = '203.0.113.0/30';
const BLOCKS = [PODS, NODES, OUTSIDE, '192.168.77.0/31', '203.0.113.0/31', '10.244.0.0/31', '0.0.0.0/0'];
const WORDS = ['anywhere', 'internet', 'load-balancers', 'nodes', 'pods'];
const PORTS = [22, 2379, 6443];

const rule = fc.record({
  from: fc.subarray([...BLOCKS, ...WORDS], { minLength: 1, maxLength: 2 }),
  ports: fc.subarray(PORTS, { minLength: 1 }),
});
const addressesOf = (cidr: string): readonly IpAddress[] => {
  const [{ family, first, last }] = CidrSet.parse(cidr).ranges;
  return Array.from({ length: Number(last - first) + 1 }, (_, i) => ({ family, value: first + BigInt(i) }));
};
const within = (cidr: string, address: IpAddress) => CidrSet.parse(cidr).has(address);

/** What the firewall does with one packet, by the words of its rules, where load balancers pass on what comes, or nothing. */
function letsIn(rules: readonly FirewallRuleSpec[], address: IpAddress, port: number, arePassing: boolean): boolean {
  const isInside = within(PODS, address) || within(NODES, address);
  const means: Readonly<Record<string, boolean>> = {
    anywhere: true,
    internet: !isInside,
    nodes: within(NODES, address),
    pods: within(PODS, address),
    'load-balancers': !isInside && arePassing,
  };
  return rules.some(({ from, ports }) => {
    const isMeant = [from].flat().some((sender) => means[sender] ?? within(sender, address));
    return isMeant && [ports].flat().includes(port);
  });
}

/** NET-04: pods show nodes their own address or that of their node. */
const SENDERS: readonly (readonly [string, readonly string[]])[] = [
  ['a pod', [PODS, NODES]],
  ['all outside', [OUTSIDE]],
  ['half of it', ['203.0.113.0/31']],
];

test.each(SENDERS)(
  'NET-01: what a firewall is said to do with %s it does, whichever address is shown',
  (who, shown) => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.constantFrom(...PORTS), (rules, port) => {
        const network = Network.from([ns('shop'), deployment('web')], {
          podCidr: PODS,
          nodeCidr: NODES,
          nodes: [{ name: 'cp', role: 'control-plane', addresses: ['192.168.77.1'] }],
          firewall: { controlPlane: rules },
        });
        const node = network.cluster.nodes[0];
        const to: End = { addresses: CidrSet.ofAddresses(node.addresses), label: 'cp', node: node.name };
        const from: End =
          who === 'a pod' ? { pod: network.cluster.pods[0] } : { addresses: CidrSet.parse(...shown), label: who };
        const { outcome } = network.packet(from, to, { protocol: 'TCP', port }, { runsElsewhere: true });
        const worlds = shown
          .flatMap(addressesOf)
          .flatMap((address) => [true, false].map((arePassing) => letsIn(rules, address, port, arePassing)));
        if (outcome === 'allowed') expect(worlds).not.toContain(false);
        if (outcome === 'denied') expect(worlds).not.toContain(true);
        // It is exact, but for blocks that hold some of the addresses that may be shown.
        if (rules.every(({ from: senders }) => senders.every((sender) => WORDS.includes(sender)))) {
          expect(outcome === 'unknown').toBe(new Set(worlds).size === 2);
        }
      }),
      { numRuns: 200 },
    );
  },
);
