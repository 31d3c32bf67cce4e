import { Chart, Testing } from 'cdk8s';

/** Kubernetes objects as synth emits them; tests pick single fields, so the shape stays open. */
export interface Emitted {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec: Record<string, unknown>;
}

/** A chart in a namespace of an app of its own. */
export function chartIn(namespace?: string, app = Testing.app()): Chart {
  return new Chart(app, namespace ?? 'chart', { namespace });
}

export function emitted(chart: Chart): readonly Emitted[] {
  return Testing.synth(chart);
}

/** The one object of this kind and name. */
export function only(chart: Chart, kind: string, name?: string): Emitted {
  const found = emitted(chart).filter(
    (object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
  );
  expect(found).toHaveLength(1);
  return found[0];
}

/** The pod spec of the one Deployment of this name. */
export function podSpec(chart: Chart, name?: string): PodSpec {
  return (only(chart, 'Deployment', name).spec as { template: { spec: PodSpec } }).template.spec;
}

export interface PodSpec {
  readonly [field: string]: unknown;
  readonly containers: readonly (Record<string, unknown> & {
    readonly env?: readonly { name: string; value?: string }[];
  })[];
  readonly initContainers?: readonly Record<string, unknown>[];
}
