import type { PlacedController } from '../../cluster/ingress-controller';
import type { PodGroup } from '../../cluster/workload';
import type { IngressClassResource, PodTemplate } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { ControllerRules } from './controller';

/** What changes no way of requests with any controller. */
const HARMLESS =
  /^--?(?:publish-|publishservice|election|leader|validating-webhook|log|v=|v$|alsologtostderr|stderr|metrics|enable-metrics|prometheus|profiling|health|ping|update-status|report|post-shutdown|shutdown|time-buckets|exclude-socket|enable-annotation-validation|watch-ingress-without-class|allow-cross|empty-ingress-class|sync-period|sync-rate|pprof|stats|controller-port|api|accesslog|tracing|global\.|pilot|certificatesresolvers|providers\.[a-z]+$|providers\.[a-z]+=true|providers\.[a-z]+\.(?:allowemptyservices|ingressendpoint|allowexternalname|allowcrossnamespace)|default-ssl-certificate|ingress-class-by-name|default-backend-service|tcp-services-configmap|udp-services-configmap|configmap|configmap-tcp|quic)/i;
/** Traefik: an entry point as its chart starts it, by its address or with TLS on. */
const ENTRY_POINT = /^--entrypoints\.(?:(?:metrics|traefik)\..*|[a-z]+\.address=.*|websecure\.http\.tls(?:=true)?)$/i;
/** Traefik: what answers itself for a path of an entry point, beside the one that it has for that. */
const TAKES_PATHS = /^--(?:ping|metrics\.prometheus)\.entrypoint=(?!(?:traefik|metrics)$)/i;
/** The ports that pods open, which their manifests tell too. */
const PORTS = /^--(?:http|https|status|healthz|http-bind|https-bind)-?port=/i;
const CLASS = /^--(?:ingress-class|ingress\.class|providers\.kubernetesingress\.ingressclass)=(.+)$/i;
const CONTROLLER = /^--controller-class=(.+)$/i;

/** ING-13: what a controller is started with and Portolan does not read may change everything that it does. */
export function startedWith(
  { controller, pods }: PlacedController,
  classes: readonly IngressClassResource[],
  { readsArgument, isSetBy }: Pick<ControllerRules, 'readsArgument' | 'isSetBy'>,
): readonly Doubt[] {
  // What its arguments mean nobody knows, nor whether it has others by default.
  if (controller.kind === 'conformant') return [];
  const isOwn = (className: string) =>
    className === controller.className ||
    classes.some((each) => each.name === className && each.controller === controller.controller);
  const isRead = (text: string) => {
    const [, className] = CLASS.exec(text) ?? [];
    if (className !== undefined) return isOwn(className);
    const [, controllerName] = CONTROLLER.exec(text) ?? [];
    if (controllerName !== undefined) return controllerName === controller.controller;
    if (TAKES_PATHS.test(text)) return false;
    return readsArgument?.(text) || HARMLESS.test(text) || ENTRY_POINT.test(text) || PORTS.test(text);
  };
  const unread = pods.flatMap((pod) => argumentsOf(pod).filter((text) => !isRead(text)));
  const besides = pods.flatMap((pod) => isSetBy?.(templateOf(pod)?.settings?.(), argumentsOf(pod)) ?? []);
  return [...[...new Set(unread)].map((text) => `the argument ${text}`), ...[...new Set(besides)]].map((what) => ({
    rule: 'ING-13',
    wouldDecide: `${controller.name} without ${what}, which Portolan does not read`,
  }));
}

function argumentsOf(pod: PodGroup): readonly string[] {
  return (templateOf(pod)?.texts?.() ?? []).map(({ text }) => text).filter((text) => text.startsWith('-'));
}

function templateOf({ workload: { resource } }: PodGroup): PodTemplate | undefined {
  return resource?.type === 'workload' || resource?.type === 'pod' ? resource.template : undefined;
}
