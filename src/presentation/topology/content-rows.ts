/** Rows for what services keep: a repository with its replicas. */
import { translate } from '../../words/message';
import type { Part } from '../../services/core/contents';
import { aggregateHealth } from '../../services/core/live/health';
import type { ServiceId } from '../../services/registry';
import { healthText } from '../words/health-text';
import { declared } from '../words/localizer';
import type { Localizer } from '../words/localizer';
import type { LabSnapshot } from '../lab-snapshot';
import { healthIcon, healthTone } from './icons';
import type { TreeNode } from './tree-node';

/** Rows of what these services keep; none where nothing is known of it. @param parent id of the row they stand below */
export function contentRows(
  lab: LabSnapshot,
  services: readonly ServiceId[],
  parent: string,
  l10n: Localizer,
): readonly TreeNode[] {
  const { state, contents: keepers = [] } = lab;
  if (state === undefined) return [];
  return keepers
    .filter(({ service }) => services.includes(service))
    .flatMap((keeper) => {
      const contents = keeper.of(state);
      if (contents === undefined) return [];
      const target = { kind: 'contents', lab: lab.info.name, service: keeper.service } as const;
      const health = aggregateHealth(contents.things.map((one) => one.health));
      const id = `${parent}/contents:${keeper.service}`;
      const things = contents.things.map((thing) => {
        const below = { id: `${id}/${thing.id}`, target: { ...target, thing: thing.id } };
        const parts = thing.parts.map((part) =>
          row(part, { ...below, id: `${below.id}/part:${part.name}` }, l10n),
        );
        return row(thing, below, l10n, parts);
      });
      const name = declared(keeper.title, l10n);
      const all = {
        name,
        health: contents.things.length === 0 ? 'ok' : health,
        detail: contents.summary,
      } as const;
      return [row(all, { id, target }, l10n, things)];
    });
}

function row(
  { name, health, detail }: Part,
  place: Pick<TreeNode, 'id' | 'target'>,
  l10n: Localizer,
  children: readonly TreeNode[] = [],
): TreeNode {
  const description = detail === undefined ? '' : translate(detail, l10n);
  return {
    ...place,
    label: name,
    description,
    icon: healthIcon(health),
    tone: healthTone(health),
    contextValue: ';contents;',
    accessibleLabel: [name, healthText(health, l10n), description].filter((word) => word !== '').join(', '),
    expanded: false,
    children,
  };
}
