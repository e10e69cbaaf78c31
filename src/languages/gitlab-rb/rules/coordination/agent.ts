import type { GitlabRbSubject } from '../../subject';
import { COORDINATION_TOPIC, consulOff, consulOn, consulSpan, isServer } from './facts';
import { privateAddresses } from '../database/facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isHostName, isIpAddress } from '../support/address';
import { integerOr, replaceSource } from '../support/effective';
import { roleSpan } from '../support/places';
import {
  booleanAt,
  digitsAt,
  keySpan,
  knownAt,
  stringAt,
  textsAt,
  unset,
  written,
  type Found,
} from '../support/read';
import { isPlaceholder } from '../support/secret';

/** Ways to find the others, besides `retry_join`; and folders with more configuration. */
const JOINING: readonly (readonly string[])[] = [
  ['configuration', 'retry_join'],
  ['configuration', 'start_join'],
  ['configuration', 'retry_join_wan'],
  ['configuration', 'auto_config'],
  ['configuration', 'bootstrap'],
  ['custom_config_dir'],
];

/** True when the file certainly gives Consul nobody to join. */
function joinsNobody(subject: GitlabRbSubject): boolean {
  const list = textsAt(subject, 'consul', 'configuration', 'retry_join');
  const others = JOINING.filter(([, key]) => key !== 'retry_join');
  if (!others.every((path) => unset(subject, 'consul', ...path))) return false;
  return unset(subject, 'consul', 'configuration', 'retry_join') || list?.value.length === 0;
}

/** Roles that run on machines whose only task in the cluster is to vote. */
const VOTING_ROLES = new Set(['consul_role', 'redis_sentinel_role']);

const ALONE: GitlabRbRule = {
  id: 'GLR110',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'Consul has nobody to join, or no server',
  check(subject, report) {
    if (!consulOn(subject)) return;
    const span = consulSpan(subject);
    const alone = integerOr(subject, 3, 'consul', 'configuration', 'bootstrap_expect') === 1;
    if (span !== undefined && joinsNobody(subject) && !alone) {
      report({
        span,
        message:
          "consul['configuration'] has no retry_join: the agent finds nobody by itself, and Patroni has no place to elect a leader.",
        remedy: 'Add retry_join with the addresses of all Consul servers.',
      });
    }
    const { roles } = subject;
    const voting =
      roles !== undefined && roles.has('consul_role') && [...roles].every((role) => VOTING_ROLES.has(role));
    const role = roleSpan(subject, 'consul_role');
    if (!voting || role === undefined || isServer(subject) !== false) return;
    if (!unset(subject, 'consul', 'custom_config_dir')) return;
    report({
      span: keySpan(subject, 'consul', 'configuration', 'server') ?? role,
      message: 'This machine has no task but Consul, and its agent is no server: it has no vote.',
      remedy: "Add server: true to consul['configuration'].",
    });
  },
};

/** Entries of retry_join that each name one machine; undefined when one may stand for several. */
function listedServers(subject: GitlabRbSubject): Found<readonly string[]> | undefined {
  const list = textsAt(subject, 'consul', 'configuration', 'retry_join');
  if (list === undefined) return undefined;
  const names = new Set(list.value.map(({ value }) => value.replace(/:\d+$/, '')));
  if (![...names].every((name) => isIpAddress(name) || isHostName(name))) return undefined;
  return { value: [...names], span: list.span };
}

const EXPECTS: GitlabRbRule = {
  id: 'GLR111',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'Consul servers may form several clusters',
  check(subject, report) {
    const expect = digitsAt(subject, 'consul', 'configuration', 'bootstrap_expect');
    const servers = listedServers(subject);
    if (consulOff(subject) || isServer(subject) !== true || expect === undefined || servers === undefined)
      return;
    const count = servers.value.length;
    const majority = Math.floor(count / 2) + 1;
    if (count < 2 || expect.value < 1 || expect.value >= majority) return;
    const message =
      expect.value === 1
        ? `With bootstrap_expect 1 each of the ${count} servers elects itself: ${count} clusters, each with its own leader of the database.`
        : `bootstrap_expect ${expect.value} is less than a majority of the ${count} servers in retry_join: two groups may each elect a leader.`;
    const edit = replaceSource(subject, expect, String(count));
    report({
      span: expect.span,
      message,
      remedy: `Set it to the number of servers, ${count}, on all of them.`,
      related: { span: servers.span, message: 'The servers are listed here.' },
      ...(edit === undefined ? {} : { fix: { title: `Set bootstrap_expect to ${count}`, edits: [edit] } }),
    });
  },
};

const REFUSED: GitlabRbRule = {
  id: 'GLR112',
  severity: 'error',
  topic: COORDINATION_TOPIC,
  title: 'Consul refuses to start with these settings',
  check(subject, report) {
    if (consulOff(subject)) return;
    const path = ['consul', 'configuration'] as const;
    const expect = digitsAt(subject, ...path, 'bootstrap_expect');
    const bootstrap = booleanAt(subject, ...path, 'bootstrap');
    const server = isServer(subject);
    if (server === false) {
      const at =
        expect !== undefined && expect.value > 0 ? expect : bootstrap?.value === true ? bootstrap : undefined;
      if (at === undefined) return;
      const name = at === expect ? 'bootstrap_expect' : 'bootstrap';
      report({
        span: at.span,
        message: `Consul does not start: ${name} is for servers, and this agent is none.`,
        remedy: `Add server: true, or remove ${name}.`,
      });
      return;
    }
    if (server !== true || bootstrap?.value !== true) return;
    const number = integerOr(subject, 3, ...path, 'bootstrap_expect');
    if (number === undefined || number === 0) return;
    const byDefault = expect === undefined ? ', which GitLab sets to 3 by itself' : '';
    report({
      span: bootstrap.span,
      message: `Consul does not start: bootstrap and bootstrap_expect exclude each other${byDefault}.`,
      remedy: 'Remove bootstrap, and set bootstrap_expect to the number of servers.',
    });
  },
};

const EVEN: GitlabRbRule = {
  id: 'GLR113',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'An even number of Consul servers',
  check(subject, report) {
    const expect = digitsAt(subject, 'consul', 'configuration', 'bootstrap_expect');
    if (consulOff(subject) || isServer(subject) !== true || expect === undefined) return;
    if (expect.value < 2 || expect.value % 2 !== 0) return;
    const tolerated = expect.value / 2 - 1;
    report({
      span: expect.span,
      message: `${expect.value} servers survive the loss of ${tolerated === 0 ? 'none' : tolerated}, as ${expect.value - 1} would.`,
      remedy: 'Run three or five servers.',
    });
  },
};

const SEVERAL_ADDRESSES: GitlabRbRule = {
  id: 'GLR114',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'Consul does not choose among several addresses',
  check(subject, report) {
    if (!consulOn(subject)) return;
    const everywhere = stringAt(subject, 'consul', 'configuration', 'bind_addr')?.value === '0.0.0.0';
    if (!everywhere && !unset(subject, 'consul', 'configuration', 'bind_addr')) return;
    if (!unset(subject, 'consul', 'configuration', 'advertise_addr')) return;
    if (!unset(subject, 'consul', 'custom_config_dir')) return;
    const [first, second] = privateAddresses(subject);
    const span = consulSpan(subject);
    if (first === undefined || second === undefined || span === undefined) return;
    report({
      span,
      message: `This machine has ${first.value} and ${second.value}: Consul stops with "Multiple private IPv4 addresses found".`,
      remedy: "Add bind_addr with this node's address in the cluster's network.",
      related: { span: second.span, message: `${second.value} is written here.` },
    });
  },
};

const OPEN_STORE: GitlabRbRule = {
  id: 'GLR115',
  severity: 'information',
  topic: COORDINATION_TOPIC,
  title: 'Everybody in the network may write to Consul',
  check(subject, report) {
    const address = stringAt(subject, 'consul', 'configuration', 'client_addr');
    if (consulOff(subject) || address === undefined) return;
    if (!address.value.split(/\s+/).some((one) => one === '0.0.0.0' || one === '::' || one === '[::]'))
      return;
    if (!unset(subject, 'consul', 'configuration', 'acl')) return;
    if (!unset(subject, 'consul', 'custom_config_dir')) return;
    report({
      span: address.span,
      message: `With client_addr "${address.value}" and without ACLs every machine that reaches port 8500 may delete the key of Patroni's leader.`,
      remedy: 'Leave client_addr out, so that only this machine reaches the API, or turn ACLs on.',
    });
  },
};

const REMOTE_SCRIPTS: GitlabRbRule = {
  id: 'GLR116',
  severity: 'warning',
  topic: COORDINATION_TOPIC,
  title: 'Whoever reaches the API of Consul runs programs here',
  check(subject, report) {
    const scripts = booleanAt(subject, 'consul', 'configuration', 'enable_script_checks');
    if (consulOff(subject) || scripts?.value !== true) return;
    const edit = replaceSource(subject, scripts, 'false');
    report({
      span: scripts.span,
      message:
        'enable_script_checks lets everybody who may register a service over the API run a program on this machine.',
      remedy: "Set it to false; GitLab's own checks need enable_local_script_checks only, which is on.",
      ...(edit === undefined ? {} : { fix: { title: 'Set it to false', edits: [edit] } }),
    });
  },
};

/** Bytes of a text in base64; undefined when it is none. */
function base64Bytes(text: string): number | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return (text.length / 4) * 3 - (text.length - text.replace(/=+$/, '').length);
}

const GOSSIP_KEY: GitlabRbRule = {
  id: 'GLR117',
  severity: 'error',
  topic: COORDINATION_TOPIC,
  title: "Consul's gossip is not encrypted as it seems",
  check(subject, report) {
    if (consulOff(subject)) return;
    for (const path of [['encryption_key'], ['configuration', 'encrypt']]) {
      const key = stringAt(subject, 'consul', ...path);
      if (key === undefined || isPlaceholder(key.value)) continue;
      const bytes = base64Bytes(key.value);
      if (bytes !== undefined && [16, 24, 32].includes(bytes)) continue;
      const what = bytes === undefined ? 'is not base64' : `holds ${bytes} bytes`;
      report({
        span: key.span,
        message: `Consul does not start: ${written('consul', path)} ${what}; it needs 16, 24 or 32 bytes in base64.`,
        remedy: 'Write what "gitlab-ctl consul encrypt keygen" prints, the same on all nodes.',
      });
    }
    if (unset(subject, 'consul', 'encryption_key')) return;
    for (const direction of ['incoming', 'outgoing']) {
      const verify = knownAt(subject, 'consul', `encryption_verify_${direction}`);
      if (verify?.value.kind !== 'boolean' || verify.value.value) continue;
      const still =
        direction === 'incoming'
          ? 'still takes gossip that is not encrypted'
          : 'still sends gossip unencrypted';
      report({
        span: verify.span,
        message: `With false Consul ${still}: right only while the key is being rolled out.`,
        remedy: 'Remove the line when all nodes have the key.',
        severity: 'warning',
      });
    }
  },
};

/** The agents of Consul and how they become a cluster. */
export const COORDINATION_AGENT_RULES: readonly GitlabRbRule[] = [
  ALONE,
  EXPECTS,
  REFUSED,
  EVEN,
  SEVERAL_ADDRESSES,
  OPEN_STORE,
  REMOTE_SCRIPTS,
  GOSSIP_KEY,
];
