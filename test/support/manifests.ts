/** Small Kubernetes objects for tests; every field can be overridden. */

export function ns(name: string, labels: Record<string, string> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

export interface DeploymentOptions {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly ports?: readonly {
    name?: string;
    containerPort: number;
    protocol?: string;
    hostPort?: number;
    hostIP?: string;
  }[];
  readonly replicas?: number;
  readonly hostNetwork?: boolean;
  readonly dnsPolicy?: string;
  /** Of its one container. */
  readonly args?: readonly string[];
  readonly dnsConfig?: object;
}

export function deployment(name: string, options: DeploymentOptions = {}): object {
  const {
    namespace = 'shop',
    labels = { app: name },
    ports = [],
    replicas,
    hostNetwork,
    dnsPolicy,
    dnsConfig,
    args,
  } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          hostNetwork,
          dnsPolicy,
          dnsConfig,
          containers: [{ name: 'main', image: 'example/image:1', args, ports }],
        },
      },
    },
  };
}

export interface PodOptions {
  readonly labels?: Record<string, string>;
  readonly ip?: string;
  readonly ips?: readonly string[];
  readonly phase?: string;
  readonly ports?: DeploymentOptions['ports'];
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
}

export function pod(ref: string, options: PodOptions = {}): object {
  const [namespace, name] = ref.split('/');
  const { labels = { app: name }, ip, ips, phase = 'Running', ports = [], hostNetwork, nodeName } = options;
  const podIPs = (ips ?? (ip ? [ip] : [])).map((address) => ({ ip: address }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { hostNetwork, nodeName, containers: [{ name: 'main', image: 'example/image:1', ports }] },
    status: { phase, podIP: podIPs[0]?.ip, podIPs },
  };
}

export function service(name: string, spec: object, namespace = 'shop'): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

export function policy(name: string, spec: object, namespace = 'shop'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** The rule that every namespace under an egress default-deny needs (DNS-29). */
export const dnsRule = {
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

/** In the Admin tier at priority 10 unless the spec says otherwise. */
export function clusterNetworkPolicy(name: string, spec: object): object {
  const whole = { tier: 'Admin', priority: 10, subject: { namespaces: {} }, ...spec };
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: whole,
  };
}

export function adminNetworkPolicy(name: string, spec: object): object {
  const whole = { priority: 10, subject: { namespaces: {} }, ...spec };
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name },
    spec: whole,
  };
}

export function baselineAdminNetworkPolicy(spec: object): object {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: { subject: { namespaces: {} }, ...spec },
  };
}
