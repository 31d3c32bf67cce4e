import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { IngressController } from '../model/cluster/ingress-controller';
import { attachOwn } from '../synth/hook';
import type { AppPort } from './app-port';
import { controllersFrom, ingressControllersOf, nameController } from './ingress-controller';
import type { IngressProps } from './ingress-props';
import { requestsTo } from './ingress-requests';
import { hostsOf, type IngressHostFacts } from './ingress-routes';
import { certificatesOf } from './ingress-tls';
import { quoted } from './names';
import { promiseRoutes } from './url-promises';

/**
 * Offers apps by URL, opens the policies of the apps behind it to the pods of the ingress controller, and promises for each
 * route of a host that requests get there. Of routes for every host, and of regular expressions, promise URLs of your own.
 */
export class Ingress extends Construct {
  private readonly props: IngressProps;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    attachOwn(this);
    this.props = props;
    if (props.controller) nameController(this, props.controller, props.className);
    const where = `Ingress "${this.node.path}"`;
    const hosts = hostsOf(where, props);
    const certificates = certificatesOf(where, this.namespace, props.tls, hosts);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: props.name ?? id, annotations: { ...props.annotations, ...props.options?.annotations } },
      spec: {
        ingressClassName: Lazy.any({ produce: () => props.className ?? this.controller()?.className }),
        defaultBackend: props.defaultBackend && this.backend('requests that no route takes', props.defaultBackend),
        rules: hosts.length > 0 ? hosts.map((each) => this.rule(each)) : undefined,
        tls: certificates,
      },
    });
    const ports = hosts.flatMap(({ paths }) => paths.map(({ port }) => port));
    // Controllers send to the pods themselves, not through the Service (ING-15).
    for (const port of new Set([...ports, ...(props.defaultBackend ? [props.defaultBackend] : [])])) {
      port.owner.admit(() => this.controller(), port);
    }
    promiseRoutes(
      this,
      hosts.flatMap((each) => requestsTo(each, certificates, props.options)),
    );
    this.node.addValidation({ validate: () => this.problemsOfController() });
  }

  private get namespace(): string {
    return Chart.of(this).namespace ?? 'default';
  }

  private rule({ host, paths }: IngressHostFacts): object {
    const routes = paths.map(({ path, pathType, port }) => ({ path, pathType, backend: this.backend(path, port) }));
    return { host, http: { paths: routes } };
  }

  /** ING-14: an Ingress can only name ports of Services of its own namespace. */
  private backend(what: string, port: AppPort): object {
    const { service, label } = port.owner;
    const cannotRoute = `Unable to route ${what} to port "${port.name}" of ${label} (${this.node.path}):`;
    if (!service || port.dialled === undefined) throw new Error(`${cannotRoute} it is in no Service of the cluster.`);
    if (port.protocol !== 'TCP')
      throw new Error(`${cannotRoute} it is ${port.protocol}, and HTTP comes over TCP. Give a TCP port.`);
    if (service.namespace !== this.namespace) {
      throw new Error(
        `${cannotRoute} it is in namespace "${service.namespace}", and an Ingress reaches Services of its own namespace ` +
          `"${this.namespace}" only (ING-14). Create the Ingress in that chart.`,
      );
    }
    return { service: { name: service.name, port: { name: port.name } } };
  }

  /** Not before synth: the cluster may be described after the apps. */
  private controller(): IngressController | undefined {
    const { controller, className } = this.props;
    const known = controller ? controllersFrom([controller]) : ingressControllersOf(this);
    return known.find((each) => each.className === className) ?? known[0];
  }

  private problemsOfController(): string[] {
    const { className, controller: given, options } = this.props;
    const controller = this.controller();
    if (!controller) {
      return [
        'no ingress controller is known, so no policy can let it in to the apps behind this Ingress: ' +
          'set `ingress: [IngressController.nginx()]` on the PodNetwork, or `controller` on the Ingress',
      ];
    }
    const problems: string[] = [];
    const known = ingressControllersOf(this);
    if (!given && className !== undefined && known.length > 1 && controller.className !== className) {
      problems.push(
        `class "${className}" is that of no ingress controller of the PodNetwork, whose classes are ` +
          `${quoted(known.map((each) => each.className))}: say in \`controller\` whose pods are to be let in`,
      );
    }
    if (options && options.kind !== controller.kind) {
      problems.push(
        `the options are for ${options.kind}, and requests come through ${controller.name}, which does not read them: ` +
          'give `options` of that controller, or set `controller`',
      );
    }
    return problems;
  }
}
