import { Intents, internet, namespace } from 'portolan';
import type { OnlineBoutique } from './online-boutique';

/**
 * Who may reach whom in the shop: what its architecture documents, stated once more than `uses` already does, so that
 * whoever removes a call or opens a way has to change this file too.
 */
export function promise(shop: OnlineBoutique): void {
  documentedCalls(shop);
  nobodyElse(shop);
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

/** Customers come in by one door, and nothing goes out. */
function theOutside(shop: OnlineBoutique): void {
  const intents = Intents.of(shop);
  const everything = namespace(shop.namespace!);

  intents.expect(shop.frontend).toBeExposedTo(internet);
  intents.expect(everything).not.toBeExposedTo(internet, { except: [shop.frontend] });
  intents.expect(everything).not.toReach(internet).because('a stolen cart has nowhere to go');
}
