import { LabelSelector } from '../../values/label-selector';
import { mapped, optional, optionalText, part, type Reader } from '../reader/reader';
import { integer, text } from '../reader/scalars';
import type { PodTemplate, WorkloadKind } from '../resources';
import { type Kind, kind } from './kind';
import { labelSelector, labels } from './labels';
import { podTemplate } from './pod-spec';

interface WorkloadSpec {
  readonly replicas?: number;
  readonly selector?: LabelSelector;
  readonly serviceName?: string;
  readonly firstOrdinal?: number;
  readonly template: PodTemplate;
}

const replicas = optional(integer);
const selector = optional(labelSelector);

/**
 * A selector that is absent is read as older versions of the API filled it in, from the labels of the template. The API
 * server of today refuses that, and a selector that the template does not match; the pods are the template's either way,
 * and labels are all that the network asks of them.
 */
const appsSpec: Reader<WorkloadSpec> = mapped(
  part({
    replicas,
    selector,
    serviceName: optionalText(text),
    ordinals: optional(part({ start: optional(integer) })),
    template: podTemplate,
  }),
  ({ replicas, selector, serviceName, ordinals, template }) => ({
    replicas,
    selector: selector ?? LabelSelector.fromLabels(template.labels),
    serviceName,
    firstOrdinal: ordinals?.start,
    template,
  }),
);

/** Its selector is a plain map. */
const replicationControllerSpec: Reader<WorkloadSpec> = mapped(
  part({ replicas, selector: labels, template: podTemplate }),
  (spec) => ({
    ...spec,
    selector: LabelSelector.fromLabels(spec.selector.size > 0 ? spec.selector : spec.template.labels),
  }),
);

/** The selector of a Job is usually the controller's own affair; dumps of live clusters show it. */
const jobSpec: Reader<WorkloadSpec> = part({ selector, template: podTemplate });

const cronJobSpec: Reader<WorkloadSpec> = mapped(
  part({ jobTemplate: part({ spec: jobSpec }) }),
  ({ jobTemplate }) => jobTemplate.spec,
);

export const workloadKinds: readonly Kind[] = [
  workload('Deployment', ['apps/v1', 'apps/v1beta2', 'apps/v1beta1', 'extensions/v1beta1'], appsSpec),
  workload('StatefulSet', ['apps/v1', 'apps/v1beta2', 'apps/v1beta1'], appsSpec),
  workload('DaemonSet', ['apps/v1', 'apps/v1beta2', 'extensions/v1beta1'], appsSpec),
  workload('ReplicaSet', ['apps/v1', 'apps/v1beta2', 'extensions/v1beta1'], appsSpec),
  workload('ReplicationController', ['v1'], replicationControllerSpec),
  workload('Job', ['batch/v1'], jobSpec),
  workload('CronJob', ['batch/v1', 'batch/v1beta1'], cronJobSpec),
];

function workload(name: WorkloadKind, apiVersions: readonly string[], spec: Reader<WorkloadSpec>): Kind {
  const body = part({ spec });
  return kind({
    kind: name,
    apiVersions,
    body,
    make: ({ spec }) => ({ type: 'workload', ...spec }),
  });
}
