import { backendsMeant, type MeantBackend, portOfBackend } from './backends-meant';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { inNamespaceOf } from './fix-service-pods';
import { editBackend, editIngress, type PlacedPath, pathOf } from './ingress-edits';
import { wordsOf } from './words/words-of';

/** ING-14: the Service that is meant, by its name or in its namespace; or the port that it has. */
export function nameTheBackend(
  broken: Broken,
  { lint }: Cause & { code: 'PTL402' | 'PTL403' },
  context: FixContext,
): readonly Candidate[] {
  const placed = pathOf(broken.route?.taken?.routed.rule, context.resources);
  if (!placed?.backend) return [];
  const { ingress } = placed;
  const summary = lint.code === 'PTL402' ? 'name the Service that is meant' : 'name a port of the Service';
  const meant = backendsMeant(broken, ingress.namespace, context);
  const own = lint.code === 'PTL403' ? meant.filter(({ service }) => service.name === lint.service) : meant;
  const homes = lint.code === 'PTL402' ? [...new Set(lint.namesakes.map(({ namespace }) => namespace))] : [];
  return [
    ...own.flatMap((backend) => sendTo(placed, backend, summary, context)),
    ...homes.map((namespace) => ({
      fix: inNamespaceOf(ingress, namespace, 'put the Ingress into the namespace of the Service'),
      resources: editIngress(ingress, context.resources, { namespace }),
    })),
  ];
}

/** Another backend for the very requests. */
export function sendTo(
  placed: PlacedPath,
  meant: MeantBackend,
  summary: string,
  { resources, network }: FixContext,
): readonly Candidate[] {
  const { backend, ingress } = placed;
  if (!backend) return [];
  const words = wordsOf(ingress.origin);
  const { name } = meant.service;
  const isPort = ({ name: own, port }: MeantBackend['port']) => own === backend.port || port === backend.port;
  // What the Service has by the old name too need not be written anew.
  const port = isPort(meant.port) ? backend.port : portOfBackend(meant);
  if (name === backend.name && port === backend.port) return [];
  const next = { ...backend, name, port };
  const before = network.cluster.servicesIn(ingress.namespace).find((each) => each.name === backend.name);
  const remove = words.backend({ ...backend, service: before });
  const add = words.backend({ ...next, service: meant.service });
  if (add === undefined) return [];
  return [{ fix: { summary, remove, add }, resources: editBackend(placed, next, resources), choice: summary }];
}
