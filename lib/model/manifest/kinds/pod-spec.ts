import { dnsLabel } from '../reader/names';
import { invalid } from '../reader/place';
import {
  andThen,
  list,
  mapped,
  optional,
  optionalText,
  part,
  type Reader,
  textWithDefault,
  withDefault,
} from '../reader/reader';
import { anything, boolean, oneOf, text } from '../reader/scalars';
import type { PodTemplate } from '../resources';
import { hasStrayHostPort, hasTwinHostPort } from './container-host-ports';
import { containerPorts } from './container-port';
import { containerSettings } from './container-settings';
import { containerTexts } from './container-texts';
import { labels } from './labels';
import { podContainers } from './pod-containers';
import { dnsConfig, hasNameserver, hostAlias } from './pod-dns';
import { schedulingOf } from './scheduling';

const DNS_POLICIES: readonly PodTemplate['dnsPolicy'][] = [
  'ClusterFirst',
  'ClusterFirstWithHostNet',
  'Default',
  'None',
];

const container = part({ ports: containerPorts });

/** SVC-07: of init containers only those that restart (sidecars) run beside the containers, and serve ports. */
const initContainer = mapped(part({ ports: containerPorts, restartPolicy: anything }), ({ ports, restartPolicy }) =>
  restartPolicy === 'Always' ? ports : [],
);

/** What the network looks at in a pod's `spec`, without the labels. */
export const podSpec: Reader<Omit<PodTemplate, 'labels'>> = andThen(
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
    if (hasTwinHostPort(spec.containers, spec.hostNetwork, place)) {
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
      settings: () => containerSettings(place),
      containers: () => podContainers(place, hostNetwork),
      scheduling: () => schedulingOf(place),
      // NET-08: the API server fills in the host port of a pod that lives in its node's network.
      ports: hostNetwork ? ports.map((each) => ({ ...each, hostPort: each.port })) : ports,
    };
  },
);

/** The `template` of a workload. */
export const podTemplate: Reader<PodTemplate> = mapped(
  part({ metadata: optional(part({ labels })), spec: podSpec }),
  ({ metadata, spec }) => ({ labels: metadata?.labels ?? new Map(), ...spec }),
);
