import type { IngressResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';

/** What annotations of other controllers begin with: none of them is read. */
const VENDORS =
  /^(?:[\w.-]*ingress[\w.-]*|nginx\.org|nginx\.com|konghq\.com|zalando\.org|projectcontour\.io|getambassador\.io|networking\.gke\.io)\//;
/** Those that the profiles of Portolan read, where they are meant for them. */
const READ = /^(?:nginx\.ingress\.kubernetes\.io|traefik\.ingress\.kubernetes\.io)\//;
/** By their names most vendors tell what they change. */
const CHANGES =
  /rewrit|redirect|strip|regex|path|canary|weight|action|condition|snippet|alias|rout|rule|match|override|upstream|default-backend|allow-http/i;

/** What the Ingress says to a controller that nobody knows, and that may change the way of requests. */
export function foreignAnnotations({ annotations, namespace, name }: IngressResource): readonly Doubt[] {
  const changing = [...annotations.keys()].filter((key) => VENDORS.test(key) && !READ.test(key) && CHANGES.test(key));
  return changing.map((key) => ({
    rule: 'ING-17',
    wouldDecide: `an Ingress ${namespace}/${name} without ${key}, which only its controller reads`,
  }));
}
