export { allLints, lintsOf } from '../../service/lints/support';

interface MadeOf {
  readonly kind?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly replicas?: number;
  readonly containers?: readonly object[];
  readonly initContainers?: readonly object[];
  readonly [field: string]: unknown;
}

/** A workload of any kind, or a Pod, with what its pods are made of. */
export function made(name: string, { kind = 'Deployment', namespace = 'shop', replicas, ...rest }: MadeOf): object {
  const { labels = { app: name }, containers, initContainers, ...fields } = rest;
  const spec = { ...fields, containers: named(containers), initContainers: named(initContainers) };
  const metadata = { name, namespace };
  if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata: { ...metadata, labels }, spec };
  const template = { metadata: { labels }, spec };
  if (kind === 'CronJob') {
    return { apiVersion: 'batch/v1', kind, metadata, spec: { jobTemplate: { spec: { template } } } };
  }
  if (kind === 'Job') return { apiVersion: 'batch/v1', kind, metadata, spec: { template } };
  return { apiVersion: 'apps/v1', kind, metadata, spec: { replicas, selector: { matchLabels: labels }, template } };
}

function named(containers: readonly object[] | undefined): readonly object[] | undefined {
  return containers?.map((container, i) => ({ name: `c${i}`, image: 'example/image:1', ...container }));
}

/** Containers with one port of the node. */
export function onHost(hostPort = 80, more: object = {}): readonly object[] {
  return [{ ports: [{ containerPort: 8080, hostPort, ...more }] }];
}

export function node(name: string, labels: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
}
