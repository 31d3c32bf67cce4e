import { added, type Mutation, misspelt, misspeltLabels, NAMESPACE, type Original, originalsOf } from './mutation';

interface DeploymentSpec {
  replicas?: number;
  selector: { matchLabels: Record<string, string> };
  template: {
    metadata: { labels: Record<string, string> };
    spec: {
      hostNetwork?: boolean;
      dnsPolicy?: string;
      dnsConfig?: { nameservers: string[] };
      containers: { env?: { name: string }[]; ports?: { name?: string; containerPort: number; protocol?: string }[] }[];
    };
  };
}

/** Whether the pods of an app declare the port. */
export function listensOn(app: string, containerPort: number): boolean {
  const own = originalsOf<DeploymentSpec>('Deployment').find((deployment) => deployment.app === app);
  const ports = own?.spec.template.spec.containers[0].ports ?? [];
  return ports.some((port) => port.containerPort === containerPort);
}

/** Every workload: its labels, ports, network and DNS, and others that pass themselves off as it. */
export function workloadMutations(): readonly Mutation[] {
  return originalsOf<DeploymentSpec>('Deployment').flatMap((deployment) => [
    ...ofPods(deployment),
    ...ofDns(deployment),
    ...ofContainerPort(deployment),
    ...(deployment.spec.template.spec.containers[0].ports ? [captured(deployment)] : []),
  ]);
}

/** Pods with the labels of an app, behind its Service with those that were there before. */
function captured({ app, name, spec }: Original<DeploymentSpec>): Mutation {
  return added('add other pods behind the Service', app, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}-canary`, namespace: NAMESPACE },
    spec,
  });
}

function ofPods(deployment: Original<DeploymentSpec>): readonly Mutation[] {
  const changed = (kind: string, change: (spec: DeploymentSpec) => void) =>
    deployment.changed(kind, '', ({ spec }) => change(spec));
  return [
    changed('misspell a label of the pods', ({ selector, template: { metadata } }) => {
      selector.matchLabels = misspeltLabels(selector.matchLabels, 'value');
      metadata.labels = misspeltLabels(metadata.labels, 'value');
    }),
    changed('put the pods on the network of their nodes', ({ template }) => {
      template.spec.hostNetwork = true;
    }),
    changed('run no replica', (spec) => {
      spec.replicas = 0;
    }),
    deployment.removed('delete the Deployment'),
  ];
}

/** Of those that call others: who calls nobody looks up nothing. */
function ofDns(deployment: Original<DeploymentSpec>): readonly Mutation[] {
  const [{ env = [] }] = deployment.spec.template.spec.containers;
  if (!env.some(({ name }) => name.endsWith('_ADDR'))) return [];
  const changed = (kind: string, change: (spec: DeploymentSpec) => void) =>
    deployment.changed(kind, '', ({ spec }) => change(spec));
  return [
    changed('have the pods ask the resolver of their nodes', ({ template }) => {
      template.spec.dnsPolicy = 'Default';
    }),
    changed('have the pods ask another DNS', ({ template }) => {
      template.spec.dnsPolicy = 'None';
      template.spec.dnsConfig = { nameservers: ['9.9.9.9'] };
    }),
  ];
}

function ofContainerPort(deployment: Original<DeploymentSpec>): readonly Mutation[] {
  const [port] = deployment.spec.template.spec.containers[0].ports ?? [];
  if (!port) return [];
  const changed = (kind: string, change: (declared: typeof port) => void) =>
    deployment.changed(kind, '', ({ spec }) => change(spec.template.spec.containers[0].ports![0]));
  return [
    changed('change a containerPort', (declared) => {
      declared.containerPort += 1;
    }),
    changed('rename a container port', (declared) => {
      declared.name = misspelt(port.name!);
    }),
    changed('change the protocol of a container port', (declared) => {
      declared.protocol = 'UDP';
    }),
  ];
}
