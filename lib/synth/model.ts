import type * as certificates from '../certificates/read-certificate';
import type * as managed from '../constructs/managed/registry';
import type * as diagnostics from '../diagnostics/text';
import type * as files from '../files/from-files';
import type * as network from '../files/network';
import type * as intents from '../intents/check';
import type * as gatewayProxies from '../model/cluster/gateway-proxies';
import type * as profiles from '../model/cluster/resolve-profile';

/**
 * The rooms that only a synth needs, each loaded when it is first entered. Every program that imports the library would
 * wait for them, and many only declare: a test of another chart, or one that fails before it synthesizes.
 *
 * Each is a `require` in place of an `import`, as that is what Node.js, tsx and jest all load at the moment of the call.
 */
export const model = {
  get certificates(): typeof certificates {
    return require('../certificates/read-certificate');
  },
  get intents(): typeof intents {
    return require('../intents/check');
  },
  get diagnostics(): typeof diagnostics {
    return require('../diagnostics/text');
  },
  get network(): typeof network {
    return require('../files/network');
  },
  get profiles(): typeof profiles {
    return require('../model/cluster/resolve-profile');
  },
  get gatewayProxies(): typeof gatewayProxies {
    return require('../model/cluster/gateway-proxies');
  },
  get managed(): typeof managed {
    return require('../constructs/managed/registry');
  },
  get files(): typeof files {
    return require('../files/from-files');
  },
};
