import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { managedNetworkOf } from '../../../lib/constructs/managed/registry';
import { KNOWN_CNIS } from '../../../lib/model/cluster/cni/registry';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { validatorOf } from './documented-fields';

type Document = Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string };

const CLUSTER: ClusterProfileSpec = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' };

function filesFor(spec: ClusterProfileSpec): Readonly<Record<string, string>> {
  const { profile, faults } = resolveProfile({ object: spec, origin: {} });
  expect(faults).toEqual([]);
  return Object.fromEntries(managedNetworkOf(profile).files.map(({ path, content }) => [path, content]));
}

function documentsFor(spec: ClusterProfileSpec): Readonly<Record<string, Document>> {
  const files = filesFor(spec);
  const documents = ['kubeadm.yaml', 'kind.yaml'].flatMap((file) =>
    parseAllDocuments(files[file]).map((document) => document.toJS() as Document),
  );
  return Object.fromEntries(documents.map((document) => [document.kind, document]));
}

describe('kubeadm is told', () => {
  test('the ranges, the domain and where the DNS is', () => {
    expect(documentsFor({ ...CLUSTER, clusterDomain: 'shop.internal' })).toMatchObject({
      ClusterConfiguration: {
        networking: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/12', dnsDomain: 'shop.internal' },
      },
      KubeProxyConfiguration: { mode: 'iptables', clusterCIDR: '10.244.0.0/16' },
      KubeletConfiguration: { clusterDomain: 'shop.internal', clusterDNS: ['10.96.0.10'] },
    });
  });

  test.each([
    [{ podCidr: '10.244.0.0/16', nodeCidrMaskSize: 25 }, [{ name: 'node-cidr-mask-size', value: '25' }]],
    [{ podCidr: 'fd00:10:244::/56', nodeCidrMaskSize: { ipv6: 72 } }, [{ name: 'node-cidr-mask-size', value: '72' }]],
    [
      { podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'], nodeCidrMaskSize: { ipv4: 25, ipv6: 72 } },
      [
        { name: 'node-cidr-mask-size-ipv4', value: '25' },
        { name: 'node-cidr-mask-size-ipv6', value: '72' },
      ],
    ],
    [{ podCidr: '10.244.0.0/16', nodeCidrMaskSize: 24 }, undefined],
  ])('NET-02: the length of the nodes’ blocks where it is not the usual one: %j', (spec, extraArgs) => {
    const { ClusterConfiguration } = documentsFor(spec);
    expect(ClusterConfiguration.controllerManager).toEqual(extraArgs && { extraArgs });
  });

  test('SVC-20: which ports of the nodes Services get, where it is not the usual range', () => {
    const apiServer = { extraArgs: [{ name: 'service-node-port-range', value: '20000-22767' }] };
    expect(documentsFor({ ...CLUSTER, nodePortRange: '20000-22767' }).ClusterConfiguration).toMatchObject({
      apiServer,
    });
    expect(documentsFor(CLUSTER).ClusterConfiguration.apiServer).toBeUndefined();
  });

  test.each([
    ['iptables', { iptables: { masqueradeAll: true } }],
    ['ipvs', { iptables: { masqueradeAll: true } }],
    ['nftables', { nftables: { masqueradeAll: true } }],
  ] as const)('SVC-15: whether kube-proxy masquerades all, in mode %s', (proxyMode, expected) => {
    const { KubeProxyConfiguration } = documentsFor({ ...CLUSTER, proxyMode, kubeProxy: { masqueradeAll: true } });
    expect(KubeProxyConfiguration).toMatchObject({ mode: proxyMode, ...expected });
  });

  test.each([
    ['primary', ['primary']],
    [
      ['192.168.77.0/24', 'fd00::/64'],
      ['192.168.77.0/24', 'fd00::/64'],
    ],
  ])('SVC-20: which addresses have node ports: %j', (nodePortAddresses, expected) => {
    const { KubeProxyConfiguration } = documentsFor({ ...CLUSTER, kubeProxy: { nodePortAddresses } });
    expect(KubeProxyConfiguration.nodePortAddresses).toEqual(expected);
  });

  test('DNS-27: that pods ask NodeLocal DNSCache', () => {
    const { KubeletConfiguration } = documentsFor({ ...CLUSTER, dns: { nodeLocal: true } });
    expect(KubeletConfiguration.clusterDNS).toEqual(['169.254.20.10']);
  });
});

test.each([
  ['calico', '10-calico.conflist', 'calico', { type: 'calico-ipam' }],
  [
    { name: 'calico', ipam: 'host-local' },
    '10-calico.conflist',
    'calico',
    { type: 'host-local', subnet: 'usePodCidr' },
  ],
  ['cilium', '05-cilium.conflist', 'cilium-cni', undefined],
  ['flannel', '10-flannel.conflist', 'flannel', undefined],
  [{ name: 'flannel', canal: true }, '10-canal.conflist', 'calico', { type: 'host-local', subnet: 'usePodCidr' }],
  ['weave', '10-weave.conflist', 'weave-net', undefined],
] as const)('the nodes’ CNI configuration runs the plugin: %j', (cni, file, type, ipam) => {
  const { plugins } = JSON.parse(filesFor({ ...CLUSTER, cni })[`cni/net.d/${file}`]);
  expect([plugins[0].type, plugins[0].ipam]).toEqual([type, ipam]);
});

test('NET-06: the CNI configuration has the MTU that Calico is told', () => {
  const { plugins } = JSON.parse(
    filesFor({ ...CLUSTER, cni: { name: 'calico', mtu: 1400 } })['cni/net.d/10-calico.conflist'],
  );
  expect(plugins[0].mtu).toBe(1400);
});

describe('kind is told', () => {
  test.each([
    [{ podCidr: '10.244.0.0/16' }, undefined],
    [{ podCidr: 'fd00:10:244::/56' }, 'ipv6'],
    [{ podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'] }, 'dual'],
    [{ serviceCidr: 'fd00:10:96::/112' }, 'ipv6'],
    [{}, undefined],
  ])('the families: %j', (spec, ipFamily) => {
    expect(documentsFor(spec).Cluster.networking).toMatchObject({ ...(ipFamily && { ipFamily }) });
    expect(Object.keys(documentsFor(spec).Cluster.networking as object)).toEqual(
      ipFamily ? expect.arrayContaining(['ipFamily']) : expect.not.arrayContaining(['ipFamily']),
    );
  });

  test.each([
    ['calico', true],
    ['flannel', true],
    ['weave', true],
    ['cilium', true],
    ['kindnet', undefined],
    ['conformant', undefined],
  ])('to leave its own plugin out: %s', (cni, disableDefaultCNI) => {
    const { networking } = documentsFor({ ...CLUSTER, cni }).Cluster as {
      networking?: { disableDefaultCNI?: boolean };
    };
    expect(networking?.disableDefaultCNI).toBe(disableDefaultCNI);
  });

  test('the nodes by their roles, and one for the control plane where others run it', () => {
    const workers = { name: 'workers', count: 2, zone: 'a', labels: { disk: 'fast' } };
    const cp = { name: 'cp', role: 'control-plane', addresses: ['192.168.77.10'] } as const;
    const worker = { role: 'worker', labels: { 'topology.kubernetes.io/zone': 'a', disk: 'fast' } };
    const nodesFor = (nodes: ClusterProfileSpec['nodes']) => documentsFor({ ...CLUSTER, nodes }).Cluster.nodes;
    expect(nodesFor([cp, workers])).toEqual([{ role: 'control-plane' }, worker, worker]);
    expect(nodesFor([workers])).toEqual([{ role: 'control-plane' }, worker, worker]);
    expect(nodesFor(undefined)).toBeUndefined();
  });

  test('what only kubeadm can be told, for both versions that it may read', () => {
    const { Cluster } = documentsFor({ ...CLUSTER, clusterDomain: 'shop.internal', nodeCidrMaskSize: 25 });
    const [older, newer] = (Cluster.kubeadmConfigPatches as readonly string[]).map((text) => parse(text));
    const networking = { dnsDomain: 'shop.internal' };
    expect(older).toMatchObject({
      apiVersion: 'kubeadm.k8s.io/v1beta3',
      networking,
      controllerManager: { extraArgs: { 'node-cidr-mask-size': '25' } },
    });
    expect(newer).toMatchObject({
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      networking,
      controllerManager: { extraArgs: [{ name: 'node-cidr-mask-size', value: '25' }] },
    });
  });
});

test.each(['flannel', 'kindnet', { name: 'calico', ipam: 'host-local' } as const])(
  'NET-02: without a pod range nothing sets up a cluster whose nodes get their parts from Kubernetes: %j',
  (cni) => {
    expect(() => filesFor({ serviceCidr: '10.96.0.0/12', cni })).toThrow(
      'Unable to set up a cluster without `podCidr`',
    );
  },
);

test.each([
  ['podCidr', { podCidr: ['10.1.0.0/16', '10.3.0.0/16'], cni: 'kindnet' }],
  ['podCidr', { podCidr: ['10.244.0.0/16', '10.245.0.0/16'], cni: 'kindnet' }],
  ['serviceCidr', { serviceCidr: ['10.96.0.0/16', '10.98.0.0/16'] }],
])('NET-02, NET-03: several ranges of one family are refused where Kubernetes takes one: %s', (key, spec) => {
  expect(() => filesFor(spec)).toThrow(`Unable to set up a cluster with \`${key}\` 10.`);
});

describe('for every plugin', () => {
  const ranges = fc.constantFrom<ClusterProfileSpec>(
    CLUSTER,
    { podCidr: 'fd00:10:244::/56', serviceCidr: 'fd00:10:96::/112' },
    { podCidr: ['10.244.0.0/16', 'fd00:10:244::/56'], serviceCidr: ['10.96.0.0/12', 'fd00:10:96::/112'] },
  );
  const specs = fc.tuple(
    ranges,
    fc.record<ClusterProfileSpec>(
      {
        proxyMode: fc.constantFrom('iptables', 'nftables', 'ipvs'),
        clusterDomain: fc.constantFrom('cluster.local', 'shop.internal'),
        nodeCidrMaskSize: fc.constantFrom(24, 26, { ipv4: 25, ipv6: 80 }),
        dns: fc.constantFrom({ nodeLocal: true }, { nodeLocal: false }),
        kubeProxy: fc.record({ masqueradeAll: fc.boolean() }, { requiredKeys: [] }),
        nodes: fc.constantFrom(
          [
            { name: 'cp', role: 'control-plane', count: 3 },
            { name: 'w', count: 2 },
          ],
          [],
        ),
      },
      { requiredKeys: [] },
    ),
  );

  test.each(KNOWN_CNIS)('all that is written for %s has documented fields, and says what the profile says', (cni) => {
    fc.assert(
      fc.property(specs, ([declared, rest]) => {
        const spec = { ...declared, ...rest, cni };
        const documents = documentsFor(spec);
        for (const document of Object.values(documents)) {
          const validate = validatorOf(document);
          expect([validate(document), validate.errors]).toEqual([true, null]);
        }
        const { networking } = documents.ClusterConfiguration as { networking?: { podSubnet?: string } };
        expect(networking?.podSubnet).toBe(declared.podCidr && [declared.podCidr].flat().join(','));
      }),
      { numRuns: 40 },
    );
  });

  test.each(['calico', 'cilium', 'flannel', 'weave'])('the list for the nodes’ CNI configuration is one: %s', (cni) => {
    const lists = Object.entries(filesFor({ ...CLUSTER, cni })).filter(([path]) => path.startsWith('cni/net.d/'));
    const [[path, content]] = lists;
    expect([lists.length, /^cni\/net\.d\/\d\d-[a-z]+\.conflist$/.test(path)]).toEqual([1, true]);
    // https://github.com/containernetworking/cni/blob/main/SPEC.md, "Configuration format".
    const { cniVersion, name, plugins, ...others } = JSON.parse(content);
    expect([typeof cniVersion, typeof name, others]).toEqual(['string', 'string', {}]);
    for (const plugin of plugins) expect(plugin).toMatchObject({ type: expect.any(String) });
  });
});
