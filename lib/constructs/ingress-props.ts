import type { AppPort } from './app-port';
import type { IngressControllerSpec } from './ingress-controller';
import type { IngressOptions } from './ingress-options';
import type { TlsSecret } from './tls-secret';

/** How the path of a route is compared with that of a request (ING-06, ING-07). */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** Where requests go, with what is not as usual. */
export interface IngressRoute {
  /** A port of a Service in the Ingress's own namespace (ING-14). */
  readonly to: AppPort;
  /**
   * `Prefix` compares element by element: `/foo` takes `/foo`, `/foo/` and `/foo/bar`, and leaves out `/foobar`.
   *
   * @default 'Prefix'
   */
  readonly pathType?: PathType;
}

/** Where requests go by their path, which begins with `/`; the longest that matches decides (ING-08). */
export type IngressRoutes = Readonly<Record<`/${string}`, AppPort | IngressRoute>>;

/** A certificate, and the hosts that it is shown to. */
export interface IngressTls {
  readonly hosts: readonly string[];
  /** @default - the certificate of the controller itself */
  readonly secret?: TlsSecret;
}

/** The URLs that are routed: of one host, of several, or all of them to one port. */
type Routed =
  | {
      /** The host of the URLs: a name such as `shop.example.com`, or `*.example.com` for one label more (ING-02). @default - any host */
      readonly host?: string;
      readonly routes: IngressRoutes;
      readonly hosts?: undefined;
    }
  | {
      readonly host?: undefined;
      readonly routes?: undefined;
      /** The routes of several hosts. */
      readonly hosts: Readonly<Record<string, IngressRoutes>>;
    }
  | {
      readonly host?: undefined;
      readonly routes?: undefined;
      readonly hosts?: undefined;
      readonly defaultBackend: AppPort;
    };

export type IngressProps = Routed & {
  /** Where requests go that no route takes (ING-10). @default - the controller answers them, usually with 404 */
  readonly defaultBackend?: AppPort;
  /**
   * The certificate for all hosts, or which one for which of them: Secrets of the Ingress's own namespace, by name or as the
   * construct that makes them.
   *
   * @default - plain HTTP only
   */
  readonly tls?: TlsSecret | readonly IngressTls[];
  /** @default - that of the controller */
  readonly className?: string;
  /** Whose pods the policies of the backends let in. @default - the controller of the app's `PodNetwork` that has the class, else the first */
  readonly controller?: IngressControllerSpec;
  /** What the controller does beyond the API, e.g. `IngressOptions.nginx({ rewriteTarget: '/$2' })`. @default - nothing */
  readonly options?: IngressOptions;
  /** Annotations for others than the controller, e.g. of cert-manager. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Name of the object. @default - the id */
  readonly name?: string;
};
