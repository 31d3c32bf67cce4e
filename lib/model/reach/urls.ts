import { InvalidInputError } from '../finding/invalid-input-error';
import type { Edge } from '../ingress/edge';
import { edgesOf } from '../ingress/edges';
import { type RequestOptions, requestTo } from '../ingress/request';
import type { PolicyEngine } from '../policy/engine';
import { nearest } from '../values/nearest';
import { Offers } from './offers';
import { route } from './route';
import type { UrlVerdict } from './url-verdict';

/** A question about one request from outside. */
export interface UrlQuery extends RequestOptions {
  readonly url: string;
  /** `ns/name` of the Gateway that is meant. @default - whichever proxy knows the host best */
  readonly gateway?: string;
}

/** The proxies at the edge of a cluster, worked out when somebody first asks by URL. */
export class Urls {
  private knownEdges: readonly Edge[] | undefined;
  private knownOffers: Offers | undefined;

  constructor(private readonly engine: PolicyEngine) {}

  get edges(): readonly Edge[] {
    this.knownEdges ??= edgesOf(this.engine.cluster);
    return this.knownEdges;
  }

  get offers(): Offers {
    this.knownOffers ??= new Offers(this.edges, this.engine.cluster);
    return this.knownOffers;
  }

  /** @throws InvalidInputError PTL016 when the URL is none, PTL017 when there is no such Gateway */
  route({ url, gateway, ...options }: UrlQuery): UrlVerdict {
    const parsed = requestTo(url, options);
    if (parsed.ok) return route(this.engine, this.meant(gateway), parsed.request);
    const expected = 'a URL such as https://shop.example.com/cart';
    throw new InvalidInputError([
      { code: 'PTL016', field: 'url', got: url, problem: parsed.problem, expected, origin: {} },
    ]);
  }

  private meant(gateway: string | undefined): readonly Edge[] {
    if (gateway === undefined) return this.edges;
    const meant = this.edges.filter((edge) => gatewayName(edge) === gateway);
    if (meant.length > 0) return meant;
    const known = this.edges.flatMap((edge) => gatewayName(edge) ?? []);
    const problem = `no manifest declares Gateway ${gateway}`;
    const expected = known.length > 0 ? `one of ${known.join(', ')}` : 'a declared Gateway, as ns/name';
    const didYouMean = nearest(gateway, known);
    throw new InvalidInputError([
      { code: 'PTL017', field: 'gateway', got: gateway, problem, expected, didYouMean, origin: {} },
    ]);
  }
}

function gatewayName({ gateway }: Edge): string | undefined {
  return gateway && `${gateway.namespace}/${gateway.name}`;
}
