import type { NamespaceResource, Resource } from '../manifest/resources';
import { closedLabels, type Labels, openLabels } from '../values/labels';

/** NP-14: the label that the control plane gives every namespace, declared here or elsewhere. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

export interface Namespace {
  readonly name: string;
  /** Open where no manifest declares the namespace: only its name label is known then. */
  readonly labels: Labels;
  /** The manifest that declares it; `undefined` for a namespace made elsewhere. */
  readonly declaredBy?: NamespaceResource;
}

/** The namespaces that manifests declare, and any other by name. */
export class Namespaces {
  private readonly byName = new Map<string, Namespace>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      if (resource.type === 'namespace') this.byName.set(resource.name, declaredNamespace(resource));
    }
    for (const resource of resources) {
      if (resource.namespace !== '' && !this.byName.has(resource.namespace)) {
        this.byName.set(resource.namespace, undeclaredNamespace(resource.namespace));
      }
    }
  }

  /** Every namespace that some manifest declares or uses, by name. */
  get all(): readonly Namespace[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Whether some manifest declares or uses a namespace of the name. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  get(name: string): Namespace {
    return this.byName.get(name) ?? undeclaredNamespace(name);
  }
}

function declaredNamespace(resource: NamespaceResource): Namespace {
  const labels = new Map(resource.labels).set(NAMESPACE_NAME_LABEL, resource.name);
  return { name: resource.name, labels: closedLabels(labels), declaredBy: resource };
}

function undeclaredNamespace(name: string): Namespace {
  return { name, labels: openLabels(new Map([[NAMESPACE_NAME_LABEL, name]])) };
}
