import type { Cluster } from '../../cluster/cluster';
import { LAYERS } from '../../cluster/layer';
import type { Layer } from '../../cluster/layer';
import { askedLayers } from '../../services/lab-layers';
import { deployedServices } from '../../services/registry';
import type { Localizer } from '../words/localizer';

/** The layers that a lab does not run: this version cannot, or nobody asked for them. */
export function absentLayers(cluster: Cluster): readonly Layer[] {
  return LAYERS.filter((layer) => !isAvailable(layer) || !isMeant(cluster, layer));
}

/** True when this version runs a service of the layer. */
export function isAvailable(layer: Layer): boolean {
  return deployedServices().some((service) => service.layer === layer.id);
}

/** True when the lab runs the layer, or was asked to although cluster.yaml switches it off. */
function isMeant(cluster: Cluster, { id }: Layer): boolean {
  return cluster.layers[id].enabled || askedLayers(cluster).includes(id);
}

/** What the absent layers of a lab are called together. */
export function absentTitle(absent: readonly Layer[], l10n: Localizer): string {
  return absent.some(isAvailable) ? l10n.t('Not in this lab') : l10n.t('Not in this version');
}
