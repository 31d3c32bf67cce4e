import { service } from '../../../support/manifests';
import { allLints, endpoints, lintsOf, slice } from './support';

const db = service('db', { ports: [{ port: 5432 }] });
const named = service('db', { ports: [{ name: 'sql', port: 5432 }] });

describe('PTL232: a Service without a selector has no endpoints (SVC-02, SVC-08)', () => {
  test.each<[string, readonly object[], string | undefined]>([
    ['nothing is there', [db], undefined],
    ['a slice is labelled for another', [db, slice('x', { service: 'dbb' })], 'x'],
    ['a slice of its name has no label', [db, slice('db-1')], 'db-1'],
    ['its slice is in another namespace', [db, slice('x', { service: 'db', namespace: 'ops' })], 'x'],
    ['a slice is for another Service', [db, slice('x', { service: 'queue' })], undefined],
  ])('%s: it fires', (_what, manifests, stray) => {
    expect(allLints(manifests)).toEqual(['warning PTL232 shop/db spec']);
    expect(lintsOf('PTL232', manifests)[0].stray?.name).toBe(stray);
  });

  test.each<[string, readonly object[]]>([
    ['it has a slice', [db, slice('x', { service: 'db' })]],
    ['it has a slice without addresses yet', [db, slice('x', { service: 'db', addresses: [] })]],
    ['it has an Endpoints object', [db, endpoints('db', '192.0.2.7')]],
    ['it is the API server', [service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default')]],
    ['SVC-22: it is a mere name', [service('db', { type: 'ExternalName', externalName: 'db.example.com' })]],
  ])('%s: it does not fire', (_what, manifests) => {
    expect(allLints(manifests)).toEqual([]);
  });
});

test('PTL232: a selector that asks for nothing is none, and is told by its line (SVC-02)', () => {
  const empty = service('db', { selector: {}, ports: [{ port: 5432 }] });
  expect(allLints([empty])).toEqual(['warning PTL232 shop/db spec.selector']);
  expect([empty, db].map((each) => lintsOf('PTL232', [each])[0].isEmpty)).toEqual([true, false]);
});

describe('PTL233: ports of Service and slice do not join (SVC-08)', () => {
  test.each<[string, object, readonly object[], object]>([
    ['the names differ', named, [{ name: 'sqll', port: 1 }], { port: 'sql', has: ['sqll/TCP'], didYouMean: 'sqll' }],
    ['only the Service has a name', named, [{ port: 1 }], { has: ['/TCP'], didYouMean: undefined }],
    ['only the slice has a name', db, [{ name: 'sql', port: 1 }], { port: '', has: ['sql/TCP'] }],
    ['the protocols differ', named, [{ name: 'sql', port: 1, protocol: 'UDP' }], { protocol: 'TCP', has: ['sql/UDP'] }],
  ])('%s: it fires', (_what, subject, ports, detail) => {
    const manifests = [subject, slice('x', { service: 'db', ports })];
    expect(allLints(manifests)).toEqual(['warning PTL233 shop/db spec.ports[0]']);
    expect(lintsOf('PTL233', manifests)).toEqual([expect.objectContaining(detail)]);
  });

  test.each<[string, readonly object[]]>([
    ['the number alone differs', [named, slice('x', { service: 'db', ports: [{ name: 'sql', port: 1 }] })]],
    [
      'one of two slices has the port',
      [
        named,
        slice('x', { service: 'db', ports: [{ name: 'sql', port: 1 }] }),
        slice('y', { service: 'db', ports: [{ name: 'metrics', port: 2 }] }),
      ],
    ],
    [
      'SVC-21: it is headless',
      [service('db', { clusterIP: 'None', ports: [{ name: 'sql', port: 1 }] }), slice('x', { service: 'db' })],
    ],
    ['the slice has no addresses yet', [named, slice('x', { service: 'db', addresses: [] })]],
  ])('%s: it does not fire', (_what, manifests) => {
    expect(allLints(manifests)).toEqual([]);
  });
});

describe('PTL239: an endpoint is the address of a Service (SVC-26)', () => {
  const other = service('queue', { clusterIP: '10.96.0.20', selector: { app: 'queue' }, ports: [{ port: 1 }] });

  test.each<[string, object, string]>([
    ['in a slice', slice('db-1', { service: 'db', addresses: ['10.96.0.20'] }), 'db-1 endpoints[0].addresses[0]'],
    ['in an Endpoints object', endpoints('db', '10.96.0.20'), 'db subsets[0].addresses[0].ip'],
  ])('%s: it fires', (_what, given, place) => {
    expect(allLints([db, other, given])).toEqual([`warning PTL239 shop/${place}`]);
    expect(lintsOf('PTL239', [db, other, given])[0].service).toBe('shop/queue');
  });

  test('it does not fire for other addresses', () => {
    expect(allLints([db, other, slice('db-1', { service: 'db' })])).toEqual([]);
  });
});
