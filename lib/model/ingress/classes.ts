import type { Cluster } from '../cluster/cluster';
import type { PlacedController } from '../cluster/ingress-controller';
import { KNOWN_INGRESS_CONTROLLERS } from '../cluster/known-ingress-controllers';
import type { IngressClassResource, IngressResource } from '../manifest/resources';
import { byCodeUnit } from '../values/by-code-unit';
import type { Doubt } from '../values/ternary';

/** Who serves an Ingress, as far as anybody tells. */
export type Server =
  /** One that the profile describes. */
  | { readonly type: 'placed'; readonly placed: PlacedController }
  /** One that Portolan knows by its class, and whose pods nobody describes. */
  | { readonly type: 'known'; readonly kind: KnownKind }
  /** One of which an IngressClass tells the name, and nobody anything else. */
  | { readonly type: 'named'; readonly controller: string }
  /** Whichever there is. */
  | { readonly type: 'any' };

/** The kinds of controllers that classes alone tell. */
export type KnownKind = keyof typeof KNOWN_INGRESS_CONTROLLERS;

/** A controller that serves an Ingress, or with doubts one that may. */
export interface Claim {
  readonly server: Server;
  readonly doubts: readonly Doubt[];
}

/** ING-12, ING-13: the controllers that an Ingress is for; none where nobody serves its class. */
export function claimsOn(ingress: IngressResource, cluster: Cluster): readonly Claim[] {
  const { className, namespace, name } = ingress;
  if (className !== undefined) return byClassName(className, cluster);
  const defaults = defaultClasses(cluster);
  if (defaults.length === 0) return withoutClass(ingress, cluster);
  const doubts: readonly Doubt[] =
    defaults.length === 1
      ? []
      : [{ rule: 'ING-12', wouldDecide: `a class of Ingress ${namespace}/${name}: several are the default one` }];
  return defaults.flatMap((each) => byClass(each, cluster).map((claim) => withDoubts(claim, doubts)));
}

/** ING-12: of several default classes the newest is taken, of these the first by name; all where nobody tells their age. */
function defaultClasses({ ingressClasses }: Cluster): readonly IngressClassResource[] {
  const defaults = ingressClasses.filter(({ isDefault }) => isDefault);
  const ages = defaults.flatMap(({ createdAt }) => createdAt ?? []);
  if (defaults.length < 2 || ages.length < defaults.length) return defaults;
  const newest = Math.max(...ages);
  return defaults
    .filter(({ createdAt }) => createdAt === newest)
    .sort((a, b) => byCodeUnit(a.name, b.name))
    .slice(0, 1);
}

function byClassName(className: string, cluster: Cluster): readonly Claim[] {
  const declared = cluster.ingressClasses.find(({ name }) => name === className);
  if (declared) return byClass(declared, cluster);
  const { ingressControllers } = cluster;
  const own = ingressControllers.filter(({ controller }) => controller.className === className);
  if (own.length > 0) return placedClaims(own);
  if (ingressControllers.length > 0) return ofUndeclaredClass(className, cluster);
  if (Object.hasOwn(KNOWN_INGRESS_CONTROLLERS, className)) return [known(className as KnownKind)];
  const wouldDecide = `an IngressClass ${className} in the manifests, or the controller that serves it in the profile's \`ingress\``;
  return [{ server: { type: 'any' }, doubts: [{ rule: 'ING-13', wouldDecide }] }];
}

/** ING-13: an IngressClass that lives elsewhere, as with the platform, may lead to any controller; a whole cluster has all. */
function ofUndeclaredClass(className: string, { ingressControllers, isWhole }: Cluster): readonly Claim[] {
  if (isWhole) return [];
  const wouldDecide = `an IngressClass ${className} in the manifests, or a controller whose \`className\` is ${className} in the profile's \`ingress\``;
  return placedClaims(ingressControllers, [{ rule: 'ING-13', wouldDecide }]);
}

/** By `spec.controller`; several of one name are told apart by the class that each is said to serve. */
function byClass({ name, controller: wanted }: IngressClassResource, cluster: Cluster): readonly Claim[] {
  const { ingressControllers } = cluster;
  const named = ingressControllers.filter(({ controller }) => controller.controller === wanted);
  const own = (named.length > 0 ? named : ingressControllers.filter(isUnnamed)).filter(
    ({ controller }) => controller.className === name,
  );
  if (own.length > 0) return placedClaims(own);
  if (named.length === 1) return placedClaims(named);
  if (named.length > 1) {
    const wouldDecide = `the controller whose \`className\` is ${name}, in the profile's \`ingress\``;
    return placedClaims(named, [{ rule: 'ING-13', wouldDecide }]);
  }
  const kind = knownKinds.find((each) => KNOWN_INGRESS_CONTROLLERS[each].controller === wanted);
  return [kind ? known(kind) : { server: { type: 'named', controller: wanted }, doubts: [] }];
}

/** ING-13: a controller serves Ingresses without class only where it is told to, as by `--watch-ingress-without-class`. */
function withoutClass({ namespace, name }: IngressResource, cluster: Cluster): readonly Claim[] {
  const { ingressControllers, ingressClasses } = cluster;
  const wouldDecide = `a class of Ingress ${namespace}/${name}, an IngressClass that is the default one, or \`servesWithoutClass\` in the profile's \`ingress\``;
  const doubt: Doubt = { rule: 'ING-12', wouldDecide };
  if (ingressControllers.length === 0) {
    return [{ server: { type: 'any' }, doubts: ingressClasses.length > 0 ? [doubt] : [] }];
  }
  return ingressControllers
    .filter(({ controller }) => controller.servesWithoutClass !== false)
    .map((placed) => ({
      server: { type: 'placed', placed },
      doubts: placed.controller.servesWithoutClass ? [] : [doubt],
    }));
}

const knownKinds = Object.keys(KNOWN_INGRESS_CONTROLLERS) as readonly KnownKind[];

function isUnnamed({ controller }: PlacedController): boolean {
  return controller.controller === undefined;
}

function placedClaims(placed: readonly PlacedController[], doubts: readonly Doubt[] = []): readonly Claim[] {
  return placed.map((each) => ({ server: { type: 'placed', placed: each }, doubts }));
}

function known(kind: KnownKind): Claim {
  return { server: { type: 'known', kind }, doubts: [] };
}

function withDoubts({ server, doubts }: Claim, more: readonly Doubt[]): Claim {
  return { server, doubts: [...doubts, ...more] };
}
