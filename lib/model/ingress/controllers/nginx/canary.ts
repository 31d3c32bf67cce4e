import type { IngressResource } from '../../../manifest/resources';
import type { Doubt } from '../../../values/ternary';
import { backendOf, hasEndpoints } from '../../backend-outcome';
import type { Share } from '../../routing';
import type { Entry } from '../../rules';
import type { Received, RoutingTable } from '../controller';
import { annotation, isCanary } from './annotations';

/** How the requests for one backend are divided between it and a canary. */
export interface Division {
  readonly to: readonly Share[];
  readonly doubts: readonly Doubt[];
}

type Forwarding = Share & { readonly service: unknown };

/** What is left to the backend where a canary shares its requests; `undefined` where none does. */
export function divided(primary: Forwarding & Share, request: Received, table: RoutingTable): Division | undefined {
  const canaries = table.entries.filter((entry) => isCanaryOf(entry, primary, table));
  const names = new Set(canaries.map(({ served: { ingress } }) => `${ingress.namespace}/${ingress.name}`));
  if (names.size === 0) return undefined;
  const [canary] = canaries;
  const share = shareOf(canary.served.ingress, request);
  const others: readonly Doubt[] =
    names.size > 1
      ? [{ rule: 'ING-17', wouldDecide: 'one canary for each backend: ingress-nginx asks only one of several' }]
      : [];
  const doubts = [...others, ...canary.served.doubts, ...(share === undefined ? [UNREAD] : [])];
  const part = share ?? 0.5;
  const taken = taking(canary, table);
  const to: readonly Share[] = [
    ...(part < 1 ? [{ ...primary, share: 1 - part }] : []),
    ...(part > 0 && taken ? [{ ...taken, share: part }] : []),
  ];
  return taken ? { to, doubts } : undefined;
}

const UNREAD: Doubt = {
  rule: 'ING-17',
  wouldDecide: 'a canary by weight, or by a header or a cookie with a plain value',
};

/** One with endpoints: without them nginx leaves the requests where they were. */
function taking(entry: Entry, table: RoutingTable): Share | undefined {
  const found = backendOf(entry, table);
  if (!found || 'missing' in found || !hasEndpoints(found.service, found.port, table)) return undefined;
  return { ...found, share: 1 };
}

/** A canary is joined to the backend of the rule for its host and path, wherever else that backend stands. */
function isCanaryOf(entry: Entry, primary: Share, table: RoutingTable): boolean {
  if (!isCanary(entry.served.ingress) || !('service' in primary)) return false;
  return table.entries.some((other) => {
    if (isCanary(other.served.ingress) || other.type !== entry.type) return false;
    const isPlace =
      other.host === entry.host &&
      (other.path ?? '/') === (entry.path ?? '/') &&
      (other.pathType === 'Exact') === (entry.pathType === 'Exact');
    const found = isPlace ? backendOf(other, table) : undefined;
    return (
      found !== undefined && !('missing' in found) && found.service === primary.service && found.port === primary.port
    );
  });
}

/** By header first, then by cookie, then by weight; `undefined` where the annotations can't be read. */
function shareOf(ingress: IngressResource, { headers }: Received): number | undefined {
  const sent = headers.get((annotation(ingress, 'canary-by-header') ?? '').toLowerCase());
  const value = annotation(ingress, 'canary-by-header-value');
  if (sent !== undefined) {
    if (value !== undefined && sent === value) return 1;
    if (value === undefined && annotation(ingress, 'canary-by-header-pattern') !== undefined) return undefined;
    if (value === undefined && sent === 'always') return 1;
    if (value === undefined && sent === 'never') return 0;
  }
  const cookie = annotation(ingress, 'canary-by-cookie');
  const kept = cookie === undefined ? undefined : cookieOf(headers.get('cookie') ?? '', cookie);
  if (kept === 'always') return 1;
  if (kept === 'never') return 0;
  const weight = Number(annotation(ingress, 'canary-weight') ?? 0);
  const total = Number(annotation(ingress, 'canary-weight-total') ?? 100);
  return weight >= 0 && total > 0 ? Math.min(1, weight / total) : undefined;
}

function cookieOf(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
