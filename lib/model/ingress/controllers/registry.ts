import type { IngressController } from '../../cluster/ingress-controller';
import type { IngressResource } from '../../manifest/resources';
import { conformant } from './conformant';
import type { Annotation, ControllerRules } from './controller';
import { haproxy } from './haproxy';
import { nginx } from './nginx';
import { traefik } from './traefik';

const RULES: Readonly<Record<IngressController['kind'], ControllerRules>> = { conformant, nginx, haproxy, traefik };

export function rulesOf(kind: IngressController['kind']): ControllerRules {
  return RULES[kind];
}

/** The controllers whose own annotations change the way of requests. */
const OWN_ANNOTATIONS: readonly (readonly [prefix: string, ControllerRules])[] = [
  ['nginx.ingress.kubernetes.io/', nginx],
  ['haproxy.org/', haproxy],
  ['traefik.ingress.kubernetes.io/', traefik],
];

/** The controllers that an Ingress may be meant for, by its annotations; without any it says what the API says. */
export function meantFor({ annotations }: IngressResource): readonly ControllerRules[] {
  const keys = [...annotations.keys()];
  return OWN_ANNOTATIONS.filter(([prefix]) => keys.some((key) => key.startsWith(prefix))).map(([, rules]) => rules);
}

/** The annotations by which controllers serve plain HTTP as it comes. */
export function plainHttpAnnotations(): readonly Annotation[] {
  return Object.values(RULES).flatMap(({ plainHttp }) => plainHttp ?? []);
}
