import type { IConstruct } from 'constructs';
import type { IngressController as Controller, IngressControllerSpec } from '../model/cluster/ingress-controller';
import { model } from '../synth/model';
import { clusterSpecOf, registryOf } from '../synth/registry';

export type { IngressControllerSpec } from '../model/cluster/ingress-controller';

/** Where a controller runs, and what it serves. */
export type IngressControllerOptions = Omit<IngressControllerSpec, 'name' | 'strictPrefixMatching'>;

export interface TraefikOptions extends IngressControllerOptions {
  /** Whether the prefix `/foo` leaves out `/foobar` (ING-21). @default false */
  readonly strictPrefixMatching?: boolean;
}

/** The ingress controllers that Portolan knows, as plain values for `PodNetwork`: where their Helm charts put them, unless told otherwise. */
export const IngressController = {
  /** ingress-nginx of the Kubernetes project. */
  nginx: (options: IngressControllerOptions = {}): IngressControllerSpec => ({ name: 'nginx', ...options }),
  /** haproxytech/kubernetes-ingress. */
  haproxy: (options: IngressControllerOptions = {}): IngressControllerSpec => ({ name: 'haproxy', ...options }),
  traefik: (options: TraefikOptions = {}): IngressControllerSpec => ({ name: 'traefik', ...options }),
} as const;

/** The controllers of the cluster that the app describes. */
export function ingressControllersOf(scope: IConstruct): readonly Controller[] {
  return controllersFrom(clusterSpecOf(scope).ingress ?? []);
}

/** A controller as the model knows it; none for one that can't be understood, which the check of the profile tells. */
export function controllersFrom(specs: readonly (string | IngressControllerSpec)[]): readonly Controller[] {
  return model.profiles.resolveProfile({ object: { ingress: specs }, origin: {} }).profile.ingress;
}

/** Adds a controller that an Ingress names itself to what is known of the cluster. @param className of the Ingress */
export function nameController(scope: IConstruct, spec: IngressControllerSpec, className: string | undefined): void {
  const registry = registryOf(scope);
  registry.controllers ??= { ingress: [], gateways: [] };
  registry.controllers.ingress.push(className === undefined ? spec : { className, ...spec });
}
