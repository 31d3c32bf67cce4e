import type { IConstruct } from 'constructs';
import { clusterSpecOf } from '../synth/registry';

/** An ingress controller that the cluster runs: where its pods are, so that policies can let them in. */
export interface IngressControllerSpec {
  /** Also the class of its Ingresses. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The ingress controllers that Portolan knows, as plain values for `PodNetwork`. */
export const IngressController = {
  /** ingress-nginx, where its Helm chart puts it unless told otherwise. */
  nginx: (where: Partial<Pick<IngressControllerSpec, 'namespace' | 'labels'>> = {}): IngressControllerSpec => ({
    name: 'nginx',
    namespace: 'ingress-nginx',
    labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    ...where,
  }),
} as const;

/** The controllers of the cluster that the app describes; a bare name stands for the controller that is known by it. */
export function ingressControllersOf(scope: IConstruct): readonly IngressControllerSpec[] {
  return (clusterSpecOf(scope).ingress ?? []).flatMap((controller) => {
    if (typeof controller !== 'string') return isComplete(controller) ? [controller] : [];
    return controller === 'nginx' ? [IngressController.nginx()] : [];
  });
}

function isComplete(controller: { readonly name: string }): controller is IngressControllerSpec {
  return 'namespace' in controller && 'labels' in controller;
}
