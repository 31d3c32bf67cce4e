import type { WeaveOptions } from 'portolan';
import { parse } from 'yaml';
import { managedNetworkOf } from '../../../../lib/constructs/managed/registry';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { undocumented } from './documented';

function managed(options: WeaveOptions, podCidr?: ClusterProfileSpec['podCidr']) {
  const object = { cni: { name: 'weave', ...options }, ...(podCidr && { podCidr }) };
  const { profile, faults } = resolveProfile({ object, origin: {} });
  expect(faults).toEqual([]);
  const { objects, files } = managedNetworkOf(profile);
  return { objects, files: Object.fromEntries(files.map(({ path, content }) => [path, content])) };
}

function containersOf(options: WeaveOptions, podCidr?: ClusterProfileSpec['podCidr']) {
  const text = managed(options, podCidr).files['weave/weave-net.yaml'];
  return text === undefined ? undefined : parse(text).spec.template.spec.containers;
}

test.each<[string, WeaveOptions, ClusterProfileSpec['podCidr'], readonly object[] | undefined]>([
  ['nothing that is as it is anyway', {}, undefined, undefined],
  ['the pod range', {}, '10.244.0.0/16', [{ name: 'weave', env: [{ name: 'IPALLOC_RANGE', value: '10.244.0.0/16' }] }]],
  [
    'a range',
    { range: '10.80.0.0/12' },
    undefined,
    [{ name: 'weave', env: [{ name: 'IPALLOC_RANGE', value: '10.80.0.0/12' }] }],
  ],
  [
    'the password by its Secret, and who trusts whom',
    { passwordSecret: 'weave-passwd', trustedSubnets: ['10.0.2.0/24', '10.0.3.0/24'] },
    undefined,
    [
      {
        name: 'weave',
        env: [
          { name: 'WEAVE_PASSWORD', valueFrom: { secretKeyRef: { name: 'weave-passwd', key: 'weave-passwd' } } },
          { name: 'EXTRA_ARGS', value: '--trusted-subnets=10.0.2.0/24,10.0.3.0/24' },
        ],
      },
    ],
  ],
  [
    'that nobody enforces policies (NP-37)',
    { policyController: false },
    undefined,
    [
      { name: 'weave', env: [{ name: 'EXPECT_NPC', value: '0' }] },
      { name: 'weave-npc', $patch: 'delete' },
    ],
  ],
  [
    'the MTU, and what becomes of the address of clients',
    { mtu: 8916, noMasqLocal: false },
    undefined,
    [
      {
        name: 'weave',
        env: [
          { name: 'WEAVE_MTU', value: '8916' },
          { name: 'NO_MASQ_LOCAL', value: '0' },
        ],
      },
    ],
  ],
])('its DaemonSet is told %s', (_, options, podCidr, containers) => {
  expect(containersOf(options, podCidr)).toEqual(containers);
  if (containers) expect(undocumented('containers of Weave Net', containers)).toEqual([]);
});

test('it is set up by a kustomization of its release, and has no objects of ours', () => {
  const { objects, files } = managed({ project: 'rajch', mtu: 1400 });
  const kustomization = parse(files['weave/kustomization.yaml']);
  expect(objects).toEqual({});
  expect(undocumented('kustomization', kustomization)).toEqual([]);
  expect(kustomization).toMatchObject({
    resources: [expect.stringContaining('github.com/rajch/weave/releases')],
    patches: [{ path: 'weave-net.yaml' }],
  });
  expect(parse(files['weave/weave-net.yaml'])).toMatchObject({
    kind: 'DaemonSet',
    metadata: { name: 'weave-net', namespace: 'kube-system' },
  });
});

test('where nothing is to be told there is no patch', () => {
  const { files } = managed({});
  expect(parse(files['weave/kustomization.yaml']).patches).toBeUndefined();
  expect(undocumented('kustomization', parse(files['weave/kustomization.yaml']))).toEqual([]);
});

test('NET-02: kube-proxy has the very range that Weave Net gives addresses from', () => {
  const { files } = managed({}, '10.244.0.0/16');
  expect(files['kubeadm.yaml']).toContain('clusterCIDR: 10.244.0.0/16');
});
