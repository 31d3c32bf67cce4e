import { Chart } from 'cdk8s';
import { Namespace, Volume } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DefaultDeny, Port } from 'portolan';
import { BoutiqueApp, shopImage, UNPRIVILEGED } from './boutique-app';
import { promise } from './promises';

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
  readonly redisCart = new BoutiqueApp(this, 'redis-cart', {
    image: 'redis:alpine',
    ports: { 'tcp-redis': 6379 },
    readiness: { tcp: 'tcp-redis', periodSeconds: 5 },
    liveness: { tcp: 'tcp-redis', periodSeconds: 5 },
    resources: { requests: { cpu: '70m', memory: '200Mi' }, limits: { cpu: '125m', memory: '256Mi' } },
  });

  readonly cart = new BoutiqueApp(this, 'cartservice', {
    image: shopImage('cartservice'),
    ports: { grpc: 7070 },
    uses: { REDIS_ADDR: this.redisCart.port('tcp-redis').hostPort() },
    readiness: { grpc: 'grpc', initialDelaySeconds: 15 },
    liveness: { grpc: 'grpc', initialDelaySeconds: 15, periodSeconds: 10 },
    resources: { requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '300m', memory: '128Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly productCatalog = new BoutiqueApp(this, 'productcatalogservice', {
    image: shopImage('productcatalogservice'),
    ports: { grpc: 3550 },
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly currency = new BoutiqueApp(this, 'currencyservice', {
    image: shopImage('currencyservice'),
    ports: { grpc: 7000 },
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly payment = new BoutiqueApp(this, 'paymentservice', {
    image: shopImage('paymentservice'),
    ports: { grpc: 50051 },
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc' },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly shipping = new BoutiqueApp(this, 'shippingservice', {
    image: shopImage('shippingservice'),
    ports: { grpc: 50051 },
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc', periodSeconds: 5 },
    liveness: { grpc: 'grpc' },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  });

  readonly email = new BoutiqueApp(this, 'emailservice', {
    image: shopImage('emailservice'),
    // Clients dial 5000; the pods listen on 8080, and that is what policies see.
    ports: { grpc: Port.tcp(8080, { service: 5000 }) },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc', periodSeconds: 5 },
    liveness: { grpc: 'grpc', periodSeconds: 5 },
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly ad = new BoutiqueApp(this, 'adservice', {
    image: shopImage('adservice'),
    ports: { grpc: 9555 },
    env: { PORT: '9555' },
    readiness: { grpc: 'grpc', initialDelaySeconds: 20, periodSeconds: 15 },
    liveness: { grpc: 'grpc', initialDelaySeconds: 20, periodSeconds: 15 },
    resources: { requests: { cpu: '200m', memory: '180Mi' }, limits: { cpu: '300m', memory: '300Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly recommendation = new BoutiqueApp(this, 'recommendationservice', {
    image: shopImage('recommendationservice'),
    ports: { grpc: 8080 },
    uses: { PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog.port('grpc').hostPort() },
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
    readiness: { grpc: 'grpc', periodSeconds: 5 },
    liveness: { grpc: 'grpc', periodSeconds: 5 },
    resources: { requests: { cpu: '100m', memory: '220Mi' }, limits: { cpu: '200m', memory: '450Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  readonly checkout = new BoutiqueApp(this, 'checkoutservice', {
    image: shopImage('checkoutservice'),
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

  readonly frontend = new BoutiqueApp(this, 'frontend', {
    image: shopImage('frontend'),
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

  readonly loadGenerator = new BoutiqueApp(this, 'loadgenerator', {
    image: shopImage('loadgenerator'),
    uses: { FRONTEND_ADDR: this.frontend.port('http').hostPort() },
    env: { USERS: '10', RATE: '1' },
    initContainers: [
      {
        name: 'frontend-check',
        image: 'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
        command: ['/bin/sh', '-c', WAIT_FOR_FRONTEND],
        uses: { FRONTEND_ADDR: this.frontend.port('http').hostPort() },
        securityContext: UNPRIVILEGED,
      },
    ],
    podAnnotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
    resources: { requests: { cpu: '300m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
    terminationGracePeriodSeconds: 5,
  });

  constructor(scope: Construct) {
    super(scope, 'online-boutique', { namespace: 'online-boutique' });
    new Namespace(this, 'namespace', { metadata: { name: this.namespace, namespace: undefined } });
    // What others put into the namespace is closed as well, until they write a policy for it.
    new DefaultDeny(this, 'default-deny');

    const data = Volume.fromEmptyDir(this, 'redis-data', 'redis-data');
    this.redisCart.workload.containers[0].mount('/data', data);

    promise(this);
  }
}
