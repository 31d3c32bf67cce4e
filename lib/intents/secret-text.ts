import type { SecretRef } from './intent';

/** `shop-tls`, or `shop/shop-tls` where it is of one namespace. */
export function secretText({ namespace, name }: SecretRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
