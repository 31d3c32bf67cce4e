import { didYouMean } from './names';
import type { AnyWorkloadProps, AppKind } from './workload-props';

/** The props that each kind has. */
const PROPS_OF_KIND: Readonly<Record<AppKind, readonly (keyof AnyWorkloadProps)[]>> = {
  Deployment: ['replicas', 'headless'],
  StatefulSet: ['replicas', 'headless'],
  DaemonSet: ['headless'],
  Job: ['completions', 'parallelism', 'backoffLimit'],
  CronJob: ['completions', 'parallelism', 'backoffLimit', 'schedule', 'timeZone', 'concurrencyPolicy'],
};

const COUNTS = ['replicas', 'completions', 'parallelism', 'backoffLimit'] as const;

/** Throws unless the kind has these props, and the API server would take them. */
export function assertWorkload(app: string, props: AnyWorkloadProps): void {
  const { kind = 'Deployment' } = props;
  const refuse = (why: string): never => {
    throw new Error(`Unable to make the workload of app "${app}": ${why}.`);
  };
  const kinds = Object.keys(PROPS_OF_KIND);
  if (!kinds.includes(kind))
    refuse(`"${kind}" is none of ${kinds.join(', ')}${didYouMean(kind, kinds).replace(/\.?$/, '')}`);
  const known = new Set(Object.values(PROPS_OF_KIND).flat());
  for (const field of known) {
    if (props[field] === undefined || PROPS_OF_KIND[kind].includes(field)) continue;
    const having = kinds.filter((other) => PROPS_OF_KIND[other as AppKind].includes(field));
    refuse(`a ${kind} has no \`${field}\`, only ${having.join(' and ')} ha${having.length === 1 ? 's' : 've'}`);
  }
  for (const field of COUNTS) {
    const count = props[field] ?? 0;
    if (!Number.isInteger(count) || count < 0) refuse(`\`${field}\` is a whole number, 0 or more, not ${count}`);
  }
  if (kind === 'CronJob') assertSchedule(props.schedule, refuse);
}

function assertSchedule(schedule: string | undefined, refuse: (why: string) => never): void {
  if (schedule === undefined) refuse('a CronJob needs a `schedule`, e.g. "0 3 * * *"');
  const written = schedule!;
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(written)) return;
  if (/TZ=/.test(written)) refuse(`"${written}" names a time zone, which belongs into \`timeZone\``);
  const count = written.trim().split(/\s+/).length;
  if (count !== 5)
    refuse(`the schedule "${written}" has ${count} fields, not the five of cron: minute, hour, day, month, weekday`);
}
