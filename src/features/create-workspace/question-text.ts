import * as vscode from 'vscode';
import type { QuestionId } from '../../workspace/create/questions';

interface QuestionText {
  readonly title: string;
  readonly hint: string;
}

/** Questions and choices in the window's language. @param id of a question or a shape */
export function questionText(id: string): QuestionText {
  return TEXTS()[id] ?? { title: id, hint: '' };
}

type ChoiceId = Exclude<QuestionId, 'dcs'> | 'same' | 'voter' | 'roles';

const TEXTS = (): Readonly<Partial<Record<string, QuestionText>>> => {
  const texts: Readonly<Record<ChoiceId, QuestionText>> = {
    name: {
      title: vscode.l10n.t('Name of the Cluster'),
      hint: vscode.l10n.t('Small letters, digits and hyphens; also the name of its lab.'),
    },
    nodes: {
      title: vscode.l10n.t('Names of the Nodes'),
      hint: vscode.l10n.t('Three or more host names with spaces between them.'),
    },
    subnet: {
      title: vscode.l10n.t('Network of the Nodes'),
      hint: vscode.l10n.t('Written as a.b.c.d/prefix; the lab maps it to a network of its own.'),
    },
    addresses: {
      title: vscode.l10n.t('Addresses of the Nodes'),
      hint: vscode.l10n.t('One for each node, in their order.'),
    },
    vip: {
      title: vscode.l10n.t('Virtual Address (VIP)'),
      hint: vscode.l10n.t('A free address of the network, which moves between the nodes.'),
    },
    domain: {
      title: vscode.l10n.t('Domain of GitLab'),
      hint: vscode.l10n.t('A host name such as gitlab.example.com.'),
    },
    version: {
      title: vscode.l10n.t('Version of GitLab'),
      hint: vscode.l10n.t('Written as major.minor; gitlab.rb is checked for it.'),
    },
    layers: { title: vscode.l10n.t('Which Services Run Where'), hint: '' },
    same: {
      title: vscode.l10n.t('The same on every node'),
      hint: vscode.l10n.t('Every service on every node; of an even number the last has no vote.'),
    },
    voter: {
      title: vscode.l10n.t('The last node only votes'),
      hint: vscode.l10n.t('Votes without data on the last node; database, cache and entrance on the others.'),
    },
    roles: {
      title: vscode.l10n.t('One role per machine'),
      hint: vscode.l10n.t(
        'Votes on three nodes, then machines for the database, for the cache and for the entrance.',
      ),
    },
  };
  return texts;
};
