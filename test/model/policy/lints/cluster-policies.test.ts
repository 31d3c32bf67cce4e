import { policy } from '../../../support/manifests';
import { anp, app, cnp, everywhere, namedPort, out, range, rule, tcp, team } from './administration';
import { lintsOf, placesOf, shop } from './support';

describe("the lints of NetworkPolicy find administrators' policies too", () => {
  test.each<[Parameters<typeof placesOf>[0], string, object, string]>([
    ['PTL130', 'NP-43: a subject that no pod is', { subject: app('wbe') }, 'c spec.subject.pods.podSelector'],
    [
      'PTL131',
      'NP-10: a peer that no pod is',
      { ingress: [rule('Deny', app('wbe'))] },
      'c spec.ingress[0].from[0].pods.podSelector',
    ],
    ['PTL133', 'NP-14: a subject in no namespace', { subject: team('ops') }, 'c spec.subject.namespaces'],
    [
      'PTL133',
      'NP-14: a peer in no namespace',
      { egress: [out('Deny', team('ops'))] },
      'c spec.egress[0].to[0].namespaces',
    ],
    [
      'PTL134',
      'NP-22: a port that no peer has',
      { egress: [out('Accept', app('database', { matchLabels: { team: 'shop' } }), namedPort('http'))] },
      'c spec.egress[0].protocols[0]',
    ],
  ])('%s, %s', (code, _name, spec, place) => {
    expect(placesOf(code, [...shop, cnp('c', spec)])).toEqual([place]);
  });

  test.each<[Parameters<typeof placesOf>[0], string, object]>([
    ['PTL130', 'NP-43: every pod is subject', {}],
    ['PTL131', 'NP-43: pods of any namespace may be elsewhere', { ingress: [rule('Deny', app('prometheus'))] }],
    ['PTL133', 'NP-14: a namespace has the label', { subject: team('shop') }],
    [
      'PTL134',
      'NP-43: a name counts whatever its protocol',
      { egress: [out('Accept', app('database'), namedPort('sql'))] },
    ],
  ])('not %s, %s', (code, _name, spec) => {
    expect(placesOf(code, [...shop, cnp('c', spec)])).toEqual([]);
  });
});

describe('PTL140: a rule never decides', () => {
  const [deny, accept] = [rule('Deny', everywhere), rule('Accept', team('shop'), tcp(80))];

  test.each<[string, readonly object[], string[]]>([
    ['NP-43: an earlier rule of the policy decides', [cnp('a', { ingress: [deny, accept] })], ['a spec.ingress[1]']],
    [
      'NP-43: whatever it says',
      [cnp('a', { ingress: [rule('Pass', everywhere), rule('Pass', team('shop'))] })],
      ['a spec.ingress[1]'],
    ],
    [
      'NP-43: a policy of a lower number decides',
      [cnp('b', { ingress: [accept] }), cnp('a', { priority: 9, ingress: [deny] })],
      ['b spec.ingress[0]'],
    ],
    [
      'NP-43: for a wider subject',
      [cnp('a', { priority: 9, ingress: [deny] }), cnp('b', { subject: app('web'), ingress: [accept] })],
      ['b spec.ingress[0]'],
    ],
    [
      'NP-43: two rules decide it together',
      [
        cnp('a', {
          ingress: [
            rule('Deny', everywhere, range(1, 99)),
            rule('Pass', everywhere, range(99, 200)),
            rule('Accept', team('shop'), range(50, 150)),
          ],
        }),
      ],
      ['a spec.ingress[2]'],
    ],
    [
      'NP-15: two blocks decide it together',
      [
        cnp('a', {
          egress: [
            out('Deny', { networks: ['10.0.0.0/9', '11.0.0.0/8'] }),
            out('Deny', { networks: ['10.128.0.0/9'] }),
            out('Accept', { networks: ['10.0.0.0/8'] }),
          ],
        }),
      ],
      ['a spec.egress[2]'],
    ],
    [
      'NP-43: a domain below a wildcard',
      [
        cnp('a', {
          egress: [
            out('Accept', { domainNames: ['*.example.com'] }),
            out('Accept', { domainNames: ['api.example.com'] }),
          ],
        }),
      ],
      ['a spec.egress[1]'],
    ],
    [
      'NP-43: nodes among nodes',
      [cnp('a', { egress: [out('Deny', { nodes: {} }), out('Accept', { nodes: { matchLabels: { role: 'edge' } } })] })],
      ['a spec.egress[1]'],
    ],
    [
      'NP-43: of the older API',
      [anp('a', { ingress: [deny, { action: 'Allow', from: [team('shop')] }] })],
      ['a spec.ingress[1]'],
    ],
  ])('%s: it fires', (_name, policies, places) => {
    expect(placesOf('PTL140', [...shop, ...policies])).toEqual(places);
  });

  test.each<[string, readonly object[]]>([
    ['NP-43: the wide rule is the later one', [cnp('a', { ingress: [accept, deny] })]],
    [
      'NP-43: the wide policy has the higher number',
      [cnp('a', { priority: 11, ingress: [deny] }), cnp('b', { ingress: [accept] })],
    ],
    [
      'NP-43: the numbers are equal',
      [cnp('a', { ingress: [deny] }), cnp('b', { ingress: [rule('Deny', team('shop'))] })],
    ],
    [
      'NP-43: the tier is another',
      [cnp('a', { priority: 9, ingress: [deny] }), cnp('b', { tier: 'Baseline', ingress: [accept] })],
    ],
    [
      'NP-43: the subject is narrower',
      [cnp('a', { priority: 9, subject: app('web'), ingress: [deny] }), cnp('b', { ingress: [accept] })],
    ],
    ['NP-43: the direction is the other', [cnp('a', { egress: [out('Deny', everywhere)], ingress: [accept] })]],
    [
      'NP-43: some ports are left',
      [cnp('a', { ingress: [rule('Deny', everywhere, range(1, 99)), rule('Accept', everywhere)] })],
    ],
    [
      'NP-43: a wildcard does not mean its own domain',
      [
        cnp('a', {
          egress: [out('Accept', { domainNames: ['*.example.com'] }), out('Accept', { domainNames: ['example.com'] })],
        }),
      ],
    ],
    [
      'NP-43: a peer of a later API may mean anybody',
      [cnp('a', { ingress: [rule('Deny', { accounts: {} }), accept] })],
    ],
  ])('%s: it does not fire', (_name, policies) => {
    expect(placesOf('PTL140', [...shop, ...policies])).toEqual([]);
  });
});

describe('PTL142: fields of a later API', () => {
  test.each<[string, object, string, object]>([
    [
      'NP-43: a peer',
      { ingress: [rule('Deny', { accounts: {} })] },
      'c spec.ingress[0].from[0]',
      { what: 'peer', keys: ['accounts'], action: 'deny' },
    ],
    [
      'NP-43: a port',
      { egress: [out('Accept', everywhere, [{ gre: {} }])] },
      'c spec.egress[0].protocols[0]',
      { what: 'port', keys: ['gre'], action: 'allow' },
    ],
  ])('%s that nobody knows yet is told', (_name, spec, place, data) => {
    expect(placesOf('PTL142', [...shop, cnp('c', spec)])).toEqual([place]);
    expect(lintsOf('PTL142', [...shop, cnp('c', spec)])[0]).toMatchObject({ severity: 'warning', ...data });
  });

  test('known fields are not told', () => {
    const all = cnp('c', {
      ingress: [rule('Deny', everywhere, tcp(80))],
      egress: [out('Deny', { networks: ['10.0.0.0/8'] })],
    });
    expect(placesOf('PTL142', [...shop, all, policy('p', { podSelector: {} })])).toEqual([]);
  });
});
