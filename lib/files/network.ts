import { readCertificate } from '../certificates/read-certificate';
import type { CheckInput } from '../intents/check';
import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';
import type { Cluster } from '../model/cluster/cluster';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import type { Manifest } from '../model/finding/origin';
import { asManifest, clusterOf, type FlowQuery, Network as Model } from '../model/network';
import type { Verdict } from '../model/reach/verdict';
import { type Asked, type FlowOptions, flowBetween } from './flow-between';
import { assertPort, serviceRef, workloadRef } from './named';

/** The text of a file that manifests were read from. */
export type TextOf = (file: string) => string | undefined;

/** A workload or a Service by its name, to promise and to ask about. */
export interface NamedEndpoint extends HasEndpoint {
  readonly [HOME]: Network;
  /** One port of it, by its name or number. @throws for a name that none of its ports has */
  port(port: string | number): HasEndpoint;
}

/** The cluster's network as a pure function of manifests and a profile, with names for what is in it. */
export class Network extends Model {
  /**
   * @param manifests Kubernetes objects as plain JSON, or with their origins
   * @param profile what the cluster itself does @default - the neutral conformant cluster
   * @throws InvalidInputError when something can't be understood
   */
  static override from(
    manifests: Iterable<Manifest | object>,
    profile: ClusterProfileSpec = {},
    textOf: TextOf = () => undefined,
  ): Network {
    const input = { manifests: [...manifests].map(asManifest), profile, readCertificate };
    return new Network(clusterOf(input.manifests, profile, input), input, textOf);
  }

  private constructor(
    cluster: Cluster,
    /** What it was made of, to check promises on. @internal */
    readonly input: Pick<CheckInput, 'manifests' | 'profile' | 'readCertificate'>,
    /** @internal */
    readonly textOf: TextOf,
  ) {
    super(cluster);
  }

  /**
   * The pods of a workload, or a bare pod: `shop/web`, or `shop/web[Deployment]` where several kinds bear the name.
   * @throws with the nearest name where there is none
   */
  workload(name: string): NamedEndpoint {
    return this.named(workloadRef(this, name));
  }

  /** A Service: `shop/api`. @throws with the nearest name where there is none */
  service(name: string): NamedEndpoint {
    return this.named(serviceRef(this, name));
  }

  /**
   * Answers one flow with its hops: in the words of the command, or between two endpoints.
   * @throws InvalidInputError PTL017 when an end is not known
   */
  override reach(query: FlowQuery): Verdict;
  override reach(from: Asked, to: Asked, options?: FlowOptions): Verdict;
  override reach(first: FlowQuery | Asked, to?: Asked, options: FlowOptions = {}): Verdict {
    if (to === undefined) return super.reach(first as FlowQuery);
    return this.walk(flowBetween(this, first as Asked, to, options));
  }

  private named(ref: EndpointRef): NamedEndpoint {
    return Object.freeze({
      [ENDPOINT]: Object.freeze(ref),
      [HOME]: this as Network,
      port: (port: string | number): HasEndpoint => {
        assertPort(this, ref, port);
        return Object.freeze({ [ENDPOINT]: Object.freeze({ kind: 'port', of: ref, port } as const), [HOME]: this });
      },
    });
  }
}
