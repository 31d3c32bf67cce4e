import type { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';

const CREATED_WITH = Symbol.for('portolan.patches-at-creation/1');

/** What cdk8s keeps of an object that can change after its creation, and what it was created with. */
interface Patchable {
  readonly patches?: unknown;
  readonly props?: { readonly metadata?: KeyedTexts };
  readonly metadata?: KeyedTexts;
  readonly chart?: { readonly labels?: Texts };
  /** How many patches belong to the creation. */
  readonly [CREATED_WITH]?: number;
}

type Texts = Readonly<Record<string, unknown>>;

interface KeyedTexts {
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

/** cdk8s-plus gives it to each pod in its constructor, so it is no later change. */
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';

/** Patches that are part of how a construct of this library makes the object, not changes of the author's. */
export function patchAtCreation(object: ApiObject, ...patches: readonly JsonPatch[]): void {
  object.addJsonPatch(...patches);
  Object.defineProperty(object, CREATED_WITH, { value: countOf(insideOf(object).patches), configurable: true });
}

/**
 * Whether an API object was changed after it was created: by JSON patches, or by labels and annotations that were added.
 *
 * INVARIANT: cdk8s keeps patches in `patches` and what the object was created with in `props`, both private. Where that is
 * not so, nothing counts as a patch.
 */
export function isPatchedLater(construct: IConstruct): boolean {
  const { patches, props, metadata, chart, [CREATED_WITH]: created = 0 } = insideOf(construct);
  if (countOf(patches) > created) return true;
  if (!props) return false;
  const labels = { ...chart?.labels, ...props.metadata?.labels };
  return hasMore(metadata?.labels, labels) || hasMore(metadata?.annotations, props.metadata?.annotations);
}

function insideOf(construct: IConstruct): Patchable {
  return construct as IConstruct & Patchable;
}

function countOf(patches: unknown): number {
  return Array.isArray(patches) ? patches.length : 0;
}

function hasMore(now: Texts = {}, before: Texts = {}): boolean {
  return Object.entries(now).some(([key, value]) => key !== ADDRESS_LABEL && before[key] !== value);
}
