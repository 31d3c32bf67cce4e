import fc from 'fast-check';
import { QUERY_TYPES } from '../../../lib/model/dns/record';
import { Zone } from '../../../lib/model/dns/zone';
import { ns, service } from '../../support/manifests';
import { asking, http, networkOf, running, SVC, shop, told } from './support';

const ask = asking(shop);

describe('the records of Services', () => {
  test.each([
    ['DNS-01: the version of the specification', 'dns-version.cluster.local', 'TXT', 'NOERROR, TXT "1.1.0"'],
    ['DNS-01: at no other name', `web.${SVC}`, 'TXT', 'NOERROR'],
    ['DNS-02: a ClusterIP', `web.${SVC}`, 'A', 'NOERROR, A 10.96.0.7'],
    ['DNS-02: the other family is NODATA', `web.${SVC}`, 'AAAA', 'NOERROR'],
    ['DNS-03: SRV of a port by name', `_http._tcp.web.${SVC}`, 'SRV', `NOERROR, SRV 0 100 80 web.${SVC}.`],
    [
      'DNS-03: SRV of all ports at the bare name',
      `web.${SVC}`,
      'SRV',
      `NOERROR, SRV 0 50 80 web.${SVC}., SRV 0 50 9100 web.${SVC}.`,
    ],
    ['DNS-03: not of a port by number', `_80._tcp.web.${SVC}`, 'SRV', 'NXDOMAIN'],
    ['DNS-03: not of another protocol', `_http._udp.web.${SVC}`, 'SRV', 'NXDOMAIN'],
    ['DNS-04: PTR of a ClusterIP', '7.0.96.10.in-addr.arpa', 'PTR', `NOERROR, PTR web.${SVC}.`],
    ['DNS-04: PTR of an address of nobody goes upstream', '9.0.96.10.in-addr.arpa', 'PTR', 'unknown'],
    ['DNS-05: headless: the ready endpoints', `pods.${SVC}`, 'A', 'NOERROR, A 10.244.0.2, A 10.244.0.3'],
    ['DNS-05: headless without endpoints has no name', `nobody.${SVC}`, 'A', 'NXDOMAIN'],
    [
      'DNS-07: SRV leads to the names of endpoints',
      `_http._tcp.pods.${SVC}`,
      'SRV',
      `NOERROR, SRV 0 50 8080 10-244-0-3.pods.${SVC}., SRV 0 50 8080 first.pods.${SVC}.`,
    ],
    [
      'DNS-08: PTR of an endpoint: every Service that has it',
      '2.0.244.10.in-addr.arpa',
      'PTR',
      `NOERROR, PTR 10-244-0-2.web.${SVC}., PTR first.pods.${SVC}.`,
    ],
    ['DNS-08: PTR of a pod that is not ready', '4.0.244.10.in-addr.arpa', 'PTR', 'unknown'],
    ['DNS-10: whatever the case', 'WEB.Shop.SVC.cluster.LOCAL', 'A', 'NOERROR, A 10.96.0.7'],
    ['DNS-14: a ClusterIP without endpoints', `idle.${SVC}`, 'A', 'NOERROR, A 10.96.0.8'],
    [
      'DNS-16: the start of authority',
      'cluster.local',
      'SOA',
      'NOERROR, SOA ns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 30',
    ],
    ['DNS-16: other names go upstream', 'www.example.com', 'A', 'unknown'],
  ] as const)('%s', (_rule, name, type, expected) => {
    expect(ask(name, type)).toBe(expected);
  });
});

describe('DNS-09: aliases', () => {
  const alias = (name: string, externalName: string) => service(name, { type: 'ExternalName', externalName });
  const chain = Array.from({ length: 9 }, (_, i) => alias(`a${i}`, i === 8 ? `web.${SVC}` : `a${i + 1}.${SVC}`));
  const askAlias = asking([
    ...shop,
    alias('out', 'www.example.com'),
    alias('in', `web.${SVC}`),
    alias('nowhere', `missing.${SVC}`),
    alias('loop', `loop2.${SVC}`),
    alias('loop2', `loop.${SVC}`),
    alias('address', '192.0.2.7'),
    ...chain,
  ]);
  test.each([
    ['one that leads out', 'out', 'A', 'NOERROR, CNAME www.example.com.'],
    ['to a Service', 'in', 'A', `NOERROR, A 10.96.0.7, CNAME web.${SVC}.`],
    ['to a Service without the family', 'in', 'AAAA', 'NOERROR'],
    ['to no Service', 'nowhere', 'A', 'NOERROR'],
    ['in a circle', 'loop', 'A', 'NOERROR'],
    ['its own record, wherever it leads', 'nowhere', 'CNAME', `NOERROR, CNAME missing.${SVC}.`],
    ['an address is no name', 'address', 'A', 'NXDOMAIN'],
    ['no SRV', 'out', 'SRV', 'NOERROR'],
    ['no port below it', '_http._tcp.out', 'SRV', 'NXDOMAIN'],
    ['no name below it', 'x.out', 'A', 'NXDOMAIN'],
    ['a chain of nine is too long', 'a0', 'A', 'NOERROR'],
  ] as const)('%s', (_rule, name, type, expected) => {
    expect(askAlias(`${name}.${SVC}`, type)).toBe(expected);
  });
});

describe('DNS-11, DNS-12: names of pods by address', () => {
  const pods = [
    ...shop,
    running('shop/gone', { ip: '10.244.0.9', phase: 'Succeeded' }),
    running('shop/going', { ip: '10.244.0.10', deleted: true }),
    running('shop/dual', { ips: ['10.244.0.11', 'fd00::11'] }),
  ];
  test.each([
    ['10-244-0-2.shop', 'A', 'NOERROR, A 10.244.0.2', 'NOERROR, A 10.244.0.2'],
    ['1-2-3-4.shop', 'A', 'NOERROR, A 1.2.3.4', 'NXDOMAIN'],
    ['10-244-0-2.empty', 'A', 'NOERROR, A 10.244.0.2', 'NXDOMAIN'],
    ['10-244-0-2.nowhere', 'A', 'NXDOMAIN', 'NXDOMAIN'],
    ['10-244-0-9.shop', 'A', 'NOERROR, A 10.244.0.9', 'NXDOMAIN'],
    ['10-244-0-10.shop', 'A', 'NOERROR, A 10.244.0.10', 'NXDOMAIN'],
    ['fd00--11.shop', 'AAAA', 'NOERROR, AAAA fd00::11', 'NXDOMAIN'],
    ['x.10-244-0-2.shop', 'A', 'NOERROR, A 10.244.0.2', 'NOERROR, A 10.244.0.2'],
    ['10-244-0-300.shop', 'A', 'NXDOMAIN', 'NXDOMAIN'],
    ['01-2-3-4.shop', 'A', 'NXDOMAIN', 'NXDOMAIN'],
    [
      '10-244-0-2.shop',
      'SRV',
      'NOERROR, SRV 0 100 0 10-244-0-2.shop.pod.cluster.local.',
      'NOERROR, SRV 0 100 0 10-244-0-2.shop.pod.cluster.local.',
    ],
    ['shop', 'A', 'NOERROR', 'NOERROR'],
  ] as const)('%s.pod %s, insecure and verified', (name, type, insecure, verified) => {
    const modes = (['insecure', 'verified', 'disabled'] as const).map((mode) => asking(pods, { dns: { pods: mode } }));
    const answers = modes.map((askIn) => askIn(`${name}.pod.cluster.local`, type));
    expect(answers).toEqual([insecure, verified, 'NXDOMAIN']);
  });

  test('a pod that is yet to get its address leaves open whether it is the one that is verified', () => {
    const later = [ns('shop'), { ...running('shop/x', {}), status: {} }];
    const profile = { dns: { pods: 'verified' as const } };
    expect(asking(later, profile)('10-0-0-1.shop.pod.cluster.local')).toBe('unknown');
    expect(asking(later, { ...profile, podCidr: '10.244.0.0/16' })('10-0-0-1.shop.pod.cluster.local')).toBe('NXDOMAIN');
  });
});

describe('DNS-15: names that are there without records', () => {
  test.each([
    ['cluster.local', 'NOERROR'],
    ['svc.cluster.local', 'NOERROR'],
    ['pod.cluster.local', 'NOERROR'],
    ['shop.svc.cluster.local', 'NOERROR'],
    ['empty.svc.cluster.local', 'NOERROR'],
    ['kube-system.svc.cluster.local', 'NOERROR'],
    ['nowhere.svc.cluster.local', 'NXDOMAIN'],
    ['web.nowhere.svc.cluster.local', 'NXDOMAIN'],
    [`missing.${SVC}`, 'NXDOMAIN'],
    ['foo.cluster.local', 'NXDOMAIN'],
    [`a.b.c.web.${SVC}`, 'NXDOMAIN'],
    [`*.${SVC}`, 'NXDOMAIN'],
    [`web.${SVC}.cluster.local`, 'NXDOMAIN'],
    ['in-addr.arpa', 'NOERROR'],
    ['svc.in-addr.arpa', 'NOERROR'],
    ['shop.svc.in-addr.arpa', 'unknown'],
  ])('%s is %s', (name, expected) => {
    expect(ask(name)).toBe(expected);
  });

  test('a text has no such name, unless the name has other records', () => {
    expect([ask(SVC, 'TXT'), ask('cluster.local', 'TXT')]).toEqual(['NXDOMAIN', 'NXDOMAIN']);
  });
});

describe('what nobody knows yet', () => {
  test('DNS-02: a Service that is yet to get its address has its name', () => {
    const open = service('new', { ports: http });
    expect(asking([open])(`new.${SVC}`)).toBe('NOERROR, A ?');
    expect(asking([open])(`new.${SVC}`, 'AAAA')).toBe('NOERROR');
  });

  test('SVC-27: nor which of two families it gets, where it does not say', () => {
    const profile = { podCidr: ['10.244.0.0/16', 'fd00::/64'] };
    const zone = new Zone(networkOf([service('new', { ports: http })], profile).cluster);
    expect(zone.answer(`new.${SVC}`, 'A')).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      possible: [{ type: 'A' }],
      doubts: [{ rule: 'SVC-27' }],
    });
    const dual = service('new', { ipFamilyPolicy: 'PreferDualStack', ports: http });
    const askDual = asking([dual], profile);
    expect([askDual(`new.${SVC}`), askDual(`new.${SVC}`, 'AAAA')]).toEqual(['NOERROR, A ?', 'NOERROR, AAAA ?']);
  });

  test('DNS-04: an address without a name may be that of a Service or pod to come', () => {
    const open = [service('new', { selector: { app: 'x' }, ports: http })];
    const zone = (profile = {}) => new Zone(networkOf(open, profile).cluster).answer('1.0.0.10.in-addr.arpa', 'PTR');
    expect(zone().doubts.map(({ rule }) => rule)).toEqual(['DNS-04']);
    expect(zone({ serviceCidr: '10.96.0.0/12' }).doubts.map(({ rule }) => rule)).toEqual(['DNS-16']);
  });

  test("DNS-04: in a dump of a whole cluster an address for Services that none has is nobody's", () => {
    const whole = [service('kubernetes', { clusterIP: '10.96.0.1', ports: http }, 'default')];
    const zone = new Zone(networkOf(whole, { serviceCidr: '10.96.0.0/12' }).cluster);
    expect(zone.answer('9.0.96.10.in-addr.arpa', 'PTR').rcode).toBe('NXDOMAIN');
    expect(zone.answer('9.0.0.10.in-addr.arpa', 'PTR').rcode).toBe('unknown');
  });

  test('DNS-02: the Service of the API server is there, whoever declares it', () => {
    expect(ask('kubernetes.default.svc.cluster.local')).toBe('NOERROR, A ?');
    expect(ask('_https._tcp.kubernetes.default.svc.cluster.local', 'SRV')).toBe(
      'NOERROR, SRV 0 100 443 kubernetes.default.svc.cluster.local.',
    );
    expect(ask('kube-dns.kube-system.svc.cluster.local')).toBe('unknown');
  });
});

test('DNS-17: the zone has these names of addresses, and no others that one might think of', () => {
  const labels = ['web', 'pods', 'nobody', 'idle', 'first', 'web-0', 'web-1', '10-244-0-2', '10-244-0-3', '10-244-0-4'];
  const services = labels.slice(0, 4);
  const candidates = [...labels, ...labels.flatMap((label) => services.map((name) => `${label}.${name}`))];
  expect(candidates.filter((name) => ask(`${name}.${SVC}`).includes('A '))).toEqual([
    'web',
    'pods',
    'idle',
    'first.pods',
    '10-244-0-2.web',
    '10-244-0-3.web',
    '10-244-0-3.pods',
  ]);
});

describe('laws of the zone', () => {
  const zone = new Zone(networkOf(shop).cluster);
  const label = fc.constantFrom(
    'web',
    'pods',
    'shop',
    'svc',
    'pod',
    'cluster',
    'local',
    'first',
    '_http',
    '_tcp',
    '10-244-0-2',
    'x',
  );
  const name = fc.array(label, { minLength: 1, maxLength: 7 }).map((labels) => `${labels.join('.')}.cluster.local`);
  const type = fc.constantFrom(...QUERY_TYPES);

  test('answers do not depend on the case of letters, nor on the last dot (DNS-10)', () => {
    fc.assert(
      fc.property(name, type, (asked, qtype) => {
        const plain = told(zone.answer(asked, qtype));
        expect(told(zone.answer(asked.toUpperCase(), qtype))).toBe(plain);
        expect(told(zone.answer(`${asked}.`, qtype))).toBe(plain);
      }),
    );
  });

  test('a name is there for addresses of both families or of none (DNS-02)', () => {
    fc.assert(
      fc.property(name, (asked) => {
        expect(zone.answer(asked, 'AAAA').rcode).toBe(zone.answer(asked, 'A').rcode);
      }),
    );
  });

  test('records come with NOERROR alone, and bear the name that was asked for', () => {
    fc.assert(
      fc.property(name, type, (asked, qtype) => {
        const { rcode, answers } = zone.answer(asked, qtype);
        if (answers.length > 0) expect([rcode, answers[0].name]).toEqual(['NOERROR', `${asked}.`]);
      }),
    );
  });
});
