import { Intents, internet, namespace, url } from 'portolan';
import type { Shop } from './shop';

const PAGES = 'https://shop.example.com';
const ORDERS = 'https://orders.partners.example.com';

/** What must hold at the shop's front, beside what its routes promise already. */
export function promise(shop: Shop): void {
  const intents = Intents.of(shop);
  const [web, cart] = [shop.web.port('http'), shop.cart.port('http')];

  intents.expect(url(`${PAGES}/products/42`)).toRouteTo(web);
  intents.expect(url(`${PAGES}/api/cart/items`, { method: 'POST' })).toRouteTo(cart);
  intents.expect(url(`${PAGES}/api/cartoon`)).toRouteTo(web);
  intents
    .expect(url(`${PAGES}/admin`))
    .not.toRouteTo(shop.admin)
    .because('the staff comes by another way');

  intents.expect(url(`${ORDERS}/v1/orders`)).toRouteTo(shop.orders.port('http'));
  intents.expect(url(`${ORDERS}/v1/orders`, { headers: { 'x-preview': 'yes' } })).toRouteTo(shop.preview.port('http'));
  intents.expect(url('http://orders.partners.example.com/v1/orders')).toRedirectTo(`${ORDERS}/v1/orders`);

  intents
    .expect(namespace('shop'))
    .not.toBeExposedTo(internet, { except: [shop.web, shop.cart, shop.orders, shop.preview] });
}
