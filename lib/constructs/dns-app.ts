import { Chart, Lazy } from 'cdk8s';
import { type Container, EnvValue, type Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { captureCallSite } from '../synth/call-site';
import { shareCreationLine } from '../synth/creation-lines';
import { attach, attachOwn } from '../synth/hook';
import { clusterSpecOf, type PromiseDraft } from '../synth/registry';
import { AppContainer } from './app-container';
import { AppPod } from './app-pod';
import { type AppClient, closeApp } from './app-policy';
import { AppAddress, AppPort, type Consumer, isAppPort, type PortOwner, serviceHost } from './app-port';
import { assertHealthCheck, declaredPorts, portNamed } from './app-ports';
import { exposeApp, exposedPorts, serveApp } from './app-service';
import { type DeclaredContainer, declaredContainers } from './app-sidecars';
import { type AppIdentity, deployApp, envValues } from './app-workload';
import type { DnsAppProps } from './dns-app-props';
import { ExistingApp, type ExistingAppProps } from './existing-app';
import { assertServiceName, didYouMean, quoted } from './names';
import { assertDns, type DnsOptions, findsShortNames } from './pod-dns';
import { podsPeer } from './policy-spec';
import type { Service } from './service';
import { APP_PODS, type AppPods } from './service-selector';
import { assertWorkload } from './workload-rules';

/** The label that carries the app's name, on its pods and all its objects. */
const NAME_LABEL = 'app.kubernetes.io/name';

/** How an app uses a port beside reaching it. */
export interface UseOptions {
  /** The environment variable that gets the address; a port without a chosen form gives `host:port`. @default - none */
  readonly env?: string;
}

/**
 * An app that others find by its DNS name: a workload of any kind, a Service when it has ports, a service account,
 * and a NetworkPolicy that lets through only what the app and its users declare. The kubelet's probes need no rule: they come
 * from the pod's own node, which no policy keeps out (NP-30).
 *
 * @typeParam P names of its ports: a field of type `DnsApp` takes any app, one of type `DnsApp<'http'>` those with this port
 * @typeParam S names of its sidecars
 */
export class DnsApp<in P extends string = never, in S extends string = never> extends Construct implements HasEndpoint {
  /** An app that is deployed from another repository: a value to use and to promise about, which emits nothing. */
  static existing<P extends string>(props: ExistingAppProps<P>): ExistingApp<P> {
    return new ExistingApp(props);
  }

  /** Name of the workload, the Service, the service account and the policy. */
  readonly name: string;

  /** The namespace of the chart, else `default`. */
  readonly namespace: string;

  /** The workload, for what the props don't offer: volumes, scheduling, patches. */
  readonly workload: Workload;

  /** The Service inside the cluster; `undefined` when no port is in it. Further ones are made by `new Service(...)`. */
  readonly service: Service | undefined;

  /** The Services of an app that is exposed, in the order of `expose`. */
  readonly externalServices: readonly Service[];

  /** Whether the app's own policy lets through only what is declared. */
  readonly closed: boolean;

  private readonly identity: AppIdentity;
  private readonly ports: ReadonlyMap<string, AppPort>;
  private readonly containers: readonly DeclaredContainer[];
  private readonly governing: Service | undefined;
  private readonly replicas: number;
  private readonly dns: DnsOptions;
  private readonly pods = new Map<number, AppPod<P>>();
  private readonly clients: AppClient[] = [];
  private readonly used: AppPort[] = [];
  /** Whose names are promised to resolve. */
  private readonly resolved = new Set<PortOwner>();

  constructor(scope: Construct, id: string, props: DnsAppProps<P, S>) {
    super(scope, id);
    attachOwn(this);
    const building = shareCreationLine(this);
    const { path } = this.node;
    this.name = props.name ?? id;
    assertServiceName('an app', this.name, path);
    assertWorkload(path, props);
    this.dns = props.dns ?? {};
    assertDns(path, this.dns);
    this.namespace = Chart.of(this).namespace ?? 'default';
    this.closed = props.closed ?? true;
    this.replicas = ('replicas' in props ? props.replicas : undefined) ?? 1;
    const selector = { [NAME_LABEL]: this.name };
    this.identity = { name: this.name, selector, labels: { ...props.labels, ...selector } };

    const isTranslated =
      !('headless' in props && props.headless) && (props.kind !== 'StatefulSet' || props.headless === false);
    const ports = declaredPorts(path, props.ports ?? {}, isTranslated);
    const containers = declaredContainers(path, this.name, ports, props);
    this.containers = containers;
    for (const check of [props.readiness, props.liveness, props.startup]) assertHealthCheck(path, ports, check);
    for (const { name, sidecar, ports: own } of containers) {
      const checks = [sidecar?.readiness, sidecar?.liveness, sidecar?.startup];
      for (const check of checks) assertHealthCheck(`${path}, sidecar "${name}"`, own, check);
    }
    const owner = this.asPortOwner();
    this.ports = new Map([...ports].map(([name, port]) => [name, new AppPort(owner, name, port)]));

    const exposures = props.expose ? [props.expose].flat() : [];
    const { own, governing } = serveApp(this, this.identity.labels, props);
    [this.service, this.governing] = [own, governing];
    this.externalServices = exposeApp(this, this.identity.labels, exposures);
    this.workload = deployApp(this, this.identity, containers, props, governing);
    if (this.closed) {
      const open = [...new Set(exposures.flatMap((exposure) => exposedPorts(this, exposure)))];
      const { identity, clients, used: uses, namespace, dns } = this;
      closeApp(this, identity, namespace, { ports: this.ports, exposed: open, clients, uses, dns });
    }
    this.setEnvironments(props);
    building.done();
  }

  get [ENDPOINT](): EndpointRef {
    return { kind: 'construct', path: this.node.path, knownBy: this.identity.selector };
  }

  /** @internal */
  get [APP_PODS](): AppPods {
    return { namespace: this.namespace, labels: this.identity.selector, ports: this.ports };
  }

  /** One of the declared ports: to use, to promise about, to route to. */
  port(name: P): AppPort {
    return portNamed(this.node.path, this.ports, name);
  }

  /**
   * One of its containers, to promise about. The compiler knows the names of sidecars alone: what an app is called is no part of
   * its type, so that a field or a list takes apps of every name.
   * @param name of a sidecar @default - the app's own container, which is called as the app is
   */
  container(name?: S): AppContainer {
    return this.containerCalled(name ?? this.name);
  }

  /** Names that the compiler did not see may be that of the app's own. */
  private containerCalled(name: string): AppContainer {
    const container = this.containers.find((each) => each.name === name);
    if (container) return new AppContainer(name, { home: this, pods: this[ENDPOINT], ports: container.ports });
    const names = this.containers.map((each) => each.name);
    throw new Error(
      `Unable to find container "${name}" of app "${this.node.path}": ` +
        `its containers are ${quoted(names)}.${didYouMean(name, names)}`,
    );
  }

  /** The name by which clients find it: short within its namespace, full across. As a use it means all ports of its Service. */
  get dnsName(): AppAddress {
    if (this.service) {
      const offered = [...this.ports.values()].filter((port) => port.dialled !== undefined);
      return new AppAddress(offered, (consumer) => serviceHost(this, consumer));
    }
    throw new Error(`Unable to give the DNS name of app "${this.node.path}": no port of it is in a Service.`);
  }

  /**
   * One pod of a StatefulSet, which has a name of its own (DNS-06).
   *
   * @param ordinal 0 up to one below `replicas`
   */
  pod(ordinal: number): AppPod<P> {
    const { governing, replicas, namespace, ports } = this;
    const { path } = this.node;
    if (!governing) {
      throw new Error(
        `Unable to name pod ${ordinal} of app "${path}": only the pods of a StatefulSet have names of their own (DNS-06). ` +
          "Set `kind: 'StatefulSet'`.",
      );
    }
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= replicas) {
      const has = replicas === 0 ? 'none' : replicas === 1 ? 'pod 0 only' : `pods 0 to ${replicas - 1}`;
      throw new Error(`Unable to name pod ${ordinal} of app "${path}": with ${replicas} replicas it has ${has}.`);
    }
    const labels = this.identity.selector;
    const facts = { label: path, namespace, labels, ports, governing };
    const pod = this.pods.get(ordinal) ?? new AppPod<P>(`${this.name}-${ordinal}`, facts);
    this.pods.set(ordinal, pod);
    return pod;
  }

  /**
   * Declares that this app calls the port: opens both ends and the lookup of names, and promises that it gets there.
   * The same as an entry of `uses`, for apps that call each other or are made in another order.
   *
   * @param target a port, or one of its addresses
   */
  use(target: AppPort | AppAddress, options: UseOptions = {}): this {
    const ports = isAppPort(target) ? [target] : target.ports;
    if (options.env !== undefined) {
      const [main] = this.workload.containers;
      this.injectAddress(main, options.env, isAppPort(target) ? target.hostPort() : target);
    }
    for (const port of ports.filter((port) => !this.used.includes(port))) {
      this.used.push(port);
      port.owner.admit(() => ({ namespace: this.namespace, labels: this.identity.selector }), port);
      this.promiseToReach(port);
      this.promiseToResolve(port.owner);
    }
    return this;
  }

  private setEnvironments(props: Pick<DnsAppProps<string>, 'uses' | 'env' | 'initContainers'>): void {
    const { containers, initContainers } = this.workload;
    const all = [...containers, ...initContainers];
    const told = [
      { ...props, name: this.name },
      ...this.containers.flatMap(({ name, sidecar }) => (sidecar ? [{ ...sidecar, name }] : [])),
      ...(props.initContainers ?? []),
    ];
    for (const one of told) this.setEnvironment(all.find(({ name }) => name === one.name)!, one);
  }

  /** Addresses come first: other variables may refer only to those before them. */
  private setEnvironment(container: Container, { uses = {}, env = {} }: Pick<DnsAppProps<P>, 'uses' | 'env'>): void {
    for (const [name, address] of Object.entries(uses)) {
      this.injectAddress(container, name, address);
      this.use(address);
    }
    for (const [name, value] of Object.entries(envValues(env))) this.setEnv(container, name, value);
  }

  /** Written at synth, when the cluster's domain is known. */
  private injectAddress(container: Container, env: string, address: AppAddress): void {
    const produce = () => address.textFor(this.asConsumer());
    this.setEnv(container, env, EnvValue.fromValue(Lazy.any({ produce })));
  }

  private asConsumer(): Consumer {
    const clusterDomain = clusterSpecOf(this).clusterDomain ?? 'cluster.local';
    const isShort = findsShortNames(this.dns, this.namespace, clusterDomain);
    // No namespace is that of the pods where none is searched, so that names are full.
    return { namespace: isShort ? this.namespace : '', clusterDomain };
  }

  private setEnv({ env }: Container, name: string, value: EnvValue): void {
    if (name in env.variables) {
      throw new Error(`Unable to set environment variable "${name}" of app "${this.node.path}": it is set already.`);
    }
    env.addVariable(name, value);
  }

  private promiseToReach(port: AppPort): void {
    const { dialled, owner } = port;
    const [target, by] = [port[ENDPOINT], owner.provableBy(port)];
    const { name: service = '', namespace = '' } = owner.service ?? {};
    // An alias is no Service to go through: where its name leads is promised apart.
    const isTold = by === 'name' && dialled !== undefined && owner.service !== undefined && !owner.nameLeadsTo;
    const told = isTold ? { namespace, service, port: dialled } : undefined;
    this.imply(`uses/${owner.label}:${port.name}`, () => {
      return { verb: 'toReach', negated: false, targets: [target], by, told };
    });
  }

  /** By the very name that the pods are given. */
  private promiseToResolve(owner: PortOwner): void {
    const { nameLeadsTo: to } = owner;
    if (!to || this.resolved.has(owner)) return;
    this.resolved.add(owner);
    this.imply(`uses/${owner.label}`, () => {
      return { verb: 'toResolve', negated: false, name: owner.hostFor(this.asConsumer()), to };
    });
  }

  private imply(name: string, verb: PromiseDraft['verb']): void {
    const { path: scope } = this.node;
    const callSite = captureCallSite();
    attach(this).promises.push({ scope, name, subject: this[ENDPOINT], callSite, implied: true, verb });
  }

  private asPortOwner(): PortOwner {
    const { name, namespace, identity, clients } = this;
    const { path } = this.node;
    return {
      label: path,
      home: this,
      service: { name, namespace },
      portRef: (port) => ({
        kind: 'port',
        of: this[ENDPOINT],
        port: port.dialled === undefined ? port.target : port.name,
        protocol: port.protocol,
      }),
      // A port that no Service offers has no name to be reached by.
      provableBy: (port) => (port.dialled === undefined ? 'podIP' : 'name'),
      hostFor: (consumer) => serviceHost({ name, namespace }, consumer),
      peersFor: (policy) => [podsPeer({ namespace, labels: identity.selector }, policy)],
      admit: (pods, port) => clients.push({ pods, port }),
    };
  }
}
