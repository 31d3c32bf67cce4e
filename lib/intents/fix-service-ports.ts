import type { PodGroup } from '../model/cluster/workload';
import type { ContainerPort, ServicePort, ServiceResource } from '../model/manifest/resources';
import { targetPortOn } from '../model/service/selection';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { fieldChange, isYaml } from './fix-code';
import { meantBy } from './fix-target';
import { rewordPromise } from './fix-words';
import type { Resolved } from './resolve';
import { editPort, editService, serviceCalled } from './service-edits';
import { wordsOf } from './words/words-of';

/** SVC-10: the port that the Service lacks, by what its pods have; else that of its ports which was meant. */
export function serveThePort(
  broken: Broken,
  cause: Cause & { code: 'PTL201' },
  context: FixContext,
): readonly Candidate[] {
  const service = serviceCalled(cause.service, context.resources);
  const target = meantBy(broken, context);
  if (!service || !target?.port) return [];
  const { intent } = broken;
  const told = intent.verb === 'toReach' ? intent.told : undefined;
  if (told) return renumbered(service, told.port, target, context);
  return [...added(service, target, context), ...nameAnotherPort(broken, service, target)];
}

/** Clients dial the number that they were told. */
function renumbered(service: ServiceResource, number: number, { port }: Resolved, { resources }: FixContext) {
  const protocol = port?.protocol ?? 'TCP';
  const inYaml = isYaml(service.origin);
  return service.ports
    .filter((each) => each.protocol === protocol)
    .map((each): Candidate => {
      const summary = `serve the port that clients are told in Service ${service.namespace}/${service.name}`;
      const fix = { summary, ...fieldChange('port', [each.port, number], inYaml) };
      return { fix, resources: editPort(service, each, resources, { port: number }) };
    });
}

function added(service: ServiceResource, target: Resolved, { resources }: FixContext): readonly Candidate[] {
  const found = containerPortOf(target);
  // SVC-09: a Service with several ports has to name each.
  if (!found || service.ports.some(({ name }) => name === undefined)) return [];
  const { port, protocol, name = `${protocol.toLowerCase()}-${port}` } = found;
  const isTaken = service.ports.some(
    (each) => each.name === name || (each.port === port && each.protocol === protocol),
  );
  if (isTaken) return [];
  const targetPort = found.name ?? port;
  const offer = { name, port, protocol, target: { port: targetPort, number: port } };
  const add = wordsOf(service.origin).servicePort(offer);
  if (add === undefined) return [];
  const own: ServicePort = { name, port, protocol, targetPort };
  return [
    {
      fix: {
        summary: `add the port to the \`ports\` of Service ${service.namespace}/${service.name}`,
        add,
      },
      resources: editService(service, resources, { ports: [...service.ports, own] }),
    },
  ];
}

/** The port that the pods declare as the promise has it. */
function containerPortOf({ pods, port: wanted }: Resolved): ContainerPort | undefined {
  const ports = pods.flatMap((pod) => pod.ports);
  return ports.find(
    ({ name, port, protocol }) =>
      (name === wanted?.name || port === wanted?.name) && protocol === (wanted?.protocol ?? protocol),
  );
}

/** Of the ports that there are, one that leads where the promise wants to get. */
function nameAnotherPort(broken: Broken, service: ServiceResource, target: Resolved): readonly Candidate[] {
  const { intent } = broken;
  // The constructs of programs have the ports that their types tell.
  if (intent.verb !== 'toReach' || !isYaml(intent.origin)) return [];
  const wanted = containerPortOf(target);
  const port = service.ports.find((each) =>
    target.pods.some((pod) => wanted && targetPortOn(pod, each) === wanted.port),
  );
  if (!port) return [];
  const targets = intent.targets.map((ref) =>
    ref.kind === 'port' && ref.port === target.port?.name ? { ...ref, port: port.name ?? port.port } : ref,
  );
  return rewordPromise(broken, 'promise a port that the Service has', { ...intent, targets });
}

/** SVC-07: the name that the pods give to the port. */
export function changeTargetPort(
  { service: name, targetPort: from, didYouMean: to }: Cause & { code: 'PTL204' },
  { resources, network }: FixContext,
): readonly Candidate[] {
  const service = serviceCalled(name, resources);
  const port = service?.ports.find((each) => String(each.targetPort) === from);
  if (!service || !port || to === undefined) return [];
  const targetPort = /^\d+$/.test(to) ? Number(to) : to;
  const words = wordsOf(service.origin);
  const number = numberBehind(network.cluster.podsIn(service.namespace), { ...port, targetPort });
  const add = words.targetPort({ port: targetPort, number });
  if (add === undefined) return [];
  const change = { remove: words.targetPort({ port: port.targetPort }), add };
  const ports = service.ports.map((each) => (String(each.targetPort) === from ? { ...each, targetPort } : each));
  return [
    {
      fix: { summary: 'name a port that the pods have', ...change },
      resources: editService(service, resources, { ports }),
    },
  ];
}

/** SVC-21: the number that the pods themselves listen on, or an address whose packets somebody translates. */
export function dialTheContainer(
  { service: name, port: dialled }: Cause & { code: 'PTL206' },
  { resources, network }: FixContext,
): readonly Candidate[] {
  const service = serviceCalled(name, resources);
  const port = service?.ports.find((each) => each.port === dialled || each.name === dialled);
  if (!service || !port) return [];
  const inYaml = isYaml(service.origin);
  const pods = network.cluster.podsIn(service.namespace);
  const number = numberBehind(pods, port);
  const renumber: readonly Candidate[] =
    number === undefined || number === port.port
      ? []
      : [
          {
            fix: {
              summary: 'give the Service the number that its pods listen on',
              ...fieldChange('port', [port.port, number], inYaml),
            },
            resources: editPort(service, port, resources, { port: number }),
          },
        ];
  return [
    ...renumber,
    {
      fix: {
        summary: 'give the Service an address of its own; as none is ever changed, it has to be made anew',
        remove: wordsOf(service.origin).headless,
      },
      resources: editService(service, resources, { headless: false }),
    },
  ];
}

function numberBehind(pods: readonly PodGroup[], port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return pods.map((pod) => targetPortOn(pod, port)).find((number) => number !== undefined);
}
