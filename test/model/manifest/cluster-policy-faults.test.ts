import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy, faultsOf } from './reading';

const anyone = { namespaces: {} };
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe('a ClusterNetworkPolicy is refused', () => {
  const rule = { action: 'Deny', from: [anyone] };
  test.each<[string, object, string]>([
    ['without a tier', { tier: undefined }, 'PTL003 spec.tier'],
    ['in a tier that there is not', { tier: 'NetworkPolicy' }, 'PTL004 spec.tier'],
    ['in a tier that is misspelt', { tier: 'admin' }, 'PTL004 spec.tier -> Admin'],
    ['without a priority', { priority: null }, 'PTL003 spec.priority'],
    ['with a priority below 0', { priority: -1 }, 'PTL004 spec.priority'],
    ['with a priority above 1000', { priority: 1001 }, 'PTL004 spec.priority'],
    ['with a priority between two numbers', { priority: 1.5 }, 'PTL002 spec.priority'],
    ['with a priority in quotes', { priority: '10' }, 'PTL002 spec.priority -> 10'],
    ['without a subject', { subject: undefined }, 'PTL003 spec.subject'],
    ['with an empty subject', { subject: {} }, 'PTL011 spec.subject'],
    ['with two subjects', { subject: { namespaces: {}, pods: {} } }, 'PTL011 spec.subject'],
    ['with a subject of a later version', { subject: { nodes: {} } }, 'PTL015 spec.subject'],
    ['with a misspelt subject', { subject: { namespace: {} } }, 'PTL015 spec.subject.namespace -> namespaces'],
    ['with the subject of a NetworkPolicy', { podSelector: {} }, 'PTL015 spec.podSelector'],
    ['with more than 25 rules', { ingress: many(26, rule) }, 'PTL004 spec.ingress'],
  ])('%s', (_what, spec, fault) => {
    expect(faultsOf(clusterNetworkPolicy(spec))).toEqual([fault]);
  });
});

describe('a rule is refused', () => {
  test.each<[string, object, string]>([
    ['without an action', { from: [anyone] }, 'PTL003 action'],
    ["with the older API's action", { action: 'Allow', from: [anyone] }, 'PTL004 action'],
    ['with a misspelt action', { action: 'deny', from: [anyone] }, 'PTL004 action -> Deny'],
    ['without peers', { action: 'Deny' }, 'PTL003 from'],
    ['with no peers', { action: 'Deny', from: [] }, 'PTL003 from'],
    ['with more than 25 peers', { action: 'Deny', from: many(26, anyone) }, 'PTL004 from'],
    ['with peers of the other direction', { action: 'Deny', from: [anyone], to: [anyone] }, 'PTL015 to'],
    ['with no protocols', { action: 'Deny', from: [anyone], protocols: [] }, 'PTL003 protocols'],
    [
      'with more than 25 protocols',
      { action: 'Deny', from: [anyone], protocols: many(26, { tcp: {} }) },
      'PTL004 protocols',
    ],
    ["with the older API's ports", { action: 'Deny', from: [anyone], ports: [] }, 'PTL015 ports'],
    ['with a name of 101 characters', { name: 'x'.repeat(101), action: 'Deny', from: [anyone] }, 'PTL004 name'],
  ])('%s', (_what, rule, fault) => {
    const [code, field, ...hint] = fault.split(' ');
    const expected = [code, `spec.ingress[0].${field}`, ...hint].join(' ');
    expect(faultsOf(clusterNetworkPolicy({ ingress: [rule] }))).toEqual([expected]);
  });
});

describe('NP-43: a peer is refused', () => {
  test.each<[string, unknown, string]>([
    ['that is empty', {}, 'PTL011'],
    ['that is null', null, 'PTL003'],
    ['that is no object', 'web', 'PTL002'],
    ['of two sorts', { namespaces: {}, pods: {} }, 'PTL011'],
    ['of a known sort and of a later one', { namespaces: {}, accounts: {} }, 'PTL011'],
    ['of a sort that is misspelt', { network: ['10.0.0.0/8'] }, 'PTL015 network -> networks'],
    ['of a sort in other letters', { domainnames: ['a.b'] }, 'PTL015 domainnames -> domainNames'],
    ['of pods by a misspelt selector', { pods: { podselector: {} } }, 'PTL015 pods.podselector -> podSelector'],
    ['by a label without a value', { nodes: { matchLabels: { app: null } } }, 'PTL002 nodes.matchLabels.app'],
    [
      'by an operator without values',
      { namespaces: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
      'PTL010 namespaces.matchExpressions[0].values',
    ],
    ['of no networks', { networks: [] }, 'PTL003 networks'],
    ['of more than 25 networks', { networks: many(26, 0).map((_, n) => `10.${n}.0.0/16`) }, 'PTL004 networks'],
    ['of one network twice', { networks: ['10.0.0.0/8', 'fd00::/8', '10.0.0.0/8'] }, 'PTL019 networks[2]'],
    ['of an address', { networks: ['10.0.0.0'] }, 'PTL005 networks[0]'],
    ['of a network with a long prefix', { networks: ['10.0.0.0/33'] }, 'PTL005 networks[0]'],
    ['of a network with leading zeros', { networks: ['010.0.0.0/8'] }, 'PTL005 networks[0]'],
    ['of an IPv4 network within IPv6', { networks: ['::ffff:10.0.0.0/104'] }, 'PTL005 networks[0]'],
    ['of no domain names', { domainNames: [] }, 'PTL003 domainNames'],
    ['of one domain name twice', { domainNames: ['a.b', 'a.b'] }, 'PTL019 domainNames[1]'],
    ['of a domain name of one part', { domainNames: ['localhost'] }, 'PTL014 domainNames[0]'],
    ['of a star alone', { domainNames: ['*'] }, 'PTL014 domainNames[0]'],
    ['of a star for a part of a label', { domainNames: ['*a.example.com'] }, 'PTL014 domainNames[0]'],
    ['of a star within a name', { domainNames: ['a.*.example.com'] }, 'PTL014 domainNames[0]'],
    ['of two stars', { domainNames: ['*.*.example.com'] }, 'PTL014 domainNames[0]'],
    ['of a name with an empty label', { domainNames: ['a..example.com'] }, 'PTL014 domainNames[0]'],
    ['of a name with a hyphen at an end', { domainNames: ['-a.example.com'] }, 'PTL014 domainNames[0]'],
    ['of a name with a line behind it', { domainNames: ['example.com\n'] }, 'PTL014 domainNames[0]'],
  ])('%s', (_what, peer, fault) => {
    const [code, field, ...hint] = fault.split(' ');
    const place = `spec.egress[0].to[0]${field === undefined ? '' : `.${field}`}`;
    const spec = { egress: [{ action: 'Accept', to: [peer] }] };
    expect(faultsOf(clusterNetworkPolicy(spec))).toEqual([[code, place, ...hint].join(' ')]);
  });
});

describe('NP-43: what does not go together is refused', () => {
  const http = { destinationNamedPort: 'http' };
  test.each([
    ['nodes', { nodes: {} }],
    ['networks', { networks: ['10.0.0.0/8'] }],
    ['domainNames', { domainNames: ['example.com'] }],
  ])('a named port with %s, whichever of the peers they are', (_sort, peer) => {
    const egress = [{ action: 'Accept', to: [anyone, peer], protocols: [{ tcp: {} }, http] }];
    expect(faultsOf(clusterNetworkPolicy({ egress }))).toEqual(['PTL009 spec.egress[0].protocols[1]']);
    const older = [{ action: 'Allow', to: [anyone, peer], ports: [{ namedPort: 'http' }] }];
    expect(faultsOf(adminNetworkPolicy({ egress: older }))).toEqual(['PTL009 spec.egress[0].ports[0]']);
  });

  test.each(['Deny', 'Pass'])('domain names in a rule that says %s', (action) => {
    const egress = [{ action, to: [anyone, { domainNames: ['example.com'] }] }];
    expect(faultsOf(clusterNetworkPolicy({ egress }))).toEqual(['PTL004 spec.egress[0].to[1]']);
    expect(faultsOf(adminNetworkPolicy({ egress }))).toEqual(['PTL004 spec.egress[0].to[1]']);
  });

  test('both faults of a rule are told', () => {
    const egress = [{ action: 'Deny', to: [{ domainNames: ['example.com'] }], protocols: [http] }];
    expect(faultsOf(clusterNetworkPolicy({ egress }))).toHaveLength(2);
  });
});

describe('a port is refused', () => {
  const range = (start: unknown, end?: unknown) => ({ tcp: { destinationPort: { range: { start, end } } } });
  test.each<[string, unknown, string]>([
    ['that is empty', {}, 'PTL011'],
    ['of two protocols', { tcp: {}, udp: {} }, 'PTL011'],
    ['of a protocol in capitals', { TCP: {} }, 'PTL015 TCP -> tcp'],
    ['that names no destination', { tcp: { destinationPort: {} } }, 'PTL011 tcp.destinationPort'],
    [
      'that names two destinations',
      { tcp: { destinationPort: { number: 1, range: { start: 1, end: 2 } } } },
      'PTL011 tcp.destinationPort',
    ],
    ['0', { tcp: { destinationPort: { number: 0 } } }, 'PTL007 tcp.destinationPort.number'],
    ['65536', { udp: { destinationPort: { number: 65536 } } }, 'PTL007 udp.destinationPort.number'],
    ['in quotes', { tcp: { destinationPort: { number: '80' } } }, 'PTL002 tcp.destinationPort.number -> 80'],
    ['without its protocol', { destinationPort: {} }, 'PTL015 destinationPort -> destinationNamedPort'],
    ['of a source', { tcp: { sourcePort: { number: 80 } } }, 'PTL015 tcp.sourcePort'],
    ['that ends below its start', range(80, 79), 'PTL008 tcp.destinationPort.range.end'],
    ['that ends at its start', range(80, 80), 'PTL008 tcp.destinationPort.range.end'],
    ['without an end', range(80), 'PTL003 tcp.destinationPort.range.end'],
    ['without a start', range(undefined, 80), 'PTL003 tcp.destinationPort.range.start'],
    ['with an empty name', { destinationNamedPort: '' }, 'PTL009 destinationNamedPort'],
    ['with a number for its name', { destinationNamedPort: 80 }, 'PTL002 destinationNamedPort'],
  ])('%s', (_what, item, fault) => {
    const [code, field, ...hint] = fault.split(' ');
    const place = `spec.ingress[0].protocols[0]${field === undefined ? '' : `.${field}`}`;
    const ingress = [{ action: 'Deny', from: [anyone], protocols: [item] }];
    expect(faultsOf(clusterNetworkPolicy({ ingress }))).toEqual([[code, place, ...hint].join(' ')]);
  });

  test.each<[string, unknown, string]>([
    ['that is empty', {}, 'PTL011'],
    ['of two sorts', { portNumber: { port: 1 }, namedPort: 'a' }, 'PTL011'],
    ['of a misspelt sort', { portnumber: { port: 1 } }, 'PTL015 portnumber -> portNumber'],
    ['without its number', { portNumber: { protocol: 'TCP' } }, 'PTL003 portNumber.port'],
    ['out of range', { portNumber: { port: 70000 } }, 'PTL007 portNumber.port'],
    ['of an unknown protocol', { portNumber: { protocol: 'ICMP', port: 1 } }, 'PTL004 portNumber.protocol'],
    [
      'of a protocol in small letters',
      { portRange: { protocol: 'udp', start: 1, end: 2 } },
      'PTL004 portRange.protocol -> UDP',
    ],
    ['that ends below its start', { portRange: { start: 2, end: 1 } }, 'PTL008 portRange.end'],
    ['without an end', { portRange: { start: 2 } }, 'PTL003 portRange.end'],
  ])('of v1alpha1 %s', (_what, item, fault) => {
    const [code, field, ...hint] = fault.split(' ');
    const place = `spec.ingress[0].ports[0]${field === undefined ? '' : `.${field}`}`;
    const ingress = [{ action: 'Deny', from: [anyone], ports: [item] }];
    expect(faultsOf(adminNetworkPolicy({ ingress }))).toEqual([[code, place, ...hint].join(' ')]);
  });
});

describe('of v1alpha1', () => {
  const rule = { action: 'Deny', from: [anyone] };

  test('an AdminNetworkPolicy has no tier, but a priority', () => {
    expect(faultsOf(adminNetworkPolicy({ tier: 'Admin' }))).toEqual(['PTL015 spec.tier']);
    expect(faultsOf(adminNetworkPolicy({ priority: undefined }))).toEqual(['PTL003 spec.priority']);
    expect(faultsOf(adminNetworkPolicy({ priority: 1001 }))).toEqual(['PTL004 spec.priority']);
  });

  test("a rule has the older API's words", () => {
    const ingress = [{ action: 'Accept', from: [anyone], protocols: [] }];
    expect([...faultsOf(adminNetworkPolicy({ ingress }))].sort()).toEqual([
      'PTL004 spec.ingress[0].action',
      'PTL015 spec.ingress[0].protocols',
    ]);
  });

  test('a hundred rules are the most', () => {
    expect(faultsOf(adminNetworkPolicy({ ingress: many(100, rule) }))).toEqual([]);
    expect(faultsOf(adminNetworkPolicy({ ingress: many(101, rule) }))).toEqual(['PTL004 spec.ingress']);
  });

  test('25 networks are the most here too', () => {
    const networks = many(26, 0).map((_, n) => `10.${n}.0.0/16`);
    const egress = [{ action: 'Allow', to: [{ networks }] }];
    expect(faultsOf(adminNetworkPolicy({ egress }))).toEqual(['PTL004 spec.egress[0].to[0].networks']);
  });

  test('a BaselineAdminNetworkPolicy has no priority, and nothing to pass to', () => {
    expect(faultsOf(baselineAdminNetworkPolicy({ priority: 0 }))).toEqual(['PTL015 spec.priority']);
    const ingress = [{ ...rule, action: 'Pass' }];
    expect(faultsOf(baselineAdminNetworkPolicy({ ingress }))).toEqual(['PTL004 spec.ingress[0].action']);
  });

  test.each([
    ['another name', { name: 'baseline' }, ['PTL004 metadata.name -> default']],
    ['a generated name', { generateName: 'default' }, ['PTL004 metadata.generateName -> default']],
    ['no name', {}, ['PTL003 metadata.name']],
  ])('a BaselineAdminNetworkPolicy is refused with %s', (_what, metadata, faults) => {
    expect(faultsOf(baselineAdminNetworkPolicy({}, metadata))).toEqual(faults);
  });
});

test('every fault of a policy is told at once', () => {
  const spec = { tier: 'admin', priority: 2000, subject: {}, ingress: [{ action: 'deny', from: [{}] }] };
  expect(faultsOf(clusterNetworkPolicy(spec))).toHaveLength(5);
});
