import { COMPONENTS } from '../../model/cluster/component-ports';
import { bitsOf, formatCidr, parseCidr } from '../../model/values/cidr';
import { parseIp } from '../../model/values/ip';
import { nearest } from '../../model/values/nearest';
import { PROTOCOLS, type Protocol } from '../../model/values/traffic-set';
import type { EndpointRef } from '../endpoint';

export type ParsedText =
  | { readonly ok: true; readonly ref: EndpointRef }
  | { readonly ok: false; readonly problem: string; readonly expected: string; readonly didYouMean?: string };

/** What a text can stand for, in the notation of the command. */
export const FORMS =
  'ns/name, ns/name[Kind], service/ns/name, node/NAME, an address, a CIDR or internet, each with :port if need be; or what listens on nodes, such as controlPlane.etcd';

/** What has pods, or is a Service. */
export const KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
  'Service',
] as const;

/**
 * Reads an endpoint of a promise as the command writes it, e.g. `shop/api:http`, `service/shop/api`, `10.20.0.0/16:443/TCP`.
 * An IPv6 address stands in brackets before a port: `[2001:db8::1]:443`.
 */
export function parseEndpointText(text: string): ParsedText {
  if (isUrlText(text)) {
    const problem = `\`${text}\` is a URL, and no end of a flow`;
    return { ok: false, problem, expected: FORMS };
  }
  const { head, port } = partsOf(text);
  const whole = wholeOf(head, text);
  if (!whole.ok || port === undefined) return whole;
  const parsed = parsePort(port);
  return 'problem' in parsed ? { ok: false, ...parsed } : { ok: true, ref: { kind: 'port', of: whole.ref, ...parsed } };
}

/** The text of an endpoint; `undefined` for what only a map of fields can say. */
export function endpointText(ref: EndpointRef): string | undefined {
  const text = ref.kind === 'port' ? portText(ref) : wholeText(ref);
  const back = text === undefined ? undefined : parseEndpointText(text);
  // A name may read as something else, such as that of an object in a namespace called `node`.
  return back?.ok && JSON.stringify(sorted(back.ref)) === JSON.stringify(sorted(ref)) ? text : undefined;
}

/** `http`, `8080` or `53/UDP`, of a Service or of a container. */
export function parsePort(
  text: string,
): { readonly port: string | number; readonly protocol?: Protocol } | Omit<ParsedText & { ok: false }, 'ok'> {
  const [, written, suffix] = /^([^/]*)(?:\/(.*))?$/.exec(text)!;
  const protocol = PROTOCOLS.find((known) => known === suffix);
  if (suffix !== undefined && protocol === undefined) {
    const didYouMean = nearest(suffix, PROTOCOLS);
    return { problem: `\`${suffix}\` is no protocol`, expected: PROTOCOLS.join(', '), didYouMean };
  }
  const port = /^\d+$/.test(written) ? Number(written) : written;
  const problem = problemOfPort(port);
  if (problem !== undefined) return { problem, expected: PORT_FORMS };
  return { port, ...(protocol && { protocol }) };
}

export const PORT_FORMS = 'a number from 1 to 65535, or the name of a port';

/** SVC-09: Services may call their ports by longer names than containers do. */
export function problemOfPort(port: string | number): string | undefined {
  const isSound =
    typeof port === 'number'
      ? Number.isInteger(port) && port >= 1 && port <= 65535
      : port.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(port) && !/^\d+$/.test(port);
  return isSound ? undefined : `\`${port}\` is neither the number nor the name of a port`;
}

function partsOf(text: string): { readonly head: string; readonly port?: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return { head: bracketed[1], port: bracketed[2] };
  const [head, port, ...rest] = text.split(':');
  return port === undefined || rest.length > 0 ? { head: text } : { head, port };
}

function wholeOf(head: string, text: string): ParsedText {
  if (head === 'internet') return { ok: true, ref: { kind: 'internet' } };
  const component = COMPONENTS.find((name) => name === head);
  if (component) return { ok: true, ref: { kind: 'component', name: component } };
  if (head.includes(':') || /^[\d.]+(\/\d+)?$/.test(head)) return addressesOf(head);
  const node = /^node\/([^/[\]\s]+)$/.exec(head);
  if (node) return { ok: true, ref: { kind: 'node', name: node[1] } };
  const service = /^service\/([^/[\]\s]+)\/([^/[\]\s]+)$/.exec(head);
  if (service) return { ok: true, ref: { kind: 'object', object: 'Service', namespace: service[1], name: service[2] } };
  const named = /^([^/[\]\s]+)\/([^/[\]\s]+)(?:\[(\w*)\])?$/.exec(head);
  if (named) return objectOf(named[1], named[2], named[3]);
  const isBare = /^[^/[\]\s]+$/.test(head);
  const problem = `\`${text}\` is no endpoint${isBare ? ': a name stands behind its namespace' : ''}`;
  return { ok: false, problem, expected: FORMS, didYouMean: nearest(head, ['internet', ...COMPONENTS]) };
}

function objectOf(namespace: string, name: string, kind: string | undefined): ParsedText {
  if (kind === undefined) return { ok: true, ref: { kind: 'object', namespace, name } };
  const object = KINDS.find((known) => known === kind);
  if (object) return { ok: true, ref: { kind: 'object', object, namespace, name } };
  const meant = nearest(kind, KINDS);
  const didYouMean = meant && `${namespace}/${name}[${meant}]`;
  return { ok: false, problem: `\`${kind}\` is no kind that has pods`, expected: KINDS.join(', '), didYouMean };
}

function addressesOf(head: string): ParsedText {
  const address = parseIp(head);
  if (address.ok) {
    const { family, value } = address.address;
    const cidr = formatCidr({ family, base: value, prefix: bitsOf(family) });
    return { ok: true, ref: { kind: 'addresses', cidrs: [cidr] } };
  }
  const parsed = head.includes('/') ? parseCidr(head) : address;
  if (!parsed.ok) return { ok: false, problem: `\`${head}\` is no address: ${parsed.problem}`, expected: FORMS };
  const problem = problemOfCidr(head);
  return problem ? { ok: false, ...problem } : { ok: true, ref: { kind: 'addresses', cidrs: [head] } };
}

/** What the API server would say of it (NP-16). */
export function problemOfCidr(text: string): Omit<ParsedText & { ok: false }, 'ok'> | undefined {
  const parsed = parseCidr(text);
  const expected = 'a CIDR such as 10.20.0.0/16 or 2001:db8::/32';
  if (!parsed.ok) return { problem: `\`${text}\` is no CIDR: ${parsed.problem}`, expected };
  if (parsed.canonical) return undefined;
  return { problem: `\`${text}\` has bits set behind its prefix`, expected, didYouMean: formatCidr(parsed.cidr) };
}

/** Whether a text begins as URLs do, of the web or not. */
export function isUrlText(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

function wholeText(ref: EndpointRef): string | undefined {
  switch (ref.kind) {
    case 'internet':
      return 'internet';
    case 'component':
      return ref.name;
    case 'node':
      return `node/${ref.name}`;
    case 'addresses':
      return ref.cidrs.length === 1 ? ref.cidrs[0] : undefined;
    case 'object': {
      const { object, namespace, name } = ref;
      if (object === 'Service') return `service/${namespace}/${name}`;
      return `${namespace}/${name}${object === undefined ? '' : `[${object}]`}`;
    }
    default:
      return undefined;
  }
}

function portText({ of, port, protocol }: EndpointRef & { kind: 'port' }): string | undefined {
  const head = wholeText(of);
  if (head === undefined) return undefined;
  return `${head.includes(':') ? `[${head}]` : head}:${port}${protocol === undefined ? '' : `/${protocol}`}`;
}

/** The order of fields, and fields that are `undefined`, say nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
