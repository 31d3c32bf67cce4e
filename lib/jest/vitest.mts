import { expect } from 'vitest';
import type { PortolanMatchers } from './matcher-types.js';
import { matchers } from './matchers.js';
import { connectivitySnapshots } from './snapshot.js';

export { inNetworkOf } from './in-network-of.js';
export type { PortolanMatchers, ResolveOptions } from './matcher-types.js';

expect.extend({ ...matchers, ...connectivitySnapshots(expect) });

declare module 'vitest' {
  interface Matchers<T> extends PortolanMatchers<void, T> {}
}
