import { parseCidr } from '../../../lib/model/values/cidr-set';
import { faultsOf, networkPolicy, read, readOne } from './reading';

const policy = (spec: unknown) => readOne('networkPolicy', networkPolicy(spec));
const peersOf = (...from: unknown[]) => policy({ ingress: [{ from }] }).ingress[0].peers;
const portsOf = (...ports: unknown[]) => policy({ ingress: [{ ports }] }).ingress[0].ports;

describe('the directions of a NetworkPolicy', () => {
  test.each([
    ['NP-01', 'nothing', {}, { ingress: true, egress: false }],
    ['NP-01', 'an empty list of types', { policyTypes: [] }, { ingress: true, egress: false }],
    ['NP-01', 'types of null', { policyTypes: null }, { ingress: true, egress: false }],
    ['NP-01', 'an empty egress', { egress: [] }, { ingress: true, egress: false }],
    ['NP-01', 'an egress rule', { egress: [{}] }, { ingress: true, egress: true }],
    [
      'NP-02',
      'Egress alone beside ingress rules',
      { policyTypes: ['Egress'], ingress: [{}] },
      { ingress: false, egress: true },
    ],
    [
      'NP-02',
      'Ingress alone beside egress rules',
      { policyTypes: ['Ingress'], egress: [{}] },
      { ingress: true, egress: false },
    ],
    ['NP-02', 'both', { policyTypes: ['Egress', 'Ingress'] }, { ingress: true, egress: true }],
  ])('%s: %s', (_rule, _what, spec, directions) => {
    expect(policy(spec).directions).toEqual(directions);
  });

  test('NP-06: without a podSelector it selects every pod, even without a spec', () => {
    expect(
      [policy({}), policy({ podSelector: {} }), policy({ podSelector: null }), policy(undefined)].map(
        (p) => p.podSelector.isEverything,
      ),
    ).toEqual([true, true, true, true]);
  });
});

describe('NP-07: empty lists', () => {
  test.each([[undefined], [null], [[]]])('rules of %j are no rules', (rules) => {
    expect(policy({ ingress: rules, egress: rules })).toMatchObject({ ingress: [], egress: [] });
  });

  test.each([[{}], [null], [{ from: [], ports: [] }], [{ from: null, ports: null }]])(
    'a rule %j allows everything',
    (rule) => {
      expect(policy({ ingress: [rule] }).ingress).toMatchObject([{ peers: [], ports: [] }]);
    },
  );
});

describe('the ports of a rule', () => {
  test.each([
    ['NP-09', {}, { type: 'all', protocol: 'TCP' }],
    ['NP-09', null, { type: 'all', protocol: 'TCP' }],
    ['NP-09', { protocol: 'UDP' }, { type: 'all', protocol: 'UDP' }],
    ['NP-09', { port: 53 }, { type: 'range', protocol: 'TCP', first: 53, last: 53 }],
    ['NP-25', { port: 32000, endPort: 32768 }, { type: 'range', protocol: 'TCP', first: 32000, last: 32768 }],
    ['NP-25', { port: 80, endPort: 80 }, { type: 'range', protocol: 'TCP', first: 80, last: 80 }],
    ['NP-26', { port: 80, protocol: 'SCTP' }, { type: 'range', protocol: 'SCTP', first: 80, last: 80 }],
    ['NP-24', { port: 'http-2' }, { type: 'named', protocol: 'TCP', name: 'http-2' }],
  ])('%s: %j', (_rule, written, port) => {
    expect(portsOf(written)).toEqual([port]);
  });

  test.each([
    ['NP-26', { protocol: 'tcp' }, 'PTL004 protocol -> TCP'],
    ['NP-26', { protocol: 'ICMP' }, 'PTL004 protocol'],
    ['NP-26', { protocol: '' }, 'PTL004 protocol'],
    ['a port is at least 1', { port: 0 }, 'PTL007 port'],
    ['a port is at most 65535', { port: 70000 }, 'PTL007 port'],
    ['a port is whole', { port: 80.5 }, 'PTL002 port'],
    ['a port is a number or a name', { port: [80] }, 'PTL002 port'],
    ['NP-24', { port: '80' }, 'PTL009 port -> 80'],
    ['NP-24', { port: 'Http' }, 'PTL009 port'],
    ['NP-24', { port: 'sixteen-letters-' }, 'PTL009 port'],
    ['NP-24', { port: 'a--b' }, 'PTL009 port'],
    ['NP-25', { endPort: 90 }, 'PTL008 endPort'],
    ['NP-25', { port: 80, endPort: 79 }, 'PTL008 endPort'],
    ['NP-25', { port: 'http', endPort: 90 }, 'PTL008 endPort'],
    ['NP-25', { port: 80, endPort: 65536 }, 'PTL007 endPort'],
    ['NP-25', { port: 80, endPort: '90' }, 'PTL002 endPort -> 90'],
    ['a field of no port', { Port: 80 }, 'PTL015 Port -> port'],
  ])('%s: %j is refused', (_rule, written, fault) => {
    const [code, field, ...hint] = fault.split(' ');
    const expected = [code, `spec.ingress[0].ports[0].${field}`, ...hint].join(' ');
    expect(faultsOf(networkPolicy({ ingress: [{ ports: [written] }] }))).toEqual([expected]);
  });
});

describe('the peers of a rule', () => {
  test('NP-10: both selectors in one item stay together, in two items they are two peers', () => {
    const [podSelector, namespaceSelector] = [{ matchLabels: { app: 'web' } }, { matchLabels: { team: 'a' } }];
    expect(peersOf({ podSelector, namespaceSelector }).map(String)).toHaveLength(1);
    const [pods, namespaces] = peersOf({ podSelector }, { namespaceSelector });
    expect(pods).toMatchObject({ type: 'pods', namespaceSelector: undefined });
    expect(namespaces).toMatchObject({ type: 'pods', podSelector: undefined });
  });

  test('NP-12: a selector of null is none, an empty one is one', () => {
    const [peer] = peersOf({ podSelector: {}, namespaceSelector: null, ipBlock: null });
    expect(peer).toMatchObject({ type: 'pods', namespaceSelector: undefined, podSelector: { isEverything: true } });
  });

  test('NP-15: except narrows its own block', () => {
    const [peer] = peersOf({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '10.128.0.0/10'] } });
    expect(peer).toMatchObject({ type: 'ipBlock', cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '10.128.0.0/10'] });
    expect(peer.type === 'ipBlock' && peer.addresses.toString()).toBe('10.192.0.0-10.255.255.255');
  });

  test('NP-16: host bits in a legacy block are masked', () => {
    const [peer] = peersOf({ ipBlock: { cidr: '10.1.2.3/8' } });
    expect(peer.type === 'ipBlock' && peer.addresses.toString()).toBe('10.0.0.0-10.255.255.255');
  });

  test.each([
    ['NP-12', {}, ['PTL011 ']],
    ['NP-12', null, ['PTL011 ']],
    ['NP-12', { podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }, ['PTL011 ']],
    ['NP-12, both faults', { podSelector: {}, ipBlock: { cidr: '10/8' } }, ['PTL005 .ipBlock.cidr', 'PTL011 ']],
    ['a block has a CIDR', { ipBlock: {} }, ['PTL003 .ipBlock.cidr']],
    ['a prefix over 32', { ipBlock: { cidr: '10.0.0.1/33' } }, ['PTL005 .ipBlock.cidr']],
    ['an octal part', { ipBlock: { cidr: '010.0.0.0/8' } }, ['PTL005 .ipBlock.cidr']],
    ['an address without a prefix', { ipBlock: { cidr: '10.0.0.0' } }, ['PTL005 .ipBlock.cidr']],
    ['a CIDR that is no text', { ipBlock: { cidr: 10 } }, ['PTL002 .ipBlock.cidr']],
    ['NP-16, equal', { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }, ['PTL006 .ipBlock.except[0]']],
    [
      'NP-16, elsewhere',
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '11.0.0.0/9'] } },
      ['PTL006 .ipBlock.except[1]'],
    ],
    ['NP-16, another family', { ipBlock: { cidr: '0.0.0.0/0', except: ['fd00::/8'] } }, ['PTL006 .ipBlock.except[0]']],
    ['a field of no peer', { podselector: {} }, ['PTL011 ', 'PTL015 .podselector -> podSelector']],
    ['a field of no block', { ipBlock: { cidr: '10.0.0.0/8', exept: [] } }, ['PTL015 .ipBlock.exept -> except']],
    ['a peer that is no object', 'web', ['PTL002 ']],
  ])('%s: %j is refused', (_rule, peer, faults) => {
    const expected = faults.map((fault) => fault.replace(' ', ' spec.ingress[0].from[0]').trim());
    expect([...faultsOf(networkPolicy({ ingress: [{ from: [peer] }] }))].sort()).toEqual(expected);
  });

  test('the problem of a CIDR is said in its own words', () => {
    const [fault] = read(networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/33' } }] }] })).faults;
    const parsed = parseCidr('10.0.0.1/33');
    expect(fault).toMatchObject({ got: '"10.0.0.1/33"', problem: !parsed.ok && parsed.problem });
  });
});

describe('selectors', () => {
  const selector = (podSelector: unknown) => policy({ podSelector }).podSelector.toString();

  test.each([
    [{ matchLabels: { app: 'web' } }, 'app=web'],
    [{ matchLabels: { app: null } }, 'app='],
    [{ matchLabels: null, matchExpressions: null }, 'everything'],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['b', 'a'] }] }, 'app in (a,b)'],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] }, 'app notin (a)'],
    [
      {
        matchExpressions: [
          { key: 'app', operator: 'Exists' },
          { key: 'old', operator: 'DoesNotExist', values: [] },
        ],
      },
      'app,!old',
    ],
    [{ matchLabels: { team: 'a' }, matchExpressions: [{ key: 'app', operator: 'Exists' }] }, 'app,team=a'],
  ])('NP-13: %j is %s', (written, text) => {
    expect(selector(written)).toBe(text);
  });

  test.each([
    [{ matchExpressions: [{ key: 'app', operator: 'In' }] }, 'PTL010 .matchExpressions[0].values'],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: [] }] }, 'PTL010 .matchExpressions[0].values'],
    [
      { matchExpressions: [{ key: 'app', operator: 'Exists', values: ['a'] }] },
      'PTL010 .matchExpressions[0].values -> In',
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'DoesNotExist', values: ['a'] }] },
      'PTL010 .matchExpressions[0].values -> NotIn',
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'in', values: ['a'] }] },
      'PTL004 .matchExpressions[0].operator -> In',
    ],
    [{ matchExpressions: [{ operator: 'Exists' }] }, 'PTL003 .matchExpressions[0].key'],
    [{ matchLabels: { 'a b': 'x' } }, 'PTL014 .matchLabels[a b]'],
    [{ matchLabels: { 'a/b/c': 'x' } }, 'PTL014 .matchLabels[a/b/c]'],
    [{ matchLabels: { 'Example.com/a': 'x' } }, 'PTL014 .matchLabels[Example.com/a]'],
    [{ matchLabels: { app: '-web' } }, 'PTL014 .matchLabels.app'],
    [{ matchLabels: { app: 'x'.repeat(64) } }, 'PTL014 .matchLabels.app'],
    [{ matchLabels: { app: true } }, 'PTL002 .matchLabels.app'],
    [{ matchLabels: ['app'] }, 'PTL002 .matchLabels'],
    [{ matchlabels: { app: 'web' } }, 'PTL015 .matchlabels -> matchLabels'],
  ])('NP-13: %j is refused', (podSelector, fault) => {
    expect(faultsOf(networkPolicy({ podSelector }))).toEqual([fault.replace(' ', ' spec.podSelector')]);
  });
});

describe('what the API server refuses of a NetworkPolicy', () => {
  test.each([
    ['NP-44', { policyTypes: ['Ingress', 'Egress', 'Ingress'] }, ['PTL004 spec.policyTypes']],
    ['a direction in lower case', { policyTypes: ['ingress'] }, ['PTL004 spec.policyTypes[0] -> Ingress']],
    ['a direction of another kind', { policyTypes: ['Deny'] }, ['PTL004 spec.policyTypes[0]']],
    ['a rule for a list', { ingress: {} }, ['PTL002 spec.ingress']],
    ['a list for a spec', [], ['PTL002 spec']],
    ['the other direction of a peer', { ingress: [{ to: [] }] }, ['PTL015 spec.ingress[0].to']],
    [
      'misspelt fields',
      { egres: [], podselector: {} },
      ['PTL015 spec.egres -> egress', 'PTL015 spec.podselector -> podSelector'],
    ],
  ])('%s', (_what, spec, faults) => {
    expect(faultsOf(networkPolicy(spec))).toEqual(faults);
  });

  test('PTL015 also guards the metadata and the object itself, where a slip moves or disarms the policy', () => {
    expect(faultsOf({ ...networkPolicy({}, { namspace: 'prod' }), Spec: {} })).toEqual([
      'PTL015 metadata.namspace -> namespace',
      'PTL015 Spec -> spec',
    ]);
  });

  test('every fault of a document is told, not only the first', () => {
    const from = [{}, { ipBlock: { cidr: 'x' } }];
    const ports = [{ protocol: 'tcp', port: 80, endPort: 1 }];
    expect(
      faultsOf(networkPolicy({ policyTypes: ['in'], ingress: [{ from, ports }] }, { labels: { 'a b': '' } })),
    ).toEqual([
      'PTL014 metadata.labels[a b]',
      'PTL004 spec.policyTypes[0]',
      'PTL011 spec.ingress[0].from[0]',
      'PTL005 spec.ingress[0].from[1].ipBlock.cidr',
      'PTL004 spec.ingress[0].ports[0].protocol -> TCP',
      'PTL008 spec.ingress[0].ports[0].endPort',
    ]);
  });
});

test('a rule knows its field', () => {
  expect(policy({ egress: [{}, {}] }).egress[1].field).toEqual(['spec', 'egress', 1]);
});

test('a live dump with status and managed fields is sound, and so is the older API group', () => {
  const metadata = { managedFields: [{}], creationTimestamp: null, uid: 'x', annotations: null, labels: null };
  const object = { ...networkPolicy({ ingress: [{}] }, metadata), status: {} };
  expect(read(object).faults).toEqual([]);
  expect(read({ ...object, apiVersion: 'extensions/v1beta1' }).resources).toHaveLength(1);
});
