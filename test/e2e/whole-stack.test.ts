import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { LAYERS } from '../../src/cluster/layer';
import { leftInDocker, removeLab } from './support/docker';
import { makeProject } from './support/gitlab';
import type { Project } from './support/gitlab';
import { picture } from './support/screenshots';
import { startSession } from './support/session';
import type { Session } from './support/session';
import { stepsIn } from './support/steps';
import { sampleWorkspace } from './support/workspace';
import type { Workbench } from './support/workbench';

/** Deploys include building the image when this machine has none yet. */
const DEPLOY_LIMIT = 280_000;
/** Praefect gives a Gitaly up after ten seconds; a loaded machine needs a while to notice. */
const FAILOVER_LIMIT = 90_000;
const LAB = 'e2e-whole';

/** A lab of every layer: what the tree tells of it, its GitLab in the terminal, its repositories when a Gitaly is lost. */
describe('the whole stack', { timeout: 300_000 }, () => {
  let session: Session;
  let workbench: Workbench;
  let demo: Project;

  beforeAll(async () => {
    await removeLab(LAB);
    session = await startSession({
      workspace: sampleWorkspace(LAB, 'all'),
      folderName: 'gitlab-ha',
      file: 'cluster.yaml',
      settings: { 'gitlabHaLab.groupBy': 'layer', 'gitlabHaLab.labs': [LAB] },
    });
    workbench = session.workbench;
  });

  afterAll(async () => {
    await session.close();
    await removeLab(LAB);
  });

  const step = stepsIn(() => workbench.page, { chained: true });

  step('a click deploys it, and the tree shows all eight layers', async () => {
    await workbench.showLabView();
    await workbench.widenSidebar(70);
    await workbench.welcomeButton('Deploy Lab').click();
    await workbench.deployed(LAB, DEPLOY_LIMIT);
    await workbench.row(new RegExp(`^Lab ${LAB}, healthy`)).waitFor();
    await workbench.dismissNotifications();
    for (const { title } of LAYERS) await workbench.row(`Layer ${title}, healthy`).waitFor();
    expect(await workbench.row(/^Not in this lab/).count()).toBe(0);
    await picture(workbench.page, 'whole-stack');
  });

  step('a repository of the lab is cloned in the integrated terminal', async () => {
    demo = await makeProject(session, LAB, 'demo');
    await demo.add('README');
    await workbench.contextMenu(workbench.row(new RegExp(`^Lab ${LAB}`)), 'Clone a Lab Repository');
    await workbench.pick('root/demo');
    await workbench.chooseFolder(session.directory, 'Clone Here');
    const cloned = join(session.directory, 'demo', 'README');
    await expect
      .poll(() => readFile(cloned, 'utf8').catch(() => ''), { timeout: FAILOVER_LIMIT })
      .toBe('README of demo\n');
    await workbench.terminal.getByText("Cloning into 'demo'").first().waitFor();
    await picture(workbench.page, 'clone');
    await workbench.command('Terminal: Kill All Terminals');
  });

  step(
    'the Gitaly that a repository is written to is stopped from the tree: another one takes over',
    async () => {
      await workbench.row(/^Repositories, /).click();
      const repository = workbench.row(/^root\/demo, healthy, primary gitaly-\d$/);
      const label = (await repository.getAttribute('aria-label')) ?? '';
      const [, first = ''] = /gitaly-(\d)$/.exec(label) ?? [];
      await workbench.row(/^Gitaly, healthy/).click();
      const gitaly = (state: string) => workbench.row(new RegExp(`^Gitaly on node${first}, ${state}`));
      await workbench.contextMenu(gitaly('healthy'), 'Stop Service');
      await gitaly('failed').waitFor({ timeout: FAILOVER_LIMIT });
      // Praefect chooses another one for the next write, not before; a try that fails may have been made all the same.
      let tries = 0;
      const written = () => demo.add(`file-${(tries += 1)}`).then(() => 'written', String);
      await expect.poll(written, { timeout: FAILOVER_LIMIT, interval: 1_000 }).toBe('written');
      const moved = workbench.row(new RegExp(`^root/demo, .*primary gitaly-[^${first}]`));
      await moved.waitFor({ timeout: FAILOVER_LIMIT });
      await picture(workbench.page, 'repository-moved');
      await workbench.contextMenu(gitaly('failed'), 'Start Service');
      await workbench.row(/^root\/demo, healthy, primary/).waitFor({ timeout: FAILOVER_LIMIT });
      await workbench.row(new RegExp(`^Lab ${LAB}, healthy`)).waitFor({ timeout: FAILOVER_LIMIT });
    },
  );

  step('it is destroyed, and nothing of it is left in Docker', async () => {
    await workbench.command('HA Lab: Destroy Lab');
    await workbench.answerDialog('Destroy');
    await workbench.notification(`Lab ${LAB} is gone`).waitFor({ timeout: 120_000 });
    expect(await leftInDocker(LAB)).toEqual([]);
  });
});
