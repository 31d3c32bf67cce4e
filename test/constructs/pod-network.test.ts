import { Testing } from 'cdk8s';
import { Cni, PodNetwork } from 'portolan';

test('a PodNetwork emits nothing', () => {
  const app = Testing.app();
  new PodNetwork(app, 'network', { cni: Cni.calico() });
  expect(app.synthYaml()).toBe('');
});

test('an app has at most one', () => {
  const app = Testing.app();
  new PodNetwork(app, 'first');
  expect(() => new PodNetwork(app, 'second')).toThrow(
    'Unable to describe the cluster at "second": "first" describes it already.',
  );
});

test.each([
  [Cni.conformant(), { name: 'conformant' }],
  [Cni.calico({ encapsulation: 'VXLAN' }), { name: 'calico', encapsulation: 'VXLAN' }],
  [Cni.flannel({ netpol: true }), { name: 'flannel', netpol: true }],
  [Cni.cilium(), { name: 'cilium' }],
  [Cni.weave(), { name: 'weave' }],
  [Cni.kindnet(), { name: 'kindnet' }],
])('a network plugin is a plain value: %j', (cni, value) => {
  expect(cni).toEqual(value);
});
