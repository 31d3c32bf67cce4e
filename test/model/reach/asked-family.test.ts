import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';

const meta = (name: string) => ({ metadata: { name, namespace: 'shop' } });
const app = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  ...meta(name),
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'x' }] } },
  },
});
const db = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  ...meta('db'),
  spec: { selector: { app: 'db' }, ports: [{ port: 80 }], ...spec },
});

const FOUR: ClusterProfileSpec = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' };
const DUAL: ClusterProfileSpec = {
  podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'],
  serviceCidr: ['10.96.0.0/12', 'fd00:10:96::/112'],
};
const BOTH = { ipFamilyPolicy: 'RequireDualStack' };

describe('SVC-27: a Service is used in a family that it has', () => {
  test.each<[string, object, ClusterProfileSpec, string, string]>([
    ['on a cluster of IPv4 alone', {}, FOUR, 'allowed', 'denied'],
    ['of two, where the API server is yet to choose', {}, DUAL, 'unknown', 'unknown'],
    ['of two, with both', BOTH, DUAL, 'allowed', 'allowed'],
    ['of two, with the one that it asks for', { ipFamilies: ['IPv6'] }, DUAL, 'denied', 'allowed'],
    ['of two, without an address of its own', { clusterIP: 'None' }, DUAL, 'unknown', 'unknown'],
    ['on a cluster of which nobody tells', {}, {}, 'allowed', 'unknown'],
  ])('%s', (_, spec, profile, ipv4, ipv6) => {
    const network = Network.from([app('web'), app('db'), db(spec)], profile);
    const flow = { from: 'shop/web', to: 'service/shop/db', port: 80 } as const;
    for (const by of ['service', 'name'] as const) {
      const outcomes = ([4, 6] as const).map((family) => network.reach({ ...flow, by, family }).outcome);
      expect(outcomes).toEqual([ipv4, ipv6]);
    }
  });

  test('the DNS tells the same of its families as flows to it', () => {
    const name = 'db.shop.svc.cluster.local';
    const asked = (profile: ClusterProfileSpec, spec: object) =>
      (['A', 'AAAA'] as const).map(
        (type) => Network.from([app('web'), app('db'), db(spec)], profile).resolve({ name, types: [type] }).result,
      );
    expect(asked(FOUR, {})).toEqual(['found', 'no-data']);
    expect(asked(DUAL, {})).toEqual(['unknown', 'unknown']);
    expect(asked(DUAL, BOTH)).toEqual(['found', 'found']);
    expect(asked({}, {})).toEqual(['found', 'unknown']);
    expect(asked({}, { clusterIP: 'None' })).toEqual(['found', 'unknown']);
    expect(asked({}, { ipFamilies: ['IPv4'] })).toEqual(['found', 'no-data']);
  });

  test('an SRV record of a Service that is yet to get one of two families has the whole weight (DNS-03)', () => {
    const named = db({ ports: [{ port: 80, name: 'http' }] });
    const network = Network.from([app('db'), named], DUAL);
    const name = '_http._tcp.db.shop.svc.cluster.local';
    expect(network.resolve({ name, types: ['SRV'] }).answers).toMatchObject([
      { data: '0 100 80 db.shop.svc.cluster.local.' },
    ]);
  });

  test('tells what would decide it', () => {
    const network = Network.from([app('web'), app('db'), db({})], DUAL);
    const { pairs } = network.reach({ from: 'shop/web', to: 'service/shop/db', port: 80, by: 'service', family: 6 });
    const [{ doubts, hops }] = pairs;
    expect(doubts).toEqual([{ rule: 'SVC-27', wouldDecide: 'ipFamilies of Service shop/db' }]);
    expect(hops.find(({ hop }) => hop === 'service')).toMatchObject({ decision: 'unknown', doubts });
  });
});
