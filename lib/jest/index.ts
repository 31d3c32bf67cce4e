import { expect } from '@jest/globals';
import type { PortolanMatchers } from './matcher-types';
import { matchers } from './matchers';

export { inNetworkOf } from './in-network-of';
export type { PortolanMatchers, ResolveOptions } from './matcher-types';

expect.extend(matchers);

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends PortolanMatchers<R, T> {}
}

declare global {
  namespace jest {
    // The names and defaults of the parameters have to be those of @types/jest.
    // biome-ignore lint/complexity/noBannedTypes: `{}` is what stands there
    interface Matchers<R, T = {}> extends PortolanMatchers<R, T> {}
  }
}
