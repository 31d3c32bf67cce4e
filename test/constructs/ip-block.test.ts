import { type Chart, Testing } from 'cdk8s';
import { ClusterNetworkPolicy, cidr, DnsApp, ENDPOINT, Intents, ipBlock, NetworkPolicy, pods } from 'portolan';
import { chartIn, only } from './manifests';

const block = ipBlock('10.0.0.0/8', { except: ['10.0.0.0/9', '10.192.0.0/10'] });
const policyOf = (chart: Chart) => only(chart, 'NetworkPolicy', 'policy').spec;

test('a NetworkPolicy writes a block as its author did (NP-15)', () => {
  const chart = chartIn('shop');
  const to = [ipBlock('fd00::/8'), block, pods({ app: 'db' }, { namespace: 'ops' })] as const;
  new NetworkPolicy(chart, 'policy', { appliesTo: pods({}), allowTo: [{ to }] });
  expect(policyOf(chart).egress).toEqual([
    {
      to: [
        { ipBlock: { cidr: 'fd00::/8' } },
        { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '10.192.0.0/10'] } },
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
          podSelector: { matchLabels: { app: 'db' } },
        },
      ],
    },
  ]);
});

test('a ClusterNetworkPolicy, which has no exceptions, writes what is left of it', () => {
  const chart = chartIn('shop');
  const egress = [{ action: 'Deny', to: [block] }] as const;
  new ClusterNetworkPolicy(chart, 'policy', { tier: 'Admin', priority: 1, subject: pods({}), egress });
  expect(only(chart, 'ClusterNetworkPolicy').spec.egress).toEqual([
    { action: 'Deny', to: [{ networks: ['10.128.0.0/10'] }] },
  ]);
});

test('what is left of a block is spread over peers of 25 networks', () => {
  const chart = chartIn('shop');
  const egress = [{ action: 'Deny', to: [ipBlock('0.0.0.0/0', { except: ['192.0.2.1/32'] })] }] as const;
  new ClusterNetworkPolicy(chart, 'policy', { tier: 'Admin', priority: 1, subject: pods({}), egress });
  const { egress: rules } = only(chart, 'ClusterNetworkPolicy').spec as { egress: { to: { networks: string[] }[] }[] };
  expect(rules[0].to.map(({ networks }) => networks.length)).toEqual([25, 7]);
});

test('in promises it means the addresses that are left', () => {
  expect(block[ENDPOINT]).toEqual({ kind: 'addresses', cidrs: ['10.128.0.0/10'] });
  const app = Testing.app();
  const chart = chartIn('shop', app);
  const web = new DnsApp(chart, 'web', { image: 'shop/web:1' });
  new NetworkPolicy(chart, 'policy', { appliesTo: web, allowTo: [{ to: [block] }] });
  const intents = Intents.of(chart);
  intents.expect(web).toReach(cidr('10.128.0.0/16'));
  intents.expect(web).not.toReach(cidr('10.192.0.0/16'));
  expect(() => app.synth()).not.toThrow();
});

test.each([
  ['the block itself', ['10.0.0.0/8']],
  ['a larger block', ['0.0.0.0/0']],
  ['a block elsewhere', ['11.0.0.0/9']],
  ['a block of the other family', ['fd00::/9']],
])('NP-16: %s is no exception from it', (_what, except) => {
  expect(() => ipBlock('10.0.0.0/8', { except })).toThrow(/^Unable to except .* from 10\.0\.0\.0\/8/);
});

test('something must be left, and bits behind the prefix are a slip', () => {
  expect(() => ipBlock('10.0.0.0/8', { except: ['10.0.0.0/9', '10.128.0.0/9'] })).toThrow('nothing is left');
  expect(() => ipBlock('10.0.0.1/8')).toThrow('Did you mean "10.0.0.0/8"?');
  expect(() => ipBlock('10.0.0.0/8', { except: ['10.1/16'] })).toThrow('Unable to read "10.1/16" as a CIDR');
});
