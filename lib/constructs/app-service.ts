import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s, Protocol, Service, type ServiceProps, ServiceType } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { AppIdentity } from './app-workload';
import type { Exposure } from './dns-app-props';
import type { Port } from './port';

/** The Service by which an app is known in the cluster; none when no port is in it. */
export function serveApp(
  scope: Construct,
  identity: AppIdentity,
  ports: ReadonlyMap<string, Port>,
  headless: boolean,
): Service | undefined {
  const served = [...ports].filter(([, port]) => port.service !== false);
  if (served.length === 0) return undefined;
  return createService(scope, 'Service', identity, identity.name, served, {
    type: ServiceType.CLUSTER_IP,
    clusterIP: headless ? 'None' : undefined,
  });
}

/** The second Service of an app that is offered outside the cluster. */
export function exposeApp(
  scope: Construct,
  identity: AppIdentity,
  exposed: readonly (readonly [string, Port])[],
  exposure: Exposure<string>,
): Service {
  const name = exposure.name ?? `${identity.name}-external`;
  const type = exposure.type === 'NodePort' ? ServiceType.NODE_PORT : ServiceType.LOAD_BALANCER;
  return createService(scope, 'ExternalService', identity, name, exposed, { type });
}

function createService(
  scope: Construct,
  id: string,
  identity: AppIdentity,
  name: string,
  ports: readonly (readonly [string, Port])[],
  props: ServiceProps,
): Service {
  const service = new Service(scope, id, {
    ...props,
    metadata: { name, labels: { ...identity.labels } },
    ports: ports.map(([portName, port]) => ({
      name: portName,
      port: port.service || port.number,
      targetPort: port.number,
      protocol: Protocol[port.protocol],
    })),
  });
  for (const [key, value] of Object.entries(identity.selector)) service.selectLabel(key, value);
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'), ...ports.flatMap(portPatches));
  return service;
}

/** cdk8s-plus knows neither target ports by name nor application protocols. Patches apply to its typed form of the object. */
function portPatches([name, port]: readonly [string, Port], index: number): JsonPatch[] {
  const path = `/spec/ports/${index}`;
  return [
    JsonPatch.replace(`${path}/targetPort`, k8s.IntOrString.fromString(name)),
    ...(port.appProtocol ? [JsonPatch.add(`${path}/appProtocol`, port.appProtocol)] : []),
  ];
}
