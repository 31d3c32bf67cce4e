import { ApiObject, Cron } from 'cdk8s';
import {
  type ContainerProps,
  ContainerRestartPolicy,
  CronJob,
  DaemonSet,
  Deployment,
  type DeploymentProps,
  EnvValue,
  Job,
  LabelSelector,
  type Service as PlusService,
  Protocol,
  ServiceAccount,
  StatefulSet,
  type Workload,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { patchAtCreation } from '../synth/patches';
import type { DeclaredContainer } from './app-sidecars';
import type { DnsAppProps, InitContainer, Sidecar } from './dns-app-props';
import type { Service } from './service';
import { workloadPatches } from './workload-patches';
import type { AppKind } from './workload-props';

/** What the parts of an app have in common. */
export interface AppIdentity {
  readonly name: string;
  /** The label by which the workload, the Service and policies know the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** All labels of the pods and of the app's objects. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What every kind of workload is made of. */
type CommonProps = Omit<DeploymentProps, 'replicas' | 'strategy' | 'minReady' | 'progressDeadline'>;

/**
 * The workload of an app, its pods and its service account.
 *
 * @param governing the headless Service of a StatefulSet
 */
export function deployApp<P extends string>(
  scope: Construct,
  identity: AppIdentity,
  [main, ...sidecars]: readonly [DeclaredContainer, ...DeclaredContainer[]],
  props: DnsAppProps<P>,
  governing: Service | undefined,
): Workload {
  const { name, labels } = identity;
  const automountToken = props.automountServiceAccountToken ?? false;
  const metadata = { name, labels: { ...labels } };
  const workload = makeWorkload(scope, props, governing, {
    metadata,
    podMetadata: { labels: { ...labels }, annotations: { ...props.podAnnotations } },
    // The workload selects its pods by the plain label, not by the hash of its construct path.
    select: false,
    serviceAccount: props.serviceAccount ?? new ServiceAccount(scope, 'ServiceAccount', { metadata, automountToken }),
    automountServiceAccountToken: automountToken,
    containers: [containerProps(main, props), ...sidecars.filter(isOrdinary).map(sidecarProps)],
    initContainers: [...sidecars.filter(isNative).map(nativeProps), ...(props.initContainers ?? []).map(initContainer)],
  });
  workload.select(LabelSelector.of({ labels: { ...identity.selector } }));
  patchAtCreation(ApiObject.of(workload), ...workloadPatches([main, ...sidecars], props));
  return workload;
}

function makeWorkload(
  scope: Construct,
  props: DnsAppProps<string>,
  governing: Service | undefined,
  common: CommonProps,
): Workload {
  const kind: AppKind = props.kind ?? 'Deployment';
  const replicas = ('replicas' in props ? props.replicas : undefined) ?? 1;
  switch (kind) {
    case 'Deployment':
      return new Deployment(scope, kind, { ...common, replicas });
    case 'StatefulSet':
      return new StatefulSet(scope, kind, { ...common, replicas, service: asPlusService(governing!) });
    case 'DaemonSet':
      return new DaemonSet(scope, kind, common);
    case 'Job':
      return new Job(scope, kind, common);
    case 'CronJob':
      // The schedule is written as it was given, by a patch.
      return new CronJob(scope, kind, { ...common, schedule: new Cron() });
  }
}

/**
 * INVARIANT: of its Service a StatefulSet of cdk8s-plus takes the name, makes itself follow it, and adds labels to its
 * selector, which has those of the app already.
 */
function asPlusService(service: Service): PlusService {
  return Object.create(service, { select: { value: () => {} } }) as PlusService;
}

/** What the API server starts in the order of the list, before init containers, and leaves running. */
export function isNative({ sidecar }: DeclaredContainer): boolean {
  return sidecar?.native === true;
}

function isOrdinary(container: DeclaredContainer): boolean {
  return !isNative(container);
}

function sidecarProps(container: DeclaredContainer): ContainerProps {
  return containerProps(container, container.sidecar!);
}

function nativeProps(container: DeclaredContainer): ContainerProps {
  return { ...sidecarProps(container), restartPolicy: ContainerRestartPolicy.ALWAYS };
}

function containerProps(
  { name, ports }: DeclaredContainer,
  { image, command, args }: Pick<Sidecar, 'image' | 'command' | 'args'>,
): ContainerProps {
  return {
    name,
    image,
    ports: [...ports].map(([portName, port]) => ({
      name: portName,
      number: port.number,
      protocol: Protocol[port.protocol],
    })),
    resources: {},
    command: copyOf(command),
    args: copyOf(args),
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

function copyOf(list: readonly string[] | undefined): string[] | undefined {
  return list && [...list];
}
