import { type Chart, Testing } from 'cdk8s';
import { DnsApp, Gateway, GatewayController, Listener, PodNetwork, type PodNetworkProps, Port } from 'portolan';
import { chartIn, only } from '../manifests';

const image = 'shop/web:3';

/** A Gateway of namespace `infra` that takes routes of `shop`, and apps there. */
export class Stage {
  readonly app = Testing.app();
  readonly infra: Chart = chartIn('infra', this.app);
  readonly shop: Chart = chartIn('shop', this.app);
  readonly web = new DnsApp(this.shop, 'web', { image, ports: { http: Port.tcp(3000, { service: 80 }) } });
  readonly api = new DnsApp(this.shop, 'api', { image, ports: { http: 8080, stats: Port.udp(8125) } });
  readonly gateway = new Gateway(this.infra, 'public', {
    className: 'istio',
    listeners: { http: Listener.http(), https: Listener.https({ hostname: '*.example.com', tls: 'public-tls' }) },
    allowedRoutes: { namespaces: ['shop'] },
  });

  /** @param network the cluster that its promises are judged on */
  constructor(network: PodNetworkProps = { gateways: [GatewayController.istio()] }) {
    new PodNetwork(this.app, 'network', network);
  }

  get http() {
    return this.web.port('http');
  }
}

/** The spec of the one object of this kind. */
export function specOf(chart: Chart, kind: string): Record<string, unknown> {
  return only(chart, kind).spec;
}
