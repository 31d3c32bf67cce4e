import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Origin } from '../model/finding/origin';

/** The mark of this library's constructs, in whichever copy of it. */
const OWN = Symbol.for('portolan.construct/1');

/** INVARIANT: jsii names each class with its package; classes that extend one inherit it. */
const JSII = Symbol.for('jsii.rtti');

/** Notes that what the construct emits is written in the words of this library. */
export function markOwn(construct: IConstruct): void {
  Object.defineProperty(construct, OWN, { value: true });
}

/** The library of the constructs that the one at the path is a part of, the outermost of them: what its author wrote. */
export function libraryAt(path: string, root: IConstruct): Origin['library'] {
  const below = root.node.path === '' ? path : path.slice(root.node.path.length + 1);
  let at: IConstruct | undefined = root;
  for (const id of below.split('/')) {
    at = at?.node.tryFindChild(id);
    if (!at) return undefined;
    if (OWN in at) return 'portolan';
    if (!Chart.isChart(at) && isPlus(at)) return 'cdk8s-plus';
  }
  return undefined;
}

function isPlus(construct: IConstruct): boolean {
  const { fqn = '' } = (Reflect.get(construct.constructor, JSII) ?? {}) as { fqn?: string };
  return fqn.startsWith('cdk8s-plus');
}
