import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';
import { attachOwn } from '../synth/hook';
import { AppAddress, AppPort, type PodsOfApp, type PortOwner, serviceHost } from './app-port';
import { portNamed } from './app-ports';
import { assertServiceName } from './names';
import { outsidePeers, POLICY_PEERS } from './policy-peers';
import { type PolicyPeer, type PolicyScope, podsPeer, producible } from './policy-spec';
import { assertEndpoints, emitEndpointSlices } from './service-endpoints';
import { type ServicePortFacts, servicePorts } from './service-ports';
import type { AnyServiceProps, ServiceProps } from './service-props';
import { assertService } from './service-rules';
import { appOf, selectorLabels } from './service-selector';
import { serviceSpec } from './service-spec';

/**
 * A Service of any type: in front of an app, of what another construct made, of pods by their labels, or of addresses.
 * What the API server would refuse is refused where it is declared, with the rule.
 *
 * @typeParam P names of its ports: a field of type `Service` takes any Service, one of type `Service<'http'>` those with this port
 */
export class Service<in P extends string = never> extends Construct implements HasEndpoint {
  /** Name of the object, and the first part of its DNS name. */
  readonly name: string;

  /** The namespace of the chart, else `default`. */
  readonly namespace: string;

  private readonly props: AnyServiceProps;
  private readonly ports: ReadonlyMap<string, AppPort>;
  private readonly facts: readonly ServicePortFacts[];

  constructor(scope: Construct, id: string, props: ServiceProps<P>) {
    super(scope, id);
    attachOwn(this);
    const { path } = this.node;
    this.props = props;
    this.name = this.props.name ?? id;
    assertServiceName('a Service', this.name, path);
    assertService(path, this.props);
    this.namespace = Chart.of(this).namespace ?? 'default';
    this.facts = servicePorts(path, this.props);
    const owner = this.asPortOwner();
    this.ports = new Map(
      this.facts.map((facts) => {
        const { name, target: number, port: service, protocol, appProtocol } = facts;
        return [name, new AppPort(owner, name, { number, service, protocol, appProtocol })];
      }),
    );
    assertEndpoints(path, this.props.endpoints ?? [], this.facts);
    this.emit();
  }

  get [ENDPOINT](): EndpointRef {
    return { kind: 'construct', path: this.node.path };
  }

  /** What is behind it: policies never see the Service itself (NP-19). @internal */
  [POLICY_PEERS](policy: PolicyScope): readonly PolicyPeer[] {
    return this.peersFor(policy);
  }

  /** One of its ports: to use, to promise about, to route to. */
  port(name: P): AppPort {
    return portNamed(this.node.path, this.ports, name);
  }

  /**
   * The port of every node that leads to one of its ports (SVC-20): to promise about. Of types NodePort and LoadBalancer.
   */
  nodePort(name: P): HasEndpoint {
    const { protocol } = this.port(name);
    const { type, allocateLoadBalancerNodePorts = true } = this.props;
    const isNumbered = this.facts.some((facts) => facts.name === name && facts.nodePort !== undefined);
    if (type === 'NodePort' || (type === 'LoadBalancer' && (allocateLoadBalancerNodePorts || isNumbered))) {
      return Object.freeze({
        [ENDPOINT]: Object.freeze({ kind: 'nodePort', of: this[ENDPOINT], port: name, protocol }),
        [HOME]: this,
      });
    }
    throw new Error(
      `Unable to promise about node port "${name}" of Service "${this.node.path}": it opens no port on the nodes (SVC-19, SVC-20). ` +
        "Set `type: 'NodePort'`.",
    );
  }

  /** The name by which clients find it: short within its namespace, full across. As a use it means all of its ports. */
  get dnsName(): AppAddress {
    return new AppAddress([...this.ports.values()], (consumer) => serviceHost(this, consumer));
  }

  /**
   * `scheme://host:port/path` of a Service with one port; `port(name).url()` where there are several.
   *
   * @param scheme default: the port's `appProtocol`, else `http`
   */
  url(scheme?: string, options: { readonly path?: string } = {}): AppAddress {
    const [port, ...more] = this.ports.values();
    if (port && more.length === 0) return port.url(scheme, options);
    const choice = port
      ? `it has ${more.length + 1} ports; write service.port('${port.name}').url()`
      : 'it has no port';
    throw new Error(`Unable to give a URL of Service "${this.node.path}": ${choice}.`);
  }

  /**
   * The name of the SRV record of a port (DNS-03, DNS-07), which tells clients its number. Always the full name: many
   * libraries look such records up without the search list.
   */
  srv(name: P): AppAddress {
    const port = this.port(name);
    return new AppAddress([port], ({ clusterDomain }) => {
      const { namespace } = this;
      return `_${port.name}._${port.protocol.toLowerCase()}.${this.name}.${namespace}.svc.${clusterDomain}`;
    });
  }

  private emit(): void {
    const { name, props, facts, namespace } = this;
    const { path } = this.node;
    const selected = () => (props.selector ? selectorLabels({ path, namespace }, props.selector) : undefined);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels: { ...props.labels }, annotations: { ...props.annotations } },
      spec: Lazy.any({ produce: () => serviceSpec(props, facts, selected()) }),
    });
    // Other constructs may still change until synth; what is known already is refused at its own line.
    if (appOf(props.selector) || !Construct.isConstruct(props.selector)) selected();
    this.node.addValidation(producible(selected));
    emitEndpointSlices(this, { name, labels: props.labels ?? {} }, props.endpoints ?? [], facts);
  }

  private asPortOwner(): PortOwner {
    const { name, namespace } = this;
    const { path } = this.node;
    const alias = this.aliased();
    return {
      label: path,
      home: this,
      service: { name, namespace },
      nameLeadsTo: alias,
      portRef: (port) => {
        const { name: own, target, protocol } = port;
        // SVC-22: nothing of an alias is on the way but its name.
        return { kind: 'port', of: alias ?? this[ENDPOINT], port: alias ? target : own, protocol };
      },
      provableBy: () => 'name',
      hostFor: (consumer) => serviceHost({ name, namespace }, consumer),
      peersFor: (policy) => this.peersFor(policy),
      admit: (client, port) => this.admit(client, port),
    };
  }

  /** The host that it is another name for. */
  private aliased(): EndpointRef | undefined {
    const { externalName } = this.props;
    return externalName === undefined ? undefined : { kind: 'external', host: externalName.replace(/\.$/, '') };
  }

  /** NP-19: policies see what is behind the Service, never the Service itself. */
  private peersFor(policy: PolicyScope): readonly PolicyPeer[] {
    const { selector, endpoints = [] } = this.props;
    if (selector) {
      const { namespace } = this;
      return [podsPeer({ namespace, labels: selectorLabels({ path: this.node.path, namespace }, selector) }, policy)];
    }
    const blocks = endpoints.map(({ address }) => `${address}/${address.includes(':') ? 128 : 32}`);
    return outsidePeers(policy.cluster, endpoints.length > 0 ? blocks : undefined);
  }

  /** The pods behind have a policy of their own only where they are an app's. */
  private admit(client: () => PodsOfApp | undefined, port: AppPort): void {
    if (/\.svc(\.|$)/.test(this.props.externalName ?? '')) {
      throw new Error(
        `Unable to use Service "${this.node.path}": it is another name for ${this.props.externalName} in the cluster, and which pods ` +
          'a policy has to open for it the name does not tell (SVC-22). Use that Service itself.',
      );
    }
    const behind = this.facts.find(({ name }) => name === port.name)?.behind;
    behind?.owner.admit(client, behind);
  }
}
