import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { CidrSet, formatCidr, parseCidr } from '../model/values/cidr-set';
import { checkedCidr } from './endpoints';

export interface IpBlockOptions {
  /** Parts that are no part of the block; each smaller than the block itself (NP-16). They deny nothing (NP-15). @default - none */
  readonly except?: readonly string[];
}

/** A block of addresses as a NetworkPolicy writes it. */
export interface IpBlockSpec {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** The mark by which any object (of any copy of this library) offers itself as a block of addresses. */
const IP_BLOCK: unique symbol = Symbol.for('portolan.ipBlock') as never;

interface IpBlock extends HasEndpoint {
  readonly [IP_BLOCK]: IpBlockSpec;
}

/**
 * Addresses of a block but for parts of it, e.g. `ipBlock('10.0.0.0/8', { except: ['10.1.0.0/16'] })`.
 * In promises it means the addresses that are left.
 */
export function ipBlock(cidr: string, options: IpBlockOptions = {}): HasEndpoint {
  const block = CidrSet.parse(checkedCidr(cidr));
  const except = (options.except ?? []).map(checkedCidr);
  for (const part of except) assertStrictPart(part, cidr);
  const left = block.minus(CidrSet.parse(...except));
  if (left.isEmpty)
    throw new Error(`Unable to use ${cidr} as a block: without ${except.join(', ')} nothing is left of it.`);
  const ref: EndpointRef = { kind: 'addresses', cidrs: left.toCidrs().map(formatCidr) };
  const spec: IpBlockSpec = { cidr, ...(except.length > 0 ? { except } : {}) };
  const endpoint: IpBlock = { [ENDPOINT]: Object.freeze(ref), [IP_BLOCK]: Object.freeze(spec) };
  return Object.freeze(endpoint);
}

/** The block as its author wrote it; `undefined` for any other endpoint. */
export function ipBlockOf(endpoint: unknown): IpBlockSpec | undefined {
  const isBlock = typeof endpoint === 'object' && endpoint !== null && IP_BLOCK in endpoint;
  return isBlock ? (endpoint as IpBlock)[IP_BLOCK] : undefined;
}

/** NP-16. */
function assertStrictPart(part: string, whole: string): void {
  const [inner, outer] = [part, whole].map(parseCidr);
  const isSmaller = inner.ok && outer.ok && inner.cidr.prefix > outer.cidr.prefix;
  if (isSmaller && CidrSet.parse(whole).covers(CidrSet.parse(part))) return;
  throw new Error(`Unable to except ${part} from ${whole}: it is no smaller block within it.`);
}
