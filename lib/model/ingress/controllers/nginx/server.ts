import type { IngressResource } from '../../../manifest/resources';
import { byCodeUnit } from '../../../values/by-code-unit';
import type { Doubt } from '../../../values/ternary';
import { coversOneLabel } from '../../hosts';
import type { Entry } from '../../rules';
import type { RoutingTable } from '../controller';
import { annotation, isCanary } from './annotations';

/** What one `server` of nginx has: the rules of one host, by whichever Ingresses (ING-17). */
export interface Server {
  /** `undefined`: the one for all other hosts. */
  readonly host?: string;
  /** Those of the Ingresses that are no canaries. */
  readonly entries: readonly Entry[];
  /** Of these entries, the oldest first where all tell their age. */
  readonly ingresses: readonly IngressResource[];
  readonly isOrdered: boolean;
  /** Why it may not be the one that takes the request. */
  readonly doubts: readonly Doubt[];
}

/** The server that takes the requests for a host: nginx looks no further, whichever paths it has. */
export function serverFor(host: string, { entries }: RoutingTable): Server {
  const own = entries.filter(({ served }) => !isCanary(served.ingress));
  const hosts = [...new Set(own.flatMap((entry) => entry.host ?? []))];
  if (hosts.includes(host)) return serverOf(own, host);
  const aliased = own.filter((entry) => entry.host !== undefined && aliasesOf(entry).includes(host));
  if (aliased.length > 0) return serverOf(own, aliased[0].host, severalAliases(aliased, host));
  const wildcard = hosts.find((each) => each.startsWith('*.') && coversOneLabel(each, host));
  return serverOf(own, wildcard, patterns(own, host));
}

function serverOf(own: readonly Entry[], host: string | undefined, doubts: readonly Doubt[] = []): Server {
  const entries = own.filter((entry) =>
    entry.type === 'default' ? isDefaultOf(entry, host, own) : entry.host === host,
  );
  const ingresses = [...new Set(entries.map(({ served }) => served.ingress))];
  const isOrdered = ingresses.every(({ createdAt }) => createdAt !== undefined);
  return { host, entries, ingresses: isOrdered ? ingresses.sort(byAge) : ingresses, isOrdered, doubts };
}

/** ING-10: the default backend of an Ingress takes what its own hosts leave, and all other hosts if it has no rules. */
function isDefaultOf({ served }: Entry, host: string | undefined, own: readonly Entry[]): boolean {
  if (host === undefined) return served.ingress.rules.length === 0;
  return own.some((entry) => entry.served === served && entry.type !== 'default' && entry.host === host);
}

/** ING-17: the older Ingress goes first; of the same second the greater name, as ingress-nginx sorts them. */
function byAge(a: IngressResource, b: IngressResource): number {
  const age = (a.createdAt ?? 0) - (b.createdAt ?? 0);
  return age !== 0 ? age : byCodeUnit(`${b.namespace}/${b.name}`, `${a.namespace}/${a.name}`);
}

function aliasesOf({ served }: Entry): readonly string[] {
  const aliases = annotation(served.ingress, 'server-alias') ?? '';
  return aliases.split(',').map((alias) => alias.trim().toLowerCase());
}

function severalAliases(aliased: readonly Entry[], host: string): readonly Doubt[] {
  if (new Set(aliased.map((entry) => entry.host)).size === 1) return [];
  return [{ rule: 'ING-17', wouldDecide: `one host with the server-alias ${host}` }];
}

/** An alias may also be a pattern, of which nginx knows more kinds than Ingresses. */
function patterns(own: readonly Entry[], host: string): readonly Doubt[] {
  const pattern = own
    .filter((entry) => entry.host !== undefined)
    .flatMap(aliasesOf)
    .find((alias) => alias.startsWith('~') || (alias.startsWith('*.') && host.endsWith(alias.slice(1))));
  return pattern === undefined
    ? []
    : [{ rule: 'ING-17', wouldDecide: `the hosts that the server-alias ${pattern} stands for` }];
}
