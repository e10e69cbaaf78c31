/** A Docker engine that answers: found, or on Debian and Ubuntu as root installed and started. */
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { aptInstall, installer, systemdIsInit } from './packages.mjs';
import { SetupError, must, quietly, say, sleep } from './run.mjs';

const engineLog = '/var/log/gitlab-ha-lab-dockerd.log';
const answerWithinMs = 60_000;

/** What `gitlab-ha doctor` says about this machine, by check id. Needs the build. */
function doctor() {
  const { output } = quietly(process.execPath, ['dist/cli.js', 'doctor', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return Object.fromEntries(JSON.parse(output).map((check) => [check.id, check]));
  } catch {
    throw new SetupError(`The check of this machine gave no answer: ${output.trim()}`);
  }
}

/** The first version of control groups: who shares the processors. Where systemd divides them, it has groups of its own. */
const processorGroups = '/sys/fs/cgroup/cpu';
/** Processes beside them that all containers together weigh as much as, and the engine with what it starts outside of them. */
const weight = 8;
const sharesOfProcess = 1024;

/**
 * The containers of an engine weigh as much as one process beside them: a compiler and a window starve a whole cluster, which
 * then fails over as if its nodes were lost. The engine would be starved by them in turn.
 * @param name of the group; `docker` is the one in which the engine makes those of its containers
 */
function weigh(name, pid) {
  const group = join(processorGroups, name);
  if (!existsSync(processorGroups)) return;
  try {
    mkdirSync(group, { recursive: true });
    writeFileSync(join(group, 'cpu.shares'), String(weight * sharesOfProcess));
    if (pid !== undefined) writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch (error) {
    say(`Containers may be starved by other processes: ${error.message}`);
  }
}

/** An engine started by hand outlives this script: detached, with a log file. */
function startDetached() {
  weigh('docker');
  const log = openSync(engineLog, 'a');
  try {
    const child = spawn('dockerd', [], { cwd: '/', detached: true, stdio: ['ignore', log, log] });
    child.on('error', () => undefined);
    if (child.pid !== undefined) weigh('docker-engine', child.pid);
    child.unref();
  } finally {
    closeSync(log);
  }
}

async function startEngine() {
  if (systemdIsInit()) {
    say('Starting Docker (systemctl start docker)');
    await must('systemctl', ['start', 'docker'], 'Look at `journalctl -u docker`.');
  } else {
    say(`Starting Docker in the background (log: ${engineLog})`);
    startDetached();
  }
  const until = Date.now() + answerWithinMs;
  for (;;) {
    const { docker } = doctor();
    if (docker.status === 'ok') return docker;
    if (Date.now() > until) {
      throw new SetupError(`Docker was started but does not answer: ${docker.detail} Look at ${engineLog}.`);
    }
    await sleep(500);
  }
}

/** Makes sure that a Docker engine answers. @throws SetupError saying exactly what to do when it cannot */
export async function ensureDocker() {
  let { docker } = doctor();
  if (docker.status !== 'ok') {
    const { may, why } = installer();
    // Somebody who names an engine means that one: a second one would only confuse.
    if (process.env.DOCKER_HOST || !may) {
      const reason = process.env.DOCKER_HOST ? 'DOCKER_HOST names the engine' : why;
      throw new SetupError(
        `${docker.detail}\n  → ${docker.remedy}\n  Docker is not installed by this script: ${reason}.\n` +
          '  Laptop: install Docker Desktop, Colima or Podman and start it. Debian/Ubuntu: sudo apt-get install docker.io',
      );
    }
    if (!quietly('dockerd', ['--version']).ok) {
      say(`No Docker engine answers (${docker.detail}): installing docker.io with apt-get`);
      await aptInstall(['docker.io', 'iptables', 'ca-certificates']);
    }
    docker = await startEngine();
  }
  say(`Docker ${docker.detail}`);
}

/** Makes sure that the node image can be built: an image, a registry, or mmdebstrap. */
export async function ensureImageSource() {
  const { image } = doctor();
  if (image.status === 'ok') return;
  const { may, why } = installer();
  if (!may)
    throw new SetupError(
      `${image.detail}\n  → ${image.remedy}\n  mmdebstrap is not installed by this script: ${why}.`,
    );
  say('No registry answers: installing mmdebstrap to make the base of the node image from Debian packages');
  await aptInstall(['mmdebstrap']);
  const again = doctor().image;
  if (again.status !== 'ok') throw new SetupError(`${again.detail}\n  → ${again.remedy}`);
}
