import type { Network } from '../model/network';
import type { ServiceShare } from '../model/reach/url-verdict';
import { type Lead, leadsOf } from '../model/service/leads';
import { foreignEndsOf, othersBehind } from './foreign-ends';
import type { Resolved } from './resolve';
import { isServiceAlone, isWanted } from './targets';

/** How much of what a share sends gets to what a promise means. */
export type Aim = 'all' | 'some' | 'none';

/**
 * Where the requests of one share come to: a promise about a Service is about its ports, one about anything else about whoever
 * answers behind the Service (SVC-28), whatever its name.
 */
export function aimOf({ service, port }: Omit<ServiceShare, 'share'>, target: Resolved, network: Network): Aim {
  const isOwn = target.services.includes(service) && (!target.port || isWanted(port, target));
  if (isServiceAlone(target)) return isOwn ? 'all' : 'none';
  const leads = leadsOf(service, network.cluster).filter((lead) => lead.port === port);
  const meant = leads.filter((lead) => isMeant(lead, target));
  if (leads.length === 0) return isOwn ? 'all' : 'none';
  if (meant.length === 0) return 'none';
  const isAllMeant = leads.every((lead) => meant.includes(lead) && target.surely.includes(lead.pod));
  return isAllMeant && !hasOthers(service, target, network) ? 'all' : 'some';
}

/** An app means any of its ports; a number is that of the Service, or of the container that it leads to. */
function isMeant({ port, pod, number }: Lead, target: Resolved): boolean {
  if (!target.pods.includes(pod)) return false;
  if (!target.port) return true;
  const { name } = target.port;
  return isWanted(port, target) || number === name || pod.ports.some((own) => own.name === name && own.port === number);
}

/** SVC-02, SVC-08: addresses that no declared pod has, and whatever others write into the endpoints. */
function hasOthers(service: ServiceShare['service'], target: Resolved, network: Network): boolean {
  const behind = { ...target, services: [service], port: undefined };
  return foreignEndsOf(network, behind).length > 0 || othersBehind(network, behind) !== undefined;
}
