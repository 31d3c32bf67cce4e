import { dnsLabel, portName } from '../reader/names';
import { address, portNumber, portNumberOrZero, protocol } from '../reader/network';
import { invalid, type Place } from '../reader/place';
import {
  distinct,
  list,
  optional,
  optionalText,
  part,
  type Reader,
  textWithDefault,
  then,
  withDefault,
} from '../reader/reader';
import { anything, boolean, oneOf, text } from '../reader/scalars';
import type { ContainerPort, PodTemplate } from '../resources';
import { containerTexts } from './container-texts';
import { labels } from './labels';
import { dnsConfig, hasNameserver, hostAlias } from './pod-dns';

const DNS_POLICIES: readonly PodTemplate['dnsPolicy'][] = [
  'ClusterFirst',
  'ClusterFirstWithHostNet',
  'Default',
  'None',
];

/** A declaration without its number opens nothing and gives its name to nothing, so that it is left out. */
const containerPort: Reader<ContainerPort | undefined> = then(
  part({
    name: optionalText(portName),
    containerPort: optional(portNumber),
    protocol,
    hostPort: portNumberOrZero,
    hostIP: optionalText(address),
  }),
  ({ name, containerPort, protocol, hostPort, hostIP }) =>
    containerPort === undefined ? undefined : { name, port: containerPort, protocol, hostPort, hostIp: hostIP },
);

/** API validation asks that the names differ within a container; Kubernetes looks for the first in the pod. */
const ports = then(
  distinct(list(containerPort), (port) => port?.name && `port name ${JSON.stringify(port.name)}`),
  (ports) => ports.filter((port) => port !== undefined),
);

const container = part({ ports });

/** SVC-07: of init containers only those that restart (sidecars) run beside the containers, and serve ports. */
const initContainer = then(part({ ports, restartPolicy: anything }), ({ ports, restartPolicy }) =>
  restartPolicy === 'Always' ? ports : [],
);

/** What the network looks at in a pod's `spec`, without the labels. */
export const podSpec: Reader<Omit<PodTemplate, 'labels'>> = then(
  part({
    hostNetwork: withDefault(boolean, false),
    dnsPolicy: textWithDefault(oneOf('a DNS policy', DNS_POLICIES), 'ClusterFirst'),
    serviceAccountName: optionalText(text),
    serviceAccount: optionalText(text),
    hostname: optionalText(dnsLabel),
    subdomain: optionalText(dnsLabel),
    hostnameOverride: optionalText(text),
    nodeName: optionalText(text),
    hostAliases: list(hostAlias),
    dnsConfig: optional(dnsConfig),
    os: optional(part({ name: anything })),
    enableServiceLinks: optional(boolean),
    nodeSelector: optional(part({ 'kubernetes.io/os': anything })),
    containers: list(container),
    initContainers: list(initContainer),
  }),
  (spec, place) => {
    if (spec.hostNetwork && hasStrayHostPort(place)) {
      return invalid;
    }
    if (!hasNameserver(spec, place)) {
      return invalid;
    }
    const { hostNetwork, dnsPolicy, dnsConfig, hostname, subdomain, hostnameOverride, nodeName, hostAliases } = spec;
    const ports = [...spec.containers.flatMap((container) => container.ports), ...spec.initContainers.flat()];
    return {
      hostNetwork,
      dnsPolicy,
      // The older spelling still works, and the API server copies one to the other.
      serviceAccount: spec.serviceAccountName ?? spec.serviceAccount ?? 'default',
      hostname,
      subdomain,
      hostnameOverride,
      nodeName,
      hostAliases: hostAliases.length > 0 ? hostAliases : undefined,
      dnsConfig,
      os: [spec.os?.name, spec.nodeSelector?.['kubernetes.io/os']].includes('windows') ? 'windows' : undefined,
      serviceLinks: spec.enableServiceLinks,
      texts: () => containerTexts(place),
      // NET-08: the API server fills in the host port of a pod that lives in its node's network.
      ports: hostNetwork ? ports.map((each) => ({ ...each, hostPort: each.port })) : ports,
    };
  },
);

/** The `template` of a workload. */
export const podTemplate: Reader<PodTemplate> = then(
  part({ metadata: optional(part({ labels })), spec: podSpec }),
  ({ metadata, spec }) => ({ labels: metadata?.labels ?? new Map(), ...spec }),
);

/** NET-08: a pod in its node's network listens on the node's own ports, so that the two numbers can't differ. */
function hasStrayHostPort(spec: Place): boolean {
  const check: Reader<unknown> = (port) => {
    const [own, host] = [port.at('containerPort').value, port.at('hostPort')];
    return host.isAbsent || host.value === 0 || host.value === own
      ? undefined
      : host.fault({
          code: 'PTL007',
          problem: `host port ${host.value} differs from the container port of a pod with hostNetwork`,
          expected: `${own}, or no hostPort`,
          rule: 'NET-08',
        });
  };
  const containers = list(part({ ports: list(check) }));
  return part({ containers, initContainers: containers })(spec) === invalid;
}
