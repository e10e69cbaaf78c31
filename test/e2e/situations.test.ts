import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cli } from './support/cli';
import { leftInDocker, removeLab } from './support/docker';
import { picture } from './support/screenshots';
import { startSession } from './support/session';
import type { Session, SessionOptions } from './support/session';
import { sampleWorkspace } from './support/workspace';

let session: Session | undefined;

afterEach(async ({ task }) => {
  if (session && task.result?.state === 'fail') await picture(session.workbench.page, `failed-${task.name}`);
  await session?.close();
  session = undefined;
});

async function open(options: Partial<SessionOptions>): Promise<Session> {
  session = await startSession({
    workspace: sampleWorkspace('e2e-situation'),
    folderName: 'gitlab-ha',
    ...options,
    // Labs of others on this machine, other tests' among them, are none of these tests' business.
    settings: { 'gitlabHaLab.labs': ['e2e-situation', 'e2e-wrong', 'e2e-cli'], ...options.settings },
  });
  return session;
}

test('without Docker the view says so and what to do', async () => {
  const { workbench } = await open({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
  await workbench.showLabView();
  await workbench.sidebar.getByText('No Docker engine answers on this machine.').waitFor();
  await workbench.welcomeButton('Try Again').waitFor();
  await workbench.welcomeButton('Open Settings').waitFor();
});

test('an untrusted workspace is not deployed; its view says why', async () => {
  const { workbench } = await open({ trust: true });
  await workbench.page.getByText('Restricted Mode is intended for safe code browsing').waitFor();
  await workbench.showLabView();
  await workbench.sidebar.getByText('This workspace is not trusted').waitFor();
  await workbench.welcomeButton('Manage Workspace Trust').waitFor();
  await workbench.welcomeButton('Deploy Sample Lab').waitFor();
  expect(await workbench.welcomeButton('Deploy Lab').count()).toBe(0);
});

test('a wrong cluster.yaml is not deployed: the mistakes are in the editor and in Problems', async () => {
  const lab = 'e2e-wrong';
  const { workbench } = await open({
    workspace: (folder) => {
      sampleWorkspace(lab)(folder);
      const path = join(folder, 'cluster.yaml');
      writeFileSync(
        path,
        readFileSync(path, 'utf8')
          .replace('172.30.0.13', '172.30.0.12')
          .replace('vip: 172.30.0.100', 'vip: 10.1.1.1'),
      );
    },
  });
  await workbench.showLabView();
  await workbench.welcomeButton('Deploy Lab').click();
  await workbench.notification('Nothing was created').waitFor();
  await workbench.page.locator('.squiggly-error').first().waitFor();
  await workbench.notification('Nothing was created').getByRole('button', { name: 'Show Problems' }).click();
  const problems = workbench.page.locator('.markers-panel');
  await problems.getByText('cluster.yaml').first().waitFor();
  await expect.poll(() => problems.locator('.monaco-list-row').count()).toBeGreaterThanOrEqual(3);
  await picture(workbench.page, 'problems');
  expect(await leftInDocker(lab)).toEqual([]);
});

test(
  'a lab the command line started is found, also in Vietnamese, and so is its end',
  { timeout: 400_000 },
  async () => {
    const lab = 'e2e-cli';
    try {
      const opened = await open({
        workspace: sampleWorkspace(lab),
        settings: { 'gitlabHaLab.groupBy': 'node' },
      });
      const { workbench } = opened;
      await cli(opened, 'up', opened.folder);
      await workbench.showLabView();
      await workbench.row(new RegExp(`^Lab ${lab}, healthy`)).waitFor();
      await workbench.speak('vi');
      await workbench.row(new RegExp(`^Lab ${lab}, tốt`)).waitFor();
      await workbench.sidebar.getByText('Sự kiện', { exact: false }).first().waitFor();
      await picture(workbench.page, 'vietnamese');
      await cli(opened, 'down', lab);
      await workbench.row(new RegExp(`^Lab ${lab}`)).waitFor({ state: 'detached' });
      expect(await leftInDocker(lab)).toEqual([]);
    } finally {
      await removeLab(lab);
    }
  },
);
