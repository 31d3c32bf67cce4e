import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Testing } from 'cdk8s';
import { Cni, networkOf, PodNetwork, verify } from 'portolan';
import { parse } from 'yaml';
import { CiliumCluster } from '../../../examples/networks/cilium/cluster';
import { Shop } from '../../../examples/networks/shop/shop';
import { undocumentedValues } from '../../constructs/managed/plugins/cilium-values';

function made(): { app: App; shop: Shop } {
  const app = Testing.app();
  new CiliumCluster(app);
  return { app, shop: new Shop(app) };
}

test('the promises of the shop are kept on the cluster, and nothing is wrong with it', () => {
  const { shop } = made();
  const { faults, findings } = verify(shop);
  const lints = networkOf(shop)
    .lints()
    .filter(({ code }) => code.startsWith('PTL3'));
  expect({ faults, findings, lints }).toEqual({ faults: [], findings: [], lints: [] });
});

test('all is told to the chart: no object, and values that it documents', () => {
  const { app } = made();
  app.synth();
  expect(readdirSync(app.outdir)).toEqual(['shop.k8s.yaml']);
  const values: unknown = parse(readFileSync(join(`${app.outdir}-bootstrap`, 'cilium', 'values.yaml'), 'utf8'));
  expect(undocumentedValues(values)).toEqual([]);
  expect(values).toEqual({
    ipv6: { enabled: true },
    tunnelProtocol: 'geneve',
    ipam: {
      operator: {
        clusterPoolIPv4PodCIDRList: ['10.244.0.0/16'],
        clusterPoolIPv6PodCIDRList: ['fd00:10:244::/104'],
      },
    },
    bpf: { masquerade: true },
    kubeProxyReplacement: true,
    k8sServiceHost: '192.168.77.10',
    k8sServicePort: 6443,
    encryption: { enabled: true, type: 'wireguard' },
    policyCIDRMatchMode: ['nodes'],
    k8sClusterNetworkPolicy: { enabled: true },
    MTU: 9000,
  });
});

test('no kube-proxy is set up beside it', () => {
  const { app } = made();
  app.synth();
  const folder = `${app.outdir}-bootstrap`;
  expect(readFileSync(join(folder, 'kubeadm.yaml'), 'utf8')).not.toContain('KubeProxyConfiguration');
  expect(existsSync(join(folder, 'cni', 'net.d', '05-cilium.conflist'))).toBe(true);
});

test('NP-37: where Cilium enforces nothing the shop’s promises break, and the mode is the fix', () => {
  const app = Testing.app();
  const cni = Cni.cilium({ policyEnforcementMode: 'never', ipam: { maskSize: { ipv4: 25 } } });
  new PodNetwork(app, 'network', { cni, podCidr: '10.244.0.0/16' });
  const { findings } = verify(new Shop(app));
  expect(findings.map(({ code }) => code)).toEqual(['PTL301']);
  expect(findings[0].fixes.map(({ add }) => add)).toContain(
    `cni: Cni.cilium({ ipam: {"maskSize":{"ipv4":25}}, policyEnforcementMode: 'default' })`,
  );
});
