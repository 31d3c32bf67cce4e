import { ApiObject, JsonPatch } from 'cdk8s';
import { type ContainerProps, Deployment, EnvValue, k8s, LabelSelector, Protocol, ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { DnsAppProps, HealthCheck, InitContainer } from './dns-app-props';
import type { Port } from './port';

/** What the parts of an app have in common. */
export interface AppIdentity {
  readonly name: string;
  /** The label by which the workload, the Service and policies know the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** All labels of the pods and of the app's objects. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The Deployment of an app, its pods and its service account. */
export function deployApp<P extends string>(
  scope: Construct,
  identity: AppIdentity,
  ports: ReadonlyMap<string, Port>,
  props: DnsAppProps<P>,
): Deployment {
  const { name, labels } = identity;
  const automountToken = props.automountServiceAccountToken ?? false;
  const metadata = { name, labels: { ...labels } };
  const workload = new Deployment(scope, 'Deployment', {
    metadata,
    podMetadata: { labels: { ...labels }, annotations: { ...props.podAnnotations } },
    // The workload selects its pods by the plain label, not by the hash of its construct path.
    select: false,
    replicas: props.replicas ?? 1,
    serviceAccount: new ServiceAccount(scope, 'ServiceAccount', { metadata, automountToken }),
    automountServiceAccountToken: automountToken,
    containers: [mainContainer(name, ports, props)],
    initContainers: props.initContainers?.map(initContainer),
  });
  workload.select(LabelSelector.of({ labels: { ...identity.selector } }));
  ApiObject.of(workload).addJsonPatch(...whatIsWrittenRuns(ports, props));
  return workload;
}

function mainContainer<P extends string>(
  name: string,
  ports: ReadonlyMap<string, Port>,
  props: DnsAppProps<P>,
): ContainerProps {
  return {
    name,
    image: props.image,
    ports: [...ports].map(([portName, port]) => ({
      name: portName,
      number: port.number,
      protocol: Protocol[port.protocol],
    })),
    resources: {},
    command: copyOf(props.command),
    args: copyOf(props.args),
  };
}

function initContainer(container: InitContainer): ContainerProps {
  const { name, image, command, args } = container;
  return { name, image, resources: {}, command: copyOf(command), args: copyOf(args) };
}

/** Environment variables in the form that cdk8s-plus takes. */
export function envValues(env: Readonly<Record<string, string | EnvValue>> = {}): Record<string, EnvValue> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, typeof value === 'string' ? EnvValue.fromValue(value) : value]),
  );
}

/**
 * Takes back what cdk8s-plus adds unasked (security contexts, the pull policy), which can stop an image from running,
 * and adds what it can't express. Patches apply to its typed form of the object.
 */
function whatIsWrittenRuns<P extends string>(ports: ReadonlyMap<string, Port>, props: DnsAppProps<P>): JsonPatch[] {
  const spec = '/spec/template/spec';
  const main = `${spec}/containers/0`;
  const initContainers = (props.initContainers ?? []).map(({ securityContext }, i) => ({
    path: `${spec}/initContainers/${i}`,
    securityContext,
  }));
  const containers = [main, ...initContainers.map(({ path }) => path)];
  const unasked = [
    `${spec}/securityContext`,
    ...containers.flatMap((path) => [`${path}/securityContext`, `${path}/imagePullPolicy`]),
  ];
  const asked: Partial<k8s.Container> = {
    securityContext: props.securityContext,
    resources: props.resources && {
      requests: quantities(props.resources.requests),
      limits: quantities(props.resources.limits),
    },
    readinessProbe: props.readiness && probeSpec(props.readiness, ports),
    livenessProbe: props.liveness && probeSpec(props.liveness, ports),
  };
  return [
    ...unasked.map((path) => JsonPatch.remove(path)),
    ...Object.entries(asked).flatMap(([field, value]) => (value ? [JsonPatch.add(`${main}/${field}`, value)] : [])),
    ...initContainers.flatMap(({ path, securityContext }) =>
      securityContext ? [JsonPatch.add(`${path}/securityContext`, securityContext)] : [],
    ),
  ];
}

function probeSpec(check: HealthCheck<string>, ports: ReadonlyMap<string, Port>): k8s.Probe {
  const { initialDelaySeconds, periodSeconds } = check;
  return { ...probeAction(check, ports), initialDelaySeconds, periodSeconds };
}

/** Kubernetes takes names of ports for tcp and http, only numbers for grpc. */
function probeAction(check: HealthCheck<string>, ports: ReadonlyMap<string, Port>): k8s.Probe {
  if ('tcp' in check) return { tcpSocket: { port: k8s.IntOrString.fromString(check.tcp) } };
  if ('grpc' in check) return { grpc: { port: ports.get(check.grpc)!.number } };
  const httpHeaders = check.headers && Object.entries(check.headers).map(([name, value]) => ({ name, value }));
  return { httpGet: { path: check.http, port: k8s.IntOrString.fromString(check.port), httpHeaders } };
}

function quantities(written: Readonly<Record<string, string>> = {}): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(written).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]));
}

function copyOf(list: readonly string[] | undefined): string[] | undefined {
  return list && [...list];
}
