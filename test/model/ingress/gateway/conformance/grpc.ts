import { type Expected, gateway, INFRA, LISTENERS_BY_HOST, ref, route, type Scenario, to } from './suite';

const [G1, G2, G3] = ['grpc-infra-backend-v1', 'grpc-infra-backend-v2', 'grpc-infra-backend-v3'];
const ECHO = 'gateway_api_conformance.echo_basic.grpcecho.GrpcEcho';
const grpc = { kind: 'GRPCRoute' };

const call = (method: string) => ({ method: { service: ECHO, method } });
const header = (...pairs: readonly string[]) => ({
  headers: pairs.map((pair) => {
    const [name, value] = pair.split('=');
    return { name, value };
  }),
});

const BY_HOST = 'grpcroute-listener-hostname-matching';
const section = (...names: readonly string[]) => ({
  ...grpc,
  parents: names.map((sectionName) => ({ name: BY_HOST, namespace: INFRA, sectionName })),
});

function echo(host: string, answer: string | number, headers?: Expected[2]): Expected {
  return [`POST ${host}/${ECHO}/Echo`, answer, headers];
}

/** Calls of gRPC; that no route takes one is 404, which gRPC calls Unimplemented. */
export const GRPC: readonly Scenario[] = [
  {
    name: 'GRPCExactMethodMatching',
    rule: 'GW-08',
    objects: [route('exact-matching', [to(G1, call('Echo')), to(G2, call('EchoTwo'))], grpc)],
    requests: [
      [`POST /${ECHO}/Echo`, G1],
      [`POST /${ECHO}/EchoTwo`, G2],
      [`POST /${ECHO}/EchoThree`, 404],
    ],
  },
  {
    name: 'GRPCRouteHeaderMatching',
    rule: 'GW-08',
    objects: [
      route(
        'grpc-header-matching',
        [
          to(G1, header('version=one')),
          to(G2, header('version=two')),
          to(G1, header('version=two', 'color=orange')),
          to(G1, header('color=blue'), header('color=green')),
          to(G2, header('color=red'), header('color=yellow')),
        ],
        grpc,
      ),
    ],
    requests: [
      echo('', G1, { Version: 'one' }),
      echo('', G2, { Version: 'two' }),
      echo('', G1, { Version: 'two', Color: 'orange' }),
      echo('', 404, { Color: 'orange' }),
      echo('', 404, { 'Some-Other-Header': 'one' }),
      echo('', G1, { Color: 'blue' }),
      echo('', G1, { Color: 'green' }),
      echo('', G2, { Color: 'red' }),
      echo('', G2, { Color: 'yellow' }),
      echo('', 404, { Color: 'purple' }),
      echo('', G2, { Version: 'two', Color: 'blue' }),
    ],
  },
  {
    name: 'GRPCRouteListenerHostnameMatching',
    rule: 'GW-02',
    gateway: BY_HOST,
    objects: [
      gateway(BY_HOST, LISTENERS_BY_HOST),
      route('backend-v1', [to(G1)], section('listener-1')),
      route('backend-v2', [to(G2)], section('listener-2')),
      route('backend-v3', [to(G3)], section('listener-3', 'listener-4')),
    ],
    requests: [
      echo('bar.com', G1),
      echo('foo.bar.com', G2),
      echo('baz.bar.com', G3),
      echo('boo.bar.com', G3),
      echo('multiple.prefixes.bar.com', G3),
      echo('multiple.prefixes.foo.com', G3),
      echo('foo.com', 404),
      echo('no.matching.host', 404),
    ],
  },
  {
    name: 'GRPCRouteNamedRule',
    rule: 'GW-08',
    objects: [
      route('grpc-named-rules', [{ name: 'named-rule', ...to(G1, call('Echo')) }, to(G2, call('EchoTwo'))], grpc),
    ],
    requests: [
      [`POST /${ECHO}/Echo`, G1],
      [`POST /${ECHO}/EchoTwo`, G2],
    ],
  },
  {
    name: 'GRPCRouteWeight',
    rule: 'GW-11',
    objects: [
      route('weighted', [to([ref(G1, { weight: 70 }), ref(G2, { weight: 30 }), ref(G3, { weight: 0 })])], grpc),
    ],
    requests: [echo('', `${G1} 70%, ${G2} 30%`)],
  },
];
