import type { EndpointRef } from '../../lib/intents/endpoint';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, codes, codesOfPromises, internet, promise } from './support';

const cluster = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };
const archive: EndpointRef = { kind: 'object', object: 'Service', namespace: 'shop', name: 'archive' };
const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'archive-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'archive' } },
  addressType: 'IPv4',
  ports: [{ name: 'sql', port: 6432 }],
  endpoints: [{ addresses: ['192.0.2.10'] }],
};
const shop = [ns('shop'), deployment('web'), service('archive', { ports: [{ name: 'sql', port: 5432 }] }), slice];
const egress = (cidr: string, port = 6432) =>
  policy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ port }] }],
  });
const reaches = (target: EndpointRef, by?: 'podIP' | 'service') =>
  promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [target], by });
const keptFrom = (target: EndpointRef, by?: 'podIP') =>
  promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [target], by });
const sql: EndpointRef = { kind: 'port', of: archive, port: 'sql' };

describe('an address behind a Service (SVC-08)', () => {
  test('is reached through the Service, and by itself at the port of the slice', () => {
    expect(codes(checking(shop, [reaches(sql, 'service'), reaches(sql, 'podIP'), reaches(sql)], cluster))).toEqual([]);
    const shut = [...shop, egress('192.0.2.10/32', 5432)];
    expect(codes(checking(shut, [reaches(sql, 'podIP')], cluster))).toEqual(['PTL101']);
  });

  test('must not be reached either, where the Service must not', () => {
    expect(codes(checking(shop, [keptFrom(archive)], cluster))).toEqual(['PTL104']);
    expect(codes(checking([...shop, egress('192.0.2.10/32', 1)], [keptFrom(sql)], cluster))).toEqual([]);
    expect(codes(checking([...shop, egress('192.0.2.10/32', 1)], [keptFrom(archive)], cluster))).toEqual(['PTL104']);
    expect(codes(checking([...shop, egress('192.0.2.10/32')], [keptFrom(sql)], cluster))).toEqual(['PTL104']);
  });

  test('counts beside pods that the Service selects', () => {
    const both = [
      ns('shop'),
      deployment('web'),
      deployment('db', { ports: [{ name: 'sql', containerPort: 6432 }] }),
      service('archive', { selector: { app: 'db' }, ports: [{ name: 'sql', port: 5432, targetPort: 'sql' }] }),
      slice,
      policy('db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [] }),
    ];
    const [finding] = checking(both, [keptFrom(archive)], cluster).findings;
    expect(finding.offenders).toEqual(['shop/web[Deployment]']);
    expect(finding.example?.to).toContain('192.0.2.10');
  });

  test('may be reached by a rule around the address of the Service (NP-20)', () => {
    const open = [...shop, egress('10.96.0.0/12', 5432)];
    expect(codes(checking(open, [keptFrom(archive)], cluster))).toEqual(['PTL904']);
    expect(codes(checking(open, [keptFrom(archive, 'podIP')], cluster))).toEqual([]);
  });

  test('is guarded by no policy, so that nobody knows who else gets there', () => {
    const only = promise({ verb: 'toBeReachedOnlyBy', subject: archive, sources: [app('web')] });
    const hidden = promise({ verb: 'toBeExposedTo', negated: true, subject: archive, zone: internet, except: [] });
    expect(codesOfPromises(checking(shop, [only, hidden], cluster))).toEqual(['PTL904', 'PTL904']);
  });
});
