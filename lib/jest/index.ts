import { expect } from '@jest/globals';
import type { PortolanMatchers } from './matcher-types';
import { matchers } from './matchers';
import { connectivitySnapshots } from './snapshot';

export { inNetworkOf } from './in-network-of';
export type { PortolanMatchers, ResolveOptions } from './matcher-types';

expect.extend({ ...matchers, ...connectivitySnapshots(expect) });

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends PortolanMatchers<R, T> {}
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends PortolanMatchers<R, T> {}
  }
}
