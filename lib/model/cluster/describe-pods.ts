import type { PodResource, PodTemplate } from '../manifest/resources';
import { closedLabels } from '../values/labels';
import { labelsOfPods } from './controller-labels';
import type { Namespaces } from './namespaces';
import type { OwnedPods } from './ownership';
import type { PodDescription, PodGroup } from './workload';

/**
 * NP-34: finished pods take no part. A workload of finished pods only still stands for the pods that it will make: like its
 * template, and where nobody has that like any of those that it made, which may differ.
 */
export function describePods(owned: OwnedPods, namespaces: Namespaces): readonly PodDescription[] {
  const namespace = namespaces.get(owned.namespace);
  const live = owned.pods.filter((pod) => pod.phase !== 'Succeeded' && pod.phase !== 'Failed');
  if (live.length > 0) return live.map((pod) => describePod(pod, namespace));
  if (owned.resource?.type === 'workload') {
    const { kind, name, template, replicas } = owned.resource;
    return [describeTemplate(template, namespace, replicas, labelsOfPods(kind, name, template.labels))];
  }
  const isOwned = owned.resource === undefined;
  return isOwned ? owned.pods.map((pod) => describeTemplate(pod.template, namespace)) : [];
}

function describePod(pod: PodResource, namespace: PodGroup['namespace']): PodDescription {
  return {
    ...describeTemplate(pod.template, namespace, 1),
    addresses: pod.addresses.length > 0 ? pod.addresses : undefined,
    ready: isServing(pod) && !pod.terminating,
    lastResort: isServing(pod) && pod.terminating,
    awaitsAddress: pod.phase === 'Pending' && pod.addresses.length === 0,
    podName: pod.name,
  };
}

/** SVC-04: without a Ready condition a pod is taken to be ready, unless it has yet to start. */
function isServing({ ready, phase }: PodResource): boolean {
  return ready ?? phase !== 'Pending';
}

function describeTemplate(
  template: PodTemplate,
  namespace: PodGroup['namespace'],
  replicas?: number,
  labels = closedLabels(template.labels),
): PodDescription {
  const { ports, containers, hostNetwork, nodeName, hostname, subdomain, hostnameOverride } = template;
  const { dnsPolicy, dnsConfig, os, serviceLinks, hostAliases, scheduling } = template;
  return {
    namespace,
    labels,
    ports,
    containers,
    scheduling,
    hostNetwork,
    nodeName,
    hostname,
    subdomain,
    hostnameOverride,
    dnsPolicy,
    dnsConfig,
    os,
    serviceLinks,
    hostAliases,
    replicas,
    ready: true,
  };
}
