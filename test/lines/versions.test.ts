import type * as constructsPackage from 'constructs';
import { BY_LINE, BY_PATH, fresh, packagesOver, refusalOf } from './copies';

type Constructs = typeof constructsPackage;

/** What `constructs` has inside, and how a test changes it. */
interface TreeNode {
  addChild?: (...args: never[]) => unknown;
}

const nodeOf = ({ Node }: Constructs) => Node.prototype as unknown as TreeNode;

describe.each(['constructs-lowest', 'constructs'])('over %s', (version) => {
  test('errors show the line that created the culprit', () => {
    const packages = packagesOver(fresh(version));
    expect(refusalOf(packages, packages)).toMatch(BY_LINE);
  });

  test('children are added as before, and refused as before', () => {
    const { constructs, cdk8s } = packagesOver(fresh(version));
    const root = new cdk8s.App();
    const child = new constructs.Construct(root, 'child');
    expect(root.node.children).toEqual([child]);
    expect(() => new constructs.Construct(root, 'child')).toThrow("There is already a Construct with name 'child'");
  });

  test('a second copy of the library notes nothing anew, and both find the lines', () => {
    const constructs = fresh<Constructs>(version);
    const first = packagesOver(constructs);
    const { addChild } = nodeOf(constructs);
    const second = packagesOver(constructs);
    expect(second.portolan.DnsApp).not.toBe(first.portolan.DnsApp);
    expect(nodeOf(constructs).addChild).toBe(addChild);
    for (const packages of [first, second]) expect(refusalOf(packages, packages)).toMatch(BY_LINE);
  });
});

describe('where a tree takes its children in a way of its own, nothing is touched', () => {
  test.each<[string, (node: TreeNode) => void]>([
    [
      'with other parameters',
      (node) => {
        const { addChild } = node;
        node.addChild = function (this: unknown, ...args) {
          return addChild!.apply(this, args);
        };
      },
    ],
    ['frozen', (node) => Object.freeze(node)],
  ])('and errors name the path: %s', (_, change) => {
    const constructs = fresh<Constructs>('constructs');
    change(nodeOf(constructs));
    const { addChild } = nodeOf(constructs);
    const packages = packagesOver(constructs);
    expect(nodeOf(constructs).addChild).toBe(addChild);
    expect(refusalOf(packages, packages)).toContain(BY_PATH);
  });

  test('under another name', () => {
    const constructs = fresh<Constructs>('constructs');
    delete nodeOf(constructs).addChild;
    packagesOver(constructs);
    expect(Object.hasOwn(constructs.Node.prototype, 'addChild')).toBe(false);
    expect(Object.getOwnPropertySymbols(constructs.Node.prototype)).toEqual([]);
  });
});

// The other way round `constructs` itself refuses: a new node can't stand below an old one.
describe('a construct package with an older `constructs` of its own, in a tree of the latest', () => {
  const ours = packagesOver(fresh('constructs'));

  test('has lines where it brings Portolan too', () => {
    const theirs = packagesOver(fresh('constructs-lowest'));
    expect(theirs.constructs.Node).not.toBe(ours.constructs.Node);
    expect(refusalOf(ours, theirs)).toMatch(BY_LINE);
  });

  test('has paths where it does not', () => {
    const constructs = fresh<Constructs>('constructs-lowest');
    expect(refusalOf(ours, { constructs, cdk8s: fresh('cdk8s', { constructs }) })).toContain(BY_PATH);
  });
});
