import { deployment, ns, policy, service } from '../../../support/manifests';
import { labelled, letIn, letOut, lintsOf, named, placesOf, shop } from './support';

const toDb = { to: [{ podSelector: labelled('database') }] };
const toOutside = { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] };
const IN = 'shop/p spec.ingress[0].ports[0]';
const OUT = 'shop/p spec.egress[0].ports[0]';

describe('PTL134: no pod has a port of that name', () => {
  test.each<[string, object, string, string]>([
    ['NP-21: no selected pod has the name', letIn({ ports: [{ port: 'http' }] }), IN, 'no-such-name'],
    ['NP-22: no pod that receives has the name', letOut({ ...toDb, ports: [{ port: 'http' }] }), OUT, 'no-such-name'],
    [
      'NP-23: the name is that of another protocol',
      letIn({ ports: [{ port: 'sql', protocol: 'UDP' }] }),
      IN,
      'other-protocol',
    ],
    [
      'NP-22: addresses outside have no names',
      letOut({ ...toOutside, ports: [{ port: 'postgres' }] }),
      OUT,
      'only-addresses',
    ],
    ['NP-21: a slip, where any pod may receive', letOut({ ports: [{ port: 'htpp' }] }), OUT, 'no-such-name'],
  ])('%s: it fires', (_name, manifest, place, problem) => {
    expect(placesOf('PTL134', [...shop, manifest])).toEqual([place]);
    expect(lintsOf('PTL134', [...shop, manifest])[0]).toMatchObject({ severity: 'warning', problem });
  });

  test.each<[string, object]>([
    ['NP-21: a selected pod has the name', letIn({ ports: [{ port: 'sql' }] })],
    ['NP-22: a pod that receives has the name', letOut({ ...toDb, ports: [{ port: 'sql' }] })],
    ['NP-22: some pod that nobody declared may have it', letOut({ ports: [{ port: 'postgres' }] })],
    [
      'NP-14: pods of a namespace made elsewhere',
      letOut({ to: [{ namespaceSelector: named('ops') }], ports: [{ port: 'x' }] }),
    ],
    ['NP-17: an address that may be a pod with the name', letOut({ ...toOutside, ports: [{ port: 'sql' }] })],
    ['a number', letIn({ ports: [{ port: 1 }] })],
    [
      'no pod is selected, which is another lint',
      policy('p', { podSelector: labelled('x'), ingress: [{ ports: [{ port: 'x' }] }] }),
    ],
  ])('%s: it does not fire', (_name, manifest) => {
    expect(placesOf('PTL134', [...shop, manifest])).toEqual([]);
  });

  test('NP-17: where blocks never mean pods, a name of addresses means nothing', () => {
    const manifests = [...shop, letOut({ ...toOutside, ports: [{ port: 'sql' }] })];
    expect(placesOf('PTL134', manifests, { cni: 'cilium' })).toEqual([OUT]);
    expect(placesOf('PTL134', manifests, { podCidr: '10.244.0.0/16' })).toEqual([OUT]);
  });

  test('the nearest of the names that there are is guessed', () => {
    const [lint] = lintsOf('PTL134', [...shop, letIn({ ports: [{ port: 'sqll' }] })]);
    expect(lint).toMatchObject({ didYouMean: 'sql', has: ['sql/TCP'] });
  });
});

describe('PTL135: a rule names the port of a Service', () => {
  const db = service('db', { selector: { app: 'database' }, ports: [{ port: 80, targetPort: 5432 }] });
  const [in80, out80] = [letIn({ ports: [{ port: 80 }] }), letOut({ ...toDb, ports: [{ port: 80 }] })];

  test.each<[string, readonly object[], string]>([
    ['NP-19: of the pods that it lets others into', [db, in80], IN],
    ['NP-19: of the pods that it lets out to', [db, out80], OUT],
    [
      'SVC-07: with a target port by name',
      [service('db', { selector: { app: 'database' }, ports: [{ port: 80, targetPort: 'sql' }] }), in80],
      IN,
    ],
  ])('%s: it fires', (_name, manifests, place) => {
    expect(placesOf('PTL135', [...shop, ...manifests])).toEqual([place]);
    expect(lintsOf('PTL135', [...shop, ...manifests])).toEqual([
      expect.objectContaining({ severity: 'warning', service: 'shop/db', port: 80, containerPort: 5432 }),
    ]);
  });

  const onDb = (port: object) => service('db', { selector: { app: 'database' }, ports: [port] });
  test.each<[string, readonly object[]]>([
    ['SVC-06: a number that nobody declares is no slip by itself', [in80]],
    ['SVC-01: the Service does not translate', [onDb({ port: 80 }), in80]],
    [
      'SVC-06: another Service sends to that number',
      [db, service('too', { selector: { app: 'database' }, ports: [{ port: 8, targetPort: 80 }] }), in80],
    ],
    ['NP-09: the Service port is of another protocol', [onDb({ port: 80, protocol: 'UDP', targetPort: 5432 }), in80]],
    [
      'SVC-21: a headless Service translates nothing',
      [
        service('db', { clusterIP: 'None', selector: { app: 'database' }, ports: [{ port: 80, targetPort: 5432 }] }),
        in80,
      ],
    ],
    ['NP-19: the container port is named beside it', [db, letIn({ ports: [{ port: 80 }, { port: 5432 }] })]],
    ['NP-21: the container port is named by its name', [db, letIn({ ports: [{ port: 80 }, { port: 'sql' }] })]],
    ['NP-25: a range is more than one number', [db, letIn({ ports: [{ port: 80, endPort: 90 }] })]],
    ['NP-08: anybody may be meant', [db, letOut({ ports: [{ port: 80 }] })]],
    ['NP-08: an address may be meant', [db, letOut({ to: [...toDb.to, ...toOutside.to], ports: [{ port: 80 }] })]],
    [
      'the Service selects other pods',
      [service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }), in80],
    ],
  ])('%s: it does not fire', (_name, manifests) => {
    expect(placesOf('PTL135', [...shop, ...manifests])).toEqual([]);
  });

  test('SVC-06: it does not fire where another pod that receives may listen on it', () => {
    const versions = ['1', '2'].map((v) => deployment(`db-${v}`, { labels: { app: 'database', v } }));
    const ofTwo = service('db', { selector: { v: '2' }, ports: [{ port: 80, targetPort: 5432 }] });
    expect(placesOf('PTL135', [ns('shop'), ...versions, ofTwo, in80])).toEqual([]);
    expect(placesOf('PTL135', [ns('shop'), versions[1], ofTwo, in80])).toEqual([IN]);
  });
});

describe('PTL139: a rule opens a port for a protocol that the pods do not declare it with', () => {
  const dns = deployment('dns', { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 9153 }] });
  const both = deployment('dns', { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] });
  const silent = deployment('dns-2', { labels: { app: 'dns' } });
  const forDns = (...ingress: readonly object[]) => policy('p', { podSelector: labelled('dns'), ingress });
  const tcp = { port: 53 };
  const udp = { port: 53, protocol: 'UDP' };

  test.each<[string, object, string]>([
    ['NP-09: TCP where none is given', forDns({ ports: [tcp] }), IN],
    ['NP-09: SCTP', forDns({ ports: [{ port: 53, protocol: 'SCTP' }] }), IN],
    ['NP-22: of the pods that receive', letOut({ to: [{ podSelector: labelled('dns') }], ports: [tcp] }), OUT],
  ])('%s: it fires', (_name, manifest, place) => {
    expect(placesOf('PTL139', [...shop, dns, manifest])).toEqual([place]);
    expect(lintsOf('PTL139', [...shop, dns, manifest])[0]).toMatchObject({
      severity: 'warning',
      declared: 'UDP',
      workloads: ['shop/dns[Deployment]'],
    });
  });

  test.each<[string, readonly object[]]>([
    ['the declared protocol', [dns, forDns({ ports: [udp] })]],
    ['both protocols, in one rule', [dns, forDns({ ports: [udp, tcp] })]],
    ['both protocols, in two rules', [dns, forDns({ ports: [udp] }, { ports: [tcp] })]],
    ['NP-07: all ports, in another rule', [dns, forDns({}, { ports: [tcp] })]],
    ['SVC-06: a number that nobody declares', [dns, forDns({ ports: [{ port: 5353 }] })]],
    ['both are declared', [both, forDns({ ports: [tcp] })]],
    ['SVC-06: another pod declares nothing and may listen on it', [dns, silent, forDns({ ports: [tcp] })]],
    ['NP-14: pods elsewhere may listen on it', [dns, letOut({ to: [{ namespaceSelector: {} }], ports: [tcp] })]],
    ['NP-25: a range', [dns, forDns({ ports: [{ port: 50, endPort: 60 }] })]],
    [
      'SVC-07: a Service sends to it with this protocol',
      [dns, service('dns', { selector: { app: 'dns' }, ports: [{ port: 53 }] }), forDns({ ports: [tcp] })],
    ],
  ])('%s: it does not fire', (_name, manifests) => {
    expect(placesOf('PTL139', [...shop, ...manifests])).toEqual([]);
  });
});

describe('PTL143: an empty list of ports opens all of pods that declare none', () => {
  const silent = deployment('cache');
  const forCache = (...ingress: readonly object[]) => policy('p', { podSelector: labelled('cache'), ingress });
  const toCache = { to: [{ podSelector: labelled('cache') }], ports: [] };

  test.each<[string, object, string]>([
    ['NP-07: into them', forCache({ ports: [] }), 'shop/p spec.ingress[0].ports'],
    ['NP-07: out to them', letOut(toCache), 'shop/p spec.egress[0].ports'],
  ])('%s: it fires', (_name, manifest, place) => {
    expect(placesOf('PTL143', [...shop, silent, manifest])).toEqual([place]);
    expect(lintsOf('PTL143', [...shop, silent, manifest])[0]).toMatchObject({
      severity: 'warning',
      workloads: ['shop/cache[Deployment]'],
    });
  });

  test.each<[string, object]>([
    ['a rule without the list', forCache({ from: [{ podSelector: {} }] })],
    ['pods that declare ports', letIn({ ports: [] })],
    ['some of them declare ports', letOut({ to: [{ podSelector: {} }], ports: [] })],
    [
      'NP-14: pods elsewhere too',
      letOut({ to: [{ namespaceSelector: {}, podSelector: labelled('cache') }], ports: [] }),
    ],
    ['NP-08: everybody', letOut({ ports: [] })],
    ['addresses', letOut({ ...toOutside, ports: [] })],
  ])('%s: it does not fire', (_name, manifest) => {
    expect(placesOf('PTL143', [...shop, silent, manifest])).toEqual([]);
  });
});
