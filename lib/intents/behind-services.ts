import { podLabel } from '../model/reach/policy-hops';
import type { Hop, PairVerdict } from '../model/reach/verdict';
import { targetPortMissing } from './diagnose-service';
import type { Diagnosis } from './diagnosis';
import type { Resolved } from './resolve';
import { containerPorts } from './targets';

type ServiceHop = Hop & { hop: 'service' };

interface Way {
  readonly pair: PairVerdict;
  readonly service: ServiceHop;
}

/**
 * SVC-28: any one of a Service's backends answers, so that a name keeps its promise only where all of them are the promised
 * pods, and each of those is among them. Empty where that is so, and where the promise is about the Service itself.
 */
export function amissBehindServices(pairs: readonly PairVerdict[], target: Resolved): readonly Diagnosis[] {
  if (target.pods.length === 0) return [];
  const promised = new Set(target.pods);
  const ways = pairs.flatMap((pair): readonly Way[] => {
    const service = pair.hops.find((hop): hop is ServiceHop => hop.hop === 'service');
    // A way that ends before a backend is chosen tells of none.
    return service && pair.outcome !== 'denied' ? [{ pair, service }] : [];
  });
  const found = ways.flatMap(({ pair, service }): readonly Diagnosis[] => {
    if (!pair.target || !promised.has(pair.target)) return [answeredByAnother(pair, service)];
    if (!service.lacking.some((pod) => promised.has(pod))) return [];
    return [{ cause: targetPortMissing(service, nameOf(service)), blame: service.service?.origin }];
  });
  const left = ways.length > 0 ? nameless(ways, target) : undefined;
  return [...found, ...(left ? [left] : [])];
}

function answeredByAnother(pair: PairVerdict, hop: ServiceHop): Diagnosis {
  const wouldDecide = `which backend answers: Service ${nameOf(hop)} also sends to ${pair.to}`;
  return { cause: { code: 'PTL904', doubts: [{ rule: 'SVC-28', wouldDecide }] }, blame: hop.service?.origin };
}

/** A pod that serves, and that no Service of the way has. */
function nameless(ways: readonly Way[], target: Resolved): Diagnosis | undefined {
  const reached = new Set(ways.flatMap(({ pair, service }) => [...service.selected, pair.target]));
  const left = target.pods.find((pod) => containerPorts(pod, target).length > 0 && !reached.has(pod));
  if (!left) return undefined;
  const wouldDecide = `a Service for ${podLabel(left)} too: ${nameOf(ways[0].service)} sends only to the others`;
  return { cause: { code: 'PTL904', doubts: [{ rule: 'SVC-28', wouldDecide }] }, blame: left.workload.origin };
}

function nameOf({ service }: ServiceHop): string {
  return `${service?.namespace}/${service?.name}`;
}
