import { gatewayObject } from './objects';

const backend = { name: 'db', port: 80, weight: 2 };
const parentRefs = [{ name: 'a', namespace: 'shop', sectionName: 'http' }];
const value = { name: 'x-env', value: 'test' };
const extension = { group: 'example.com', kind: 'Limit', name: 'few' };
const rewritten = { hostname: 'b.example', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' } };

/** A document of each kind of the Gateway API, with as many of its fields as can stand together. */
export const SOUND_GATEWAY_API = {
  GatewayClass: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'public' },
    spec: { controllerName: 'example.com/gateway' },
  },
  Gateway: gatewayObject('Gateway', {
    gatewayClassName: 'public',
    allowedListeners: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } } },
    listeners: [
      {
        name: 'http',
        port: 80,
        protocol: 'HTTP',
        hostname: '*.example.com',
        allowedRoutes: {
          namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } },
          kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
        },
      },
      { name: 'https', port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] } },
      { name: 'tls', port: 8443, protocol: 'TLS', tls: { mode: 'Passthrough' } },
      { name: 'sql', port: 5432, protocol: 'TCP' },
      { name: 'own', port: 4433, protocol: 'example.com/QUIC' },
    ],
  }),
  ListenerSet: gatewayObject('ListenerSet', {
    parentRef: { name: 'a' },
    listeners: [{ name: 'more', port: 81, protocol: 'HTTP' }],
  }),
  HTTPRoute: gatewayObject('HTTPRoute', {
    parentRefs,
    hostnames: ['shop.example.com', '*.example.com'],
    rules: [
      {
        name: 'first',
        matches: [
          {
            path: { type: 'PathPrefix', value: '/a' },
            method: 'GET',
            headers: [{ type: 'RegularExpression', name: 'x-env', value: '.*' }],
            queryParams: [{ name: 'q', value: '1' }],
          },
        ],
        filters: [
          { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [value], add: [value], remove: ['b'] } },
          { type: 'RequestMirror', requestMirror: { backendRef: { name: 'db', port: 80 } } },
          { type: 'URLRewrite', urlRewrite: rewritten },
          { type: 'ExtensionRef', extensionRef: extension },
        ],
        backendRefs: [{ ...backend, filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: {} }] }],
      },
      {
        matches: [{ path: { type: 'Exact', value: '/old' } }],
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'https',
              hostname: 'new.example',
              port: 8443,
              statusCode: 301,
              path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
            },
          },
        ],
      },
    ],
  }),
  GRPCRoute: gatewayObject('GRPCRoute', {
    parentRefs,
    hostnames: ['rpc.example.com'],
    rules: [
      {
        matches: [{ method: { type: 'Exact', service: 'shop.v1.Cart', method: 'Add' }, headers: [value] }],
        backendRefs: [backend],
      },
    ],
  }),
  TLSRoute: gatewayObject('TLSRoute', {
    parentRefs: [{ name: 'a', sectionName: 'tls' }],
    hostnames: ['db.example.com'],
    rules: [{ backendRefs: [backend] }],
  }),
  TCPRoute: gatewayObject(
    'TCPRoute',
    { parentRefs: [{ name: 'a', port: 5432 }], rules: [{ backendRefs: [backend] }] },
    'v1alpha2',
  ),
  ReferenceGrant: gatewayObject(
    'ReferenceGrant',
    {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'blog' }],
      to: [{ group: '', kind: 'Service', name: 'db' }],
    },
    'v1beta1',
  ),
} as const;
