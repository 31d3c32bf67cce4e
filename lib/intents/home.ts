/**
 * The mark by which an endpoint that is no construct tells what it is part of: a construct, and so its app, or a network of
 * plain manifests. Values such as `namespace('shop')` are part of none.
 */
export const HOME: unique symbol = Symbol.for('portolan.home') as never;
