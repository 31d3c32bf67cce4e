import type * as cdk8sPackage from 'cdk8s';
import type * as constructsPackage from 'constructs';
import type * as portolanPackage from 'portolan';

/** Packages that see each other, as one folder of node_modules has them. */
export interface Packages {
  readonly constructs: typeof constructsPackage;
  readonly cdk8s: typeof cdk8sPackage;
  readonly portolan: typeof portolanPackage;
}

/** A copy of cdk8s over the given `constructs`, and one of Portolan over both. */
export function packagesOver(constructs: typeof constructsPackage): Packages {
  const cdk8s = fresh<typeof cdk8sPackage>('cdk8s', { constructs });
  return { constructs, cdk8s, portolan: fresh('portolan', { constructs, cdk8s }) };
}

/** A copy of a package that has seen no other, over what it is given. */
export function fresh<T>(name: string, over: Readonly<Record<string, unknown>> = {}): T {
  let copy: T | undefined;
  jest.isolateModules(() => {
    for (const [dependency, value] of Object.entries(over)) jest.doMock(dependency, () => value);
    copy = require(name);
    for (const dependency of Object.keys(over)) jest.dontMock(dependency);
  });
  return copy!;
}

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api' },
  spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] },
};

/** The refusal of a promise about an object that is made by a package with dependencies `of` its own. */
export function refusalOf({ cdk8s, portolan }: Packages, of: Omit<Packages, 'portolan'>): string {
  const app = new cdk8s.App();
  const chart = new cdk8s.Chart(app, 'shop', { namespace: 'shop' });
  const web = new portolan.DnsApp(chart, 'web', { image: 'shop/web:1', closed: false });
  const theirs = new of.constructs.Construct(chart, 'theirs');
  const service = new of.cdk8s.ApiObject(theirs, 'service', SERVICE);
  portolan.Intents.of(chart).expect(web).toReach(service);
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

/** How a refusal shows the object above by its line, and how by its path. */
export const BY_LINE = /\n +\d+ . +const service = new of.cdk8s.ApiObject\(theirs, 'service', SERVICE\);\n/;
export const BY_PATH = '\n  at        shop/theirs/service\n  here      no pod of its namespace has app=nobody\n';
