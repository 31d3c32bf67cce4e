import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { byCodeUnit } from '../../model/values/by-code-unit';
import { attachOwn } from '../../synth/hook';

/** Who may refer: all objects of the kind in the namespace. */
export interface ReferenceSource {
  readonly kind: 'Gateway' | 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute';
  readonly namespace: string;
}

/** What may be referred to. */
export interface ReferenceTarget {
  readonly kind: 'Service' | 'Secret';
  /** @default - all of the kind in the namespace of the grant */
  readonly name?: string;
}

export interface ReferenceGrantProps {
  readonly from: readonly [ReferenceSource, ...ReferenceSource[]];
  readonly to: readonly [ReferenceTarget, ...ReferenceTarget[]];
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/**
 * Lets routes and Gateways of other namespaces refer to Services and Secrets of this one (GW-10). References to constructs need
 * none by hand: theirs are made in the chart of what they refer to.
 */
export class ReferenceGrant extends Construct {
  constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    super(scope, id);
    attachOwn(this);
    emitGrant(this, { name: props.name ?? id }, props.from, () => props.to);
  }
}

/** A reference across namespaces, by what refers to what. */
export interface Reference {
  readonly from: ReferenceSource;
  readonly to: Required<ReferenceTarget> & { readonly namespace: string };
}

/** The names that each generated grant is about, by its place and whom it lets refer; several copies of this library share it. */
type Grants = Map<string, Set<string>>;

const GRANTS = Symbol.for('portolan.grants/1');

/** Makes the grant that a reference to what `home` made needs, one for all references of one kind from one namespace to another. */
export function grantReference(home: IConstruct, { from, to }: Reference): void {
  const grants = grantsOf(home);
  const key = [to.namespace, to.kind, from.namespace, from.kind].join('/');
  const granted = grants.get(key);
  if (granted) {
    granted.add(to.name);
    return;
  }
  const names = new Set([to.name]);
  grants.set(key, names);
  const name = `${from.kind.toLowerCase()}s-of-${from.namespace}`;
  const chart = Chart.of(home);
  const scope = new Construct(chart, `ReferenceGrant-${name}`);
  const namespace = chart.namespace === to.namespace ? undefined : to.namespace;
  emitGrant(scope, { name, namespace }, [from], () => {
    return [...names].sort(byCodeUnit).map((each) => ({ kind: to.kind, name: each }));
  });
}

function grantsOf({ node }: IConstruct): Grants {
  const root = node.root as IConstruct & { [GRANTS]?: Grants };
  if (!root[GRANTS]) Object.defineProperty(root, GRANTS, { value: new Map() satisfies Grants });
  return root[GRANTS]!;
}

/** As `v1beta1`, which every release of the API serves. */
function emitGrant(
  scope: Construct,
  metadata: { readonly name: string; readonly namespace?: string },
  from: readonly ReferenceSource[],
  to: () => readonly ReferenceTarget[],
): void {
  new ApiObject(scope, 'Resource', {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata,
    spec: {
      from: from.map(({ kind, namespace }) => ({ group: 'gateway.networking.k8s.io', kind, namespace })),
      to: Lazy.any({ produce: () => to().map(({ kind, name }) => ({ group: '', kind, name })) }),
    },
  });
}
