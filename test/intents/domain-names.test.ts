import { clusterNetworkPolicy, deployment, ns } from '../support/manifests';
import { app, checking, codes, promise } from './support';

/** Egress of the namespace is denied but for what is called `*.stripe.com`, on 443, and lookups. */
const guard = clusterNetworkPolicy('guard', {
  subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
  egress: [
    {
      action: 'Accept',
      to: [{ domainNames: ['*.stripe.com'] }],
      protocols: [{ tcp: { destinationPort: { number: 443 } } }],
    },
    { action: 'Pass', to: [{ namespaces: {} }] },
    { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
  ],
});
const manifests = [ns('shop'), deployment('web'), guard];
const external = (host: string) => ({ kind: 'external' as const, host });

function reaching(host: string, negated = false) {
  const target = { kind: 'port' as const, of: external(host), port: 443 };
  return promise({ verb: 'toReach', negated, by: 'name', subject: app('web'), targets: [target] });
}

test('DNS-28: a name outside is open while the cluster’s DNS may not pass it on', () => {
  const everywhere = clusterNetworkPolicy('everywhere', {
    egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }],
  });
  expect(codes(checking([...manifests, everywhere], [reaching('api.stripe.com')]))).toEqual(['PTL904']);
});

test.each([
  ['a name that the rule means is reached', reaching('api.stripe.com'), []],
  ['another name may have an address of theirs', reaching('api.example.com'), ['PTL904']],
  ['the name above does not match the wildcard', reaching('stripe.com'), ['PTL904']],
  ['what is reached can not be promised away', reaching('api.stripe.com', true), ['PTL104']],
])('NP-43: %s', (_, intent, expected) => {
  expect(codes(checking(manifests, [intent]))).toEqual(expected);
});
