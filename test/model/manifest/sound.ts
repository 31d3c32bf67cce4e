import { SOUND_GATEWAY_API } from './gateway/sound';
import {
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
  clusterNetworkPolicy,
  networkPolicy,
  pod,
  service,
} from './reading';

const labels = { app: 'db' };
const selector = { matchLabels: labels, matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['a', 'b'] }] };
const pods = { namespaceSelector: selector, podSelector: selector };

const template = {
  metadata: { labels },
  spec: {
    hostNetwork: false,
    dnsPolicy: 'ClusterFirst',
    dnsConfig: { nameservers: ['10.96.0.10'], searches: ['corp.example'], options: [{ name: 'ndots', value: '2' }] },
    hostAliases: [{ ip: '10.0.0.2', hostnames: ['legacy.example'] }],
    serviceAccountName: 'db',
    containers: [{ name: 'db', image: 'db:1', ports: [{ name: 'sql', containerPort: 5432, protocol: 'TCP' }] }],
  },
};

const olderRules = {
  ingress: [{ name: 'in', action: 'Allow', from: [{ namespaces: selector }, { pods }], ports: [{ namedPort: 'sql' }] }],
  egress: [
    {
      action: 'Deny',
      to: [{ networks: ['10.0.0.0/8', 'fd00::/8'] }, { nodes: selector }],
      ports: [{ portNumber: { protocol: 'UDP', port: 53 } }, { portRange: { start: 1, end: 9 } }],
    },
  ],
};

/** One of several of a kind: no two have the same name. */
const named = <T extends object>(name: string, document: T) => ({ ...document, metadata: { name, namespace: 'shop' } });

/** A document of each kind that a verdict hangs on, with as many of its fields as can stand together. */
export const SOUND = {
  NetworkPolicy: networkPolicy({
    podSelector: selector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [pods, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 'sql' }] }],
    egress: [{ to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53, endPort: 99 }] }],
  }),
  ClusterNetworkPolicy: clusterNetworkPolicy({
    subject: { pods },
    ingress: [
      {
        name: 'in',
        action: 'Pass',
        from: [{ namespaces: {} }, { pods }],
        protocols: [{ destinationNamedPort: 'sql' }],
      },
    ],
    egress: [
      {
        action: 'Accept',
        to: [{ networks: ['10.0.0.0/8', 'fd00::/8'] }, { nodes: selector }, { domainNames: ['*.example.com', 'a.b'] }],
        protocols: [
          { tcp: { destinationPort: { number: 80 } } },
          { udp: { destinationPort: { range: { start: 1, end: 9 } } } },
          { sctp: {} },
        ],
      },
    ],
  }),
  AdminNetworkPolicy: adminNetworkPolicy(olderRules),
  BaselineAdminNetworkPolicy: baselineAdminNetworkPolicy(olderRules),
  Service: service({
    type: 'NodePort',
    selector: labels,
    clusterIP: '10.96.0.10',
    externalTrafficPolicy: 'Local',
    ports: [
      { name: 'sql', port: 80, targetPort: 'sql', nodePort: 30080 },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ],
  }),
  LoadBalancer: named(
    'db-lb',
    service({
      type: 'LoadBalancer',
      selector: labels,
      clusterIP: '10.96.0.11',
      clusterIPs: ['10.96.0.11', 'fd00::11'],
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'PreferDualStack',
      externalIPs: ['192.0.2.1'],
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      loadBalancerClass: 'example.com/lb',
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: 'Local',
      internalTrafficPolicy: 'Cluster',
      healthCheckNodePort: 32000,
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      trafficDistribution: 'PreferClose',
      ports: [{ name: 'sql', port: 80, targetPort: 5432 }],
    }),
  ),
  ExternalName: named('db-out', service({ type: 'ExternalName', externalName: 'db.example.com.' })),
  EndpointSlice: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'db-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
    addressType: 'IPv4',
    ports: [
      { name: 'sql', port: 5432, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
    ],
    endpoints: [
      {
        addresses: ['10.0.0.1'],
        conditions: { ready: true, serving: true, terminating: false },
        hostname: 'db-0',
        nodeName: 'a',
        zone: 'z',
        hints: { forZones: [{ name: 'z' }], forNodes: [{ name: 'a' }] },
        targetRef: { kind: 'Pod', namespace: 'shop', name: 'db-0' },
      },
    ],
  },
  Endpoints: {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'old', namespace: 'shop' },
    subsets: [
      {
        addresses: [{ ip: '10.0.0.9', hostname: 'a' }],
        notReadyAddresses: [],
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 81 },
        ],
      },
    ],
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'edge', namespace: 'shop', annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: '*.example.com',
          http: {
            paths: [
              { path: '/db', pathType: 'Prefix', backend: { service: { name: 'db', port: { name: 'sql' } } } },
              { pathType: 'ImplementationSpecific', backend: { resource: { kind: 'Bucket', name: 'static' } } },
            ],
          },
        },
        { host: 'shop.example.com' },
      ],
      defaultBackend: { service: { name: 'db', port: { number: 80 } } },
      tls: [{ hosts: ['*.example.com', 'shop.example.com'], secretName: 'shop-tls' }],
    },
  },
  IngressClass: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    spec: {
      controller: 'k8s.io/ingress-nginx',
      parameters: { apiGroup: 'example.com', kind: 'Settings', name: 'own', scope: 'Namespace', namespace: 'shop' },
    },
  },
  Secret: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'shop-tls', namespace: 'shop' },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': 'aGk=' },
    stringData: { 'tls.key': 'hi' },
  },
  ...SOUND_GATEWAY_API,
  Resolving: named(
    'db-1',
    pod({
      hostname: 'db-0',
      subdomain: 'db',
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['192.0.2.53'],
        searches: ['.', 'a_b.example.'],
        options: [{ name: 'ndots', value: '2' }],
      },
      hostAliases: [{ ip: '192.0.2.7', hostnames: ['old.example.com'] }],
      containers: [],
    }),
  ),
  Deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'db', namespace: 'shop', labels },
    spec: { replicas: 2, selector: { matchLabels: labels }, template },
  },
  Pod: pod(template.spec, {
    metadata: {
      name: 'db-0',
      namespace: 'shop',
      labels,
      ownerReferences: [{ kind: 'Db', name: 'db', controller: true }],
    },
    status: { phase: 'Running', podIPs: [{ ip: '10.0.0.1' }], conditions: [{ type: 'Ready', status: 'True' }] },
  }),
  Namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels, annotations: { 'a/b': 'c' } } },
} as const;

export type SoundKind = keyof typeof SOUND;
