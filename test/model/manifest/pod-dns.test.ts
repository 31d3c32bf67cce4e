import { faultsOf, pod } from './reading';

const faults = (spec: object) => faultsOf(pod({ containers: [], ...spec }));
const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));

test.each([
  ['a policy that is none', { dnsPolicy: 'clusterFirst' }, ['PTL004 spec.dnsPolicy -> ClusterFirst']],
  ['DNS-20: no server where it has none by its policy', { dnsPolicy: 'None' }, ['PTL003 spec.dnsConfig.nameservers']],
  [
    'four servers',
    { dnsConfig: { nameservers: many(4, (i) => `10.0.0.${i}`) } },
    ['PTL004 spec.dnsConfig.nameservers'],
  ],
  ['a server that is no address', { dnsConfig: { nameservers: ['dns'] } }, ['PTL005 spec.dnsConfig.nameservers[0]']],
  ['33 domains', { dnsConfig: { searches: many(33, (i) => `d${i}`) } }, ['PTL004 spec.dnsConfig.searches']],
  [
    'domains of 2,100 letters',
    { dnsConfig: { searches: many(21, () => 'd'.repeat(63).concat('.').concat('e'.repeat(36))) } },
    ['PTL004 spec.dnsConfig.searches'],
  ],
  ['a domain that is none', { dnsConfig: { searches: ['a b'] } }, ['PTL014 spec.dnsConfig.searches[0]']],
  ['an option without a name', { dnsConfig: { options: [{ value: '2' }] } }, ['PTL003 spec.dnsConfig.options[0].name']],
  ['an alias without an address', { hostAliases: [{ hostnames: ['a'] }] }, ['PTL003 spec.hostAliases[0].ip']],
  [
    'an alias that is none',
    { hostAliases: [{ ip: '10.0.0.1', hostnames: ['A_B'] }] },
    ['PTL014 spec.hostAliases[0].hostnames[0]'],
  ],
  ['a hostname with dots', { hostname: 'a.b' }, ['PTL014 spec.hostname']],
  ['a subdomain with dots', { subdomain: 'a.b' }, ['PTL014 spec.subdomain']],
])('a pod with %s is refused', (_, spec, expected) => {
  expect(faults(spec)).toEqual(expected);
});

test('DNS-20: what is odd but allowed is read', () => {
  const searches = ['.', 'corp.example.', 'my_zone.example'];
  const dnsConfig = { nameservers: ['10.0.0.1', 'fd00::1'], searches, options: [{ name: 'ndots', value: '2' }] };
  expect(faults({ dnsPolicy: 'None', dnsConfig })).toEqual([]);
});
