import { type App, METRICS, PORT, type Team } from './shape';

/** What runs on every cluster: DNS, an ingress controller and a monitoring that scrapes all apps. */
export const PLATFORM: readonly (Pick<App, 'name' | 'namespace'> & { readonly port: number })[] = [
  { name: 'kube-dns', namespace: 'kube-system', port: 53 },
  { name: 'ingress-nginx', namespace: 'ingress-nginx', port: 8443 },
  { name: 'prometheus', namespace: 'monitoring', port: 9091 },
];

export function platformObjects(): object[] {
  return PLATFORM.flatMap(({ name, namespace, port }) => [
    object('v1', 'Namespace', { name: namespace }),
    controller('Deployment', { name, namespace, replicas: 2 }, { 'k8s-app': name }, [
      { name: 'main', containerPort: port },
      ...(port === 53 ? [{ name: 'main-udp', containerPort: 53, protocol: 'UDP' }] : []),
    ]),
    object(
      'v1',
      'Service',
      { name, namespace },
      {
        selector: { 'k8s-app': name },
        ports: [{ name: 'main', port }, ...(port === 53 ? [{ name: 'main-udp', port: 53, protocol: 'UDP' }] : [])],
      },
    ),
  ]);
}

export function namespaceOf({ name, namespace, environment }: Team): object {
  return object('v1', 'Namespace', { name: namespace, labels: { team: name, env: environment } });
}

/** A workload and its Service. */
export function appObjects(app: App): object[] {
  const { name, namespace, tier } = app;
  const labels = { app: name, tier, 'app.kubernetes.io/part-of': namespace };
  const own = PORT[tier];
  const ports = [own, METRICS].map((port) => ({ name: port.name, containerPort: port.number }));
  const servicePorts = [own, METRICS].map((port) => ({ name: port.name, port: port.number, targetPort: port.name }));
  return [
    controller(tier === 'data' ? 'StatefulSet' : 'Deployment', app, labels, ports),
    object('v1', 'Service', { name, namespace }, { selector: { app: name }, ports: servicePorts }),
  ];
}

export function nodeObject(index: number): object {
  const name = `node-${index}`;
  const address = `192.168.${index >> 8}.${index & 255}`;
  const zone = `zone-${index % 3}`;
  return {
    ...object('v1', 'Node', { name, labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone } }),
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

function controller(
  kind: 'Deployment' | 'StatefulSet',
  { name, namespace, replicas }: Pick<App, 'name' | 'namespace' | 'replicas'>,
  labels: Readonly<Record<string, string>>,
  ports: readonly object[],
): object {
  const [[key, value]] = Object.entries(labels);
  const container = {
    name: 'main',
    image: `registry.example.com/${name}:1.4.2`,
    ports,
    env: [{ name: 'LOG_LEVEL', value: 'info' }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    readinessProbe: { httpGet: { path: '/healthz', port: METRICS.number }, periodSeconds: 10 },
  };
  return object(
    'apps/v1',
    kind,
    { name, namespace, labels },
    {
      replicas,
      ...(kind === 'StatefulSet' && { serviceName: name }),
      selector: { matchLabels: { [key]: value } },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  );
}

export function object(apiVersion: string, kind: string, metadata: object, spec?: object): object {
  return { apiVersion, kind, metadata, ...(spec && { spec }) };
}
