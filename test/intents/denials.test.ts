import { clusterNetworkPolicy, deployment, ns, service } from '../support/manifests';
import { app, checking, portOf, promise } from './support';

const manifests = [
  ns('shop'),
  deployment('web'),
  deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }),
  service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 8080 }] }),
];
const reach = promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [portOf(app('api'), 'http')] });
const denying = (more: object) =>
  clusterNetworkPolicy('guard', {
    egress: [{ action: 'Deny', to: [{ namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }] }],
    ...more,
  });

test('NP-43: a denial in so many words is told by its rule', () => {
  const [{ cause }] = checking([...manifests, denying({})], [reach]).findings;
  expect(cause).toMatchObject({ code: 'PTL105', denial: { kind: 'ClusterNetworkPolicy', name: 'guard', index: 0 } });
});

test('NP-43: a denied lookup names the rule too, and offers no AllowDns that could not help', () => {
  const everything = denying({ egress: [{ action: 'Deny', to: [{ namespaces: {} }] }] });
  const [{ cause, fixes }] = checking([...manifests, everything], [reach]).findings;
  expect(cause).toMatchObject({ code: 'PTL102', isolator: { name: 'guard', index: 0 } });
  expect(fixes).toEqual([]);
});

test('promises that one denial breaks are one finding', () => {
  const twice = [reach, promise({ ...reach, subject: app('web') } as never)];
  const { findings } = checking([...manifests, denying({})], twice);
  expect(findings.map(({ code, also }) => [code, also.length])).toEqual([['PTL105', 1]]);
});
