/** A realistic cluster, always the same for the same size: tiers of apps in namespaces, default denies, DNS, cross-namespace rules, addresses. */
export function generateCluster(workloads: number): object[] {
  const random = seeded(workloads);
  const perNamespace = 20;
  const namespaces = Math.max(1, Math.round(workloads / perNamespace));
  const manifests: object[] = [];
  for (let n = 0; n < namespaces; n++) {
    const name = `ns-${n}`;
    manifests.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: `team-${n % 17}` } } });
    manifests.push(
      policy('default-deny', name, { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [dns] }),
    );
  }
  for (let w = 0; w < workloads; w++) {
    const namespace = `ns-${w % namespaces}`;
    const tier = TIERS[random(TIERS.length)];
    manifests.push(deployment(`app-${w}`, namespace, tier));
    if (w % 2 === 0) manifests.push(clientsOf(`app-${w}`, namespace, w, namespaces, random));
  }
  return manifests;
}

const TIERS = ['edge', 'service', 'worker', 'data'];
const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

function clientsOf(
  app: string,
  namespace: string,
  w: number,
  namespaces: number,
  random: (below: number) => number,
): object {
  const peers = [
    { podSelector: { matchLabels: { tier: TIERS[random(TIERS.length)] } } },
    {
      namespaceSelector: { matchLabels: { team: `team-${random(17)}` } },
      podSelector: { matchLabels: { tier: 'edge' } },
    },
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `ns-${random(namespaces)}` } } },
    { ipBlock: { cidr: `203.0.${w % 64}.0/24` } },
  ];
  const ports = w % 6 === 0 ? [{ port: 'http' }] : [{ port: 8080 }];
  const chosen = peers.filter(() => random(2) === 0);
  return policy(`${app}-clients`, namespace, {
    podSelector: { matchLabels: { app } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: chosen.length > 0 ? chosen : [peers[0]], ports }],
    egress: [{ to: [{ podSelector: {} }] }],
  });
}

function deployment(name: string, namespace: string, tier: string): object {
  const labels = { app: name, tier };
  const containers = [{ name: 'main', image: 'example/app:1', ports: [{ name: 'http', containerPort: 8080 }] }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

function policy(name: string, namespace: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** A small linear congruential generator: benchmarks must not differ from run to run. */
function seeded(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
