import { Chart } from 'cdk8s';
import { Namespace, Volume } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DefaultDeny, DnsApp, Port } from 'portolan';
import { harden, stopWithin } from './pod-settings';
import { promise } from './promises';

/** The image that the shop's authors publish for one of its services. */
const imageOf = (service: string) =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${service}:v0.10.6`;

/** Twelve tries in two minutes; the load begins only when the shop answers. */
const WAIT_FOR_FRONTEND = [
  'for attempt in $(seq 12); do',
  '  wget -q -O /dev/null "http://$FRONTEND_ADDR" && exit 0',
  '  echo "attempt $attempt: no answer from $FRONTEND_ADDR"',
  '  sleep 10',
  'done',
  'exit 1',
].join('\n');

/**
 * Google's Online Boutique, a web shop of twelve services: https://github.com/GoogleCloudPlatform/microservices-demo
 *
 * Every service is closed. A `uses` entry writes the address into the environment, opens exactly that way in the
 * policies of both ends, and promises that it works.
 */
export class OnlineBoutique extends Chart {
  readonly redisCart = new DnsApp(this, 'redis-cart', {
    image: 'redis:alpine',
    ports: { 'tcp-redis': 6379 },
    readiness: { tcp: 'tcp-redis', periodSeconds: 5 },
    liveness: { tcp: 'tcp-redis', periodSeconds: 5 },
    resources: { requests: { cpu: '70m', memory: '200Mi' }, limits: { cpu: '125m', memory: '256Mi' } },
  });

  readonly cart = new DnsApp(this, 'cartservice', {
    image: imageOf('cartservice'),
    ports: { grpc: 7070 },
    uses: { REDIS_ADDR: this.redisCart.port('tcp-redis').hostPort() },
    readiness: { grpc: 'grpc', initialDelaySeconds: 15 },
    liveness: { grpc: 'grpc', initialDelaySeconds: 15, periodSeconds: 10 },
    resources: { requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '300m', memory: '128Mi' } },
  });

  readonly productCatalog = new DnsApp(this, 'productcatalogservice', {
    image: imageOf('productcatalogservice'),
    ports: { grpc: 3550 },
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly currency = new DnsApp(this, 'currencyservice', {
    image: imageOf('currencyservice'),
    ports: { grpc: 7000 },
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly payment = new DnsApp(this, 'paymentservice', {
    image: imageOf('paymentservice'),
    ports: { grpc: 50051 },
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly shipping = new DnsApp(this, 'shippingservice', {
    image: imageOf('shippingservice'),
    ports: { grpc: 50051 },
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc', periodSeconds: 5 },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly email = new DnsApp(this, 'emailservice', {
    image: imageOf('emailservice'),
    // Clients dial 5000; the pods listen on 8080, and that is what policies see.
    ports: { grpc: Port.tcp(8080, { service: 5000 }) },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc', periodSeconds: 5 },
    liveness: { grpc: 'grpc', periodSeconds: 5 },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly ad = new DnsApp(this, 'adservice', {
    image: imageOf('adservice'),
    ports: { grpc: 9555 },
    env: { PORT: '9555' },
    readiness: { grpc: 'grpc', initialDelaySeconds: 20, periodSeconds: 15 },
    liveness: { grpc: 'grpc', initialDelaySeconds: 20, periodSeconds: 15 },
    resources: { requests: { cpu: '200m', memory: '180Mi' }, limits: { cpu: '300m', memory: '300Mi' } },
  });

  readonly recommendation = new DnsApp(this, 'recommendationservice', {
    image: imageOf('recommendationservice'),
    ports: { grpc: 8080 },
    uses: { PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog.port('grpc').hostPort() },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc', periodSeconds: 5 },
    liveness: { grpc: 'grpc', periodSeconds: 5 },
    resources: { requests: { cpu: '100m', memory: '220Mi' }, limits: { cpu: '200m', memory: '450Mi' } },
  });

  readonly checkout = new DnsApp(this, 'checkoutservice', {
    image: imageOf('checkoutservice'),
    ports: { grpc: 5050 },
    uses: {
      PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog.port('grpc').hostPort(),
      SHIPPING_SERVICE_ADDR: this.shipping.port('grpc').hostPort(),
      PAYMENT_SERVICE_ADDR: this.payment.port('grpc').hostPort(),
      EMAIL_SERVICE_ADDR: this.email.port('grpc').hostPort(),
      CURRENCY_SERVICE_ADDR: this.currency.port('grpc').hostPort(),
      CART_SERVICE_ADDR: this.cart.port('grpc').hostPort(),
    },
    env: { PORT: '5050' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly frontend = new DnsApp(this, 'frontend', {
    image: imageOf('frontend'),
    ports: { http: Port.tcp(8080, { service: 80 }) },
    expose: { type: 'LoadBalancer' },
    uses: {
      PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog.port('grpc').hostPort(),
      CURRENCY_SERVICE_ADDR: this.currency.port('grpc').hostPort(),
      CART_SERVICE_ADDR: this.cart.port('grpc').hostPort(),
      RECOMMENDATION_SERVICE_ADDR: this.recommendation.port('grpc').hostPort(),
      SHIPPING_SERVICE_ADDR: this.shipping.port('grpc').hostPort(),
      CHECKOUT_SERVICE_ADDR: this.checkout.port('grpc').hostPort(),
      AD_SERVICE_ADDR: this.ad.port('grpc').hostPort(),
    },
    env: {
      PORT: '8080',
      // The shop has no such service: nothing is opened for it and nothing promised. The server only starts when it is set.
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      ENABLE_PROFILER: '0',
    },
    readiness: {
      http: '/_healthz',
      port: 'http',
      headers: { Cookie: 'shop_session-id=x-readiness-probe' },
      initialDelaySeconds: 10,
    },
    liveness: {
      http: '/_healthz',
      port: 'http',
      headers: { Cookie: 'shop_session-id=x-liveness-probe' },
      initialDelaySeconds: 10,
    },
    podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly loadGenerator = new DnsApp(this, 'loadgenerator', {
    image: imageOf('loadgenerator'),
    uses: { FRONTEND_ADDR: this.frontend.port('http').hostPort() },
    env: { USERS: '10', RATE: '1' },
    initContainers: [
      {
        name: 'frontend-check',
        image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
        command: ['/bin/sh', '-c', WAIT_FOR_FRONTEND],
        uses: { FRONTEND_ADDR: this.frontend.port('http').hostPort() },
      },
    ],
    podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
    resources: { requests: { cpu: '300m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  });

  constructor(scope: Construct) {
    super(scope, 'online-boutique', { namespace: 'online-boutique' });
    new Namespace(this, 'namespace', { metadata: { name: this.namespace, namespace: undefined } });
    // What others put into the namespace is closed as well, until they write a policy for it.
    new DefaultDeny(this, 'default-deny');

    const data = Volume.fromEmptyDir(this, 'redis-data', 'redis-data');
    this.redisCart.workload.containers[0].mount('/data', data);
    for (const child of this.node.children) if (child instanceof DnsApp) harden(child);
    const { ad, cart, currency, email, loadGenerator, payment, productCatalog, recommendation } = this;
    for (const app of [ad, cart, currency, email, loadGenerator, payment, productCatalog, recommendation]) {
      stopWithin(app, 5);
    }

    promise(this);
  }
}
