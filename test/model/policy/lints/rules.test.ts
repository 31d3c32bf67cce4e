import fc from 'fast-check';
import { mapText } from '../../../../lib/cli/map-formats/text';
import { Network } from '../../../../lib/model/network';
import { policy } from '../../../support/manifests';
import { labelled, letIn, lintsOf, placesOf, shop } from './support';

const web = { podSelector: labelled('web') };
const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
const tcp = (...ports: (number | string)[]) => ports.map((port) => ({ port }));
const range = (port: number, endPort: number) => [{ port, endPort }];
const second = (spec: object, namespace?: string) => policy('q', spec, namespace);
const ofDb = (...ingress: object[]) => second({ podSelector: labelled('database'), ingress });

describe('PTL136: others allow all that a rule allows', () => {
  test.each<[string, readonly object[], string]>([
    ['NP-04: the same rule twice', [letIn({ from: [web] }, { from: [web] })], 'shop/p spec.ingress[1]'],
    [
      'NP-04: the same rule in a policy with the same subject',
      [letIn({ from: [web] }), ofDb({ from: [web] })],
      'shop/q spec.ingress[0]',
    ],
    [
      'NP-07: a rule beside one that allows everything',
      [letIn({ from: [web], ports: tcp(80) }, {})],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-09: a port beside all of its protocol',
      [letIn({ ports: tcp(80) }, { ports: [{}] })],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-09: a named port beside all of its protocol',
      [letIn({ ports: tcp('sql') }, { ports: [{}] })],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-11: pods beside all pods',
      [letIn({ from: [web] }, { from: [{ podSelector: {} }] })],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-15: a block within a block',
      [letIn({ from: [block('10.1.0.0/16')] }, { from: [block('10.0.0.0/8', '10.2.0.0/16')] })],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-15: a block that two others cover together',
      [
        letIn(
          { from: [block('10.0.0.0/8')] },
          { from: [block('8.0.0.0/7'), block('10.0.0.0/9')] },
          { from: [block('10.128.0.0/9'), block('11.0.0.0/8')] },
        ),
      ],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-25: a range that two others cover together',
      [letIn({ ports: range(80, 89) }, { ports: range(70, 84) }, { ports: range(85, 95) })],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-25: a range within another',
      [letIn({ ports: range(80, 89) }, { ports: range(80, 90) })],
      'shop/p spec.ingress[0]',
    ],
    [
      'NP-13: a subject in other words',
      [
        letIn({ from: [web] }),
        second({
          podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['database'] }] },
          ingress: [{ from: [web] }],
        }),
      ],
      'shop/q spec.ingress[0]',
    ],
  ])('%s: it fires', (_name, policies, place) => {
    expect(placesOf('PTL136', [...shop, ...policies])).toEqual([place]);
  });

  test.each<[string, readonly object[]]>([
    ['NP-10: another peer', [letIn({ from: [web] }, { from: [{ podSelector: labelled('api') }] })]],
    ['NP-09: another port', [letIn({ ports: tcp(80) }, { ports: tcp(81) })]],
    ['NP-09: another protocol', [letIn({ ports: tcp(80) }, { ports: [{ protocol: 'UDP', port: 80 }] })]],
    [
      'NP-27: all ports are not all traffic',
      [letIn({ from: [web] }, { ports: [{}, { protocol: 'UDP' }, { protocol: 'SCTP' }] })],
    ],
    [
      'NP-05: the other direction',
      [
        letIn({ from: [web] }),
        second({ podSelector: labelled('database'), egress: [{ to: [web] }], policyTypes: ['Egress'] }),
      ],
    ],
    [
      'NP-02: rules that are not applied',
      [
        letIn({ from: [web] }),
        second({ podSelector: labelled('database'), policyTypes: ['Egress'], ingress: [{ from: [web] }] }),
      ],
    ],
    [
      'NP-03: another subject',
      [letIn({ from: [web] }), second({ podSelector: labelled('api'), ingress: [{ from: [web] }] })],
    ],
    [
      'NP-03: another namespace',
      [letIn({ from: [web] }), second({ podSelector: labelled('database'), ingress: [{ from: [web] }] }, 'ops')],
    ],
    ['NP-08: all addresses are not everybody', [letIn({ from: [web] }, { from: [block('0.0.0.0/0'), block('::/0')] })]],
    ['NP-21: a number beside a name', [letIn({ ports: tcp(5432) }, { ports: tcp('sql') })]],
    [
      'NP-15: an exception leaves something',
      [letIn({ from: [block('10.0.0.0/8')] }, { from: [block('10.0.0.0/8', '10.1.0.0/16')] })],
    ],
  ])('%s: it does not fire', (_name, policies) => {
    expect(placesOf('PTL136', [...shop, ...policies])).not.toContain('shop/p spec.ingress[0]');
    expect(placesOf('PTL136', [...shop, ...policies]).filter((place) => place.startsWith('shop/q'))).toEqual([]);
  });

  test('NP-25: it is silent where the plugin does not read ranges or names', () => {
    expect(placesOf('PTL136', [...shop, letIn({}, {})], { cni: 'weave' })).toEqual([]);
  });

  test('NP-04: parts are told rather than the whole that they make up', () => {
    const halves = [{ from: [block('10.0.0.0/9')] }, { from: [block('10.128.0.0/9')] }];
    const places = placesOf('PTL136', [...shop, letIn(...halves, { from: [block('10.0.0.0/8')] })]);
    expect(places).toEqual(['shop/p spec.ingress[0]', 'shop/p spec.ingress[1]']);
  });

  test('only the rules that are needed are told', () => {
    const [lint] = lintsOf('PTL136', [
      ...shop,
      letIn({ from: [web] }, { ports: tcp(1) }, {}, { from: [block('10.0.0.0/8')] }),
    ]);
    expect(lint.by.map(({ index }) => index)).toEqual([2]);
  });
});

describe('PTL137: rules of a direction that policyTypes does not list', () => {
  const spec = (policyTypes: string[], rules: object) => policy('p', { podSelector: {}, policyTypes, ...rules });

  test.each<[string, object, string, string]>([
    [
      'NP-02: egress rules of an ingress policy',
      spec(['Ingress'], { egress: [{ to: [web] }] }),
      'shop/p spec.egress',
      'error',
    ],
    [
      'NP-02: ingress rules of an egress policy',
      spec(['Egress'], { ingress: [{ from: [web] }] }),
      'shop/p spec.ingress',
      'error',
    ],
    ['NP-02: a rule that allows everything', spec(['Ingress'], { egress: [{}] }), 'shop/p spec.egress', 'warning'],
  ])('%s: it fires', (_name, manifest, place, severity) => {
    expect(placesOf('PTL137', [...shop, manifest])).toEqual([place]);
    expect(lintsOf('PTL137', [...shop, manifest])[0].severity).toBe(severity);
  });

  test.each<[string, object]>([
    ['NP-01: policyTypes are absent', policy('p', { podSelector: {}, egress: [{ to: [web] }] })],
    ['NP-02: both directions are listed', spec(['Ingress', 'Egress'], { ingress: [{}], egress: [{ to: [web] }] })],
    ['NP-07: an empty list holds no rules', spec(['Ingress'], { egress: [] })],
  ])('%s: it does not fire', (_name, manifest) => {
    expect(placesOf('PTL137', [...shop, manifest])).toEqual([]);
  });
});

describe('PTL138: an empty list of egress rules without policyTypes', () => {
  test.each<[string, object, boolean]>([
    ['NP-01: policyTypes are absent', { egress: [] }, true],
    ['NP-01: policyTypes are empty', { policyTypes: [], egress: [] }, true],
    ['NP-02: policyTypes say Egress', { policyTypes: ['Egress'], egress: [] }, false],
    ['NP-02: policyTypes say Ingress', { policyTypes: ['Ingress'], egress: [] }, false],
    ['NP-01: there is no such list', {}, false],
    ['NP-01: there is a rule', { egress: [{}] }, false],
  ])('%s: %j fires %s', (_name, spec, fires) => {
    const found = placesOf('PTL138', [...shop, policy('p', { podSelector: {}, ...spec })]);
    expect(found).toEqual(fires ? ['shop/p spec.egress'] : []);
  });
});

describe('what is told can go', () => {
  const peer = fc.constantFrom(
    web,
    { podSelector: {} },
    { namespaceSelector: {} },
    block('10.0.0.0/9'),
    block('10.0.0.0/8'),
  );
  const port = fc.constantFrom({ port: 80 }, { port: 'sql' }, {}, { port: 80, endPort: 5432 }, { protocol: 'UDP' });
  const rule = fc.record({
    from: fc.uniqueArray(peer, { maxLength: 2 }),
    ports: fc.uniqueArray(port, { maxLength: 2 }),
  });

  test('NP-04: without the rules of PTL136 the same connections pass', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), (rules) => {
        const manifests = [...shop, letIn(...rules)];
        const covered = lintsOf('PTL136', manifests).map((lint) => lint.rule.index);
        const rest = rules.filter((_rule, index) => !covered.includes(index));
        expect(connections([...shop, letIn(...rest)])).toEqual(connections(manifests));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

function connections(manifests: readonly object[]): readonly string[] {
  return [...mapText(Network.from(manifests).map())];
}
