import { added, type Mutation, misspelt, misspeltLabels, NAMESPACE, type Original, originalsOf } from './mutation';
import { listensOn } from './workloads';

interface ServiceSpec {
  type?: string;
  clusterIP?: string;
  externalName?: string;
  selector?: Record<string, string>;
  ports: { name?: string; port: number; protocol?: string; targetPort?: number | string }[];
}
type ServiceOriginal = Original<ServiceSpec>;

/** The Service of a door: nobody in the shop calls it, so that its name and number are known to none of them. */
const DOOR = 'frontend-external';

/** What clients dial for a container port that its Service translates. */
export function dialledFor(containerPort: number): number | undefined {
  const ports = originalsOf<ServiceSpec>('Service').flatMap(({ app, spec }) =>
    spec.ports.map(({ port }) => ({ app, port })),
  );
  return ports.find(({ app, port }) => port !== containerPort && listensOn(app, containerPort))?.port;
}

/** Every Service, its selector, its port and its type, and one more in front of the same pods. */
export function serviceMutations(): readonly Mutation[] {
  return originalsOf<ServiceSpec>('Service').flatMap((service) => [
    service.removed('delete the Service'),
    ...ofSelector(service),
    ...ofPort(service),
    ...ofType(service),
    ...(service.name === DOOR ? [] : ofAddress(service)),
    ...(service.app === 'frontend' ? [] : [secondDoor(service)]),
  ]);
}

function secondDoor({ app, name, spec }: ServiceOriginal): Mutation {
  return added('add a NodePort for the same pods', app, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${name}-door`, namespace: NAMESPACE },
    spec: { ...spec, type: 'NodePort' },
  });
}

function ofAddress(service: ServiceOriginal): readonly Mutation[] {
  return [
    service.changed('rename the Service', '', ({ metadata }) => {
      metadata.name = misspelt(metadata.name);
    }),
    service.changed('change the port', '', ({ spec }) => {
      spec.ports[0].port += 1;
    }),
  ];
}

function ofSelector(service: ServiceOriginal): readonly Mutation[] {
  const selector = service.spec.selector!;
  return [
    ...(['value', 'key'] as const).map((part) =>
      service.changed(`misspell a ${part} of the selector`, '', ({ spec }) => {
        spec.selector = misspeltLabels(selector, part);
      }),
    ),
    service.changed('drop a key of the selector', '', ({ spec }) => {
      spec.selector = {};
    }),
    service.changed('select another app', '', ({ spec }) => {
      spec.selector = { 'app.kubernetes.io/name': 'loadgenerator' };
    }),
  ];
}

function ofPort(service: ServiceOriginal): readonly Mutation[] {
  const changed = (kind: string, change: (port: ServiceSpec['ports'][number]) => void) =>
    service.changed(kind, '', ({ spec }) => change(spec.ports[0]));
  return [
    changed('change the number of a targetPort', (port) => {
      port.targetPort = 1 + port.port;
    }),
    changed('misspell a targetPort', (port) => {
      port.targetPort = misspelt(String(port.targetPort));
    }),
    changed('rename the port', (port) => {
      port.name = misspelt(port.name!);
    }),
    changed('change the protocol', (port) => {
      port.protocol = 'UDP';
    }),
  ];
}

function ofType(service: ServiceOriginal): readonly Mutation[] {
  return [
    service.changed('make it an ExternalName', '', ({ spec }) => {
      spec.type = 'ExternalName';
      spec.externalName = 'example.com';
    }),
    service.changed('make it headless', '', ({ spec }) => {
      spec.type = 'ClusterIP';
      spec.clusterIP = 'None';
    }),
    service.changed('make it a NodePort', '', ({ spec }) => {
      spec.type = 'NodePort';
    }),
    service.changed('make it a LoadBalancer', '', ({ spec }) => {
      spec.type = 'LoadBalancer';
    }),
    service.changed('make it a ClusterIP', '', ({ spec }) => {
      spec.type = 'ClusterIP';
    }),
  ];
}
