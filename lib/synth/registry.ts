import type { IConstruct } from 'constructs';
import type { SubjectRef } from '../intents/endpoint';
import type { Intent, IntentBase } from '../intents/intent';
import { jsonable } from '../intents/json/jsonable';
import type { Acknowledgement, Assumption } from '../intents/waivers';
import type { GatewayControllerSpec } from '../model/cluster/gateway-controller';
import type { IngressControllerSpec } from '../model/cluster/ingress-controller';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import type { Severity } from '../model/finding/lint';
import type { Origin } from '../model/finding/origin';
import { byCodeUnit } from '../model/values/by-code-unit';
import type { Bootstrap } from './bootstrap-files';
import type { CallSite } from './call-site';

/** What a promise says, without who said it and where. */
export type Verb = Intent extends infer I ? (I extends Intent ? Omit<I, keyof IntentBase> : never) : never;

/** A promise while its author may still name it and give reasons: until the next synth reads it. */
export interface PromiseDraft {
  /** Path of the construct that the promise belongs to. */
  readonly scope: string;
  readonly subject: SubjectRef;
  readonly callSite: CallSite;
  readonly implied?: boolean;
  /** Read when promises are checked, so that lists which grow meanwhile are complete. */
  verb: () => Verb;
  name?: string;
  because?: string;
  severity?: Severity;
}

/** The cluster that an app describes, and the path of the construct that did. */
export interface DeclaredNetwork {
  readonly path: string;
  readonly spec: ClusterProfileSpec;
}

/**
 * What the constructs of one tree have declared beside their manifests.
 * Plain values under a versioned symbol, so that several copies of this library in one app share it.
 */
export interface Registry {
  readonly promises: PromiseDraft[];
  /** What is stated beside promises, by the constructs below which it counts. */
  assumptions?: Assumption[];
  acknowledgements?: Acknowledgement[];
  network?: DeclaredNetwork;
  /** What sets up the cluster, where its network is managed: written beside the manifests. */
  bootstrap?: Bootstrap;
  /** Those that Ingresses and Gateways name themselves: the cluster has them beside those of the `PodNetwork`. */
  controllers?: { readonly ingress: IngressControllerSpec[]; readonly gateways: GatewayControllerSpec[] };
  /** Whether a copy of this library checks the promises at synth already. */
  isHooked?: boolean;
}

const REGISTRY = Symbol.for('portolan.registry/1');

/** The registry of the tree, made on first use. */
export function registryOf(scope: IConstruct): Registry {
  const root = scope.node.root as IConstruct & { [REGISTRY]?: Registry };
  if (!root[REGISTRY]) {
    Object.defineProperty(root, REGISTRY, { value: { promises: [] } satisfies Registry });
  }
  return root[REGISTRY]!;
}

/** The profile that the tree describes; nothing but defaults where it does not. */
export function clusterSpecOf(scope: IConstruct): ClusterProfileSpec {
  return describedBy(registryOf(scope));
}

/** What the tree's `PodNetwork` says, with the controllers that constructs name themselves. */
export function describedBy({ network, controllers }: Registry): ClusterProfileSpec {
  const spec = network?.spec ?? {};
  if (!controllers) return spec;
  const { ingress, gateways } = controllers;
  return {
    ...spec,
    ...(ingress.length > 0 && { ingress: withMore(spec.ingress, ingress) }),
    ...(gateways.length > 0 && { gateways: withMore(spec.gateways, gateways) }),
  };
}

/** Each once, in an order that is not that of the constructs. What is no list is left for the check of the profile to tell. */
function withMore<T extends { readonly name: string }>(
  listed: readonly (string | T)[] = [],
  more: readonly T[],
): readonly (string | T)[] {
  if (!Array.isArray(listed)) return listed;
  const keyOf = (each: string | T) =>
    JSON.stringify(typeof each === 'string' ? [['name', each]] : Object.entries(each).sort());
  const known = new Set(listed.map(keyOf));
  const added = new Map(more.map((each) => [keyOf(each), each]));
  return [
    ...listed,
    ...[...added].sort(([a], [b]) => byCodeUnit(a, b)).flatMap(([key, each]) => (known.has(key) ? [] : [each])),
  ];
}

/** The promises of the tree as frozen values, in the order in which they were made. */
export function intentsOf(registry: Registry): readonly Intent[] {
  const counters = new Map<string, number>();
  return registry.promises.map((draft) => {
    const count = (counters.get(draft.scope) ?? 0) + (draft.name === undefined ? 1 : 0);
    counters.set(draft.scope, count);
    return freezeIntent(draft, `${draft.scope}#${draft.name ?? count}`);
  });
}

function freezeIntent(draft: PromiseDraft, id: string): Intent {
  const { scope, subject, callSite, implied, because, severity } = draft;
  const origin = Object.freeze(new PromiseOrigin(scope, callSite));
  return jsonable({ id, subject, origin, implied, because, severity, ...draft.verb() } as Intent);
}

/** Its position is looked up when somebody asks: reading a line formats a stack, and most promises hold. */
class PromiseOrigin implements Origin {
  /** V8 gives objects with the same getter one hidden class, and each object with a getter of its own another. */
  private static readonly POSITION = {
    enumerable: true,
    get(this: PromiseOrigin) {
      return this.#callSite.position;
    },
  };

  declare readonly position: Origin['position'];
  readonly #callSite: CallSite;

  constructor(
    readonly construct: string,
    callSite: CallSite,
  ) {
    this.#callSite = callSite;
    Object.defineProperty(this, 'position', PromiseOrigin.POSITION);
  }
}
