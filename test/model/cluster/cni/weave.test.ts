import { capabilitiesOf, enforcerNameOf } from '../../../../lib/model/cluster/cni/registry';
import { told } from './told';

const on = (options: object) => told({ name: 'weave', ...options });

test.each([
  ['nothing', {}],
  ['a range', { range: '10.40.0.0/13' }],
  ['a password and subnets that are trusted', { passwordSecret: 'weave-passwd', trustedSubnets: ['10.0.2.0/24'] }],
  ['an MTU', { mtu: 8916 }],
  ['no policy controller', { policyController: false }],
  ['masquerading whatever a Service says', { noMasqLocal: false }],
  ['the fork', { project: 'rajch' }],
])('Weave Net takes %s', (_, options) => {
  expect(on(options)).toEqual({ cni: { name: 'weave', ...options }, faults: [] });
});

test.each([
  ['an option that there is not', { ranges: '10.32.0.0/12' }, 'cni.ranges', 'range'],
  ['a range that is none', { range: '10.32.0.0' }, 'cni.range', undefined],
  ['two ranges', { range: ['10.32.0.0/13', '10.40.0.0/13'] }, 'cni.range', undefined],
  ['a range of IPv6', { range: 'fd00::/48' }, 'cni.range', undefined],
  ['a password that is none', { passwordSecret: '' }, 'cni.passwordSecret', undefined],
  ['an MTU that no link has', { mtu: 100 }, 'cni.mtu', undefined],
  ['a project that there is not', { project: 'rajhc' }, 'cni.project', 'rajch'],
])('%s is refused', (_, options, field, didYouMean) => {
  expect(on(options).faults).toMatchObject([{ code: 'PTL018', field, didYouMean }]);
});

test('NP-37: without its policy controller nobody reads policies', () => {
  expect(capabilitiesOf({ name: 'weave' }).enforcesNetworkPolicy).toBe(true);
  expect(capabilitiesOf({ name: 'weave', policyController: false }).enforcesNetworkPolicy).toBe(false);
  expect(enforcerNameOf({ name: 'weave' })).toBe('weave');
});

test('the original project is archived, the fork is not', () => {
  expect(capabilitiesOf({ name: 'weave' }).maintenance).toBe('archived');
  expect(capabilitiesOf({ name: 'weave', project: 'rajch' }).maintenance).toBe('active');
});
