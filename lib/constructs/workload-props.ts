/** What the workload of an app is, with what its kind needs. */
export type WorkloadProps = DeploymentProps | StatefulSetProps | DaemonSetProps | JobProps | CronJobProps;

/** The kinds of workload that an app can be. */
export type AppKind = NonNullable<WorkloadProps['kind']>;

/** Pods that are all alike. */
export interface DeploymentProps {
  /** @default 'Deployment' */
  readonly kind?: 'Deployment';
  /** @default 1 */
  readonly replicas?: number;
  /** Gives clients the pods' own addresses instead of a virtual one (SVC-21). @default false */
  readonly headless?: boolean;
}

/** Pods with a number and a name each, which `app.pod(0)` gives (DNS-06). */
export interface StatefulSetProps {
  readonly kind: 'StatefulSet';
  /** @default 1 */
  readonly replicas?: number;
  /**
   * Whether the app's own Service is the one that the pods have their names below. With `false` it has a virtual address, and
   * the pods have their names below a second one, `<name>-pods` (SVC-21).
   *
   * @default true
   */
  readonly headless?: boolean;
}

/** One pod on each node. */
export interface DaemonSetProps {
  readonly kind: 'DaemonSet';
  /** Gives clients the pods' own addresses instead of a virtual one (SVC-21). @default false */
  readonly headless?: boolean;
}

/** What runs to its end. */
export interface RunProps {
  /** How many pods must succeed. @default 1 */
  readonly completions?: number;
  /** How many pods run at a time. @default 1 */
  readonly parallelism?: number;
  /** How many pods may fail before the job has. @default 6 */
  readonly backoffLimit?: number;
}

/** Pods that run to their end once. */
export interface JobProps extends RunProps {
  readonly kind: 'Job';
}

/** Pods that run to their end again and again. */
export interface CronJobProps extends RunProps {
  readonly kind: 'CronJob';
  /** When, in the five fields of cron, e.g. `0 3 * * *`, or e.g. `@daily`. */
  readonly schedule: string;
  /** The time zone of the schedule, e.g. `Europe/Zurich`. @default - that of the cluster's control plane */
  readonly timeZone?: string;
  /** What happens while the run before is not finished. @default 'Allow' */
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
}

type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** The props of all kinds side by side: what a program that nobody type-checked may give. */
export type AnyWorkloadProps = { readonly [K in KeysOf<WorkloadProps>]?: ValueOf<WorkloadProps, K> };
