import fc from 'fast-check';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';
import { deployment, ns, pod, policy, service } from '../../support/manifests';
import { networkOf } from '../flow-comparison';
import { clustersWithServices, serviceMapDisagreementOf } from '../service-map-comparison';

const profile: ClusterProfileSpec = {
  cni: { name: 'calico', dataplane: 'eBPF' },
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/16',
  nodeCidr: '192.168.77.0/24',
};
const ports = [{ port: 80, targetPort: 8080 }];
const serving = (spec: object = {}) => service('api', { selector: { app: 'api' }, ports, ...spec });
const shop = [ns('shop'), deployment('web'), deployment('api')];

function pairsOf(manifests: readonly object[], by: 'name' | 'service', more: ClusterProfileSpec = {}) {
  const { connections, unknown } = Network.from(manifests, { ...profile, ...more }).serviceMap(by);
  const rules = [...unknown].flatMap(({ because }) => because.map(({ rule }) => rule));
  return { sure: [...connections].map(({ src }) => src), open: [...new Set(rules)].join() };
}
const sureOf = (manifests: readonly object[], more: ClusterProfileSpec = {}) => {
  const network = Network.from(manifests, { ...profile, ...more });
  const web = network.cluster.pods.find(({ workload }) => workload.name === 'web')!;
  const [api] = network.cluster.services;
  return network.surelyUses(web, api, api.ports[0], 'service');
};

describe('where the network plugin serves Services', () => {
  test('SVC-15: the map and promises are as sure of a plain Service as with kube-proxy', () => {
    const clients = { podSelector: { matchLabels: { app: 'web' } } };
    const shut = policy('api', { podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: [clients] }] });
    const manifests = [...shop, serving(), shut];
    expect(pairsOf(manifests, 'service')).toEqual({ sure: ['shop/web[Deployment]'], open: 'NP-32' });
    expect(sureOf(manifests)).toBe(true);
  });

  test.each([
    ['SVC-13: a Local policy', serving({ internalTrafficPolicy: 'Local' }), 'SVC-13'],
    ['NP-09: SCTP', serving({ ports: [{ ...ports[0], protocol: 'SCTP' }] }), 'NP-09'],
    [
      'SVC-33: an annotation of the plugin',
      { ...serving(), metadata: { name: 'api', namespace: 'shop', annotations: { 'service.cilium.io/node': 'edge' } } },
      'SVC-33',
    ],
  ])('%s settles nothing, in the map or in promises', (_case, made, rule) => {
    expect(pairsOf([...shop, made], 'service')).toEqual({ sure: [], open: rule });
    expect(sureOf([...shop, made])).toBe(false);
  });

  test('DNS-27: questions may pass by NodeLocal DNSCache', () => {
    const dns = pod('kube-system/coredns', { labels: { 'k8s-app': 'kube-dns' } });
    const kubeDns = {
      ...service('kube-dns', {
        selector: { 'k8s-app': 'kube-dns' },
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP' },
          { name: 'dns-tcp', port: 53 },
        ],
      }),
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
    };
    const toCache = policy('web', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [
        { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }] },
        { to: [{ podSelector: {} }], ports: [{ port: 8080 }] },
      ],
    });
    const manifests = [ns('kube-system'), dns, kubeDns, ...shop, serving(), toCache];
    const asked = (cni: ClusterProfileSpec['cni']) => {
      const network = Network.from(manifests, { ...profile, cni, dns: { nodeLocal: true } });
      return network.reach({ from: 'shop/web', to: 'shop/api', port: 80, by: 'name' });
    };
    expect(asked('calico').outcome).toBe('allowed');
    const open = asked(profile.cni);
    expect(open.outcome).toBe('unknown');
    expect(open.pairs.flatMap(({ doubts }) => doubts.map(({ rule }) => rule))).toContain('DNS-27');
  });

  test('the map of Services is never more certain than the walk of each flow, nor is who surely uses one', () => {
    let sure = 0;
    fc.assert(
      fc.property(clustersWithServices, (cluster) => {
        const network = networkOf(cluster, { replacesKubeProxy: true });
        expect(serviceMapDisagreementOf(network)).toBeUndefined();
        for (const from of network.cluster.pods) {
          for (const to of network.cluster.services) {
            for (const port of to.ports.filter((each) => network.surelyUses(from, to, each, 'service'))) {
              const ends = {
                from: { type: 'pods', label: 'client', pods: [from] },
                to: { type: 'service', label: to.name, service: to },
              } as const;
              const asked = { port: port.port, protocol: port.protocol, by: 'service', ownNode: 'left-out' } as const;
              expect(network.walk({ ...ends, ...asked }).outcome).toBe('allowed');
              sure++;
            }
          }
        }
      }),
      { numRuns: 100, seed: Number(process.env.PORTOLAN_FUZZ_SEED ?? 1) },
    );
    expect(sure).toBeGreaterThan(30);
  });

  test('what is certain of it is certain with kube-proxy too, but for what nobody can know', () => {
    fc.assert(
      fc.property(clustersWithServices, (cluster) => {
        const [ours, kubeProxys] = [{ replacesKubeProxy: true }, {}].map((plugin) => networkOf(cluster, plugin));
        for (const { namespace, name } of ours.cluster.services) {
          for (const { pods } of ours.cluster.workloads.filter(({ provenance }) => provenance === 'declared')) {
            const asked = (network: Network) => {
              const to = network.cluster.services.find((s) => s.name === name && s.namespace === namespace)!;
              return to.ports.map(({ port, protocol }) => {
                const from = { type: 'pods', label: 'client', pods: [network.cluster.pods[pods[0].index]] } as const;
                const target = { type: 'service', label: name, service: to } as const;
                return network.walk({ from, to: target, port, protocol, by: 'service' }).outcome;
              });
            };
            const theirs = asked(kubeProxys);
            asked(ours).forEach((outcome, i) => {
              expect([outcome, 'unknown']).toContain(outcome === 'unknown' ? 'unknown' : theirs[i]);
            });
          }
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
