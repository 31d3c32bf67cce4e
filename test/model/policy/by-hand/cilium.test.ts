import { CILIUM_TIER } from '../../../../lib/model/policy/enforcers/cilium';
import { CidrSet } from '../../../../lib/model/values/cidr-set';
import { policy } from '../../../support/manifests';
import { Bench, block, isolation, rule, tcp } from './language';

const admitsB = policy(
  'admits-b',
  { podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'b' } } }] }] },
  'x',
);
const bench = new Bench('cilium', [admitsB]);
const a = bench.pods('a');
const e = bench.pods('e');
const cilium = { tier: CILIUM_TIER, tie: 'own' };

describe('Cilium policies', () => {
  const deny = block(cilium, [rule('deny', a, bench.pods('b'), tcp(80))], [isolation(a)]);
  const allow = block({ ...cilium, tie: 'a-first' }, [rule('allow', a, bench.everyone)], [isolation(a)]);
  /** `enableDefaultDeny: false` gives rules without any isolation. */
  const adds = block({ ...cilium, tie: 'adds' }, [rule('allow', e, bench.pods('b'))]);
  const isolates = block({ ...cilium, tie: 'isolates' }, [rule('allow', e, bench.pods('c'))], [isolation(e)]);

  it.each([
    ['a deny beats the allow of a NetworkPolicy', [deny, ...bench.networkPolicies()], 'b>a 80', 'denied'],
    ['on the ports of the deny only', [deny, ...bench.networkPolicies()], 'b>a 81', 'allowed'],
    ['a deny beats any allow, in whichever order they come', [allow, deny], 'b>a 80', 'denied'],
    ['their allows and those of NetworkPolicies add up', [allow, ...bench.networkPolicies()], 'c>a 80', 'allowed'],
    ['a rule with a deny alone denies the rest by default', [deny], 'c>a 80', 'denied'],
    ['without default deny a rule allows and isolates nobody', [adds], 'd>e 80', 'allowed'],
    ['and its allows count where another rule isolates', [adds, isolates], 'b>e 80', 'allowed'],
    ['and no more than they', [adds, isolates], 'd>e 80', 'denied'],
  ])('%s', (_, blocks, flow, outcome) => {
    expect(bench.ingress(blocks, flow)).toBe(outcome);
  });

  it.each([
    ['a CIDR never means pods, even one around all addresses', 'b>a 80', 'denied'],
    ['a CIDR means what is outside', '9.9.9.9>a 80', 'allowed'],
  ])('%s', (_, flow, outcome) => {
    const world = rule('allow', a, bench.compiler.block(CidrSet.all(4)));
    expect(bench.ingress([block(cilium, [world], [isolation(a)])], flow)).toBe(outcome);
  });
});
