import { faultsOf } from './reading';

const slice = (body: object) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'a' },
  addressType: 'IPv4',
  ...body,
});
const endpoints = (...subsets: object[]) => ({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'a' }, subsets });
const at = (...addresses: string[]) => ({ endpoints: [{ addresses }] });

test.each([
  ['no type of addresses', { addressType: undefined }, ['PTL003 addressType']],
  ['a type that is none', { addressType: 'IPv5' }, ['PTL004 addressType -> IPv4']],
  ['SVC-27: an address of another type', at('fd00::1'), ['PTL020 endpoints[0].addresses[0]']],
  ['an endpoint without addresses', at(), ['PTL003 endpoints[0].addresses']],
  ['SVC-26: a loopback address', at('127.0.0.1'), ['PTL005 endpoints[0].addresses[0]']],
  ['SVC-26: a link-local address', at('169.254.1.1'), ['PTL005 endpoints[0].addresses[0]']],
  ['SVC-26: an unspecified address', at('0.0.0.0'), ['PTL005 endpoints[0].addresses[0]']],
  ['what is no address', at('db'), ['PTL005 endpoints[0].addresses[0]']],
  ['SVC-08: two ports of one name', { ports: [{ port: 80 }, { port: 81 }] }, ['PTL019 ports[1]']],
  ['a port out of range', { ports: [{ port: 70_000 }] }, ['PTL007 ports[0].port']],
  ['a protocol that is none', { ports: [{ port: 80, protocol: 'tcp' }] }, ['PTL004 ports[0].protocol -> TCP']],
  [
    'a hostname that is none',
    { endpoints: [{ addresses: ['10.0.0.1'], hostname: 'a.b' }] },
    ['PTL014 endpoints[0].hostname'],
  ],
  [
    'SVC-25: one zone twice',
    { endpoints: [{ addresses: ['10.0.0.1'], hints: { forZones: [{ name: 'a' }, { name: 'a' }] } }] },
    ['PTL019 endpoints[0].hints.forZones[1]'],
  ],
  ['a whole name of one part', { addressType: 'FQDN', ...at('db') }, ['PTL014 endpoints[0].addresses[0]']],
  [
    'more addresses than an endpoint may have',
    at(...Array.from({ length: 101 }, (_, i) => `10.0.0.${i}`)),
    ['PTL004 endpoints[0].addresses'],
  ],
  [
    'more endpoints than a slice may have',
    { endpoints: Array.from({ length: 1001 }, () => ({ addresses: ['10.0.0.1'] })) },
    ['PTL004 endpoints'],
  ],
  ['an application protocol', { ports: [{ port: 80, appProtocol: '-' }] }, ['PTL014 ports[0].appProtocol']],
])('a slice with %s is refused', (_, body, faults) => {
  expect(faultsOf(slice(body))).toEqual(faults);
});

test.each([
  ['SVC-26: a loopback address', { addresses: [{ ip: '127.0.0.1' }] }, ['PTL005 subsets[0].addresses[0].ip']],
  [
    'SVC-09: ports without names',
    { addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }, { name: 'b', port: 81 }] },
    ['PTL003 subsets[0].ports[0].name'],
  ],
  ['a port out of range', { ports: [{ port: 0 }] }, ['PTL007 subsets[0].ports[0].port']],
  ['no addresses', { ports: [{ port: 80 }] }, ['PTL003 subsets[0]']],
])('Endpoints with %s are refused', (_, subset, faults) => {
  expect(faultsOf(endpoints(subset))).toEqual(faults);
});

test.each([
  ['names with and without the last dot', { addressType: 'FQDN', ...at('db.example', 'db.example.') }],
  ['nothing', { endpoints: null, ports: null }],
  ['a port for all numbers', { ports: [{ name: '', port: null, protocol: 'TCP', appProtocol: 'http' }] }],
  ['an endpoint as a live dump has it', { endpoints: [{ addresses: ['10.0.0.1'], conditions: {}, nodeName: 'a.b' }] }],
])('a slice with %s is taken', (_, body) => {
  expect(faultsOf(slice(body))).toEqual([]);
});

test('Endpoints of which no address is ready are taken', () => {
  expect(faultsOf(endpoints({ notReadyAddresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }))).toEqual([]);
});

test.each([
  ['a slice of names, with the dot of the root', slice({ addressType: 'FQDN', ...at('db.example.com.') })],
  [
    'Endpoints with two ports of one name',
    endpoints({ addresses: [{ ip: '10.0.0.1' }], ports: Array(2).fill({ name: 'a', port: 80 }) }),
  ],
])('%s is taken, as the API server takes it', (_, object) => {
  expect(faultsOf(object)).toEqual([]);
});
