import type { PodGroup } from '../model/cluster/workload';
import type { NetworkPolicyResource, Resource, ServicePort, ServiceResource } from '../model/manifest/resources';
import { servicesOf } from '../model/service/selection';
import { LabelSelector } from '../model/values/label-selector';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import { targetPortMissing } from './diagnose-service';
import type { Cause } from './finding';
import { isApp, isWritten, isYaml, NAME_LABEL } from './fix-code';
import { serviceFieldChange } from './fix-field';
import { makeService, scaleUp, selectThe } from './fix-service-pods';
import { changeTargetPort } from './fix-service-ports';
import { meantBy } from './fix-target';
import { newService } from './new-resources';
import { editService, serviceCalled } from './service-edits';
import { wordsOf } from './words/words-of';

/** SVC-19, NP-39: the Service that leads in and to nobody, else a way in that there is not. */
export function leadIn(broken: Broken, cause: Cause & { code: 'PTL121' }, context: FixContext): readonly Candidate[] {
  const pods = meantBy(broken, context)?.pods ?? [];
  const idle = cause.idle === undefined ? undefined : serviceCalled(cause.idle, context.resources);
  if (idle) {
    return [...selectThe(pods, idle, context), ...scaleUp(idle, context), ...nameItsPort(pods, idle, context)];
  }
  const [pod] = pods;
  if (!pod) return [];
  if (isApp(pod) && !isYaml(pod.workload.origin)) return exposeApp(pod, context);
  const services = servicesOf(pod, context.network.cluster);
  const opened = services.filter(({ serviceType, headless }) => serviceType === 'ClusterIP' && !headless);
  return [
    ...opened.map((service) => changeType(service, 'LoadBalancer', context)),
    ...(services.length === 0 ? makeService(pods, 'LoadBalancer', undefined, context) : []),
  ];
}

function nameItsPort(pods: readonly PodGroup[], service: ServiceResource, context: FixContext): readonly Candidate[] {
  return service.ports.flatMap((port) => {
    const stop = {
      hop: 'service',
      decision: 'stops',
      service,
      port: port.port,
      selected: pods,
      lacking: pods,
    } as const;
    const cause = targetPortMissing(stop, `${service.namespace}/${service.name}`);
    return cause.code === 'PTL204' ? changeTargetPort(cause, context) : [];
  });
}

/** What `expose` does: a Service that leads in, and a rule for everybody in the app's own policy. */
function exposeApp(pod: PodGroup, { resources, network }: FixContext): readonly Candidate[] {
  const { name, namespace, origin } = pod.workload;
  const own = network.cluster.servicesIn(namespace).find((service) => service.name === name);
  if (!own || own.ports.length === 0) return [];
  const external = newService({
    name: `${name}-external`,
    namespace,
    serviceType: 'LoadBalancer',
    selector: new Map([[NAME_LABEL, name]]),
    ports: own.ports.map(({ nodePort: _, ...port }): ServicePort => port),
    origin,
  });
  const opened = resources.map((r) => (isOwnPolicy(r, pod) ? withEverybody(r, pod, own) : r));
  const fix = { summary: 'offer the app outside the cluster', add: "expose: { type: 'LoadBalancer' }" };
  return [{ fix, resources: [...opened, external] }];
}

function isOwnPolicy(resource: Resource, { workload }: PodGroup): resource is NetworkPolicyResource {
  if (resource.type !== 'networkPolicy' || resource.namespace !== workload.namespace) return false;
  const own = LabelSelector.fromLabels(new Map([[NAME_LABEL, workload.name]]));
  return resource.name === workload.name && resource.podSelector.toString() === own.toString();
}

/** NP-39: behind a load balancer policies see a node, so that no narrower peer would do. */
function withEverybody(
  policy: NetworkPolicyResource,
  pod: PodGroup,
  { ports }: ServiceResource,
): NetworkPolicyResource {
  const numbers = ports.flatMap(({ targetPort, protocol }) => {
    const isIt = (p: PodGroup['ports'][number]) =>
      p.protocol === protocol && (p.port === targetPort || p.name === targetPort);
    const port = pod.ports.find(isIt)?.port;
    return port === undefined ? [] : [{ type: 'range' as const, protocol, first: port, last: port }];
  });
  const rule = { peers: [], ports: numbers, field: ['spec', 'ingress', policy.ingress.length] };
  return { ...policy, ingress: [...policy.ingress, rule] };
}

/** SVC-19, SVC-20: another type of Service, which opens more ways. */
export function changeType(
  service: ServiceResource,
  serviceType: 'NodePort' | 'LoadBalancer',
  { resources }: FixContext,
): Candidate {
  const words = wordsOf(service.origin);
  const name = `Service ${service.namespace}/${service.name}`;
  const summary =
    serviceType === 'NodePort' ? `open a port of the nodes for ${name}` : `offer ${name} outside the cluster`;
  // Where the type is the usual one its manifest need not say so.
  const remove = isWritten(service, ['spec', 'type']) ? words.serviceType('ClusterIP') : undefined;
  const fix = { summary, remove, add: words.serviceType(serviceType) };
  return { fix, resources: editService(service, resources, { serviceType }) };
}

/** SVC-13, SVC-14: what keeps clients to their own node is the policy, not the lack of endpoints. */
export function useAllEndpoints(
  { service: name }: Cause & { code: 'PTL207' },
  { resources }: FixContext,
): readonly Candidate[] {
  const service = serviceCalled(name, resources);
  const policies = ['internalTrafficPolicy', 'externalTrafficPolicy'] as const;
  return policies.flatMap((policy): readonly Candidate[] => {
    if (service?.[policy] !== 'Local') return [];
    const change = serviceFieldChange(service, policy, ['Local', 'Cluster']);
    const fix = { summary: 'send clients to the endpoints of every node', ...change };
    return [{ fix, resources: editService(service, resources, { [policy]: 'Cluster' }) }];
  });
}
