import fc from 'fast-check';
import { mapText } from '../../../../lib/cli/map-formats/text';
import { Network } from '../../../../lib/model/network';
import { deployment, ns } from '../../../support/manifests';
import { anp, app, cnp, everywhere, namedPort, out, rule, tcp, team } from './administration';
import { lintsOf, placesOf, shop } from './support';

describe('PTL141: equal priorities disagree', () => {
  const [deny, accept] = [rule('Deny', everywhere), rule('Accept', team('shop'))];
  const both = (a: object, b: object) => [cnp('a', a), cnp('b', b)];

  test.each<[string, readonly object[], 'error' | 'warning']>([
    ['NP-43: between declared pods', both({ ingress: [deny] }, { ingress: [accept] }), 'error'],
    [
      'NP-43: where Pass may come to the same as Deny',
      both({ ingress: [deny] }, { ingress: [rule('Pass', everywhere)] }),
      'warning',
    ],
    [
      'NP-43: for addresses',
      both(
        { egress: [out('Deny', { networks: ['10.0.0.0/8'] })] },
        { egress: [out('Accept', { networks: ['10.1.0.0/16'] })] },
      ),
      'error',
    ],
    ['NP-43: of the two APIs', [anp('a', { ingress: [deny] }), cnp('b', { ingress: [accept] })], 'error'],
    [
      'NP-21: for a port by its name',
      both(
        { ingress: [rule('Deny', everywhere, namedPort('http'))] },
        { ingress: [rule('Accept', everywhere, tcp(8080))] },
      ),
      'error',
    ],
    [
      'NP-43: between pods that could be',
      both({ ingress: [rule('Deny', app('x'))] }, { ingress: [rule('Accept', app('x'))] }),
      'warning',
    ],
    [
      'NP-43: where others may have answered before',
      both({ tier: 'Baseline', ingress: [deny] }, { tier: 'Baseline', ingress: [accept] }),
      'warning',
    ],
  ])('%s: it fires', (_name, policies, severity) => {
    expect(placesOf('PTL141', [...shop, ...policies])).toEqual(['b spec.priority']);
    expect(lintsOf('PTL141', [...shop, ...policies])[0].severity).toBe(severity);
  });

  test.each<[string, readonly object[]]>([
    ['NP-43: the numbers differ', [cnp('a', { ingress: [deny] }), cnp('b', { priority: 11, ingress: [accept] })]],
    ['NP-43: the tiers differ', [cnp('a', { ingress: [deny] }), cnp('b', { tier: 'Baseline', ingress: [accept] })]],
    ['NP-43: the answers agree', both({ ingress: [deny] }, { ingress: [rule('Deny', team('shop'))] })],
    ['NP-43: the directions differ', both({ ingress: [deny] }, { egress: [out('Accept', everywhere)] })],
    [
      'NP-43: the ports differ',
      both({ ingress: [rule('Deny', everywhere, tcp(80))] }, { ingress: [rule('Accept', everywhere, tcp(81))] }),
    ],
    [
      'NP-43: no pod is subject of both',
      both({ subject: app('web'), ingress: [deny] }, { subject: app('api'), ingress: [accept] }),
    ],
    [
      'NP-43: nobody is peer of both',
      both({ ingress: [rule('Deny', app('web'))] }, { ingress: [rule('Accept', app('api'))] }),
    ],
    [
      'NP-43: an earlier rule of each says the same',
      both({ ingress: [deny, rule('Accept', everywhere)] }, { ingress: [rule('Deny', everywhere), accept] }),
    ],
    [
      'NP-43: a policy before both has decided',
      [cnp('c', { priority: 1, ingress: [deny] }), ...both({ ingress: [deny] }, { ingress: [accept] })],
    ],
    [
      'NP-43: a peer of a later API may have decided',
      [
        cnp('c', { priority: 1, ingress: [rule('Deny', { accounts: {} })] }),
        ...both({ ingress: [deny] }, { ingress: [accept] }),
      ],
    ],
  ])('%s: it does not fire', (_name, policies) => {
    expect(placesOf('PTL141', [...shop, ...policies])).toEqual([]);
  });

  test('NP-31: what one pod sends to itself is nobody’s business', () => {
    const own = both(
      { ingress: [rule('Deny', app('web'))], subject: app('web') },
      { ingress: [rule('Accept', app('web'))], subject: app('web') },
    );
    const of = (replicas?: number) => [ns('shop'), deployment('web', { replicas }), ...own];
    const severities = [of(1), of(2), of()].map((manifests) =>
      lintsOf('PTL141', manifests).map(({ severity }) => severity),
    );
    expect(severities).toEqual([[], ['error'], ['warning']]);
  });

  test('NP-28: pods on the network of their node are nobody’s subject', () => {
    const policies = both({ ingress: [deny] }, { ingress: [accept] });
    const hosts = ['a', 'b'].map((name) => deployment(name, { hostNetwork: true }));
    expect(lintsOf('PTL141', [ns('shop', { team: 'shop' }), ...hosts, ...policies])[0].severity).toBe('warning');
  });

  test('it says between whom, for what, and which rules', () => {
    const policies = both(
      { ingress: [rule('Deny', app('web'), tcp(80)), deny] },
      { ingress: [accept], subject: app('api') },
    );
    const [{ rule: second, other, actions, subject, peer, traffic }] = lintsOf('PTL141', [...shop, ...policies]);
    expect({ rules: [second.index, other.index], actions, subject, peer, traffic }).toEqual({
      rules: [0, 0],
      actions: ['allow', 'deny'],
      subject: 'shop/api',
      peer: 'shop/web',
      traffic: 'TCP 80',
    });
  });
});

describe('the lints and the model agree', () => {
  const peer = fc.constantFrom(everywhere, team('shop'), app('web'), app('api'), app('x'));
  const ports = fc.constantFrom(undefined, tcp(80), tcp(8080), namedPort('http'));
  const aRule = fc.tuple(fc.constantFrom('Accept', 'Deny', 'Pass'), peer, ports).map((parts) => rule(...parts));
  const aPolicy = fc.record({
    priority: fc.integer({ min: 1, max: 3 }),
    subject: fc.constantFrom(everywhere, team('shop'), app('web'), app('api')),
    ingress: fc.array(aRule, { minLength: 1, maxLength: 3 }),
  });
  const policies = fc.array(aPolicy, { maxLength: 3 });
  const manifestsOf = (specs: readonly object[]) => [...shop, ...specs.map((spec, i) => cnp(`p${i}`, spec))];

  test('NP-43: without the rules of PTL140 the same connections pass', () => {
    fc.assert(
      fc.property(policies, (specs) => {
        const shadowed = lintsOf('PTL140', manifestsOf(specs)).map(({ rule }) => `${rule.name} ${rule.index}`);
        const rest = specs.map(({ ingress, ...spec }, i) => ({
          ...spec,
          ingress: ingress.filter((_rule, index) => !shadowed.includes(`p${i} ${index}`)),
        }));
        expect(connections(manifestsOf(rest))).toEqual(connections(manifestsOf(specs)));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test('NP-43: where PTL141 is an error, some connection is unknown', () => {
    fc.assert(
      fc.property(policies, (specs) => {
        const errors = lintsOf('PTL141', manifestsOf(specs)).filter(({ severity }) => severity === 'error');
        const { unknown } = Network.from(manifestsOf(specs)).map();
        expect(errors.length > 0 && [...unknown].length === 0).toBe(false);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

function connections(manifests: readonly object[]): readonly string[] {
  return [...mapText(Network.from(manifests).map())];
}
