import { type DnsApp, Intents, internet, namespace, pods } from 'portolan';
import type { OnlineBoutique } from './online-boutique';

/**
 * Who may reach whom in the shop: what its architecture documents, stated once more than `uses` already does, so that
 * whoever removes a call or opens a way has to change this file too.
 */
export function promise(shop: OnlineBoutique): void {
  documentedCalls(shop);
  nobodyElse(shop);
  nowhereElse(shop);
  noOtherPort(shop);
  theOutside(shop);
}

/** Each by name: the lookup, the Service, the policies of both ends, and the port on which the pods listen. */
function documentedCalls(shop: OnlineBoutique): void {
  const intents = Intents.of(shop);

  intents.expect(shop.loadGenerator).toReach(shop.frontend.port('http'));

  intents.expect(shop.frontend).toReach(shop.ad.port('grpc'));
  intents.expect(shop.frontend).toReach(shop.cart.port('grpc'));
  intents.expect(shop.frontend).toReach(shop.checkout.port('grpc'));
  intents.expect(shop.frontend).toReach(shop.currency.port('grpc'));
  intents.expect(shop.frontend).toReach(shop.productCatalog.port('grpc'));
  intents.expect(shop.frontend).toReach(shop.recommendation.port('grpc'));
  intents.expect(shop.frontend).toReach(shop.shipping.port('grpc'));

  intents.expect(shop.checkout).toReach(shop.cart.port('grpc'));
  intents.expect(shop.checkout).toReach(shop.currency.port('grpc'));
  intents.expect(shop.checkout).toReach(shop.email.port('grpc'));
  intents.expect(shop.checkout).toReach(shop.payment.port('grpc'));
  intents.expect(shop.checkout).toReach(shop.productCatalog.port('grpc'));
  intents.expect(shop.checkout).toReach(shop.shipping.port('grpc'));

  intents.expect(shop.recommendation).toReach(shop.productCatalog.port('grpc'));
  intents.expect(shop.cart).toReach(shop.redisCart.port('tcp-redis'));
}

/** All others are kept out on every way, by name and by address, whoever deployed them; only a pod's own node gets in (NP-30). */
function nobodyElse(shop: OnlineBoutique): void {
  const intents = Intents.of(shop);

  intents.expect(shop.redisCart).toBeReachedOnlyBy(shop.cart).because('it takes orders from anybody who gets there');
  intents.expect(shop.payment).toBeReachedOnlyBy(shop.checkout).because('card numbers pass here');
  intents.expect(shop.email).toBeReachedOnlyBy(shop.checkout).because('else anybody could write to customers');

  intents.expect(shop.ad).toBeReachedOnlyBy(shop.frontend);
  intents.expect(shop.checkout).toBeReachedOnlyBy(shop.frontend);
  intents.expect(shop.recommendation).toBeReachedOnlyBy(shop.frontend);
  intents.expect(shop.cart).toBeReachedOnlyBy(shop.frontend, shop.checkout);
  intents.expect(shop.currency).toBeReachedOnlyBy(shop.frontend, shop.checkout);
  intents.expect(shop.shipping).toBeReachedOnlyBy(shop.frontend, shop.checkout);
  intents.expect(shop.productCatalog).toBeReachedOnlyBy(shop.frontend, shop.checkout, shop.recommendation);

  intents.expect(shop.frontend).not.toReach([shop.payment, shop.email, shop.redisCart]);
  intents.expect(shop.loadGenerator).not.toReach([shop.checkout, shop.payment]);
}

/** Nor does anybody get further than its calls, whoever would let it in. Lookups of names are left out. */
function nowhereElse(shop: OnlineBoutique): void {
  const intents = Intents.of(shop);
  const { ad, cart, checkout, currency, email, payment, productCatalog, recommendation, redisCart, shipping } = shop;

  intents.expect(shop.loadGenerator).toReachOnly(shop.frontend.port('http'));
  intents
    .expect(shop.frontend)
    .toReachOnly(
      ad.port('grpc'),
      cart.port('grpc'),
      checkout.port('grpc'),
      currency.port('grpc'),
      productCatalog.port('grpc'),
      recommendation.port('grpc'),
      shipping.port('grpc'),
    );
  intents
    .expect(checkout)
    .toReachOnly(
      cart.port('grpc'),
      currency.port('grpc'),
      email.port('grpc'),
      payment.port('grpc'),
      productCatalog.port('grpc'),
      shipping.port('grpc'),
    );
  intents.expect(recommendation).toReachOnly(productCatalog.port('grpc'));
  intents.expect(cart).toReachOnly(redisCart.port('tcp-redis'));

  for (const app of [ad, currency, email, payment, productCatalog, redisCart, shipping]) {
    intents.expect(app).toBeIsolated({ ingress: false });
  }
  intents.expect(shop.loadGenerator).toBeIsolated({ egress: false }).because('nobody calls it');
}

/** Whoever is let in gets to the one port that it calls, whatever policies it may get at its own end. */
function noOtherPort(shop: OnlineBoutique): void {
  const intents = Intents.of(shop);
  const { ad, cart, checkout, currency, email, frontend, payment, productCatalog, recommendation, shipping } = shop;
  const whoever = ({ name }: DnsApp) => pods({ 'app.kubernetes.io/name': name }, { namespace: shop.namespace });

  for (const app of [ad, cart, checkout, currency, productCatalog, recommendation, shipping]) {
    intents.expect(app).not.toBeExposedTo(whoever(frontend), { except: [app.port('grpc')] });
  }
  for (const app of [cart, currency, email, payment, productCatalog, shipping]) {
    intents.expect(app).not.toBeExposedTo(whoever(checkout), { except: [app.port('grpc')] });
  }
  intents.expect(productCatalog).not.toBeExposedTo(whoever(recommendation), { except: [productCatalog.port('grpc')] });
  intents.expect(shop.redisCart).not.toBeExposedTo(whoever(cart), { except: [shop.redisCart.port('tcp-redis')] });
  intents.expect(frontend).not.toBeExposedTo(whoever(shop.loadGenerator), { except: [frontend.port('http')] });
}

/** Customers come in by one door, and nothing goes out. */
function theOutside(shop: OnlineBoutique): void {
  const intents = Intents.of(shop);
  const everything = namespace(shop.namespace!);

  intents.expect(shop.frontend).toBeExposedTo(internet);
  intents.expect(shop.frontend).not.toBeExposedTo(internet, { except: [shop.frontend.port('http')] });
  intents.expect(everything).not.toBeExposedTo(internet, { except: [shop.frontend] });
  intents.expect(everything).not.toReach(internet).because('a stolen cart has nowhere to go');
}
