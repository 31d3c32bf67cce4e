import type { PodGroup } from '../model/cluster/workload';
import type { Resource, ServicePort, ServiceResource } from '../model/manifest/resources';
import { podLabel } from '../model/reach/policy-hops';
import { podsSelectedBy, selects } from '../model/service/selection';
import { byCodeUnit } from '../model/values/by-code-unit';
import { LabelSelector } from '../model/values/label-selector';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import {
  fieldChange,
  isLabels,
  isYaml,
  keyAndValue,
  labelCode,
  labelsCode,
  ownLabels,
  propCode,
  variableOf,
} from './fix-code';
import { meantBy } from './fix-target';
import { freeId, inChartOf } from './free-id';
import { newService } from './new-resources';
import { editService, serviceCalled } from './service-edits';
import { wordsOf } from './words/words-of';

/** SVC-03: the label that the pods carry, the labels of those that were meant, or the namespace that they are in. */
export function selectPods(
  broken: Broken,
  cause: Cause & { code: 'PTL202' },
  context: FixContext,
): readonly Candidate[] {
  const service = serviceCalled(cause.service, context.resources);
  if (!service) return [];
  return [
    ...selectNearest(service, cause, context),
    ...selectThe(meantBy(broken, context)?.pods ?? [], service, context),
    ...moveService(service, cause.elsewhere ?? [], context),
  ];
}

function selectNearest(
  service: ServiceResource,
  { didYouMean }: Pick<Cause & { code: 'PTL202' }, 'didYouMean'>,
  { resources }: FixContext,
): readonly Candidate[] {
  if (didYouMean === undefined) return [];
  const [key, value] = keyAndValue(didYouMean);
  const isOther = ([k, v]: readonly [string, string]) => k !== key && v !== value;
  const others = [...(service.selector ?? [])].filter(isOther);
  const missed = [...(service.selector ?? [])].filter((label) => !isOther(label)).map((label) => label.join('='));
  const [remove, add] = [missed[0], didYouMean].map((label) => labelCode(label, isYaml(service.origin)));
  return [
    {
      fix: { summary: 'select the pods that there are', remove, add },
      ...selecting(new Map([...others, [key, value]]), service, resources),
    },
  ];
}

/** By the labels of the workload that was meant, where it is one and in the Service's own namespace. */
export function selectThe(
  pods: readonly PodGroup[],
  service: ServiceResource,
  { resources }: FixContext,
): readonly Candidate[] {
  const own = labelsOf(pods);
  if (!own || pods[0].namespace.name !== service.namespace) return [];
  const words = wordsOf(service.origin);
  // A program may have had the labels from a construct.
  const isToldByLabels = service.origin.library === undefined && service.selector !== undefined;
  const remove = isToldByLabels ? words.selector(LabelSelector.fromLabels(service.selector!)) : undefined;
  return [
    {
      fix: {
        summary: 'select the pods that are meant',
        remove,
        add: words.selector(own.selector, variableOf(pods[0])),
      },
      ...selecting(own.labels, service, resources),
    },
  ];
}

/** The Service with another selector: in whatever words, the same labels are one choice. */
function selecting(selector: ReadonlyMap<string, string>, service: ServiceResource, resources: readonly Resource[]) {
  const choice = JSON.stringify([...selector].sort(([a], [b]) => byCodeUnit(a, b)));
  return { resources: editService(service, resources, { selector }), choice };
}

/** What tells the pods of the one workload from others, as Services select: by equality alone. */
function labelsOf(pods: readonly PodGroup[]) {
  const [first] = pods;
  const selector = first && ownLabels(first);
  if (!selector || !isLabels(selector) || pods.some(({ workload }) => workload !== first.workload)) return undefined;
  return { selector, labels: new Map(selector.requirements.map(({ key, values }) => [key, values[0]])) };
}

function moveService(
  service: ServiceResource,
  elsewhere: readonly string[],
  { resources }: FixContext,
): readonly Candidate[] {
  const namespaces = [...new Set(elsewhere.map((label) => label.split('/')[0]))];
  return namespaces.map((namespace) => ({
    fix: inNamespaceOf(service, namespace, 'put the Service into the namespace of the pods'),
    resources: editService(service, resources, { namespace }),
  }));
}

/** An object in another namespace, which for a construct is that of its chart. */
export function inNamespaceOf(object: Pick<Resource, 'namespace' | 'origin'>, namespace: string, summary: string) {
  const words = wordsOf(object.origin);
  const add = words.namespace(namespace);
  if (add === undefined) return { summary: `${summary}: create it in the chart of namespace ${namespace}` };
  return { summary, remove: words.inYaml ? words.namespace(object.namespace) : undefined, add };
}

/** DNS-15: the name that clients are told; else a Service for pods that have none. */
export function nameThePods(
  broken: Broken,
  cause: Cause & { code: 'PTL203' },
  context: FixContext,
): readonly Candidate[] {
  const { told, other } = cause;
  const [namespace, name] = told?.split('/') ?? [];
  const service = serviceCalled(`${namespace}/${other}`, context.resources);
  if (service) {
    const words = wordsOf(service.origin);
    const remove = service.origin.library === undefined ? words.name(service.name) : undefined;
    const fix = { summary: 'give the Service the name that clients are told', remove, add: words.name(name) };
    return [{ fix, resources: editService(service, context.resources, { name }) }];
  }
  const pods = meantBy(broken, context)?.pods ?? [];
  if (cause.services.length > 0 || pods.length === 0) return [];
  return [...bringService(pods[0], context), ...makeService(pods, 'ClusterIP', name, context)];
}

/** One that would select the pods where they are, and selects nobody where it is. */
function bringService(pod: PodGroup, context: FixContext): readonly Candidate[] {
  const { cluster } = context.network;
  const namespace = pod.namespace.name;
  const idle = cluster.services.filter(
    (service) =>
      service.namespace !== namespace &&
      podsSelectedBy(service, cluster).length === 0 &&
      selects({ ...service, namespace }, pod) === 'yes',
  );
  return idle.flatMap((service) => moveService(service, [podLabel(pod)], context));
}

/** A Service by the name of the workload, with the ports that its pods declare. */
export function makeService(
  pods: readonly PodGroup[],
  serviceType: 'ClusterIP' | 'LoadBalancer',
  called: string | undefined,
  { resources, network }: FixContext,
): readonly Candidate[] {
  const own = labelsOf(pods);
  if (!own) return [];
  const [{ namespace, workload }] = pods;
  const inYaml = isYaml(workload.origin);
  const name = called ?? (inYaml ? undefined : variableOf(pods[0])) ?? workload.name;
  const ports = servicePortsOf(pods);
  const isTaken = network.cluster.servicesIn(namespace.name).some((service) => service.name === name);
  if (ports.length === 0 || isTaken) return [];
  const id = freeId(name, { namespace: namespace.name }, resources, `${name}-service`);
  const service = newService({ name, namespace: namespace.name, serviceType, selector: own.labels, ports });
  const add = inYaml ? yamlOf(service, own.selector) : programOf(service, id, pods[0], own.selector);
  return [{ fix: { summary: 'give it a Service', add }, resources: [...resources, service] }];
}

function servicePortsOf(pods: readonly PodGroup[]): readonly ServicePort[] {
  const ports = pods.flatMap((pod) => pod.ports);
  const first = ports.filter((port, i) => ports.findIndex((p) => isSame(p, port)) === i);
  return first.map(({ name, port, protocol }) => ({
    name: name ?? `${protocol.toLowerCase()}-${port}`,
    port,
    protocol,
    targetPort: port,
  }));
}

function isSame(a: Pick<ServicePort, 'port' | 'protocol'>, b: Pick<ServicePort, 'port' | 'protocol'>): boolean {
  return a.port === b.port && a.protocol === b.protocol;
}

function yamlOf({ name, namespace, serviceType, ports }: ServiceResource, selector: LabelSelector): string {
  const port = ({ name: called, port: number, protocol }: ServicePort) =>
    `{ name: ${called}, port: ${number}${protocol === 'TCP' ? '' : `, protocol: ${protocol}`} }`;
  return [
    '---',
    'apiVersion: v1',
    'kind: Service',
    `metadata: { name: ${name}, namespace: ${namespace} }`,
    'spec:',
    ...(serviceType === 'ClusterIP' ? [] : [`  type: ${serviceType}`]),
    `  selector: ${labelsCode(selector)}`,
    '  ports:',
    ...ports.map((each) => `    - ${port(each)}`),
  ].join('\n');
}

function programOf(
  { name, namespace, serviceType, ports }: ServiceResource,
  id: string,
  pod: PodGroup,
  own: LabelSelector,
): string {
  const selector = variableOf(pod) ?? labelsCode(own, false);
  const port = ({ name: called, port: number, protocol }: ServicePort) =>
    `${propCode(called!)}: ${protocol === 'TCP' ? number : `Port.${protocol.toLowerCase()}(${number})`}`;
  const type = serviceType === 'ClusterIP' ? '' : `type: '${serviceType}', `;
  const called = id === name ? '' : `name: '${name}', `;
  const props = `${called}${type}selector: ${selector}, ports: { ${ports.map(port).join(', ')} }`;
  return inChartOf(namespace, `new Service(this, '${id}', { ${props} });`);
}

/** SVC-05: pods of a workload that is scaled to zero. */
export function scaleUp(service: ServiceResource | undefined, context: FixContext): readonly Candidate[] {
  const { cluster } = context.network;
  const asleep = service ? podsSelectedBy(service, cluster).filter(({ replicas }) => replicas === 0) : [];
  return [...new Set(asleep.map(({ workload }) => workload))].map((workload) => ({
    fix: {
      summary: `run ${workload.namespace}/${workload.name}`,
      ...fieldChange('replicas', [0, 1], isYaml(workload.origin)),
    },
    resources: context.resources.map((r) =>
      r === workload.resource && r.type === 'workload' ? { ...r, replicas: 1 } : r,
    ),
  }));
}
