import type { WorkloadKind } from '../manifest/resources';
import { type Labels, withheldLabels } from '../values/labels';

/** What each controller adds to the labels of its template, with values that it chooses as it makes the pods. */
const CHOSEN_LATER: Readonly<Record<WorkloadKind, ReadonlySet<string>>> = {
  Deployment: new Set(['pod-template-hash']),
  StatefulSet: new Set([
    'statefulset.kubernetes.io/pod-name',
    'apps.kubernetes.io/pod-index',
    'controller-revision-hash',
  ]),
  DaemonSet: new Set(['controller-revision-hash', 'pod-template-generation']),
  ReplicaSet: new Set(),
  ReplicationController: new Set(),
  Job: new Set(['controller-uid', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index']),
  CronJob: new Set([
    'job-name',
    'batch.kubernetes.io/job-name',
    'controller-uid',
    'batch.kubernetes.io/controller-uid',
    'batch.kubernetes.io/job-completion-index',
  ]),
};

const NONE: ReadonlySet<string> = new Set();

/** The labels that the pods of a workload will carry: those of its template, and its controller's own. */
export function labelsOfPods(kind: string, name: string, template: ReadonlyMap<string, string>): Labels {
  const known = kind === 'Job' ? withJobName(name, template) : template;
  return withheldLabels(known, CHOSEN_LATER[kind as WorkloadKind] ?? NONE);
}

function withJobName(name: string, template: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...template, ['job-name', name], ['batch.kubernetes.io/job-name', name]]);
}
