import { CALICO_DEFAULT_TIER } from '../../../../lib/model/policy/enforcers/calico';
import { policy } from '../../../support/manifests';
import { Bench, block, isolation, rule, tcp } from './language';

/**
 * A Calico tier as its rules, and an end that denies to whom one of its policies selects, or passes on;
 * NetworkPolicies stand in the tier `default` at order 1000.
 */
const admitsB = policy(
  'admits-b',
  { podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'b' } } }] }] },
  'x',
);
const bench = new Bench('calico', [admitsB]);
const a = bench.pods('a');
const security = { tier: 'security', position: 100, tie: 'guard' };
const guard = [rule('pass', a, bench.pods('b')), rule('allow', a, bench.pods('c'), tcp(443))];
const own = (rank: number, tie = 'own') => ({ ...CALICO_DEFAULT_TIER, rank, tie });
const kubernetes = bench.networkPolicies();

describe('a Calico tier that passes, before NetworkPolicies', () => {
  const denying = [block(security, guard, [isolation(a)]), ...kubernetes];
  const passing = [block(security, guard), ...kubernetes];

  it.each([
    ['what it passes the NetworkPolicies decide', denying, 'b>a 80', 'allowed'],
    ['what it allows nobody asks further', denying, 'c>a 443', 'allowed'],
    ['what none of its rules match its end denies', denying, 'c>a 80', 'denied'],
    ['a pod that none of its policies select skips it, end and all', denying, 'c>b 80', 'allowed'],
    ['where its end passes, the NetworkPolicies decide about the rest', passing, 'd>a 80', 'denied'],
  ])('%s', (_, blocks, flow, outcome) => {
    expect(bench.ingress(blocks, flow)).toBe(outcome);
  });
});

describe("Calico's own policies between NetworkPolicies", () => {
  const denyB = rule('deny', a, bench.pods('b'));
  const allowD = rule('allow', a, bench.pods('d'));

  it.each([
    ['a deny before them beats what they allow', [block(own(500), [denyB])], 'b>a 80', 'denied'],
    ['a deny after them comes too late', [block(own(2000), [denyB])], 'b>a 80', 'allowed'],
    ['an allow after them adds to what they allow', [block(own(2000), [allowD])], 'd>a 80', 'allowed'],
    ['and what none allows the end of the tier denies', [block(own(2000), [allowD])], 'e>a 80', 'denied'],
    [
      'policies of one order stand by their names',
      [
        block(own(500, 'b-allows'), [rule('allow', a, bench.pods('e'))]),
        block(own(500, 'a-denies'), [rule('deny', a, bench.pods('e'))]),
      ],
      'e>a 80',
      'denied',
    ],
  ])('%s', (_, blocks, flow, outcome) => {
    expect(bench.ingress([...blocks, ...kubernetes], flow)).toBe(outcome);
  });

  it('a tier without an order comes last, where only what nobody isolated arrives', () => {
    const last = block({ tier: 'late', tie: 'late' }, [rule('deny', bench.everyone, bench.pods('c'))]);
    expect(bench.ingress([last, ...kubernetes], 'c>b 80')).toBe('denied');
    expect(bench.ingress([last, ...kubernetes], 'b>a 80')).toBe('allowed');
  });
});
