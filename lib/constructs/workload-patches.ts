import { JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { DeclaredContainer } from './app-sidecars';
import type { DnsAppProps, HealthCheck, Sidecar } from './dns-app-props';
import { dnsFields } from './pod-dns';
import type { Port } from './port';

/** What cdk8s-plus writes of a CronJob unasked, and not as Kubernetes would by itself. */
const UNASKED_OF_CRON_JOBS = [
  'concurrencyPolicy',
  'failedJobsHistoryLimit',
  'startingDeadlineSeconds',
  'successfulJobsHistoryLimit',
  'suspend',
];

/**
 * Takes back what cdk8s-plus adds unasked (security contexts, the pull policy), which can stop an image from running,
 * and adds what it can't express. Patches apply to its typed form of the object.
 */
export function workloadPatches(
  containers: readonly [DeclaredContainer, ...DeclaredContainer[]],
  props: DnsAppProps<string>,
): readonly JsonPatch[] {
  const runs = props.kind === 'CronJob' ? '/spec/jobTemplate/spec' : '/spec';
  return [...kindPatches(runs, props), ...podPatches(`${runs}/template/spec`, containers, props)];
}

/** What the kind of workload needs. */
function kindPatches(runs: string, props: DnsAppProps<string>): readonly JsonPatch[] {
  if (props.kind !== 'Job' && props.kind !== 'CronJob') return [];
  const { completions, parallelism, backoffLimit } = props;
  const added = fields(runs, { completions, parallelism, backoffLimit });
  if (props.kind === 'Job') return added;
  const { schedule, timeZone, concurrencyPolicy } = props;
  return [
    ...UNASKED_OF_CRON_JOBS.map((field) => JsonPatch.remove(`/spec/${field}`)),
    ...added,
    ...fields('/spec', { schedule, timeZone, concurrencyPolicy }),
  ];
}

function podPatches(
  spec: string,
  [main, ...sidecars]: readonly [DeclaredContainer, ...DeclaredContainer[]],
  props: DnsAppProps<string>,
): readonly JsonPatch[] {
  const native = sidecars.filter(({ sidecar }) => sidecar?.native);
  const beside = sidecars.filter((container) => !native.includes(container));
  // Every port that the app offers can be probed, whichever container listens on it.
  const ports = new Map([...sidecars, main].flatMap((container) => [...container.ports]));
  const inPlace = (list: string, index: number, asked: object) => ({ path: `${spec}/${list}/${index}`, asked });
  const containers = [
    inPlace('containers', 0, askedOf(props, ports)),
    ...beside.map(({ sidecar, ports: own }, i) => inPlace('containers', i + 1, askedOf(sidecar!, own))),
    ...native.map(({ sidecar, ports: own }, i) => inPlace('initContainers', i, askedOf(sidecar!, own))),
    ...(props.initContainers ?? []).map(({ securityContext }, i) =>
      inPlace('initContainers', native.length + i, { securityContext }),
    ),
  ];
  const unasked = [
    `${spec}/securityContext`,
    ...containers.flatMap(({ path }) => [`${path}/securityContext`, `${path}/imagePullPolicy`]),
  ];
  return [
    ...unasked.map((path) => JsonPatch.remove(path)),
    ...containers.flatMap(({ path, asked }) => fields(path, { ...asked })),
    ...fields(spec, props.dns ? dnsFields(props.dns) : {}),
  ];
}

type Asked = Pick<Sidecar, 'securityContext' | 'resources' | 'readiness' | 'liveness' | 'startup'>;

function askedOf(asked: Asked, ports: ReadonlyMap<string, Port>): Partial<k8s.Container> {
  const { securityContext, resources, readiness, liveness, startup } = asked;
  return {
    securityContext,
    resources: resources && { requests: quantities(resources.requests), limits: quantities(resources.limits) },
    readinessProbe: readiness && probeSpec(readiness, ports),
    livenessProbe: liveness && probeSpec(liveness, ports),
    startupProbe: startup && probeSpec(startup, ports),
  };
}

/** Writes the fields that have a value. */
function fields(path: string, values: Readonly<Record<string, unknown>>): readonly JsonPatch[] {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.map(([field, value]) => JsonPatch.add(`${path}/${field}`, value));
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
