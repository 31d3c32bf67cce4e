/** A controller of Gateways, as users write it: a name that Portolan knows, and what differs. */
export interface GatewayControllerSpec {
  /** `istio`, `envoy` (Envoy Gateway), `nginx` (NGINX Gateway Fabric), `kgateway`; or that of another one. */
  readonly name: string;
  /** The class of the Gateways that it serves, where no GatewayClass in the manifests says so. @default - what it is usually called */
  readonly className?: string;
  /** What a GatewayClass says in `spec.controllerName`. @default - what the controller is known by */
  readonly controllerName?: string;
  /** Where the proxies run. @default - where the controller usually puts them, else the namespace of each Gateway */
  readonly namespace?: string;
  /** Those of the proxies' pods. @default - `gateway.networking.k8s.io/gateway-name` with the name of the Gateway, or what the controller gives them */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A controller of Gateways as the model knows it. */
export interface GatewayController {
  readonly name: string;
  /** `undefined` where nobody tells. */
  readonly controllerName?: string;
  readonly className: string;
  /** `undefined`: that of each Gateway. */
  readonly namespace?: string;
  /** Of the proxies of one Gateway. */
  readonly labelsOf: (gateway: {
    readonly namespace: string;
    readonly name: string;
  }) => Readonly<Record<string, string>>;
  /** Whether the profile says itself which pods forward, even for Gateways of which the controller makes none. */
  readonly isTold: boolean;
  /** On which port the proxies' pods listen for what clients send to a port of the Gateway. */
  readonly containerPortOf: (port: number) => number;
}
