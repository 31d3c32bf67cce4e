import type { Origin } from '../model/finding/origin';
import { GATEWAY_GROUP } from '../model/manifest/gateway-resource';
import type {
  IngressResource,
  NetworkPolicyResource,
  ReferenceGrantResource,
  ServiceResource,
} from '../model/manifest/resources';

type NewService = Pick<ServiceResource, 'name' | 'namespace' | 'serviceType' | 'selector' | 'ports'> & {
  readonly origin?: Origin;
};

/** With everything else as the API server sets it. */
export function newService({ origin = {}, ...told }: NewService): ServiceResource {
  return {
    type: 'service',
    apiVersion: 'v1',
    kind: 'Service',
    labels: new Map(),
    annotations: new Map(),
    origin,
    originOf: () => origin,
    headless: false,
    hasEmptySelector: false,
    clusterIps: [],
    externalIps: [],
    loadBalancers: [],
    allocateNodePorts: true,
    externalTrafficPolicy: 'Cluster',
    internalTrafficPolicy: 'Cluster',
    sessionAffinity: 'None',
    publishNotReadyAddresses: false,
    ...told,
  };
}

type NewPolicy = Pick<NetworkPolicyResource, 'name' | 'namespace' | 'podSelector'> &
  Partial<Pick<NetworkPolicyResource, 'ingress' | 'egress'>>;

/** A NetworkPolicy about the directions whose rules are given, be there none. */
export function newPolicy({ ingress, egress, ...told }: NewPolicy): NetworkPolicyResource {
  return {
    type: 'networkPolicy',
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    labels: new Map(),
    annotations: new Map(),
    origin: {},
    originOf: () => ({}),
    directions: { ingress: ingress !== undefined, egress: egress !== undefined },
    ingress: ingress ?? [],
    egress: egress ?? [],
    ignoresEmptyEgress: false,
    ...told,
  };
}

/** An Ingress of plain HTTP. */
export function newIngress(told: Pick<IngressResource, 'name' | 'namespace' | 'className' | 'rules'>): IngressResource {
  return {
    type: 'ingress',
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    labels: new Map(),
    annotations: new Map(),
    origin: {},
    originOf: () => ({}),
    tls: [],
    ...told,
  };
}

/** A ReferenceGrant as every release of the API serves it. */
export function newReferenceGrant(
  told: Pick<ReferenceGrantResource, 'name' | 'namespace' | 'from' | 'to'>,
): ReferenceGrantResource {
  return {
    type: 'referenceGrant',
    apiVersion: `${GATEWAY_GROUP}/v1beta1`,
    kind: 'ReferenceGrant',
    labels: new Map(),
    annotations: new Map(),
    origin: {},
    originOf: () => ({}),
    ...told,
  };
}
