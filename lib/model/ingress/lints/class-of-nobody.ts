import type { Cluster } from '../../cluster/cluster';
import { KNOWN_INGRESS_CONTROLLERS } from '../../cluster/known-ingress-controllers';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { IngressResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { claimsOn } from '../classes';
import type { IngressLintRule } from './rule';

type Detail = IngressLintDetail & { readonly code: 'PTL410' };
type Problem = Pick<Detail, 'problem' | 'controller' | 'didYouMean'>;

/** PTL410: an Ingress whose class nobody serves routes nothing (ING-12, ING-13). */
export const classOfNobody: IngressLintRule = (cluster) =>
  cluster.ingresses.flatMap((ingress): readonly Lint[] => {
    const problem = problemOf(ingress, cluster);
    if (!problem) return [];
    const detail: Detail = { code: 'PTL410', className: ingress.className, has: classesOf(cluster), ...problem };
    const severity = isSure(ingress, cluster) ? 'error' : 'warning';
    return [{ severity, ...blame(ingress, fieldOf(ingress)), ...detail }];
  });

function problemOf(ingress: IngressResource, cluster: Cluster): Problem | undefined {
  const { className } = ingress;
  const { ingressControllers, ingressClasses } = cluster;
  const claims = claimsOn(ingress, cluster);
  if (ingressControllers.length === 0) return className === undefined ? undefined : unheardOf(className, cluster);
  if (className === undefined) return claims.length === 0 ? { problem: 'none' } : undefined;
  if (!classesOf(cluster).includes(className)) {
    return { problem: 'no-class', didYouMean: nearest(className, classesOf(cluster)) };
  }
  if (claims.some(({ server }) => server.type === 'placed')) return undefined;
  const declared = ingressClasses.find(({ name }) => name === className);
  return declared && { problem: 'no-controller', controller: declared.controller };
}

/** Where nobody names the controllers, a class that is not declared here may be there all the same, unless another was meant. */
function unheardOf(className: string, cluster: Cluster): Problem | undefined {
  if (cluster.ingressClasses.some(({ name }) => name === className) || isKnown(className)) return undefined;
  const didYouMean = slipOf(className, [...classesOf(cluster), ...Object.keys(KNOWN_INGRESS_CONTROLLERS)]);
  const isMissing = cluster.isWhole && cluster.ingressClasses.length > 0;
  return didYouMean !== undefined || isMissing ? { problem: 'no-class', didYouMean } : undefined;
}

function isKnown(className: string): boolean {
  return Object.hasOwn(KNOWN_INGRESS_CONTROLLERS, className);
}

/** `nginx-2` is no slip of `nginx`. */
function slipOf(word: string, candidates: readonly string[]): string | undefined {
  const meant = nearest(word, candidates);
  return meant === undefined || word.startsWith(meant) || meant.startsWith(word) ? undefined : meant;
}

/** The classes that there are: those of the manifests, and those that controllers of the profile serve. */
function classesOf({ ingressClasses, ingressControllers }: Cluster): readonly string[] {
  const names = [
    ...ingressClasses.map(({ name }) => name),
    ...ingressControllers.map(({ controller }) => controller.className),
  ];
  return [...new Set(names)].sort();
}

/** In a dump of a whole cluster that has classes all of them are; the older annotation needs none. */
function isSure(ingress: IngressResource, { isWhole, ingressClasses }: Cluster): boolean {
  return isWhole && ingressClasses.length > 0 && ingress.className !== undefined && !isAnnotated(ingress);
}

const ANNOTATION = 'kubernetes.io/ingress.class';

function isAnnotated({ annotations }: IngressResource): boolean {
  return annotations.has(ANNOTATION);
}

function fieldOf(ingress: IngressResource): readonly string[] {
  if (isAnnotated(ingress)) return ['metadata', 'annotations', ANNOTATION];
  return ingress.className === undefined ? ['spec'] : ['spec', 'ingressClassName'];
}
